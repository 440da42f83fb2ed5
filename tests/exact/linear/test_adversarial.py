"""Systems on which floating point is wrong, and a guess that is worthless: the verdict must not move."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.errors import NotALinearSystem
from exact.linear import (
    Feasible,
    Infeasible,
    System,
    check_farkas,
    decide,
    feasibility,
    inner,
    slacks,
)
from exact.linear.guess import Guess, guess
from exact.linear.program import Program
from tests.exact.linear.systems import Q, highest, rows, satisfies, systems, z3_feasible

TINY = Q(1, 10**30)
HUGE = 10**300 + 7
SYSTEMS = {
    "gap of 1e-30": (False, rows(1, ({0: 1}, "<=", 1), ({0: -1}, "<=", -1 - TINY))),
    "overlap of 1e-30": (True, rows(1, ({0: 1}, "<", 1 + TINY), ({0: -1}, "<", -1))),
    "nearly parallel, meeting": (True, rows(2, ({0: 1, 1: 1}, "<=", 1), ({0: -1, 1: -1 - TINY}, "<=", -1 - TINY))),
    "nearly parallel, parted": (False, rows(2, ({0: 1, 1: 1}, "<=", 1), ({0: -1, 1: -1}, "<=", -1 - TINY))),
    "nearly parallel equalities": (True, rows(2, ({0: 1, 1: 1}, "=", 1), ({0: 1, 1: 1 + TINY}, "=", 2))),
    "300 digits, feasible": (True, rows(2, ({0: HUGE, 1: -1}, "=", 1), ({1: 1}, "<=", HUGE**2))),
    "300 digits, infeasible": (False, rows(2, ({0: HUGE, 1: -1}, "=", 0), ({0: HUGE, 1: -1}, "<", 0))),
    "300 digits apart by 1": (False, rows(1, ({0: 1}, "<=", HUGE), ({0: -1}, "<", -HUGE))),
    "300 digits, one point": (True, rows(1, ({0: 1}, "<=", HUGE), ({0: -1}, "<=", -HUGE))),
    "beyond floats": (False, rows(1, ({0: HUGE**3}, "<=", 1), ({0: -1}, "<=", -Q(1, HUGE**3) * (1 + TINY)))),
}


def bad_guess(program: Program) -> Guess:
    """Rows and a point that have nothing to do with the program."""
    chance = random.Random(len(program.rows) * 31 + program.columns)
    tight = sorted(chance.sample(range(len(program.rows)), chance.randint(0, len(program.rows))))
    return Guess(tight, [Q(chance.randint(-5, 5)) for _ in range(program.columns)])


def no_guess(program: Program) -> Guess:
    """Nothing at all: the exact solver starts cold."""
    return Guess([], None)


GUESSES = {"HiGHS": guess, "nonsense": bad_guess, "nothing": no_guess}


@pytest.fixture(params=list(GUESSES.values()), ids=list(GUESSES))
def guessing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[Program], Guess]:
    """Every place that asks for a guess gets this one."""
    for module in (feasibility, inner):
        monkeypatch.setattr(module, "guess", request.param)
    chosen: Callable[[Program], Guess] = request.param
    return chosen


@pytest.mark.parametrize(("expected", "system"), SYSTEMS.values(), ids=SYSTEMS)
def test_verdicts_where_rounding_misleads(expected: bool, system: System, guessing: Any) -> None:
    """The verdict is the exact one, with checked evidence, whatever the guess."""
    answer = decide(system)
    assert isinstance(answer, Feasible) == expected
    if isinstance(answer, Feasible):
        assert satisfies(system, answer.point)
    else:
        check_farkas(system, answer.multipliers)


def test_a_maximum_that_floats_cannot_see() -> None:
    """max x + (1 + 1e-30) y over the unit simplex is at y = 1, by 1e-30."""
    simplex = rows(2, ({0: -1}, "<=", 0), ({1: -1}, "<=", 0), ({0: 1, 1: 1}, "<=", 1))
    assert highest(simplex, {0: 1, 1: 1 + TINY}) == 1 + TINY


@pytest.mark.parametrize("last", [Q(0), TINY])
def test_chains_of_equalities(last: Q, guessing: Any) -> None:
    """x_(k+1) = 10 x_k from 1 ends at 10^20: at most that is possible, less by 1e-30 is not."""
    links = [({k + 1: 1, k: -10}, "=", 0) for k in range(20)]
    answer = decide(rows(21, *links, ({0: 1}, "=", 1), ({20: 1}, "<=", 10**20 - last)))
    assert isinstance(answer, Infeasible if last else Feasible)


def test_hilbert_equalities(guessing: Any) -> None:
    """The Hilbert matrix of order 12, first column on the right: the solution is the first unit vector."""
    system = rows(12, *(({j: Q(1, i + j + 1) for j in range(12)}, "=", Q(1, i + 1)) for i in range(12)))
    assert decide(system) == Feasible((Q(1), *[Q(0)] * 11))


def test_klee_minty() -> None:
    """The twisted cube has its maximum 5^n at the last corner."""
    n = 6
    faces = [({**{j: 2 ** (i - j + 1) for j in range(i)}, i: 1}, "<=", 5 ** (i + 1)) for i in range(n)]
    cube = rows(n, *faces, *(({i: -1}, "<=", 0) for i in range(n)))
    assert highest(cube, {j: 2 ** (n - 1 - j) for j in range(n)}) == 5**n


@given(systems(variables=4), st.sampled_from([bad_guess, no_guess]))
@settings(max_examples=80, deadline=None)
def test_the_answer_never_depends_on_the_guess(system: System, chosen: Callable[[Program], Guess]) -> None:
    """With nonsense for a guess the verdict is still z3's."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (feasibility, inner):
            patch.setattr(module, "guess", chosen)
        assert isinstance(decide(system), Feasible) == z3_feasible(system)


BEALE = rows(
    4,
    ({0: Q(1, 4), 1: -60, 2: Q(-1, 25), 3: 9}, "<=", 0),
    ({0: Q(1, 2), 1: -90, 2: Q(-1, 50), 3: 3}, "<=", 0),
    ({2: 1}, "<=", 1),
    *(({j: -1}, "<=", 0) for j in range(4)),
)
BEALES_GOAL = {0: Q(3, 4), 1: Q(-150), 2: Q(1, 50), 3: Q(-6)}


@given(systems(variables=4))
@example(BEALE)
@settings(max_examples=60, deadline=None)
def test_blands_rule_alone_ends(system: System) -> None:
    """Without the infinitesimal slacks and without a guess, degenerate steps abound: verdict and value stay."""
    goal = BEALES_GOAL if system == BEALE else dict.fromkeys(range(system.variables), Q(1))
    expected = highest_if_any(system, goal)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slacks, "_MULTIPLIER", 0)
        for module in (feasibility, inner):
            patch.setattr(module, "guess", no_guess)
        assert highest_if_any(system, goal) == expected


def highest_if_any(system: System, goal: dict[int, Q]) -> Q | str | None:
    """Or why there is none."""
    try:
        return highest(system, goal)
    except NotALinearSystem as error:
        return error.problem


def test_beales_example() -> None:
    """The classical program on which the simplex method cycles: its maximum is 1/20."""
    assert highest(BEALE, BEALES_GOAL) == Q(1, 20)
