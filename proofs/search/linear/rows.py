"""Linear search, the rows of FORMAT.md that say what theta is: in Theta, A0 preferred, W no less than the values.

Every counterexample satisfies them, with W the optimal values. That the property fails for it is said in `against`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from exact.goals import training_actions
from exact.instance import Instance
from exact.linear import Relation
from proofs.search.linear.row import Expression, Row, bounded, less
from proofs.search.linear.space import Space, training_copy

_RELATIONS: dict[str, Relation] = {"<": "<", "<=": "<=", "=": "="}


def goal_rows(instance: Instance) -> tuple[Space, list[Row]]:
    """Theta alone: reward, inequality, trained, optimal and super rows.

    theta is in Theta only if some W satisfies the rows; "if" too where the trained actions keep to S_train.
    """
    space = Space(instance, () if instance.goals.reading == "immediate" else (training_copy(instance),))
    supers = [row for copy in space.copies for row in super_rows(space, copy)]
    return space, [*theta_rows(space), *training_rows(space), *supers]


def theta_rows(space: Space) -> list[Row]:
    """theta >= 0 if the goals ask for it, and their inequalities."""
    states = space.instance.mdp.states if space.instance.goals.nonnegative else ()
    rewards = [less(("reward", name), {}, space.reward("goal", s)) for s, name in enumerate(states)]
    return [*rewards, *inequality_rows(space)]


def inequality_rows(space: Space, image: bool = False) -> Iterator[Row]:
    """The goals' inequalities for theta, or for phi theta."""
    for k, given in enumerate(space.instance.goals.inequalities):
        name = (prefixed("inequality", image), str(k))
        yield bounded(name, space.weighed(image, given.coefficients), _RELATIONS[given.relation], given.bound)


def super_rows(space: Space, copy: str, states: Collection[int] | None = None) -> Iterator[Row]:
    """W_c(s) >= Q_c(s, a), in these states (all)."""
    for state, actions in space.copies[copy].items():
        for action in actions if states is None or state in states else ():
            name = ("super", copy, *step(space, state, action))
            yield less(name, space.action_worth(copy, state, action), space.worth(copy, state))


def tight_row(space: Space, copy: str, state: int, action: int) -> Row:
    """W_c(s) <= Q_c(s, a)."""
    name = ("tight", copy, *step(space, state, action))
    return less(name, space.worth(copy, state), space.action_worth(copy, state, action))


def training_rows(space: Space, image: bool = False, states: Collection[int] | None = None) -> Iterator[Row]:
    """Def. 6 for theta, or for phi theta: trained, and optimal (in these states) unless the reading is `immediate`."""
    instance, copy = space.instance, training_copy(space.instance, image)
    strict = instance.goals.preference == "strict"
    for state, trained in sorted(instance.trained.items()):
        for action in trained_against(instance, state):
            name = (prefixed("trained", image), *step(space, state, action))
            yield less(name, taught(space, image, state, action), taught(space, image, state, trained), strict)
        if instance.goals.reading != "immediate" and (states is None or state in states):
            of_state = (prefixed("optimal", image), instance.mdp.states[state])
            yield less(of_state, space.worth(copy, state), space.action_worth(copy, state, trained))


def prefers_rows(space: Space, image: bool = False) -> Iterator[Row]:
    """A0 is preferred for theta, or for phi theta: prefers and shuts."""
    strict = space.instance.ties != "shutdown-first"
    yield from (no_better(space, image, prefixed("prefers", image), a, strict) for a in space.instance.alternatives)
    yield shuts(space, image)


def agree_rows(space: Space, copy: str, states: Collection[int]) -> Iterator[Row]:
    """W_c(s) <= W_c'(s), c' the same MDP with the other rewards, where c leads to no state that phi moves.

    Two rows, one from each side, say that the values are equal.
    """
    other = copy.replace("goal", "image") if copy.startswith("goal") else copy.replace("image", "goal")
    for state in sorted(set(states) & space.unmoved(copy)):
        if space.copies[copy][state]:
            name = ("agrees", copy, space.instance.mdp.states[state])
            yield less(name, space.worth(copy, state), space.worth(other, state))


def trained_against(instance: Instance, state: int) -> tuple[int, ...]:
    """The actions that pi*(s) is compared with: all others; under `on-training` those that stay in S_train."""
    cut = instance.goals.reading == "on-training"
    actions = training_actions(instance)[state] if cut else range(len(instance.mdp.rows[state]))
    return tuple(action for action in actions if action != instance.trained[state])


def taught(space: Space, image: bool, state: int, action: int) -> Expression:
    """What training compares: the expected reward of Def. 6, by the reading, for theta or for phi theta."""
    copy = training_copy(space.instance, image)
    if space.instance.goals.reading == "immediate":
        return space.next_reward(copy, state, action)
    return space.action_worth(copy, state, action)


def no_better(space: Space, image: bool, kind: str, action: int, strict: bool) -> Row:
    """Q(s_new, a_sd) >= Q(s_new, a), or >."""
    s_new, copy = space.instance.shutdown_state, "image" if image else "goal"
    name = (kind, space.instance.mdp.actions[s_new][action])
    return less(name, space.action_worth(copy, s_new, action), shutdown_worth(space, copy), strict)


def shuts(space: Space, image: bool) -> Row:
    """W(s_new) <= Q(s_new, a_sd)."""
    copy = "image" if image else "goal"
    left = space.worth(copy, space.instance.shutdown_state)
    return less((prefixed("shuts", image),), left, shutdown_worth(space, copy))


def shutdown_worth(space: Space, copy: str) -> Expression:
    """Q(s_new, a_sd)."""
    return space.action_worth(copy, space.instance.shutdown_state, space.instance.shutdown_action)


def prefixed(kind: str, image: bool) -> str:
    """The kind of a row, said of theta or of phi theta."""
    return f"image-{kind}" if image else kind


def step(space: Space, state: int, action: int) -> tuple[str, str]:
    """(state, action) by names."""
    mdp = space.instance.mdp
    return mdp.states[state], mdp.actions[state][action]
