"""Claims about all goals, and goals, where an ordinary instance is asked about an interval of gammas."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from exact.instance import parse_instance
from exact.permutation import swap
from proofs.claims.codec import as_json
from proofs.kernel.check import Outcome
from proofs.kernel.errors import Hole, Malformed
from proofs.kernel.family.check import OF_GOALS, accept_family, check_asked
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel
from proofs.kernel.family.verdicts import family_verdicts
from proofs.kernel.limits import WORK
from proofs.search.goals import member, swap_fails
from tests.corpus import cases
from tests.corpus.attacks.linear import FIRM, PROOFS, leaf, universal
from tests.proofs.kernel.family.worked import facts as retry

Json = dict[str, Any]
STRICT = universal(
    {"violations": [[["ties", "go"], {"split": ["goal", "x"], "cases": {"stay": leaf(FIRM)}}]]},
    "strict",
    permutation=[],
)
# the swap of x and term on step, where that theta >= 0 is an inequality: Prop. 3 by linear claims alone
SIGNED = cases.text("step") + b'[goals]\nnonnegative = false\ninequalities = ["x >= 0", "term >= 0", "new >= 0"]\n'
NOT_OPTIMAL, EXCEEDS = (
    universal(leaf({name.replace("reward x", "inequality 0"): factor for name, factor in PROOFS[asked].items()}), asked)
    for asked in ("not-optimal", "exceeds")
)
# M(x) = 1/(1 - g), and the count is as much
ROOM: Json = {
    "claim": "counted", "kind": "paper", "state": "room", "box": [], "discount": "0",
    "policy": {"new": "enter", "room": "stay"}, "unit": "1", "values": {"room": ["1"]},
}  # fmt: skip
THIRD = ("proposition-3", "positive-probability")
SECOND = ("theorem-2", "positive-probability")


def checked(data: bytes, claims: list[Json], low: str = "1/2", high: str = "1") -> Outcome:
    """Claims about an instance and the gammas from low to high."""
    model = FamilyModel(data)
    head = {"format": "gammastar-certificate/2", "instance": {"name": model.name, "sha256": model.sha256}}
    text = json.dumps(head | {"question": {"gamma": [low, high]}, "claims": claims}).encode()
    return check_asked(data, text, [low, high])


def on(claim: Json, low: str, high: str) -> Json:
    """The claim on another interval."""
    return claim | {"interval": [low, high]}


@pytest.mark.parametrize(
    ("ends", "holds"),
    [
        ([("0", "1")], True),
        ([("1/2", "3/4")], True),
        ([("1/2", "2/3")], None),
        ([("51/100", "1")], None),
        ([("1/2", "2/3"), ("2/3", "3/4")], True),
        ([("2/3", "1"), ("0", "2/3")], True),
        ([("0", "3/5"), ("7/10", "1"), ("3/5", "7/10")], True),
        ([("1/2", "3/5"), ("61/100", "3/4")], None),
        ([("1/2", "1/2"), ("3/4", "3/4")], None),
    ],
)
def test_a_property_of_all_goals(ends: list[tuple[str, str]], holds: bool | None) -> None:
    """`strict` holds if claims speak of every gamma from 1/2 to 3/4: of one interval, or of several that meet."""
    outcome = checked(cases.text("firm"), [on(STRICT, *pair) for pair in ends], "1/2", "3/4")
    assert (outcome.holds["strict"], outcome.used) == (holds, ["universal"] * len(ends))


@pytest.mark.parametrize(
    ("gamma", "holds"), [("1/2", False), ("2/3", False), ("3/4", False), ("49/100", None), ("76/100", None)]
)
def test_a_goal_breaks_a_hypothesis(gamma: str, holds: bool | None) -> None:
    """At a gamma of the question, its ends among them."""
    instance = parse_instance(cases.text("negative"))
    goal = as_json(member(instance, tuple(Fraction(-1) for _ in instance.mdp.states), Fraction(gamma)))
    assert checked(cases.text("negative"), [goal], "1/2", "3/4").holds["nonnegative"] is holds


def test_proposition_3_by_linear_claims() -> None:
    """Both halves for every state that can be counted, on all of the question."""
    assert checked(SIGNED, [NOT_OPTIMAL, EXCEEDS]).theorems[THIRD][1:4] == ("proved", "linear", 0)
    step: Json = ROOM | {"state": "x", "policy": {"new": "go", "x": "stay"}, "values": {"x": ["1"]}}
    assert checked(SIGNED, [step, NOT_OPTIMAL, EXCEEDS]).theorems[THIRD][:4] == ("undecided", "proved", "linear", 1)
    for claims in (
        [NOT_OPTIMAL],
        [EXCEEDS],
        [NOT_OPTIMAL, on(EXCEEDS, "51/100", "1")],
        [on(NOT_OPTIMAL, "0", "9/10"), EXCEEDS],
    ):
        assert checked(SIGNED, claims).theorems[THIRD][:4] == ("undecided", "undecided", "none", 0)


@pytest.mark.parametrize(
    ("counted", "gamma", "low", "conclusion"),
    [
        ("0", "9/10", "9/10", "fails"),
        ("4/5", "9/10", "1/2", "fails"),
        ("9/10", "9/10", "1/2", "undecided"),  # counted only beyond
        ("0", "9/10", "91/100", "undecided"),  # not asked about
        (None, "9/10", "9/10", "undecided"),
    ],
)
def test_a_goal_refutes_proposition_3(counted: str | None, gamma: str, low: str, conclusion: str) -> None:
    """At a gamma of the question at which x is counted."""
    data = cases.text("box")
    instance = parse_instance(data)
    theta = tuple(map(Fraction, ("9/100", "-1", "-1", "-1/10", "-1/100")))
    phi = swap(instance, instance.mdp.state("room"))
    goal = as_json(swap_fails(instance, theta, Fraction(gamma), phi, "still-shutdown"))
    room = [] if counted is None else [ROOM | {"discount": counted}]
    sharp = [claim | {"kind": "sharp"} for claim in room]
    outcome = checked(data, [*room, goal], low)
    assert outcome.theorems[THIRD][1:3] == (conclusion, "swap" if conclusion == "fails" else "none")
    assert checked(data, [*sharp, goal], low).theorems[THIRD].conclusion == "undecided"


def facts_of_box() -> FamilyFacts:
    """Nothing proved, from 1/2 on."""
    return FamilyFacts.of(FamilyModel(cases.text("box")), ["1/2", "1"])


def test_how_many_permutations_are_enough() -> None:
    """As many as states can be counted, at least one, on an interval that covers the question."""
    for permutations, states, ends, found in (
        (2, ["room"], ("1/2", "1"), ("proved", "linear", 2)),
        (1, ["room"], ("0", "1"), ("proved", "linear", 1)),
        (1, [], ("0", "1"), ("proved", "linear", 1)),
        (0, [], ("0", "1"), ("undecided", "none", 1)),
        (2, ["room", "left"], ("0", "1"), ("proved", "linear", 2)),
        (2, ["room", "left", "right"], ("0", "1"), ("undecided", "none", 1)),
        (2, ["room"], ("51/100", "1"), ("undecided", "none", 1)),
        (2, ["room"], ("0", "99/100"), ("undecided", "none", 1)),
    ):
        family = facts_of_box()
        family.states = states
        family.facts.retargetable.append(((Fraction(ends[0]), Fraction(ends[1])), permutations))
        answer = family_verdicts(family)[SECOND]
        assert answer[1:4] == found, (permutations, states, ends)
        covered = permutations and ends in (("0", "1"), ("1/2", "1"))
        assert answer.proved == ((permutations, "linear") if covered else None)


@pytest.mark.parametrize(
    ("inequality", "low", "holds"),
    [
        ("room + term <= 3", "1/2", True),
        ("room <= 3", "1/2", False),
        ("room <= 3", "0", None),
        ("left <= 3", "0", True),
    ],
)
def test_asymmetric_goals(inequality: str, low: str, holds: bool | None) -> None:
    """They break the hypothesis for a state that is counted at every gamma of the question; open where it may be."""
    data = cases.text("box").split(b"[goals]")[0] + f'[goals]\ninequalities = ["{inequality}"]\n'.encode()
    assert checked(data, [ROOM | {"discount": "1/3"}], low).holds["goals-symmetric"] is holds


def test_a_family_with_parameters_has_none() -> None:
    """Its rows differ from point to point: the kernel would judge them in the middle of the box."""
    for kind in OF_GOALS:
        with pytest.raises(Malformed):
            accept_family(retry(), {"claim": kind})
    for kind in ("orbit", "threshold", "closed-form"):
        with pytest.raises(Malformed):
            accept_family(facts_of_box(), {"claim": kind})


def test_they_are_paid_for() -> None:
    """From the same work as all other claims."""
    family = FamilyFacts.of(FamilyModel(cases.text("firm")), ["1/2", "1"])
    accept_family(family, STRICT)
    assert 0 < family.facts.left < WORK
    family.facts.left = 10
    with pytest.raises(Hole):
        accept_family(family, STRICT)
    assert family.used == ["universal"]
