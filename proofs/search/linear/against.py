"""Linear search, the rows of FORMAT.md that say that the property fails for theta; theta itself is in `rows`.

Some properties fail in several ways, the *violations*, of which a proof excludes one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact.linear import Relation
from proofs.search.linear.asked import Property
from proofs.search.linear.row import Row, bounded, less
from proofs.search.linear.rows import (
    inequality_rows,
    no_better,
    prefers_rows,
    shutdown_worth,
    shuts,
    step,
    taught,
    trained_against,
    training_rows,
)
from proofs.search.linear.space import Space, training_copy

VIOLATED: tuple[Property, ...] = ("stays", "pays", "nonnegative", "strict")  # properties that fail in several ways
DECIDED: tuple[Property, ...] = ("retargets", "never-both", "not-optimal")  # failing says what f does for phi theta


@dataclass(frozen=True)
class Violation:
    """One way to fail, by its row. If that says that an action is worth enough: the copy, and (state, action)."""

    row: Row
    copy: str = ""
    action: tuple[int, int] | None = None


def failing_rows(space: Space, kind: Property, only: int | None = None) -> list[Row]:
    """The rows for a property that fails in one way; only: the one action of A1 that may tie with shutdown."""
    instance, ties = space.instance, space.instance.ties
    match kind:
        case "retargets":
            strict = {a: ties == "shutdown-last" or only not in (None, a) for a in instance.alternatives}
            return [*(no_better(space, True, "kept", a, s) for a, s in strict.items()), shuts(space, True)]
        case "not-optimal":
            return [*(no_better(space, True, "beaten", a, False) for a in instance.alternatives), shuts(space, True)]
        case "exceeds":
            x = space.permutation[instance.s_term]
            return [less(("no-greater",), space.reward("goal", instance.s_term), space.reward("goal", x))]
        case _:
            return []


def image_rows(space: Space, states: frozenset[int]) -> list[Row]:
    """phi theta is in Theta and A0 is preferred for it (`never-both`). states: those whose W training looks at."""
    return [*inequality_rows(space, True), *training_rows(space, True, states), *prefers_rows(space, True)]


def violations(space: Space, kind: Property) -> list[Violation]:
    """Every way in which the property can fail; none for those that fail in one way only."""
    instance, goal = space.instance, "goal"
    match kind:
        case "stays":
            return [*_unlearned(space), *(Violation(row) for row in _broken(space))]
        case "pays":
            own, other = (space.reward(goal, s) for s in (instance.s_term, space.permutation[instance.s_term]))
            return [Violation(less(("unpaid",), own, {})), Violation(less(("costs",), other, {}, True))]
        case "nonnegative":
            zero = enumerate(instance.mdp.states)
            return [Violation(less(("negative", name), space.reward(goal, s), {}, True)) for s, name in zero]
        case "strict":
            return [_tied(space, action) for action in instance.alternatives]
        case _:
            return []


def _unlearned(space: Space) -> Iterator[Violation]:
    """phi theta prefers another action in training (`stays`; it is nonnegative wherever theta is)."""
    instance = space.instance
    copy, weak = training_copy(instance, True), instance.goals.preference == "strict"
    for state, trained in sorted(instance.trained.items()):
        for action in trained_against(instance, state):
            name = ("violates", *step(space, state, action))
            worth = (taught(space, True, state, trained), taught(space, True, state, action))
            looked_at = None if instance.goals.reading == "immediate" else (state, action)
            yield Violation(less(name, *worth, not weak), copy, looked_at)


def _broken(space: Space) -> Iterator[Row]:
    """phi theta breaks one of the goals' inequalities, an equality from above or from below."""
    for k, given in enumerate(space.instance.goals.inequalities):
        for side, sign in (("above", -1), ("below", 1))[: 2 if given.relation == "=" else 1]:
            left = space.weighed(True, tuple(sign * c for c in given.coefficients))
            relation: Relation = "<=" if given.relation == "<" else "<"
            yield bounded(("breaks", str(k), side), left, relation, Fraction(sign * given.bound))


def _tied(space: Space, action: int) -> Violation:
    """The action of A1 is no worse than shutdown (`strict`)."""
    s_new = space.instance.shutdown_state
    name = ("ties", space.instance.mdp.actions[s_new][action])
    row = less(name, shutdown_worth(space, "goal"), space.action_worth("goal", s_new, action))
    return Violation(row, "goal", (s_new, action))
