"""Every discount at once: the intervals of gamma on which one policy is optimal, and V* there (docs/theory.md, 9).

Neighbouring pieces whose values are the same functions are one phase: a policy that is optimal on the one is so on
both. So V* changes at every breakpoint, and the last one below 1 is the Blackwell discount factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from flint import fmpz_poly

from exact.algebraic import Algebraic, real_roots
from exact.closed_form import ClosedForm
from exact.evaluate.pieces import ONE, ZERO, Piece, gains, pieces
from exact.goals import decided
from exact.graph import reachable
from exact.instance.model import Instance
from exact.mdp import Policy, Rewards


@dataclass(frozen=True)
class Phase:
    """On [low, high], cut with (0, 1), the policy is optimal in every state that s_new can reach; form: its values.

    decision: in s_new, on (low, high) but where an advantage touches 0.
    """

    low: Algebraic
    high: Algebraic
    policy: Policy
    form: ClosedForm
    decision: str
    gains: tuple[tuple[int, int, fmpz_poly], ...]  # of every other action, times D > 0 and a positive number

    @cached_property
    def ties(self) -> tuple[tuple[int, int], ...]:
        """(state, action) that are as good as the policy's on all of the interval."""
        return tuple((s, a) for s, a, gain in self.gains if not gain)

    @cached_property
    def touches(self) -> tuple[tuple[Algebraic, int, int], ...]:
        """(gamma, state, action): as good there, inside, and worse on both sides; ascending."""
        found = [(root, s, a) for s, a, gain in self.gains if gain for root in _double(gain, self.low, self.high)]
        return tuple(sorted(found, key=lambda touch: touch[0]))


def phases(instance: Instance, rewards: Rewards) -> list[Phase]:
    """Ascending; together all of (0, 1). rewards: (d,) per visit."""
    region = sorted(reachable(instance.mdp, [instance.shutdown_state]))
    return [_phase(instance, piece) for piece in _merged(pieces(instance.mdp, rewards, region))]


def _merged(known: list[Piece]) -> list[Piece]:
    """Neighbours whose values are the same rational functions are one."""
    found: list[Piece] = []
    for piece in known:
        if found and found[-1].form == piece.form:
            found[-1] = replace(found[-1], high=piece.high)
        else:
            found.append(piece)
    return found


def _phase(instance: Instance, piece: Piece) -> Phase:
    known, s_new = tuple(gains(instance.mdp, piece.policy, piece.form)), instance.shutdown_state
    worse = {a for s, a, gain in known if s == s_new and gain}
    tied = sum(a not in worse for a in instance.alternatives)
    decision = decided(instance.ties, instance.shutdown_action not in worse, tied)
    return Phase(piece.low, piece.high, piece.policy, piece.form, decision, known)


def _double(gain: fmpz_poly, low: Algebraic, high: Algebraic) -> Iterator[Algebraic]:
    """The roots of even multiplicity strictly between."""
    if gain.gcd(gain.derivative()).degree() < 1:
        return
    for factor, times in gain.factor()[1]:
        if times % 2 == 0:
            yield from (root for root in real_roots(factor, ZERO.low, ONE.low) if low < root < high)
