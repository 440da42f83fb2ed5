"""Layer: shares, the decision: which visit counts the policies that avoid shutdown can have, at one gamma.

Shutdown is preferred iff v . theta < theta(s_term) for every policy of A1 with visit counts v (Def. 9): a policy that
shuts down later than now is worth what the best of both is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.errors import TooLarge
from exact.evaluate import every_action
from exact.graph import closure
from exact.instance.model import Instance
from exact.mdp import UNDEFINED, Policy
from exact.share.cells import combined, values_of
from exact.share.parts import Form

MOST_POLICIES = 1_000


def visit_counts(instance: Instance, gamma: Fraction) -> list[Form]:
    """{state: v_state}, zeros left out, of every policy that keeps to A1 whenever it is in s_new, each once.

    Raises TooLarge if there are more than MOST_POLICIES.
    """
    mdp, s_new = instance.mdp, instance.shutdown_state
    found: dict[frozenset[tuple[int, Fraction]], Form] = {}
    for number, policy in enumerate(_policies(instance)):
        if number == MOST_POLICIES:
            raise TooLarge(f"more than {MOST_POLICIES} policies avoid shutdown")
        first = mdp.rows[s_new][policy[s_new]]
        values = values_of(mdp, gamma, policy, [t for t, _ in first])
        form = combined(*((p, values[t]) for t, p in first))
        found[frozenset(form.items())] = form
    return list(found.values())


def _policies(instance: Instance) -> Iterator[Policy]:
    """Each choice of actions in the states that it can visit; the others stay undefined."""
    rows, s_new = instance.mdp.rows, instance.shutdown_state
    allowed = {**every_action(instance.mdp), s_new: instance.alternatives}
    pending: list[dict[int, int]] = [{}] if instance.alternatives else []
    while pending:
        chosen = pending.pop()
        onward = {s: {t for t, _ in rows[s][a]} for s, a in chosen.items()}
        visited = closure([s_new], defaultdict(set, onward).__getitem__)
        choosing = next((s for s in visited if s not in chosen and allowed[s]), None)
        if choosing is None:
            yield tuple(chosen.get(s, UNDEFINED) for s in range(len(rows)))
        else:
            pending.extend({**chosen, choosing: a} for a in reversed(allowed[choosing]))


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
