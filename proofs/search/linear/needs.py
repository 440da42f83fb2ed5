"""Linear search, where a split helps: a solution of the relaxation is no counterexample where some W exceeds V*.

Too high a W can only help a solution in a few places: what follows a trained action, the shutdown, or the action that
is said to be worth enough for a violation. From there we follow what is chosen until we meet an unchosen state with
W > V*. If there is none, the solution is a counterexample, but for ties.
"""

from __future__ import annotations

from exact import evaluate
from exact.linear import Point
from proofs.search.linear.against import DECIDED
from proofs.search.linear.relaxation import Branch, Choice, Relaxation
from proofs.search.linear.rows import trained_against
from proofs.search.linear.space import training_copy


def split_at(relaxation: Relaxation, branch: Branch, point: Point) -> Choice | None:
    """(copy, state, an optimal action there for the solution's theta), None if no split can help."""
    for copy, seeds in _seeds(relaxation, branch).items():
        found = _inflated(relaxation, branch, copy, seeds, point) if seeds else None
        if found is not None:
            return (copy, *found)
    return None


def _seeds(relaxation: Relaxation, branch: Branch) -> dict[str, list[int]]:
    """copy -> states whose W may help by being too high; in the image first, which is what the question is about."""
    kind, instance = relaxation.asked.kind, relaxation.asked.instance
    rows, seeds = instance.mdp.rows, {copy: list[int]() for copy in reversed(relaxation.space.copies)}
    if kind != "nonnegative":
        seeds["goal"].append(instance.s_term)
    if kind in DECIDED:
        seeds["image"].append(instance.s_term)
    if branch.violation is not None and branch.violation.action is not None:
        state, action = branch.violation.action
        seeds[branch.violation.copy] += [t for t, _ in rows[state][action]]
    for image in _learned(relaxation):
        for state, action in sorted(instance.trained.items()):
            if trained_against(instance, state):
                seeds[training_copy(instance, image)] += [t for t, _ in rows[state][action]]
    return seeds


def _learned(relaxation: Relaxation) -> list[bool]:
    """For which of theta (False) and phi theta (True) training's say on values is among the rows."""
    if relaxation.asked.instance.goals.reading == "immediate":
        return []
    return [False, True] if relaxation.asked.kind == "never-both" else [False]


def _inflated(
    relaxation: Relaxation, branch: Branch, copy: str, seeds: list[int], point: Point
) -> tuple[int, int] | None:
    """The first unchosen state on the way with W > V*, and an optimal action there."""
    space, mdp = relaxation.space, relaxation.asked.instance.mdp
    rewards = tuple(point[j] for s in range(len(mdp)) for j in space.reward(copy, s))
    best, policy = evaluate.optimal(mdp, rewards, relaxation.gamma, allowed=space.copies[copy])
    chosen = _chosen(relaxation, branch, copy)
    seen, todo = set[int](), list(reversed(seeds))
    while todo:
        state = todo.pop()
        variable = space.variable(copy, state)
        if state in seen or variable is None or point[variable] == best[state]:
            continue
        seen.add(state)
        if state not in chosen:
            return state, policy[state]
        todo += [t for t, _ in mdp.rows[state][chosen[state]]]
    return None


def _chosen(relaxation: Relaxation, branch: Branch, copy: str) -> dict[int, int]:
    """Where W is attained, and by which action: after a split, at a shutdown that is optimal, by an `optimal` row."""
    kind, instance = relaxation.asked.kind, relaxation.asked.instance
    chosen = {state: action for name, state, action in branch.choices if name == copy}
    if (copy == "goal" and kind != "nonnegative") or (copy == "image" and kind in DECIDED):
        chosen.setdefault(instance.shutdown_state, instance.shutdown_action)
    if copy in [training_copy(instance, image) for image in _learned(relaxation)]:
        for state, action in instance.trained.items():
            chosen.setdefault(state, action)
    return chosen
