"""Every engine of exact.closed_form against one table, against sympy, against power iteration."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import prod
from typing import Any

import pytest
from flint import fmpz_poly
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.closed_form import ClosedForm, closed_form
from exact.closed_form.chain import Chain, chain, computable, leading_to, reached
from exact.closed_form.charpoly import value_by_charpoly
from exact.closed_form.krylov import value_by_krylov
from exact.closed_form.one_state import prefers_krylov, value_at
from exact.errors import NotAPolicy
from exact.mdp import UNDEFINED, Mdp, Policy
from exact.rational_function import RationalFunction
from exact.returns import visit_count
from tests.exact.worked_chains import (
    FIRST_PRIME,
    HALF,
    RING,
    SMALL_PRIMES,
    WORKED,
    Worked,
    chains,
    corridor,
    one_policy,
)
from tests.reference.sympy_solve import visit_count_by_field, visit_count_by_lusolve

Engine = Callable[[Chain, int, list[int]], tuple[fmpz_poly, fmpz_poly]]
Question = tuple[Mdp, Policy, int, int]


def shifted(value: RationalFunction, now: bool) -> RationalFunction:
    """(value - 1[now]) / gamma: from counting at t >= 0 to Def. 9."""
    return RationalFunction(value.numerator - int(now) * value.denominator, value.denominator * fmpz_poly([0, 1]))


def by_engine(engine: Engine, mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """v_x by one engine, on everything that start can reach and on x: not the restriction of value_at."""
    states = sorted({*reached(mdp, policy, start), target})
    theta = [int(state == target) for state in states]
    return shifted(RationalFunction(*engine(chain(mdp, policy, states), states.index(start), theta)), start == target)


def by_charpoly(*question: *Question) -> RationalFunction:
    return by_engine(value_by_charpoly, *question)


def by_krylov(*question: *Question) -> RationalFunction:
    return by_engine(value_by_krylov, *question)


def by_krylov_unproved(*question: *Question) -> RationalFunction:
    return by_engine(partial(value_by_krylov, proved=False), *question)


def by_all_states(mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """v_x = sum_t P(t | start) N_t / D with theta = 1[x]."""
    if mdp.is_terminal(start):
        return RationalFunction(fmpz_poly([]), fmpz_poly([1]))
    form = closed_form(mdp, policy, tuple(Fraction(state == target) for state in range(len(mdp))))
    row = mdp.rows[start][policy[start]]
    scale = 1
    for _, probability in row:
        scale *= probability.denominator
    above = sum((int(p * scale) * form.numerators[t] for t, p in row), fmpz_poly([]))
    return RationalFunction(above, form.denominator * scale)


ENGINES = [visit_count, by_charpoly, by_krylov, by_krylov_unproved, by_all_states, visit_count_by_field]


@pytest.mark.parametrize("solve", ENGINES)
@pytest.mark.parametrize("worked", WORKED, ids=[worked.name for worked in WORKED])
def test_worked_example(worked: Worked, solve: Callable[..., RationalFunction]) -> None:
    """Every engine gives the fraction worked out by hand."""
    assert solve(*worked.question()).coefficients() == (worked.above, worked.below)


@settings(max_examples=40, deadline=None)
@given(chains(), st.data())
@example(one_policy(RING), None)
def test_engines_agree_with_sympy(model: tuple[Mdp, Policy], data: st.DataObject | None) -> None:
    """visit_count, both engines and all-states equal sympy's solution over QQ(gamma)."""
    mdp, policy = model
    start, target = (data.draw(st.integers(0, len(mdp) - 1)) for _ in range(2)) if data else (0, 0)
    expected = visit_count_by_field(mdp, policy, start, target)
    for solve in ENGINES[:-1]:
        assert solve(mdp, policy, start, target) == expected, solve.__name__


