"""`counted` and `not-counted`: what holds is accepted, and forged strips are refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

from exact.family import parse_family
from exact.thresholds import paper_threshold, sharp_threshold
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.family.check import accept_family
from proofs.kernel.poly import cost
from tests.exact.family.families import RETRY, random_family, retry
from tests.proofs.kernel.family.worked import COUNTED, NOT_COUNTED, Json, facts, searched

Change = Callable[[Json], object]
THRESHOLD = {"paper": paper_threshold, "sharp": sharp_threshold}


def changed(claim: Json, change: Change) -> Json:
    """A copy with a change."""
    found = copy.deepcopy(claim)
    change(found)
    return found


def test_what_holds() -> None:
    """By hand: L and U are tight enough."""
    found = facts()
    for claim in (COUNTED, NOT_COUNTED):
        accept_family(found, claim)
    assert found.counted == {((Fraction(1, 2), Fraction(9, 10)),): {("paper", "x"): Fraction(1, 2)}}
    assert found.uncounted == {((Fraction(1, 10), Fraction(1, 5)),): {("paper", "x"): Fraction(1, 2)}}
    assert found.used == ["counted", "not-counted"]


def test_the_order_of_claims_has_no_influence() -> None:
    """The tightest of several is kept."""
    weaker = {"counted": COUNTED | {"discount": "2/3"}, "not-counted": NOT_COUNTED | {"discount": "1/3"}}
    for first in (0, 1):
        found = facts()
        for claim in (COUNTED, NOT_COUNTED):
            for given in [claim, weaker[claim["claim"]]][:: 1 - 2 * first]:
                accept_family(found, given)
        assert [*found.counted.values(), *found.uncounted.values()] == [{("paper", "x"): Fraction(1, 2)}] * 2


@pytest.mark.parametrize("claim", [COUNTED, NOT_COUNTED], ids=["counted", "not-counted"])
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: c.update(box=[["1/10", "9/10"]]), "fails|count"),
        (lambda c: c.update(discount="1/3" if "policy" in c else "2/3"), "fails|count"),
        (lambda c: c["values"].update(x=["31", "0"] if "policy" in c else ["9", "0"]), "fails at x"),
        (lambda c: c["values"].update(new=["16", "0"] if "policy" in c else ["1", "0"]), "fails at new"),
        (lambda c: c["values"].pop("x"), "fails|count|bound"),
        (lambda c: c["values"].update(new=["10", "30"] if "policy" in c else ["2", "-2"]), "fails at new"),
        (lambda c: c.update(unit="1" if "policy" in c else "100"), "fails|count"),
        (lambda c: c["values"].update(term=["1", "0"]), "terminal, or out of the region"),
        (lambda c: c.update(state="new"), "reach-and-revisit"),
        (lambda c: c.update(state="term"), "s_term"),
    ],
    ids=range(10),
)
def test_forged(claim: Json, change: Change, says: str) -> None:
    """A box too large, a discount moved, values off by a unit, a slope too steep, a value left out, another state."""
    with pytest.raises(Invalid, match=says):
        accept_family(facts(), changed(claim, change))


@pytest.mark.parametrize("claim", [COUNTED, NOT_COUNTED], ids=["counted", "not-counted"])
@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(box=[["1/2", "1/2"]]),
        lambda c: c.update(box=[["9/10", "1/2"]]),
        lambda c: c.update(box=[["1/20", "1/5"]]),
        lambda c: c.update(box=[["1/2", "10/11"]]),
        lambda c: c.update(box=[]),
        lambda c: c.update(box=[["1/2", "9/10"]] * 2),
        lambda c: c.update(discount="-1/2"),
        lambda c: c.update(discount="3/2"),
        lambda c: c.update(unit="0"),
        lambda c: c.update(unit="-15"),
        lambda c: c.update(kind="other"),
        lambda c: c.update(state="y"),
        lambda c: c["values"].update(x=["30"]),
        lambda c: c["values"].update(x=["30", "0", "0"]),
        lambda c: c["values"].update(x=["1/2", "0"]),
        lambda c: c["values"].update(y=["0", "0"]),
        lambda c: c.pop("values"),
        lambda c: c.update(more="1"),
    ],
    ids=range(18),
)
def test_malformed(claim: Json, change: Change) -> None:
    """What is of no such form."""
    with pytest.raises(Malformed):
        accept_family(facts(), changed(claim, change))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda c: c.update(discount="1"), Invalid),
        (lambda c: c["policy"].pop("new"), Malformed),
        (lambda c: c["policy"].pop("x"), Malformed),
        (lambda c: c["policy"].update(new="off"), Malformed),
    ],
    ids=range(4),
)
def test_policies_and_ends(change: Change, kind: type[Exception]) -> None:
    """An action that R_x forbids, none at all, a discount of 1."""
    with pytest.raises(kind):
        accept_family(facts(), changed(COUNTED, change))


def test_a_discount_of_0_is_no_upper_side() -> None:
    """There is no gamma up to 0."""
    with pytest.raises(Invalid, match="not between 0 and 1"):
        accept_family(facts(), NOT_COUNTED | {"discount": "0"})
    with pytest.raises(Invalid, match="not between 0 and 1"):
        accept_family(facts(), NOT_COUNTED | {"discount": "1"})


def test_a_count_of_exactly_1() -> None:
    """v = 1 is not more than 1 (paper), and it is at least 1 (sharp): x from new by one certain step, then the end."""
    data = b"""format = 1
