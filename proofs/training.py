"""Which rewards the training-compatible goal set G_T can depend on (Def. 6), and which swaps therefore keep Theta."""

from __future__ import annotations

from exact.graph import reachable
from exact.instance import Instance
from proofs.swaps import swap


def coordinates(instance: Instance) -> frozenset[int]:
    """The states whose rewards can matter to G_T. A training state with one action imposes nothing."""
    mdp, reading = instance.mdp, instance.goals.reading
    choosing = [state for state in instance.training if len(mdp.rows[state]) > 1]
    if reading == "return":
        return reachable(mdp, choosing)
    if reading == "immediate":
        return frozenset(t for state in choosing for row in mdp.rows[state] for t, _ in row)
    return instance.training


def keeps_theta(instance: Instance, state: int) -> bool:
    """Condition 2 of Def. 4 for the swap of `state` and s_term, shown by closure and symmetry alone."""
    return symmetric(instance, state) and not {state, instance.s_term} & coordinates(instance)


def symmetric(instance: Instance, state: int) -> bool:
    """True iff exchanging `state` and s_term maps the further inequalities, as they are written, to themselves."""
    order = swap(instance, state)
    given = {(entry.coefficients, entry.relation, entry.bound) for entry in instance.goals.inequalities}
    return {(tuple(row[k] for k in order), relation, bound) for row, relation, bound in given} == given
