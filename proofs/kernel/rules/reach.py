"""`reach`: exactly the states from which some policy reaches x with probability 1 (Defs. 7, 8; Prop. 1)."""

from __future__ import annotations

from proofs.kernel.decode import fields, items
from proofs.kernel.errors import Invalid
from proofs.kernel.facts import Facts
from proofs.kernel.rules.names import action, state, states


def reach(facts: Facts, claim: dict[str, object]) -> None:
    """Check ranks and removal order; prove R_x."""
    model = facts.model
    x_name, ranks, removed = fields(claim, "state", "ranks", "removed")
    x = state(model, x_name)
    pairs = [items(pair, 2) for pair in items(ranks)]
    ranked = [(s := state(model, pair[0]), action(model, s, pair[1])) for pair in pairs]
    layers = [states(model, layer) for layer in items(removed)]
    if sorted([x, *(s for s, _ in ranked), *(s for layer in layers for s in layer)]) != sorted(model.states):
        raise Invalid("x, ranks and removed do not partition the states")
    won, lower = {x} | {s for s, _ in ranked}, {x}
    for s, a in ranked:
        row = model.rows[s][a]
        if not won.issuperset(row) or lower.isdisjoint(row):
            raise Invalid(f"the rank of {s} is not earned by {a}")
        lower.add(s)
    gone: set[str] = set()
    for layer in layers:
        for s in layer:
            for a, row in model.rows[s].items():
                if gone.isdisjoint(row) and not set(layer).issuperset(row):
                    raise Invalid(f"{s} is not removed: {a} may still reach {x}")
        gone.update(layer)
    if x in facts.won:
        raise Invalid(f"{x} has a reach claim already")
    facts.won[x] = frozenset(won)