states = ["new", "m", "x", "term"]
[parameters]
p = ["1/4", "3/4"]
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = { term = 1 }
go = { m = 1 }
[transitions.m]
either = { x = "p", new = "1 - p" }
[transitions.x]
stay = { x = 1 }
"""
    claim: Json = {
        "claim": "not-counted", "kind": "paper", "state": "x", "box": [["1/4", "1/2"]], "discount": "1/2", "unit": "1",
        "values": {"new": ["0", "1"], "m": ["1", "0"], "x": ["2", "0"]},
    }  # fmt: skip
    # U(m) = 1 >= 1/2 (2 p + (1 - p) u) with p = (1 + u)/4; U(new) = u fails at u = 0: 0 < U(m)/2
    with pytest.raises(Invalid, match="fails at new"):
        accept_family(facts(data), claim)
    claim["values"]["new"] = ["1", "0"]
    accept_family(facts(data), claim)
    with pytest.raises(Invalid, match="the count may be above 1 after go"):
        accept_family(facts(data), claim | {"kind": "sharp"})


def test_an_inequality_that_holds_at_the_corners_only() -> None:
    """x is reached with 3p(1 - p): 27/100 at both corners, 3/4 in the middle."""
    data = retry("3*p*(1 - p)", "1 - 3*p*(1 - p)", '["1/10", "9/10"]')
    claim = NOT_COUNTED | {"unit": "100", "values": {"new": ["43", "0"], "x": ["200", "0"]}}
    for sliver in (["1/10", "129/1280"], ["1151/1280", "9/10"]):
        accept_family(facts(data), claim | {"box": [sliver]})
    with pytest.raises(Invalid, match="the upper bound fails at new"):
        accept_family(facts(data), claim | {"box": [["1/10", "9/10"]]})


DEAD = (
    RETRY.replace('"x", "term"', '"x", "dead", "term"').replace("try = ", "go = ").replace("new = ", "dead = ").encode()
)
OTHER = 'other = { x = "q", new = "1 - q" }\n[transitions.x]'
TWO = RETRY.replace("[shutdown]", 'q = ["1/10", "9/10"]\n[shutdown]').replace("[transitions.x]", OTHER).encode()
CERTAIN = {"unit": "1", "values": {"x": ["2", "0"]}}  # M(x) at g = 1/2


def test_a_terminal_state_is_worth_what_it_counts() -> None:
    """v = 2 p for g = 1/2: nothing is collected where the policy ends, though the values are in units."""
    sharp = {"kind": "sharp", "policy": {"new": "go", "x": "stay"}} | CERTAIN
    accept_family(facts(DEAD), COUNTED | sharp | {"box": [["1/2", "9/10"]]})
    with pytest.raises(Invalid, match="the count may be below 1"):
        accept_family(facts(DEAD), COUNTED | sharp | {"box": [["3/10", "1/2"]]})
    below = {"kind": "sharp", "box": [["1/10", "3/10"]], "unit": "5", "values": {"new": ["2", "0"], "x": ["10", "0"]}}
    accept_family(facts(DEAD), NOT_COUNTED | below)


def test_a_state_that_is_not_named_is_bounded_by_0() -> None:
    """Not by what it counts: x is not named, and its bound of 0 is below M(x) = 2, so that nothing is shown."""
    with pytest.raises(Invalid, match="the upper bound fails at x"):
        accept_family(facts(), NOT_COUNTED | {"values": {"new": ["2", "0"]}})
    with pytest.raises(Invalid, match="the count may be below 1"):
        accept_family(facts(), COUNTED | {"values": {"new": ["0", "0"]}, "box": [["1/2", "9/10"]]})


def test_an_upper_bound_that_holds_but_shows_nothing() -> None:
    """U = 2 is above all values; the count may be up to 2. And a margin below one unit is a margin."""
    high = {"box": [["1/2", "9/10"]], "unit": "1", "values": {"new": ["2", "0"], "x": ["2", "0"]}}
    for kind in THRESHOLD:
        with pytest.raises(Invalid, match="the count may be above 1 after try"):
            accept_family(facts(), NOT_COUNTED | high | {"kind": kind})
    accept_family(facts(), NOT_COUNTED | {"unit": "2", "values": {"new": ["1", "0"], "x": ["4", "0"]}})


def test_boxes_are_binary_parts_on_every_side() -> None:
    """2/3 is no cut of [1/10, 9/10]; of two sides each lies within the family's."""
    with pytest.raises(Malformed, match="no cut of the family's box"):
        accept_family(facts(), COUNTED | {"box": [["1/2", "2/3"]], "values": {"new": ["10", "0"], "x": ["30", "0"]}})
    values = {"new": ["10", "4", "0"], "x": ["30", "0", "0"]}
    accept_family(facts(TWO), COUNTED | {"box": [["1/2", "9/10"], ["1/10", "9/10"]], "values": values})
    with pytest.raises(Malformed, match="a box lies within the family's"):
        accept_family(facts(TWO), COUNTED | {"box": [["1/2", "9/10"], ["1/20", "9/10"]], "values": values})


