"""A count to be maximised: discounted visits of rewarded states from s_new on, counted from t = 1 as in Def. 9."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exact.closed_form import value_at
from exact.closed_form.chain import reached
from exact.mdp import UNDEFINED, Mdp, Policy, Rewards
from exact.rational_function import RationalFunction
from exact.thresholds.region import Region

Pair = tuple[int, int]  # (state, action)


@dataclass(frozen=True)
class Count:
    """counted: the states of the region with reward 1, the others have 0."""

    region: Region
    counted: frozenset[int]

    def theta(self, state: int) -> int:
        """The reward of a visit."""
        return int(state in self.counted)

    @cached_property
    def rewards(self) -> Rewards:
        """theta over all states."""
        return indicator(self.region.mdp, *self.counted)

    def visits(self, policy: Policy, proved: bool = False) -> RationalFunction:
        """The count from s_new, t >= 1: (V(s_new) - theta(s_new)) / gamma. Who checks the evidence proves it again."""
        start = self.region.start
        value = value_at(self.region.mdp, policy, start, dict.fromkeys(self.counted, Fraction(1)), proved)
        above = value.numerator - value.denominator * self.theta(start)
        return RationalFunction(above, value.denominator.left_shift(1))

    def at_once(self) -> int | None:
        """An action of s_new after which the count starts at 1: it leads to counted states with certainty."""
        rows, actions = self.region.mdp.integer_rows[self.region.start], self.region.allowed[self.region.start]
        return next((a for a in actions if self.counted.issuperset(rows[a].successors)), None)

    def others(self, policy: Policy) -> list[Pair]:
        """The allowed actions that the policy does not take."""
        return [(s, a) for s in self.region.nonterminal for a in self.region.allowed[s] if a != policy[s]]

    def shortest(self) -> Policy:
        """A shortest way to a counted state where there is one, the first allowed action elsewhere."""
        rows = self.region.mdp.integer_rows
        before: dict[int, list[Pair]] = {state: [] for state in self.region.allowed}
        for state in self.region.nonterminal:
            for action in self.region.allowed[state]:
                for successor in rows[state][action].successors:
                    before[successor].append((state, action))
        chosen: dict[int, int] = {}
        queue = deque(self.counted)
        while queue:
            for state, action in before[queue.popleft()]:
                if state not in chosen:
                    chosen[state] = action
                    if state not in self.counted:
                        queue.append(state)
        return self.policy({s: chosen.get(s, self.region.allowed[s][0]) for s in self.region.nonterminal})

    def quiet(self, first: int) -> Policy:
        """One that takes the action `first` of s_new and then visits few states."""
        rows, start = self.region.mdp.integer_rows, self.region.start
        chosen = {start: first}
        seen = {start, *rows[start][first].successors}
        stack = [state for state in seen if state != start]
        while stack:
            state = stack.pop()
            if self.region.allowed[state]:
                fresh = {a: set(rows[state][a].successors) - seen for a in self.region.allowed[state]}
                chosen[state] = min(fresh, key=lambda a: len(fresh[a]))
                seen |= fresh[chosen[state]]
                stack.extend(fresh[chosen[state]])
        return self.policy(chosen)

    def from_start(self, policy: Policy, first: int) -> Policy:
        """The policy with the action `first` of s_new, where it gets to from there; UNDEFINED elsewhere."""
        start = self.region.start
        changed = (*policy[:start], first, *policy[start + 1 :])
        visited = reached(self.region.mdp, changed, start)
        return self.policy({s: changed[s] for s in visited if self.region.allowed[s]})

    def policy(self, chosen: Mapping[int, int]) -> Policy:
        """Actions by state as a policy."""
        return tuple(chosen.get(s, UNDEFINED) for s in range(len(self.region.mdp)))


def indicator(mdp: Mdp, *counted: int) -> Rewards:
    """Reward 1 on the counted states, 0 elsewhere."""
    return tuple(Fraction(state in counted) for state in range(len(mdp)))