@pytest.mark.parametrize("solve", ENGINES)
def test_engines_agree_with_lusolve(solve: Callable[..., RationalFunction]) -> None:
    """What a user writes first, LUsolve and cancel, gives the same fraction on a dense chain of three states."""
    third, rest = Fraction(1, 3), Fraction(1, 6)
    mdp, policy = one_policy({
        "a": {"a": third, "b": third, "c": third}, "b": {"a": Fraction(1, 2), "b": third, "c": rest},
        "c": {"a": rest, "b": Fraction(4, 5) - rest, "c": Fraction(1, 5)},
    })  # fmt: skip
    assert solve(mdp, policy, 0, 2) == visit_count_by_lusolve(mdp, policy, 0, 2)


@settings(max_examples=40, deadline=None)
@given(chains(), st.data())
def test_all_states_match_power_iteration(model: tuple[Mdp, Policy], data: st.DataObject) -> None:
    """N_s = D sum_t gamma^t (P^t theta)_s up to 2 d + 2 terms of exact power iteration, for rational rewards."""
    mdp, policy = model
    rewards = data.draw(st.tuples(*[st.fractions(-3, 3, max_denominator=7) for _ in range(len(mdp))]))
    form, length = closed_form(mdp, policy, rewards), 2 * len(mdp) + 2
    series = power_iteration(mdp, policy, rewards, length)
    below = [int(c) for c in form.denominator.coeffs()]
    for state, above in form.numerators.items():
        for k in range(length):
            assert sum(c * series[k - i][state] for i, c in enumerate(below) if i <= k) == int(above[k])


def power_iteration(mdp: Mdp, policy: Policy, rewards: tuple[Fraction, ...], length: int) -> list[list[Fraction]]:
    """P^t theta for t < length."""
    terms = [list(rewards)]
    for _ in range(length - 1):
        rows = [mdp.rows[s][policy[s]] if policy[s] != UNDEFINED else () for s in range(len(mdp))]
        terms.append([sum((p * terms[-1][t] for t, p in row), Fraction(0)) for row in rows])
    return terms


@settings(max_examples=40, deadline=None)
@given(chains(), st.data())
def test_all_states_form_is_canonical(model: tuple[Mdp, Policy], data: st.DataObject) -> None:
    """D(0) > 0; D and all N_s are jointly coprime, of content 1; each value is the one-state engine's."""
    mdp, policy = model
    rewards = data.draw(st.tuples(*[st.fractions(-3, 3, max_denominator=7) for _ in range(len(mdp))]))
    form = closed_form(mdp, policy, rewards)
    common = form.denominator
    assert common[0] > 0
    for above in form.numerators.values():
        common = common.gcd(above)
    assert common == fmpz_poly([1])  # FLINT's gcd includes the content
    for state in range(len(mdp)):
        assert form.value(state) == value_at(mdp, policy, state, {s: r for s, r in enumerate(rewards) if r})


@settings(max_examples=25, deadline=None)
@given(chains())
def test_denominator_has_no_zero_in_the_open_disc(model: tuple[Mdp, Policy]) -> None:
    """Certified complex roots of D are of modulus at least 1, up to the enclosure's radius."""
    mdp, policy = model
    rewards = tuple(Fraction(1, 1 + state) for state in range(len(mdp)))
    roots: Any = closed_form(mdp, policy, rewards).denominator.complex_roots()
    assert not any(abs(root) < 1 for root, _ in roots)


def test_terminal_state_pays_once() -> None:
    """The value of a terminal state is its reward, also where the common denominator is not constant."""
    mdp, policy = one_policy(corridor(2))
    form = closed_form(mdp, policy, tuple(Fraction(r, 3) for r in (1, 2, 3, 7)))
    assert form.value(3).coefficients() == ((7,), (3,))
    assert form.denominator.degree() == 1


def test_region_is_the_one_given() -> None:
    """A closed region gives exactly its states, and the same values."""
    mdp, policy = one_policy(corridor(3))
    rewards = tuple(map(Fraction, (5, 1, 2, 3, 4)))
    part, whole = closed_form(mdp, policy, rewards, [3, 2]), closed_form(mdp, policy, rewards)
    assert sorted(part.numerators) == [2, 3]
    assert sorted(whole.numerators) == [0, 1, 2, 3, 4]
    assert all(part.value(state) == whole.value(state) for state in (2, 3))


