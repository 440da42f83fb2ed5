"""A policy's chain: who is visited, and the coefficients of D M, against series and closed forms by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.kernel.chain import Chain, expectation
from proofs.kernel.errors import Invalid, Malformed
from proofs.kernel.graph import Step
from tests.proofs.kernel.session import model
from tests.reference import polynomials
from tests.reference.small import instances

RETRY = model("new x term", "new go x=1/2 new=1/2\nx stay x=1")
GO = {"new": "go", "x": "stay"}


def free(*_: int) -> None:
    """Nobody pays."""


def coefficients(chain: Chain, below: tuple[int, ...], theta: dict[str, Fraction]) -> list[dict[str, Fraction]]:
    """y_0, y_1, ... as fractions."""
    return [
        {s: Fraction(v, scale) for s, v in zip(chain.states, vector, strict=True)}
        for scale, vector in chain.products(below, theta, free)
    ]


def test_who_is_visited() -> None:
    """The sources first, then whoever can be reached; only those with actions count."""
    chain = Chain(RETRY.rows, GO, ["new"])
    assert (chain.states, len(chain)) == (["new", "x"], 2)
    chain = Chain(RETRY.rows, GO, ["x", "term"])
    assert (chain.states, chain.places, len(chain)) == (["x", "term"], {"x": 0, "term": 1}, 1)
    assert len(Chain(RETRY.rows, {}, [])) == 0


def test_a_policy_acts_where_it_can_get() -> None:
    """A missing action is no proof; an action of another state is none at all."""
    with pytest.raises(Invalid, match="no action in x"):
        Chain(RETRY.rows, {"new": "go"}, ["new"])
    with pytest.raises(Malformed):
        Chain(RETRY.rows, {"new": "stay"}, ["new"])
    assert len(Chain(RETRY.rows, {"new": "off"}, ["new"])) == 1


def test_by_hand() -> None:
    """M_x = 1/(1-g), M_new = g/((1-g)(2-g)); with D = 2 - 3g + g^2 the products end."""
    theta = {"new": Fraction(0), "x": Fraction(1), "term": Fraction(0)}
    found = coefficients(Chain(RETRY.rows, GO, ["new"]), (2, -3, 1), theta)
    assert found == [{"new": 0, "x": 2}, {"new": 1, "x": -1}, {"new": 0, "x": 0}]


def test_as_many_as_decide() -> None:
    """A series that does not end: 2m + 2 coefficients."""
    theta = {"new": Fraction(0), "x": Fraction(1, 3), "term": Fraction(0)}
    found = coefficients(Chain(RETRY.rows, GO, ["x"]), (1,), theta)
    assert found == [{"x": Fraction(1, 3)}] * 4
    assert coefficients(Chain(RETRY.rows, GO, ["x"]), (), theta) == []


def test_terminal_states_pay_once() -> None:
    """M of a terminal state is its reward; later coefficients are those of D alone."""
    theta = {"new": Fraction(0), "x": Fraction(0), "term": Fraction(5)}
    found = coefficients(Chain(RETRY.rows, {"new": "off"}, ["new"]), (1, 2, 3), theta)
    assert [y["term"] for y in found] == [5, 10, 15, 0]
    assert [y["new"] for y in found] == [0, 5, 10, 15]


@given(instances(), st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_against_closed_forms(instance, data) -> None:  # type: ignore[no-untyped-def]
    """With D the characteristic polynomial, the products are the numerators, and end; else those of D times the series."""
    from tests.proofs.kernel.session import model_of

    read = model_of(instance)
    policy = {s: data.draw(st.sampled_from(sorted(actions))) for s, actions in read.rows.items() if actions}
    theta = {s: data.draw(st.fractions(-2, 2, max_denominator=3)) for s in read.states}
    chain = Chain(read.rows, policy, ["s0"])
    rows = {
        s: {t: Fraction(w, read.rows[s][a].scale) for t, w in read.rows[s][a].weights.items()}
        for s, a in policy.items()
    }
    below, forms = polynomials.closed_forms(rows, theta, ["s0"])
    unit = max(c.denominator for c in below) ** len(below)
    whole = tuple(int(c * unit) for c in polynomials.trim([c * unit for c in below]))
    if Fraction(whole[-1], unit) == polynomials.trim(below)[-1]:
        found = coefficients(chain, whole, theta)
        for s in chain.states:
            expected = [c * unit for c in forms[s]]
            assert polynomials.trim([y[s] for y in found]) == expected
    y = coefficients(chain, (3, -2), theta)
    for k, vector in islice(enumerate(y), 1, None):
        for s in chain.states:
            ahead = sum((p * y[k - 1][t] for t, p in rows.get(s, {}).items()), Fraction(0))
            assert vector[s] == ahead + (-2 * theta[s] if k == 1 else 0)


def test_the_work_is_told() -> None:
    """pay hears of every coefficient before it is computed, with growing numbers."""
    told: list[tuple[int, ...]] = []
    list(
        Chain(RETRY.rows, GO, ["new"]).products(
            (2, -3, 1), dict.fromkeys(RETRY.states, Fraction(1)), lambda *n: told.append(n)
        )
    )
    assert len(told) >= 4
    assert all(times > 0 for times, *_ in told)


def test_expectation() -> None:
    """scale times the expected value."""
    assert expectation(Step(6, {"x": 1, "y": 5}), {"x": 6, "y": -2, "z": 9}) == -4
