"""Layer: shares, in general: Theta is cut into polytopes, the goals that are asked about too, and volumes are added.

Any reading of Theta, any ties, ranges and inequalities, a shutdown state that is not terminal, a state to be reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.errors import NotAGoalSet, TooLarge
from exact.goals import ahead_of, decided, training_actions
from exact.instance.model import Instance
from exact.orbit.halfspaces import immediate
from exact.share.cells import Cell, cells
from exact.share.policies import over_shutdown, visit_counts
from exact.share.polytope import Said, Volumes
from exact.share.ranges import Range, alone
from exact.share.sample import certain

MOST_PAIRS = 4_000  # of a piece of Theta and one of the question


def by_volumes(instance: Instance, gamma: Fraction, ranges: Sequence[Range], reach: int | None) -> Fraction:
    """vol(Theta and what is asked) / vol(Theta), within the ranges. Raises NotAGoalSet without volume, and TooLarge."""
    theta = list(_theta(instance, gamma))
    asked = list(_shutting_down(instance, gamma) if reach is None else _reaching(instance, gamma, reach))
    if len(theta) * len(asked) > MOST_PAIRS:
        raise TooLarge(f"Theta and the question have more than {MOST_PAIRS} pieces together")
    volumes = Volumes(ranges)
    whole = sum(map(volumes.of, theta), Fraction(0))
    if not whole:
        raise _no_volume()
    return sum((volumes.of([*some, *other]) for some in theta for other in asked), Fraction(0)) / whole


def check_volume(instance: Instance, gamma: Fraction, ranges: Sequence[Range]) -> None:
    """Raises NotAGoalSet if Theta has no volume within the ranges, and TooLarge."""
    volumes = Volumes(ranges)
    if not any(map(volumes.positive, _theta(instance, gamma))):
        raise _no_volume()


def _no_volume() -> NotAGoalSet:
    return NotAGoalSet("Theta has no volume: goals drawn at random are never in it", "relax the goals", "goals")


def _theta(instance: Instance, gamma: Fraction) -> Iterator[list[Said]]:
    """Its pieces, but for the ranges."""
    mdp, goals, trained = instance.mdp, instance.goals, instance.trained
    linear = (*(i for i in goals.inequalities if alone(i) is None), *immediate(instance))
    always = [Said({x: i.coefficients[x] for x in i.seen}, i.bound, i.relation != "<") for i in linear]
    if goals.reading == "immediate":
        yield always
        return
    allowed = training_actions(instance) if goals.reading == "on-training" else ahead_of(mdp, trained)
    for cell in cells(mdp, gamma, allowed, trained):
        if goals.preference == "weak" or all(cell.best[s] == (a,) for s, a in trained.items()):
            yield [*always, *map(Said, cell.rows)]


def _shutting_down(instance: Instance, gamma: Fraction) -> Iterator[list[Said]]:
    """The goals with f(A0) > f(A1)."""
    if instance.mdp.is_terminal(instance.s_term):
        rows = over_shutdown(visit_counts(instance, gamma), instance.s_term, instance.ties)
        if rows is not None:
            at_bound = instance.ties == "shutdown-first"
            yield [Said({**row, instance.s_term: Fraction(-1)}, at_bound=at_bound) for row in rows]
        return
    for cell in _deployed(instance, gamma):
        best = cell.best[instance.shutdown_state]
        tied = sum(a in best for a in instance.alternatives)
        if decided(instance.ties, instance.shutdown_action in best, tied) == "shutdown":
            yield list(map(Said, cell.rows))


def _reaching(instance: Instance, gamma: Fraction, target: int) -> Iterator[list[Said]]:
    """The goals all of whose optimal policies reach it from s_new with probability 1."""
    for cell in _deployed(instance, gamma):
        if certain(instance.mdp, cell.best, instance.shutdown_state, target):
            yield list(map(Said, cell.rows))


def _deployed(instance: Instance, gamma: Fraction) -> Iterator[Cell]:
    s_new = instance.shutdown_state
    return cells(instance.mdp, gamma, ahead_of(instance.mdp, [s_new]), {})
