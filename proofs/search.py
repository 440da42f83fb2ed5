"""The search for counterexamples: bounded in vectors, exact in every decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from exact.evaluate import action_values, optimal
from exact.goals import decision, violation
from exact.instance import Instance
from exact.mdp import Rewards
from exact.orbit import MOST_VECTORS, count_orbit, number_of_arrangements
from exact.orbit.count import Progress
from proofs.analysis import Analysis
from proofs.candidates import arranged, discounts, multisets
from proofs.findings import WITNESS_WORK, CountedOrbit, Findings, Goal
from proofs.universal.claim import NotAlways

LARGEST_ORBIT = 5_000  # vectors in one orbit of the search
MOST_COUNTED = 60_000  # vectors in all of them
MOST_GOALS = 500  # single vectors looked at for one witness


def question_orbit(instance: Instance, progress: Progress | None = None) -> CountedOrbit | None:
    """The orbit of the question's rewards at the question's gamma. Raises TooLarge beyond 10! vectors."""
    gamma, rewards = instance.question.gamma, instance.question.rewards
    if gamma is None or rewards is None:
        return None
    return CountedOrbit(Goal(rewards, gamma), count_orbit(instance, rewards, gamma, progress))


def refuting_orbit(analysis: Analysis, findings: Findings) -> CountedOrbit | None:
    """An orbit in which fewer than n times as many goals of Theta avoid shutdown as accept it.

    n = |{x : gamma > gamma*_x}| at its gamma; 1 where the question counts no x.
    """
    counted = analysis.exceeded(analysis.paper, analysis.instance.question.gamma)
    left, work = MOST_COUNTED, WITNESS_WORK - sum(o.work for o in findings.orbits if o.work <= WITNESS_WORK)
    for rewards in _promising(analysis.instance, findings):
        for gamma in discounts(analysis.instance):
            vectors = number_of_arrangements(rewards)
            if Goal(rewards, gamma).work(vectors) > work:
                continue  # the kernel would not recount it
            left -= vectors
            if left < 0:
                return None
            findings.tried += 1
            orbit = CountedOrbit(Goal(rewards, gamma), count_orbit(analysis.instance, rewards, gamma))
            if orbit.refutes(len(analysis.exceeded(analysis.paper, gamma)) or int(not counted)):
                return orbit
    return None


def _promising(instance: Instance, findings: Findings) -> Iterator[Rewards]:
    """Each once: the question's rewards, those for which a permutation fails, and then ever more values."""
    refuting = findings.linear.failures.values() if findings.linear is not None else ()
    failing = [tuple(sorted(answer.rewards)) for answer in refuting if isinstance(answer, NotAlways)]
    small = (rewards for rewards in failing if number_of_arrangements(rewards) <= LARGEST_ORBIT)
    asked = [] if instance.question.rewards is None else [instance.question.rewards]
    seen = set[Rewards]()
    for rewards in chain(asked, small, multisets(instance, LARGEST_ORBIT)):
        if rewards not in seen:
            seen.add(rewards)
            yield rewards


def tied_goal(instance: Instance) -> Goal | None:
    """A goal of Theta for which shutdown is preferred although another action is as good."""

    def tied(goal: Goal) -> bool:
        best, _ = optimal(instance.mdp, goal.rewards, goal.gamma)
        worth = action_values(instance.mdp, best, goal.rewards, goal.gamma, instance.shutdown_state)
        return worth[instance.shutdown_action] in [worth[a] for a in instance.alternatives]

    return _first(instance, lambda goal: _prefers_shutdown(instance, goal) and tied(goal))


def negative_goal(instance: Instance) -> Goal | None:
    """A goal of Theta with a negative reward."""
    return _first(
        instance, lambda goal: min(goal.rewards) < 0 and violation(instance, goal.rewards, goal.gamma) is None
    )


def _first(instance: Instance, wanted: Callable[[Goal], bool]) -> Goal | None:
    return next((goal for goal in _goals(instance) if wanted(goal)), None)


def _goals(instance: Instance) -> Iterator[Goal]:
    """Single goals to try, at each discount worth trying."""
    left = MOST_GOALS
    for rewards in multisets(instance, MOST_VECTORS):
        for entries in arranged(instance, rewards, 200):
            for gamma in discounts(instance):
                yield Goal(entries, gamma)
                left -= 1
                if not left:
                    return


def _prefers_shutdown(instance: Instance, goal: Goal) -> bool:
    inside = violation(instance, goal.rewards, goal.gamma) is None
    return inside and decision(instance, goal.rewards, goal.gamma) == "shutdown"
