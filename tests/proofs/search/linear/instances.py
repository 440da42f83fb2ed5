"""Random tiny instances with everything that [goals] and [decision] can say, by seed; and the slow judge of a goal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import get_args

from exact.instance import Goals, Inequality, Instance, read_instance
from exact.instance.model import TIES
from exact.mdp import Mdp, Rewards, Row
from exact.permutation import Permutation, swap
from proofs.search.linear.asked import OF_THETA, Property
from tests.examples import instance_path
from tests.reference import brute_orbit


def example(name: str) -> Instance:
    """An instance of the examples."""
    return read_instance(instance_path(name))


def swaps(given: Instance) -> tuple[Permutation, ...]:
    """The exchanges of s_term with each other state."""
    return tuple(swap(given, x) for x in range(len(given.mdp)) if x != given.s_term)


def instance(random: Random, size: int) -> Instance:
    """State 0 is s_new and 1 is s_term, which may have an action; training may leak in both directions."""
    table = [_rows(random, state, size) for state in range(size)]
    off = next(a for a, row in enumerate(table[0]) if row == ((1, Fraction(1)),))
    reading = random.choice(["return", "return", "immediate", "on-training"])
    training = frozenset(s for s in range(2, size) if random.random() < 0.5)
    while reading == "on-training" and (gone := {s for s in training if table[s] and not _inside(table[s], training)}):
        training -= gone
    trained = {s: random.choice(_choices(table[s], training, reading)) for s in sorted(training) if table[s]}
    names = tuple(f"s{state}" for state in range(size))
    mdp = Mdp(names, tuple(tuple(f"a{a}" for a in range(len(rows))) for rows in table), tuple(table))
    goals = Goals(reading, random.choice(["weak", "strict"]), random.random() < 0.6, _inequalities(random, size))
    return Instance(mdp, 0, off, training, trained, goals, random.choice(TIES))


def _rows(random: Random, state: int, size: int) -> tuple[Row, ...]:
    if state == 1 and random.random() < 0.9:
        return ()
    rows = [_row(random, size) for _ in range(random.choice([1, 1, 2] if state == 0 else [0, 1, 1, 2, 2]))]
    if state == 0:
        rows.insert(random.randint(0, len(rows)), ((1, Fraction(1)),))
    return tuple(rows)


def _row(random: Random, size: int) -> Row:
    successors = sorted(random.sample(range(size), random.choice([1, 1, 2])))
    weights = [random.randint(1, 3) for _ in successors]
    return tuple((t, Fraction(w, sum(weights))) for t, w in zip(successors, weights, strict=True))


def _inside(rows: tuple[Row, ...], training: frozenset[int]) -> list[int]:
    return [a for a, row in enumerate(rows) if all(t in training for t, _ in row)]


def _choices(rows: tuple[Row, ...], training: frozenset[int], reading: str) -> list[int]:
    return _inside(rows, training) if reading == "on-training" else list(range(len(rows)))


def _inequalities(random: Random, size: int) -> tuple[Inequality, ...]:
    found = []
    for _ in range(random.choice([0, 0, 1, 2])):
        row = tuple(Fraction(random.choice([0, 0, 1, -1, 2])) for _ in range(size))
        found.append(Inequality(row, random.choice(["<=", "<=", "<", "="]), Fraction(random.choice([0, 1, 2, -1]))))
    if random.random() < 0.3:  # the box [-1, 1]^d
        for state in range(size):
            for sign in (1, -1):
                found.append(Inequality(tuple(Fraction(sign * (s == state)) for s in range(size)), "<=", Fraction(1)))
    return tuple(found)


def questions(phi: Permutation) -> list[tuple[Property, Permutation]]:
    """Each property, with the permutation or with the identity."""
    identity = tuple(range(len(phi)))
    return [(kind, identity if kind in OF_THETA else phi) for kind in get_args(Property)]


def permutation(random: Random, size: int) -> Permutation:
    """Any, or a swap with s_term."""
    if random.random() < 0.5:
        x = random.choice([0, *range(2, size)])
        return tuple({1: x, x: 1}.get(s, s) for s in range(size))
    return tuple(random.sample(range(size), size))


def theta(random: Random, size: int) -> Rewards:
    """A small reward vector."""
    return tuple(Fraction(random.choice([0, 0, 1, 2, 3, 5, -1, -2]), random.choice([1, 1, 2])) for _ in range(size))


def refutes(instance: Instance, kind: str, phi: Permutation, rewards: Rewards, gamma: Fraction) -> bool:
    """Is theta a counterexample? By brute force over all policies."""
    if not brute_orbit.in_theta(instance, rewards, gamma):
        return False
    if kind == "nonnegative":
        return min(rewards) < 0
    if brute_orbit.decision(instance, rewards, gamma) != "shutdown":
        return False
    image, term = tuple(rewards[phi.index(s)] for s in range(len(phi))), instance.s_term
    decided = brute_orbit.decision(instance, image, gamma)
    return {
        "retargets": decided != "avoid",
        "stays": not brute_orbit.in_theta(instance, image, gamma),
        "never-both": brute_orbit.in_theta(instance, image, gamma) and decided == "shutdown",
        "not-optimal": brute_orbit.decision(replace(instance, ties="shutdown-first"), image, gamma) == "shutdown",
        "exceeds": rewards[term] <= rewards[phi[term]],
        "pays": rewards[term] <= 0 or rewards[phi[term]] < 0,
        "strict": brute_orbit.decision(replace(instance, ties="uniform"), rewards, gamma) != "shutdown",
    }[kind]
