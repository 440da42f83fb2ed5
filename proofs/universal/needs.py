"""Universal claims, where a split helps: a solution of the relaxation is no counterexample where some W exceeds V*.

Too high a W can only help a solution in a few places: what follows a trained action, the shutdown, or the action that
is said to violate Theta. From there we follow what is chosen until we meet an unchosen state with W > V*. If there is
none, the solution is a counterexample, but for ties.
"""

from __future__ import annotations

from collections.abc import Mapping

from exact import evaluate
from exact.linear import Point
from proofs.universal.relaxation import Branch, Relaxation
from proofs.universal.rows import trained_against
from proofs.universal.space import training_copy

Seeds = Mapping[str, list[int]]


def split_at(relaxation: Relaxation, branch: Branch, point: Point) -> tuple[str, int, int] | None:
    """(copy, state, an optimal action there for the solution's theta), None if no split can help."""
    for copy, seeds in _seeds(relaxation, branch).items():
        if seeds:
            found = _inflated(relaxation, branch, copy, seeds, point)
            if found is not None:
                return (copy, *found)
    return None


def _seeds(relaxation: Relaxation, branch: Branch) -> Seeds:
    """copy -> states whose W may help by being too high; in the image first, which is what the claim is about."""
    claim, instance = relaxation.claim, relaxation.claim.instance
    seeds: dict[str, list[int]] = {copy: [] for copy in reversed(relaxation.space.copies)}
    seeds["goal"].append(instance.s_term)
    if claim.asked != "stays":
        seeds["image"].append(instance.s_term)
    if instance.goals.reading == "immediate":
        return seeds
    if branch.violation is not None and branch.violation[0] == "violates":
        _, state, action = branch.violation
        seeds[training_copy(instance, True)] += [t for t, _ in instance.mdp.rows[state][int(action)]]
    for image in [False, True] if claim.asked == "never-both" else [False]:
        for state, action in sorted(instance.trained.items()):
            if trained_against(instance, state):
                seeds[training_copy(instance, image)] += [t for t, _ in instance.mdp.rows[state][action]]
    return seeds


def _inflated(
    relaxation: Relaxation, branch: Branch, copy: str, seeds: list[int], point: Point
) -> tuple[int, int] | None:
    """The first unchosen state on the way with W > V*, and an optimal action there."""
    space, gamma = relaxation.space, relaxation.gamma
    rewards = tuple(point[j] for s in range(len(space.instance.mdp)) for j in space.reward(copy, s))
    best, policy = evaluate.optimal(space.instance.mdp, rewards, gamma, allowed=space.copies[copy].actions)
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
        todo += [t for t, _ in space.instance.mdp.rows[state][chosen[state]]]
    return None


def _chosen(relaxation: Relaxation, branch: Branch, copy: str) -> dict[int, int]:
    """Where W is attained, and by which action: after a split, at a shutdown that is optimal, by an `optimal` row."""
    instance, image = relaxation.claim.instance, copy.startswith("image")
    chosen = {state: action for name, state, action in branch.choices if name == copy}
    if copy == "goal" or (copy == "image" and relaxation.claim.asked != "stays"):
        chosen.setdefault(instance.shutdown_state, instance.shutdown_action)
    looked_at = copy == training_copy(instance, image) and instance.goals.reading != "immediate"
    if looked_at and (not image or relaxation.claim.asked == "never-both"):
        for state, action in instance.trained.items():
            chosen.setdefault(state, action)
    return chosen
