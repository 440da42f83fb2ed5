"""Universal claims, the rows of FORMAT.md, family by family. Every counterexample satisfies them, with W optimal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from exact.graph import stays
from exact.instance import Instance
from exact.linear import Relation, System
from proofs.universal.row import Expression, Property, Row, bounded, less
from proofs.universal.space import Permutation, Space, copies_of, training_copy

Violation = tuple[str, int, int] | tuple[str, int, str]  # ("violates", s, a) or ("breaks", k, side)


def goal_set(instance: Instance) -> tuple[Space, list[Row]]:
    """G_T with the other constraints on theta, alone: reward, inequality, trained, optimal and super rows.

    theta is in Theta only if some W satisfies the rows; "if" too where the trained actions keep to S_train.
    """
    reading = instance.goals.reading
    space = Space(instance, None, () if reading == "immediate" else (training_copy(instance),))
    supers = [row for copy in space.copies for row in super_rows(space, copy)]
    return space, [*theta_rows(space), *training_rows(space), *supers]


def base_rows(instance: Instance, asked: Property, permutation: Permutation) -> tuple[Space, list[Row]]:
    """The rows of a claim without splits: all but tight, and for `stays` without the violation being shown."""
    space = Space(instance, permutation, copies_of(instance))
    rows = [*theta_rows(space), *training_rows(space), *prefers_rows(space)]
    if asked == "retargets":
        rows += kept_rows(space)
    elif asked == "never-both":
        rows += [
            *inequality_rows(space, image=True),
            *training_rows(space, image=True),
            *prefers_rows(space, image=True),
        ]
    return space, rows + [row for copy in space.copies for row in super_rows(space, copy)]


def system(rows: Iterable[Row], variables: int, gamma: Fraction) -> System:
    """The rows at one discount; constraint k is the k-th row."""
    return System(variables, tuple(row.at(gamma) for row in rows))


def theta_rows(space: Space) -> list[Row]:
    """theta >= 0 if the goals ask for it, and their inequalities."""
    states = space.instance.mdp.states if space.instance.goals.nonnegative else ()
    rewards = [less(("reward", name), {}, space.reward("goal", s)) for s, name in enumerate(states)]
    return [*rewards, *inequality_rows(space)]


def inequality_rows(space: Space, image: bool = False) -> Iterator[Row]:
    """The goals' inequalities for theta, or for phi theta."""
    for k, given in enumerate(space.instance.goals.inequalities):
        name = (_prefixed("inequality", image), str(k))
        yield bounded(name, space.weighed(image, given.coefficients), _relation(given.relation), given.bound)


def super_rows(space: Space, copy: str, states: Collection[int] | None = None) -> Iterator[Row]:
    """W_c(s) >= Q_c(s, a), in these states (all)."""
    for state, actions in space.copies[copy].actions.items():
        for action in actions if states is None or state in states else ():
            name = ("super", copy, *_step(space, state, action))
            yield less(name, space.action_worth(copy, state, action), space.worth(copy, state))


def tight_row(space: Space, copy: str, state: int, action: int) -> Row:
    """W_c(s) <= Q_c(s, a)."""
    name = ("tight", copy, *_step(space, state, action))
    return less(name, space.worth(copy, state), space.action_worth(copy, state, action))


def training_rows(space: Space, image: bool = False, states: Collection[int] | None = None) -> Iterator[Row]:
    """Def. 6 for theta, or for phi theta: trained, and optimal (in these states) unless the reading is `immediate`."""
    instance, copy = space.instance, training_copy(space.instance, image)
    strict = instance.goals.preference == "strict"
    for state, trained in sorted(instance.trained.items()):
        for action in trained_against(instance, state):
            name = (_prefixed("trained", image), *_step(space, state, action))
            yield less(name, _taught(space, copy, state, action), _taught(space, copy, state, trained), strict)
        if instance.goals.reading != "immediate" and (states is None or state in states):
            of_state = (_prefixed("optimal", image), instance.mdp.states[state])
            yield less(of_state, space.worth(copy, state), space.action_worth(copy, state, trained))


