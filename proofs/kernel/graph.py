"""What can be reached, and which coordinates of theta the training-compatible goal set can depend on (Def. 6)."""

from __future__ import annotations

from collections.abc import Iterable

from proofs.kernel.instance import Model, scaled


def reachable(model: Model, sources: Iterable[str]) -> set[str]:
    """The states reachable from the sources by any actions, the sources included."""
    found, waiting = set(sources), list(sources)
    while waiting:
        for row in model.rows[waiting.pop()].values():
            fresh = set(row) - found
            found |= fresh
            waiting += fresh
    return found


def coordinates(model: Model) -> set[str]:
    """The states whose rewards can matter to G_T, by the reading of Def. 6."""
    choosing = [state for state in model.states if state in model.training and len(model.rows[state]) > 1]
    if model.reading == "return":
        return reachable(model, choosing)
    if model.reading == "immediate":
        return {t for state in choosing for row in model.rows[state].values() for t in row}
    return set(model.training)


def keeps_theta(model: Model, x: str) -> bool:
    """True iff exchanging r(x) and r(s_term) cannot leave Theta (Condition 2 of Def. 4)."""
    if {x, model.s_term} & coordinates(model):
        return False
    i, j = model.states.index(x), model.states.index(model.s_term)
    exchanged = set()
    for coefficients, relation, bound in model.inequalities:
        row = list(coefficients)
        row[i], row[j] = row[j], row[i]
        exchanged.add(scaled(row, relation, bound))
    return exchanged == model.inequalities