def test_the_highest_degree() -> None:
    """Chances of degree 4 times values with a slope."""
    values = {"new": ["1", "1"], "x": ["200", "0"]}
    accept_family(facts(retry("p^4", "1 - p^4", '["1/10", "9/10"]')), NOT_COUNTED | {"unit": "100", "values": values})


def test_all_lengths_are_paid_for_together() -> None:
    """Those of the longest value, of the unit, of the discount and of the rows."""
    found = facts()
    accept_family(found, NOT_COUNTED)  # the rows on the box are made
    sizes = {"values": {"new": [str(2**10), "0"], "x": [str(2**732), "0"]}, "unit": str(2**300)}
    before = found.facts.left
    with pytest.raises(Invalid):
        accept_family(found, NOT_COUNTED | sizes | {"discount": f"{2**500 - 1}/{2**501}"})
    together = 733 + 301 + 502 + found.length
    spent = cost(4 * found.model.size) + cost(80 * found.model.coefficients, together, together)
    assert before - found.facts.left == spent


@pytest.mark.parametrize(("seed", "kind"), [*product(range(10), ("paper", "sharp"))])
def test_what_the_search_finds_is_accepted_and_true(seed: int, kind: str) -> None:
    """At random points of each box the ordinary thresholds agree with what was proved."""
    data, gamma = random_family(seed), Fraction(7, 10)
    family, found = parse_family(data), facts(data)
    at = cache(lambda point: family.at(dict(zip(family.parameters, point, strict=True))))
    threshold = cache(lambda point, x: THRESHOLD[kind](at(point), at(point).mdp.state(x)).value)  # boxes share corners
    for claim in searched(data, gamma, kind, 20):
        accept_family(found, claim)
    for proved, counted in ((found.counted, True), (found.uncounted, False)):
        for box, states in proved.items():
            for share in (Fraction(0), Fraction(1, 3), Fraction(1)):
                point = tuple(low + share * (high - low) for low, high in box)
                for (_, x), beyond in states.items():
                    value = threshold(point, x)
                    assert value is not None or not counted
                    assert value is None or (value <= beyond if counted else value >= beyond)


def test_work_is_charged() -> None:
    """For a box that is new, and for each claim."""
    found = facts()
    accept_family(found, COUNTED)
    spent = found.facts.left
    found.facts.left = 1
    with pytest.raises(Hole):
        accept_family(found, COUNTED)
    found.facts.left = spent
    accept_family(found, COUNTED)
    assert found.facts.left < spent
    fresh = facts(RETRY.encode())
    fresh.facts.left = 10
    with pytest.raises(Hole):
        accept_family(fresh, NOT_COUNTED)
