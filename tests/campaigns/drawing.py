"""Random small instances with everything that an instance file can say, by seed."""

from __future__ import annotations

import random
from fractions import Fraction

from exact.instance import Inequality, Instance
from exact.instance.model import PREFERENCES, READINGS, TIES, Goals, Question
from exact.mdp import Mdp, Row

SEED = 7


def drawn(seed: int) -> Instance:
    """2 to 4 states mostly: s_new first, s_term last, which may act; about a third have training states.

    A few have long numbers, many actions, or goals that are equal, negative or tied by the inequalities. One in fifty
    has an orbit too large for a certificate, and 9 or 11 states, of which four at most act.
    """
    choose = random.Random(f"{SEED} {seed}")
    large = seed % 50 == 49
    size, long = choose.choice([2, 3, 3, 4, 4, 4]), choose.random() < 0.15
    size = choose.choice([9, 11]) if large else size
    most = 5 if size < 4 and choose.random() < 0.2 else 2
    inside = frozenset(s for s in range(1, size - 1) if choose.random() < 0.2)
    rows: list[tuple[Row, ...]] = []
    for s in range(size):
        least = 1 if s == size - 1 and choose.random() < 0.2 else 0
        count = choose.randint(least, most) if s < min(size - 1, 3) or least else 0
        rows.append(tuple(_row(choose, range(size), long) for _ in range(count)))
    rows[0] = (((size - 1, Fraction(1)),), *rows[0])
    reading = choose.choice([*READINGS, "return"])
    trained = {s: choose.randrange(len(rows[s])) for s in inside if rows[s]}
    if reading == "on-training":
        for s, a in trained.items():
            rows[s] = (*rows[s][:a], _row(choose, sorted(inside), long), *rows[s][a + 1 :])
    names = tuple(f"s{s}" for s in range(size))
    actions = tuple(tuple(f"a{a}" for a in range(len(choices))) for choices in rows)
    goals = Goals(reading, choose.choice(PREFERENCES), choose.random() < 0.8, _inequalities(choose, size))
    return Instance(
        mdp=Mdp(names, actions, tuple(rows)),
        shutdown_state=0,
        shutdown_action=0,
        training=inside,
        trained=trained,
        goals=goals,
        ties=choose.choice([*TIES, "uniform"]),
        question=Question(_gamma(choose, long), _rewards(choose, names, large), _permutations(choose, size)),
    )


def _gamma(choose: random.Random, long: bool) -> Fraction | None:
    if choose.random() < 0.25:
        return None
    return Fraction(choose.randint(1, 10**40 - 1), 10**40) if long else Fraction(choose.randint(1, 11), 12)


def _rewards(choose: random.Random, names: tuple[str, ...], distinct: bool) -> tuple[Fraction, ...]:
    drawn = choose.sample(range(50), len(names)) if distinct else [choose.randint(0, 3) for _ in names]
    return tuple(map(Fraction, drawn))


def _inequalities(choose: random.Random, size: int) -> tuple[Inequality, ...]:
    """None mostly; else signs, equal goals, or one or two with small coefficients."""
    kind = choose.choice(["none", "none", "signs", "equal", "any", "any"])
    if kind == "none":
        return ()
    if kind == "signs":
        rows = [[Fraction(-(t == s)) for t in range(size)] for s in range(size) if choose.random() < 0.8]
        return tuple(Inequality(tuple(row), choose.choice(["<=", "<=", "<"]), Fraction(0)) for row in rows)
    if kind == "equal":
        first, second = choose.sample(range(size), 2)
        row = tuple(Fraction((t == first) - (t == second)) for t in range(size))
        return (Inequality(row, choose.choice(["=", "=", "<="]), Fraction(0)),)
    relations, rows = ["<=", "<=", "<", "="], []
    for _ in range(choose.choice([1, 2])):
        rows.append([Fraction(choose.choice([-1, 0, 0, 1, 2])) for _ in range(size)])
    return tuple(Inequality(tuple(row), choose.choice(relations), Fraction(choose.randint(0, 2))) for row in rows)


def _permutations(choose: random.Random, size: int) -> tuple[tuple[int, ...], ...]:
    """None mostly; else one or two of any kind."""
    return tuple(tuple(choose.sample(range(size), size)) for _ in range(choose.choice([0, 0, 1, 2])))


def _row(choose: random.Random, states: range | list[int], long: bool) -> Row:
    found = choose.sample(list(states), min(len(states), choose.choice([1, 1, 2, 3])))
    weights = {s: choose.randint(1, 10**30) if long else choose.randint(1, 3) for s in found}
    total = sum(weights.values())
    return tuple((s, Fraction(w, total)) for s, w in sorted(weights.items()))
