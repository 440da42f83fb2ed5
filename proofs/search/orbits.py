"""Orbits as claims: the question's own, and those that refute Theorem 2. Counting is exact; the search is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from exact.digits import shown
from exact.instance import Instance
from exact.mdp import Rewards
from exact.orbit import OrbitCount, count_orbit, enumerable, number_of_arrangements
from exact.orbit.tree.count import PartlyCounted, count_tree, percent
from exact.orbit.values import valued_orbit
from proofs.claims import types as c
from proofs.claims.checked import Uncertified
from proofs.search.candidates import discounts, promising
from proofs.search.goals import named
from proofs.search.judge import Judge
from proofs.search.tree import MOST_NODES, orbit_tree

MOST_CERTIFIED = 50_000  # vectors of an orbit that goes into a certificate
FEW = 720  # vectors of an orbit that are listed at once
LARGEST_ORBIT = 5_000  # vectors in one orbit of the search
MOST_STEPS, COUNTED = 2_000_000_000, 10_000  # of `Guess`: in all of the search; what one vector costs to count
SMALLEST_BATCH, LARGEST_BATCH = 500, 20_000  # vectors
NEAR, MOST_ENDS = Fraction(1, 1000), 4  # how far above an end, of so many


def question_orbit(judge: Judge, tell: Callable[[str], None] = lambda _: None) -> Uncertified:
    """Offer the orbit of the question's rewards; what it says, or why it says nothing, where that is not certified."""
    instance, asked = judge.instance, judge.instance.question
    if asked.gamma is None or asked.rewards is None:
        return Uncertified()
    vectors = number_of_arrangements(asked.rewards)
    tell(f"the orbit of the question's rewards: {shown(vectors)} vectors")
    claim = orbit_claim(instance, asked.rewards, asked.gamma)
    if claim is not None:
        return Uncertified() if judge.offer(claim) else Uncertified(claim, "it has no room in the certificate")
    why = f"{shown(vectors)} vectors, and a tree of more than {MOST_NODES} nodes"
    return counting(instance, tell, why) if enumerable(asked.rewards) else Uncertified(None, why)


def counting(
    instance: Instance, tell: Callable[[str], None], why: str, jobs: int | None = 1, notes: Path | None = None
) -> Uncertified:
    """The orbit of the question's rewards, counted without a claim; interrupted, as far as it got. See count_tree."""
    gamma, rewards = instance.question.gamma or Fraction(0), instance.question.rewards or ()
    found = PartlyCounted({}, 1)
    try:
        for found in count_tree(instance, rewards, gamma, jobs, notes):
            tell(f"{percent(found.share)} of the orbit counted")
    except KeyboardInterrupt:
        why = f"interrupted when {percent(found.share)} of the orbit was counted"
    return Uncertified(c.Orbit(gamma, named(instance, rewards), *numbers(found.count)), why, share=found.share)


def orbit_claim(instance: Instance, rewards: Rewards, gamma: Fraction) -> c.ListedOrbit | c.OrbitTree | None:
    """The counted orbit as a list of its goals where they are few, else as a tree; None where both are too long."""
    vectors = number_of_arrangements(rewards)
    tree = None if vectors <= FEW else orbit_tree(instance, rewards, gamma)
    if tree is None and vectors <= MOST_CERTIFIED:
        return listed_orbit(instance, rewards, gamma)
    return tree


def listed_orbit(instance: Instance, rewards: Rewards, gamma: Fraction) -> c.ListedOrbit:
    """The counted orbit, with the values of each of its goals."""
    count = count_orbit(instance, rewards, gamma)
    goals = (c.Values(goal.unit, goal.whole, goal.training) for goal in valued_orbit(instance, rewards, gamma))
    return c.ListedOrbit(gamma, named(instance, rewards), *numbers(count), tuple(goals))


def numbers(count: OrbitCount) -> tuple[int, int, int, int, int]:
    """In the order of a claim."""
    return count.size, count.outside, count.shutdown, count.avoid, count.tie


def refute(judge: Judge) -> bool:
    """Find and offer an orbit in which fewer than n0 times as many goals of Theta avoid shutdown as accept it."""
    return beat(judge, {gamma: n for gamma in _places(judge) if (n := _open(judge, gamma))})


def beat(judge: Judge, least: Mapping[Fraction, int]) -> bool:
    """The same for the n of each of these gammas. Doubles say which orbits are worth counting."""
    from exact.orbit.guess import Guess, Vectors  # numpy takes longer to load than a small question takes to answer

    instance, looked, steps = judge.instance, 0, 0
    small = len(instance.mdp) ** 3 * len(least) <= MOST_STEPS
    guesses = {gamma: Guess(instance, gamma) for gamma in least} if small else {}
    for batch in _batches(promising(judge, LARGEST_ORBIT)) if guesses else ():
        vectors = Vectors(batch)
        for gamma, guess in guesses.items():
            given = zip(batch, guess.tallies(vectors), strict=True)
            likely = [rewards for rewards, (shutdown, avoid) in given if least[gamma] * shutdown > avoid]
            for rewards in sorted(likely, key=number_of_arrangements):
                if _refutes(instance, rewards, gamma, least[gamma]) and judge.offer(
                    listed_orbit(instance, rewards, gamma)
                ):
                    return True
                steps += COUNTED * number_of_arrangements(rewards)
        looked += len(batch)
        if steps + sum(guess.steps for guess in guesses.values()) > MOST_STEPS:
            break
    judge.note(f"{looked} orbits of at most {LARGEST_ORBIT} goals were looked at; none refutes the conclusion")
    return False


def _places(judge: Judge) -> Iterator[Fraction]:
    """The question's gamma; without one near 0, just above each gamma*_x, and a few more.

    Near the lower ends, because goals >= 0 that shut down at one gamma do so at each lower one, if training does not
    restrict them.
    """
    if judge.instance.question.gamma is None:
        claims = [claim for claim in judge.accepted(c.Threshold) if c.PAPER in claim.kinds]
        ends = sorted({claim.interval[1] for claim in claims})
        yield NEAR
        yield from (end + (1 - end) * NEAR for end in ends[:: len(ends) // MOST_ENDS + 1])
    yield from discounts(judge.instance)


def _open(judge: Judge, gamma: Fraction) -> int:
    """The n that an orbit at gamma refutes the conclusion with; 0 where it says nothing, or where that n is proved.

    It is max(1, n(gamma)); where the paper counts no x at that gamma alone, it says nothing.
    """
    n = len(judge.counted(gamma)) or int(not judge.past(c.PAPER))
    return n if n > judge.proved(gamma) else 0


def _refutes(instance: Instance, rewards: Rewards, gamma: Fraction, n: int) -> bool:
    count = count_orbit(instance, rewards, gamma)
    return n * count.shutdown > count.avoid


def _batches(orbits: Iterable[Rewards]) -> Iterator[list[Rewards]]:
    """Small ones first: what is found at once costs little."""
    batch, vectors, most = list[Rewards](), 0, SMALLEST_BATCH
    for rewards in orbits:
        batch.append(rewards)
        vectors += number_of_arrangements(rewards)
        if vectors >= most:
            yield batch
            batch, vectors, most = [], 0, min(2 * most, LARGEST_BATCH)
    if batch:
        yield batch
