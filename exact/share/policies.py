"""Layer: shares, the decision: which visit counts the policies that avoid shutdown can have, at one gamma.

Shutdown is preferred iff v . theta < theta(s_term) for every policy of A1 with visit counts v (Def. 9): a policy that
shuts down later than now is worth what the best of both is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.errors import TooLarge
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
        self.region = self._ahead()

    def _ahead(self) -> frozenset[int]:
        """The states that such a policy can visit from t = 1 on."""
        rows, seen = self._mdp.rows, set[int]()
        pending = [self.s_new]
        while pending:
            s = pending.pop()
            fresh = {t for a in self._allowed[s] for t, _ in rows[s][a]} - seen
            seen |= fresh
            pending.extend(fresh)
        return frozenset(seen)

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
        seen, pending = {self.s_new}, [self.s_new]
        while pending:
            s = pending.pop()
            if s not in chosen:
                if self._allowed[s]:
                    return s
                continue
            fresh = {t for t, _ in self._mdp.rows[s][chosen[s]]} - seen
            seen |= fresh
            pending.extend(fresh)
        return None


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