def test_region_left_is_refused() -> None:
    """A region that the policy leaves is an error that names the state and where it goes."""
    mdp, policy = one_policy(corridor(3))
    with pytest.raises(NotAPolicy, match="r1: the policy leaves the region for r2"):
        closed_form(mdp, policy, (Fraction(1),) * 5, [1])


def test_undefined_policy() -> None:
    """Undefined states and what leads to them fall out of the default region, and are refused in a given one."""
    mdp, _ = one_policy(corridor(3))
    policy = (0, UNDEFINED, 0, 0, UNDEFINED)
    assert computable(mdp, policy) == (2, 3, 4)
    assert sorted(closed_form(mdp, policy, (Fraction(1),) * 5).numerators) == [2, 3, 4]
    with pytest.raises(NotAPolicy, match="r1: the policy has no action here"):
        closed_form(mdp, policy, (Fraction(1),) * 5, range(5))
    with pytest.raises(NotAPolicy, match="r1: there is no action 1"):
        visit_count(mdp, (0, 1, 0, 0, UNDEFINED), 0, 3)


def test_empty_region() -> None:
    """Nothing computable: no numerators, denominator 1."""
    mdp, _ = one_policy(RING)
    assert closed_form(mdp, (UNDEFINED,) * 3, (Fraction(1),) * 3, []) == ClosedForm(fmpz_poly([1]), {})


@pytest.mark.parametrize("reward", [FIRST_PRIME, SMALL_PRIMES[0], prod(SMALL_PRIMES)])
@pytest.mark.parametrize("engine", [value_by_krylov, partial(value_by_krylov, proved=False), value_by_charpoly])
def test_unlucky_primes_and_large_reward(engine: Engine, reward: int) -> None:
    """1 + p gamma / (1 - gamma), p of the first primes used: N and Q meet at gamma = 1 modulo p, and N outgrows Q."""
    mdp, policy = one_policy({"new": {"x": 1}, "x": {"x": 1}})
    above, below = engine(chain(mdp, policy, range(2)), 0, [1, reward])
    assert RationalFunction(above, below).coefficients() == ((1, reward - 1), (1, -1))


def test_both_engines_are_chosen() -> None:
    """Dense and small chains go to the characteristic polynomial, large sparse ones to Krylov."""
    ring = {f"s{k}": {f"s{(k + 1) % 300}": Fraction(1, 2), f"s{(7 * k) % 300}": Fraction(1, 2)} for k in range(300)}
    mdp, policy = one_policy(ring)
    assert prefers_krylov(chain(mdp, policy, range(300)))
    assert not prefers_krylov(chain(*one_policy(HALF), range(3)))


def test_engines_agree_on_a_large_sparse_chain() -> None:
    """At 80 states both engines give one fraction."""
    n = 80
    rows = {f"s{k}": {f"s{(k + 1) % n}": Fraction(2, 3), f"s{(k * k + 3) % n}": Fraction(1, 3)} for k in range(n)}
    mdp, policy = one_policy({s: row if len(row) == 2 else {next(iter(row)): 1} for s, row in rows.items()})
    assert by_charpoly(mdp, policy, 0, 40) == by_krylov(mdp, policy, 0, 40) == by_krylov_unproved(mdp, policy, 0, 40)


def test_sparse_engine_takes_rows_of_any_width() -> None:
    """Rows of one to forty successors in one chain: shorter rows drop out of the longer columns."""
    n = 40
    names = [f"s{k}" for k in range(n)]
    mdp, policy = one_policy({names[k]: dict.fromkeys(names[: k + 1], Fraction(1, k + 1)) for k in range(n)})
    assert by_krylov_unproved(mdp, policy, n - 1, 7) == by_charpoly(mdp, policy, n - 1, 7)


def test_restriction() -> None:
    """reached: from start, by the policy; leading_to: those of them that can get to a target."""
    mdp, policy = one_policy(HALF)
    assert reached(mdp, policy, 0) == (0, 1, 2)
    assert leading_to(mdp, policy, (0, 1, 2), [1]) == (0, 1)
    assert leading_to(mdp, policy, (0, 2), [1]) == ()
