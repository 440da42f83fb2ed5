"""A policy's chain: who is visited, and the coefficients of D M, against series and closed forms by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.kernel.chain import Chain, expectation
from proofs.kernel.errors import Invalid
from proofs.kernel.graph import Step
from tests.proofs.kernel.session import model
from tests.reference import polynomials
from tests.reference.small import instances

RETRY = model("new x term", "new go x=1/2 new=1/2\nx stay x=1")
GO = {"new": "go", "x": "stay"}


def free(*_: int) -> None:
    """Nobody pays."""


def series(
    chain: Chain, below: tuple[int, ...], theta: Mapping[str, Fraction | int]
) -> dict[str, tuple[Fraction | int, ...]]:
    """below M_s for each state that is visited."""
    return chain.series(below, theta, {s: Step(1, {s: 1}) for s in chain.after})


def test_who_is_visited() -> None:
    """The sources and whoever can be reached, in the instance's order; only those with actions have a step."""
    chain = Chain(free, RETRY.rows, GO, ["new"])
    assert (list(chain.after), list(chain.steps)) == (["new", "x"], ["new", "x"])
    chain = Chain(free, RETRY.rows, GO, ["term", "x"])
    assert (list(chain.after), list(chain.steps)) == (["x", "term"], ["x"])
    assert chain.steps == {"x": Step(1, {"x": 1})}
    assert not Chain(free, RETRY.rows, {}, []).after


def test_a_policy_acts_where_it_can_get() -> None:
    """A missing action is no proof; neither is one that is not among the rows."""
    for wrong in ({"new": "go"}, {"new": "go", "x": "go"}):
        with pytest.raises(Invalid, match="no action in x"):
            Chain(free, RETRY.rows, wrong, ["new"])
    assert list(Chain(free, RETRY.rows, {"new": "off"}, ["new"]).steps) == ["new"]


def test_by_hand() -> None:
    """M_x = 1/(1-g), M_new = g/((1-g)(2-g)); D = 2 - 3g + g^2 serves for both."""
    theta = {"new": 0, "x": 1, "term": 0}
    chain = Chain(free, RETRY.rows, GO, ["new"])
    assert series(chain, (2, -3, 1), theta) == {"new": (0, 1), "x": (2, -1)}
    half = chain.series((2, -3, 1), theta, {"go": Step(2, {"new": 1, "x": 1}), "no": Step(3, {})})
    assert half == {"go": (1,), "no": ()}


def test_what_is_no_denominator() -> None:
    """Nothing by which M is no polynomial, or one of too high a degree."""
    theta = {"new": Fraction(0), "x": Fraction(1, 3), "term": Fraction(0)}
    chain = Chain(free, RETRY.rows, GO, ["x"])
    assert series(chain, (1, -1), theta) == {"x": (Fraction(1, 3),)}
    wrong = {"not the denominator": (1,), "0 at gamma = 0": (0, 1), "too high a degree": (1, 0, -1)}
    for problem, below in wrong.items():
        with pytest.raises(Invalid, match=problem):
            series(chain, below, theta)
    with pytest.raises(Invalid, match="0 at gamma = 0"):
        series(chain, (), theta)


def test_a_coefficient_of_0_is_not_the_end() -> None:
    """M = 1/(1-g) times (1-g)(1+5g^2): y_1 = 0 in all states, but not y_2."""
    loops = model("new a b c term", "a stay a=1\nb stay b=1\nc stay c=1")
    chain = Chain(free, loops.rows, dict.fromkeys("abc", "stay"), "abc")
    assert series(chain, (1, -1, 5, -5), dict.fromkeys(loops.states, 1)) == dict.fromkeys("abc", (1, 0, 5))


def test_all_terms_that_decide() -> None:
    """A denominator by which all but the last of 2m + 1 terms look like a polynomial's."""
    line = model("new a b c term", "a go a=1/2 b=1/2\nb go b=1/3 c=2/3\nc go c=1/5 term=4/5")
    theta = {s: Fraction(s == "c") for s in line.states}
    moment, h = theta, [theta["a"]]
    for _ in range(6):
        rows = {s: line.rows[s]["go"] for s in "abc"}
        moment = {
            s: sum((w * moment[t] for t, w in row.weights.items()), Fraction(0)) / row.scale for s, row in rows.items()
        }
        moment["term"] = Fraction(0)
        h.append(moment["a"])
    # sum_i d_i h_{k-i} = 0 for k = 4, 5 with d_2 = 1, d_3 = 0, by Cramer's rule
    size = h[4] * h[4] - h[5] * h[3]
    below = [(h[3] * h[3] - h[4] * h[2]) / size, (h[5] * h[2] - h[4] * h[3]) / size, Fraction(1)]
    unit = lcm(*(d.denominator for d in below))
    assert sum(d * h[6 - i] for i, d in enumerate(below)) != 0
    chain = Chain(free, line.rows, dict.fromkeys("abc", "go"), ["a"])
    with pytest.raises(Invalid, match="not the denominator"):
        chain.series(tuple(int(d * unit) for d in below), theta, {"": Step(1, {"a": 1})})
    true = chain.series((30, -31, 10, -1), theta, {"": Step(1, {"a": 1})})
    assert true == {"": (0, 0, 10)}


def test_terminal_states_pay_once() -> None:
    """M of a terminal state is its reward."""
    theta = {"new": 0, "x": 0, "term": 5}
    assert series(Chain(free, RETRY.rows, {"new": "off"}, ["new"]), (1,), theta) == {"new": (0, 5), "term": (5,)}


@given(instances(), st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_against_closed_forms(instance, data) -> None:  # type: ignore[no-untyped-def]
    """With D the characteristic polynomial, the series are the numerators."""
    from tests.proofs.kernel.session import model_of

    read = model_of(instance)
    policy = {s: data.draw(st.sampled_from(sorted(actions))) for s, actions in read.rows.items() if actions}
    theta = {s: data.draw(st.fractions(-2, 2, max_denominator=3)) for s in read.states}
    chain = Chain(free, read.rows, policy, ["s0"])
    rows = {
        s: {t: Fraction(w, read.rows[s][a].scale) for t, w in read.rows[s][a].weights.items()}
        for s, a in policy.items()
    }
    below, forms = polynomials.closed_forms(rows, theta, ["s0"])
    unit = lcm(*(c.denominator for c in below))
    found = series(chain, tuple(int(c * unit) for c in polynomials.trim(below)), theta)
    assert found == {s: tuple(c * unit for c in forms[s]) for s in chain.after}


def test_the_work_is_told() -> None:
    """pay hears of every coefficient before it is computed."""
    told: list[tuple[int, ...]] = []
    chain = Chain(lambda *n: told.append(n), RETRY.rows, GO, ["new"])
    series(chain, (2, -3, 1), dict.fromkeys(RETRY.states, 1))
    assert len(told) >= 4
    assert all(times >= 0 for times, *_ in told)
    kept = sum(times for times, *_ in told if times % 100 == 0)
    assert kept == 400, "100 for each coefficient that is kept, for the memory"


def test_expectation() -> None:
    """scale times the expected value."""
    assert expectation(Step(6, {"x": 1, "y": 5}), {"x": 6, "y": -2, "z": 9}) == -4
