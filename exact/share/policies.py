"""Layer: shares, the decision: which visit counts the policies that avoid shutdown can have, at one gamma.

Shutdown is preferred iff v . theta < theta(s_term) for every policy of A1 with visit counts v (Def. 9): a policy that
shuts down later than now is worth what the best of both is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.errors import TooLarge
from exact.graph import closure
from exact.instance.model import Instance
from exact.mdp import UNDEFINED, Policy
from exact.orbit.optimum import visits
from exact.share.parts import Form

MOST_POLICIES = 1_000


class Decision:
    """Policies that start with an action of A1, and keep to A1 whenever they are back in s_new."""

    def __init__(self, instance: Instance, gamma: Fraction) -> None:
        self._mdp, self._gamma, self.s_new, self.s_term = instance.mdp, gamma, instance.shutdown_state, instance.s_term
        everything = {s: tuple(range(len(rows))) for s, rows in enumerate(self._mdp.rows)}
        self._allowed = everything | {self.s_new: instance.alternatives}
        self.region = closure(self._onward(self.s_new), self._onward)  # what such a policy can visit from t = 1 on

    def _onward(self, state: int) -> set[int]:
        return {t for a in self._allowed[state] for t, _ in self._mdp.rows[state][a]}

    def all_forms(self) -> list[Form]:
        """The visit counts of every policy, each once. Raises TooLarge if there are more than MOST_POLICIES."""
        found: dict[frozenset[tuple[int, Fraction]], Form] = {}
        for count, policy in enumerate(self._policies()):
            if count == MOST_POLICIES:
                raise TooLarge(f"more than {MOST_POLICIES} policies avoid shutdown")
            form = self.form(policy)
            found[frozenset(form.items())] = form
        return list(found.values())

    def form(self, policy: Policy) -> Form:
        """{state: v_state}, zeros left out."""
        counts, unit = visits(self._mdp, policy, self._gamma)
        form: dict[int, Fraction] = {}
        for t, p in self._mdp.rows[self.s_new][policy[self.s_new]]:
            for x in self.region:
                if entry := int(counts[t, x]):
                    form[x] = form.get(x, Fraction(0)) + p * Fraction(entry, unit)
        return form

    def _policies(self) -> Iterator[Policy]:
        """Each choice of actions in the states that it can visit; the others stay undefined."""
        if not self._allowed[self.s_new]:
            return
        pending: list[dict[int, int]] = [{}]
        while pending:
            chosen = pending.pop()
            s = self._open(chosen)
            if s is None:
                yield tuple(chosen.get(s, UNDEFINED) for s in range(len(self._mdp)))
            else:
                pending.extend({**chosen, s: a} for a in reversed(self._allowed[s]))

    def _open(self, chosen: dict[int, int]) -> int | None:
        """A state that is visited under these choices, has actions, and no choice yet."""
        rows = self._mdp.rows
        visited = closure([self.s_new], lambda s: {t for t, _ in rows[s][chosen[s]]} if s in chosen else ())
        return next((s for s in visited if s not in chosen and self._allowed[s]), None)


def over_shutdown(forms: Sequence[Form], s_term: int, ties: str) -> list[Form] | None:
    """Rows with: shutdown is preferred iff row . theta < theta(s_term) for all of them. None: it never is.

    A policy that also visits s_term has v . theta < theta(s_term) iff the rest of v, over 1 - v_term, is below it. One
    that goes there at once is as good as shutdown, whatever theta: a tie, which only shutdown-first gives to shutdown.
    """
    rows = list[Form]()
    for form in forms:
        left = 1 - form.get(s_term, Fraction(0))
        if left:
            rows.append({x: c / left for x, c in form.items() if x != s_term})
        elif ties != "shutdown-first":
            return None
    return rows
