"""Is a policy optimal at an algebraic gamma, from all states of its region? Numbers that show it, or a better one.

Every other action has to be worse by bounds, or as good for every discount, or as good at that gamma only.
"""

from __future__ import annotations

from exact.algebraic import Algebraic
from exact.closed_form import ClosedForm
from exact.mdp import Policy
from exact.thresholds.bounds import Enclosure, enclosed, on_the_point
from exact.thresholds.count import Count, Pair
from exact.thresholds.ties import advantage, closed_forms, identical

_MANY_BITS = 200  # what they leave open is decided by polynomials


class Optimality:
    """What is known about the policy's rivals at gamma: `equal` ones for every discount, `tied` ones there only."""

    def __init__(self, count: Count, policy: Policy, gamma: Algebraic) -> None:
        self.count, self.policy, self.gamma = count, policy, gamma
        self.rivals = count.others(policy)
        self.equal: set[Pair] = set()
        self.tied: set[Pair] = set()
        self._compared: set[Pair] = set()  # whose moments were
        self._signed: set[Pair] = set()  # whose advantage's sign is known
        self._exact = False

    def decided(self, bits: int) -> Enclosure | Policy:
        """Bounds that leave no rival open, of `bits` bits after the point or more if need be; or a better policy."""
        while True:
            bounds = self._enclosure(bits)
            open_ = [pair for pair in self.rivals if not bounds.is_clear(pair)]
            better = [pair for pair in open_ if bounds.is_better(pair)]
            if not better and bits > _MANY_BITS:
                better = self._better(open_)
            if better:
                return improved(bounds, better)
            self.equal |= identical(self.count, self.policy, [pair for pair in open_ if pair not in self._compared])
            self._compared.update(open_)
            self.rivals = [pair for pair in self.rivals if pair not in self.equal and pair not in self.tied]
            if not set(open_).intersection(self.rivals):
                return bounds
            self._exact = True
            bits += bits // 2

    def ties(self) -> ClosedForm | None:
        """The values that prove the ties at gamma."""
        return closed_forms(self.count, self.policy, self.tied) if self.tied else None

    def _enclosure(self, bits: int) -> Enclosure:
        """Exact values where gamma is rational and bounds were not enough."""
        if self._exact and self.gamma.rational is not None:
            return on_the_point(self.count, self.policy, self.gamma.rational)
        return enclosed(self.count, self.policy, self.gamma, bits)

    def _better(self, pairs: list[Pair]) -> list[Pair]:
        """Those that are better at gamma, by the sign of the advantage; ties are noted."""
        better: list[Pair] = []
        for pair in pairs:
            if pair not in self._signed:
                form = closed_forms(self.count, self.policy, [pair])
                sign = self.gamma.sign_of(advantage(self.count, form, pair))
                if sign > 0:
                    better.append(pair)
                if sign == 0:
                    self.tied.add(pair)
                self._signed.add(pair)
        return better


def improved(bounds: Enclosure, better: list[Pair]) -> Policy:
    """The policy with the action in each state that is better by most."""
    chosen = list(bounds.policy)
    for state, action in sorted(better, key=bounds.gain):
        chosen[state] = action
    return tuple(chosen)