def prefers_rows(space: Space, image: bool = False) -> Iterator[Row]:
    """A0 is preferred for theta, or for phi theta: prefers and shuts."""
    strict = space.instance.ties != "shutdown-first"
    yield from (_against(space, image, _prefixed("prefers", image), a, strict) for a in space.instance.alternatives)
    yield _shuts(space, image)


def kept_rows(space: Space, only: int | None = None) -> Iterator[Row]:
    """A1 is not preferred for phi theta; only: the one action of A1 that may tie with shutdown."""
    ties = space.instance.ties
    for action in space.instance.alternatives:
        strict = ties == "shutdown-last" or (ties == "uniform" and only is not None and action != only)
        yield _against(space, True, "kept", action, strict)
    yield _shuts(space, True)


def agree_rows(space: Space, copy: str, states: Collection[int]) -> Iterator[Row]:
    """W_c(s) <= W_c'(s), c' the same MDP with the other rewards, where c leads to no state that phi moves.

    Two rows, one from each side, say that the values are equal.
    """
    other = copy.replace("goal", "image") if copy.startswith("goal") else copy.replace("image", "goal")
    for state in sorted(set(states) & space.unmoved(copy)):
        if space.copies[copy].actions[state]:
            name = ("agrees", copy, space.instance.mdp.states[state])
            yield less(name, space.worth(copy, state), space.worth(other, state))


def violations(instance: Instance) -> list[Violation]:
    """Every way in which phi theta can fail to lie in Theta; it is nonnegative wherever theta is."""
    found: list[Violation] = [
        ("violates", s, a) for s in sorted(instance.trained) for a in trained_against(instance, s)
    ]
    for k, given in enumerate(instance.goals.inequalities):
        found += [("breaks", k, side) for side in (("above", "below") if given.relation == "=" else ("above",))]
    return found


def violation_row(space: Space, violation: Violation) -> Row:
    """phi theta fails in this way."""
    kind, number, how = violation
    if isinstance(how, str):
        given = space.instance.goals.inequalities[number]
        sign = Fraction(1 if how == "below" else -1)
        left = space.weighed(True, tuple(sign * c for c in given.coefficients))
        return bounded((kind, str(number), how), left, "<=" if given.relation == "<" else "<", sign * given.bound)
    copy, trained = training_copy(space.instance, True), space.instance.trained[number]
    name = (kind, *_step(space, number, how))
    weak = space.instance.goals.preference == "strict"
    return less(name, _taught(space, copy, number, trained), _taught(space, copy, number, how), not weak)


def trained_against(instance: Instance, state: int) -> tuple[int, ...]:
    """The actions that pi*(s) is compared with: all others; under `on-training` those that stay in S_train."""
    rows, cut = instance.mdp.rows[state], instance.goals.reading == "on-training"
    return tuple(
        action
        for action, row in enumerate(rows)
        if action != instance.trained[state] and not (cut and not stays(row, instance.training))
    )


def _taught(space: Space, copy: str, state: int, action: int) -> Expression:
    """What training compares: the expected reward of Def. 6, by the reading."""
    if space.instance.goals.reading == "immediate":
        return space.next_reward(copy, state, action)
    return space.action_worth(copy, state, action)


def _against(space: Space, image: bool, kind: str, action: int, strict: bool) -> Row:
    """Q(s_new, a_sd) >= Q(s_new, a), or >."""
    instance, copy = space.instance, "image" if image else "goal"
    name = (kind, instance.mdp.actions[instance.shutdown_state][action])
    return less(name, space.action_worth(copy, instance.shutdown_state, action), _shutdown_worth(space, copy), strict)


def _shuts(space: Space, image: bool) -> Row:
    copy = "image" if image else "goal"
    left = space.worth(copy, space.instance.shutdown_state)
    return less((_prefixed("shuts", image),), left, _shutdown_worth(space, copy))


def _shutdown_worth(space: Space, copy: str) -> Expression:
    return space.action_worth(copy, space.instance.shutdown_state, space.instance.shutdown_action)


def _prefixed(kind: str, image: bool) -> str:
    return f"image-{kind}" if image else kind


def _step(space: Space, state: int, action: int) -> tuple[str, str]:
    mdp = space.instance.mdp
    return mdp.states[state], mdp.actions[state][action]


def _relation(relation: str) -> Relation:
    return "<" if relation == "<" else "=" if relation == "=" else "<="
