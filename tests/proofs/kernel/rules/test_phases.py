"""`optimal-on-interval` and `blackwell`: what the search finds is accepted and true; forged phases are refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.evaluate.phases import Phase, phases
from exact.goals import decision
from exact.instance import Instance, parse_instance
from exact.mdp import Rewards
from exact.testing import strategies
from proofs.claims.codec import as_json
from proofs.kernel import limits
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.search.phases import claim_of
from tests.proofs.kernel.session import Json, refused, source
from tests.reference import brute_force

SMALL = strategies.instances(max_states=5, max_actions=3, shutdown_loops=True)
BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
GAMMAS = [Fraction(k, 13) for k in range(1, 13)]
# now: 1 after one step; wait: 2 after two, so from gamma = 1/2 on; off is worth 0
LATER = source("new a b c term", "new now a=1\nnew wait b=1\nb on c=1")
REWARDS = "0 1 0 2 0"
# the same with three steps: gamma^2 = 1/2
IRRATIONAL = source("new a b c d term", "new now a=1\nnew wait b=1\nb on c=1\nc on d=1")
# wait gains -(1 - 2 gamma)^2: it touches at 1/2
TOUCH, TOUCHING = IRRATIONAL, "0 1 0 4 -4 0"


def honest(data: bytes, rewards: str) -> list[Json]:
    """As the search makes them."""
    instance, theta = parse_instance(data), tuple(map(Fraction, rewards.split()))
    return [claimed(instance, theta, phase) for phase in phases(instance, theta)]


def claimed(instance: Instance, theta: Rewards, phase: Phase) -> Json:
    """As JSON."""
    claim = claim_of(instance, theta, phase)
    assert claim is not None
    return as_json(claim)


def fresh(data: bytes) -> Facts:
    """Nothing proved yet."""
    return Facts.of(Model(data))


@given(SMALL, st.data())
@BOUNDED
def test_phases_are_accepted_and_true(instance: Instance, data: st.DataObject) -> None:
    """Together they are all of (0, 1); at points of each the policy's values are the best, and the decision is f's."""
    theta, found = data.draw(strategies.rewards(instance.mdp)), fresh(instance.source)
    known = phases(instance, theta)
    assert known[0].low == 0
    assert known[-1].high == 1
    assert all(one.high == other.low for one, other in pairwise(known))
    for phase in known:
        accept(found, claimed(instance, theta, phase))
    assert [phase.decision for phase in found.phases] == [phase.decision for phase in known]
    for phase, proved in zip(known, found.phases, strict=True):
        ends = zip((phase.low, phase.high), proved.sure[:2], strict=True)
        touching = ((root, proved.sure[2]) for root, _, _ in phase.touches)
        for place, sure in (*ends, *touching):
            if sure and place.rational is not None and 0 < place < 1:
                assert decision(instance, theta, place.rational) == phase.decision
    for gamma in GAMMAS:
        best = brute_force.best_returns(instance.mdp, theta, gamma)
        for phase in (phase for phase in known if phase.low <= gamma <= phase.high):
            for s in phase.form.numerators:
                assert phase.form.value(s).value(gamma) == best[s]
            inside = phase.low < gamma < phase.high and all(root != gamma for root, _, _ in phase.touches)
            assert not inside or decision(instance, theta, gamma) == phase.decision


def test_what_is_proved() -> None:
    """Two phases each, with the gains that end them; the decision in s_new."""
    for data, rewards in ((LATER, REWARDS), (IRRATIONAL, "0 1 0 0 2 0")):
        first, last = honest(data, rewards)
        found = fresh(data)
        for claim in (first, last):
            accept(found, claim)
        assert (first["claim"], first["after"], last["claim"], last["before"]) == (
            "optimal-on-interval", ["new", "wait"], "blackwell", ["new", "now"],
        )  # fmt: skip
        assert [phase.decision for phase in found.phases] == ["avoid", "avoid"]
        assert found.used == ["optimal-on-interval", "blackwell"]


def test_a_touch_is_no_breakpoint() -> None:
    """One phase; without the square its gain cannot be told from one that changes its sign."""
    (claim,) = honest(TOUCH, TOUCHING)
    assert (claim["claim"], claim["low"], claim["high"], claim["squares"]) == ("blackwell", "0", "1", [["-1", "2"]])
    accept(fresh(TOUCH), claim)
    refused(fresh(TOUCH), claim | {"squares": []}, "not shown to be no better")
    refused(fresh(TOUCH), claim | {"squares": [["-1", "3"]]}, "not shown to be no better")
    for number in ([], ["1"], ["-1"], ["2"]):  # a 1 can be divided out for ever
        refused(fresh(TOUCH), claim | {"squares": [number]}, "no square")
    root = {"polynomial": ["-1", "2"], "interval": ["1/4", "3/4"]}
    refused(fresh(TOUCH), claim | {"low": root, "before": ["new", "wait"]}, "does not gain beyond")
    refused(fresh(TOUCH), claim | {"low": root}, "not shown that the policy stops")
    above = {key: entry for key, entry in claim.items() if key != "squares"}
    accept(fresh(TOUCH), above | {"claim": "optimal-on-interval", "low": root})
    below = above | {"claim": "optimal-on-interval", "high": root}
    accept(fresh(TOUCH), below)
    refused(fresh(TOUCH), below | {"after": ["new", "wait"]}, "does not gain beyond")


@pytest.mark.parametrize("polynomial", [["-1", "2"], ["-2", "4"], ["-5", "9", "2"]])
def test_a_tie_at_the_end_is_seen_whatever_isolates_it(polynomial: list[str]) -> None:
    """2 gamma - 1 alone, twice that, or times gamma + 5: where wait touches at the end, the decision there is not sure."""
    root = {"polynomial": polynomial, "interval": ["1/4", "3/4"]}
    for side, sure in (("low", (False, True, False)), ("high", (True, False, False))):
        accept(found := fresh(TOUCH), honest(TOUCH, TOUCHING)[0] | {"claim": "optimal-on-interval", side: root})
        assert found.phases[0].sure == sure


def test_where_the_decision_is_sure() -> None:
    """Everywhere, where what touches is another state's action; not at a breakpoint of the start's own."""
    both = fresh(LATER)
    for claim in honest(LATER, REWARDS):
        accept(both, claim)
    assert [phase.sure for phase in both.phases] == [(True, False, True), (False, True, True)]
    data = source("new x a b c d term", "new go x=1\nx now a=1\nx wait b=1\nb on c=1\nc on d=1")
    (claim,) = honest(data, "1 0 1 0 4 -4 0")
    assert claim["squares"] == [["-1", "2"]]
    end = {"claim": "optimal-on-interval", "high": {"polynomial": ["-1", "2"], "interval": ["1/4", "3/4"]}}
    accept(found := fresh(data), claim)
    accept(found, claim | end)
    assert [phase.sure for phase in found.phases] == [(True, True, True)] * 2


def test_each_evaluation_is_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the end; of D; of the gains of off and wait, beside the end and between; of what ends it; of those of new."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(Facts, "pay_to_evaluate", lambda _, *given: asked.append(given))
    accept(fresh(LATER), FIRST)
    zero, (a, b) = Fraction(0), map(Fraction, FIRST["high"]["interval"])
    off = [(1, (1,), a), (1, (1,), a, b), (1, (1,), zero, a)]
    wait = [(1, (1, -2), a), (1, (-1,), a, b), (2, (1, -2), zero, a)]
    ends = [(1, (-1,), zero, zero), (2, (-1, 2), zero, zero), (1, (-1,), a, b), (2, (-1, 2), a, b)]
    stops = [(1, (-1, 2), b), (1, (1,), a, b)]
    assert asked == [(2, (-1, 2), a, b), (1, (1,), zero, b), *off, *wait, *stops, *ends]


def test_what_gains_nothing_does_not_stop_a_policy() -> None:
    """too is on under another name: its gain is 0, which every polynomial divides, as often as one likes."""
    data = source("new a b c term", "new now a=1\nnew wait b=1\nb on c=1\nb too c=1")
    first, last = honest(data, REWARDS)
    accept(fresh(data), first)
    action = next(a for a in ("on", "too") if a != first["policy"]["b"])
    refused(fresh(data), first | {"after": ["b", action]}, "does not gain beyond")
    refused(fresh(data), last | {"before": ["b", action]}, "does not gain beyond")


def test_ties_on_a_whole_interval() -> None:
    """The gain is 0: no breakpoint; where shutdown is tied the decision is by the ties."""
    for ties, said in (("uniform", "tie"), ("shutdown-first", "shutdown"), ("shutdown-last", "avoid")):
        data = source("new a term", "new go a=1", f'[decision]\nties = "{ties}"\n')
        (claim,) = honest(data, "0 1 1")
        accept(found := fresh(data), claim)
        assert found.phases[0].decision == said
    (claim,) = honest(LATER, "0 0 0 0 1")
    accept(found := fresh(LATER), claim)
    assert found.phases[0].decision == "shutdown"  # now and wait are worse, and no ties
    twice = source("new a term", "new go a=1\nnew run a=1")
    (claim,) = honest(twice, "0 2 1")
    accept(found := fresh(twice), claim)
    assert found.phases[0].decision == "avoid"


Change = Callable[[Json], object]
FIRST, LAST = honest(LATER, REWARDS)


def moved(low: str, high: str, *polynomial: str) -> Json:
    """An end."""
    return {"polynomial": list(polynomial), "interval": [low, high]}


@pytest.mark.parametrize(
    ("claim", "change", "kind", "says"),
    [
        (FIRST, lambda c: c.update(high=moved("1/2", "3/4", "-2", "3")), Invalid, "not shown to be no better"),
        (FIRST, lambda c: c.update(high="1"), Invalid, "not shown to be no better"),
        (FIRST, lambda c: c.update(high=moved("1/4", "2/5", "-1", "3")), Invalid, "does not gain beyond"),
        (FIRST, lambda c: c.update(high=moved("1/4", "3/4", "-1", "4")), Invalid, "does not isolate"),
        (FIRST, lambda c: c.update(high=moved("1/4", "3/4", "3", "-16", "16")), Invalid, "does not isolate"),
        (FIRST, lambda c: c.update(high=moved("1/4", "3/4")), Malformed, "in an interval of some length"),
        (FIRST, lambda c: c.update(high=moved("1/2", "1/2", "-1", "2")), Malformed, "in an interval of some length"),
        (FIRST, lambda c: c.update(high=moved("-1/2", "3/4", "-1", "2")), Malformed, "within"),
        (FIRST, lambda c: c.update(high=moved("1/4", "5/4", "-1", "2")), Malformed, "within"),
        (FIRST, lambda c: c.update(high="1/2"), Malformed, "not one of"),
        (FIRST, lambda c: c.update(high="0"), Malformed, "not in their order"),
        (FIRST, lambda c: c.update(low="1", high="1"), Malformed, "not in their order"),
        (FIRST, lambda c: c.update(low="0", high="0"), Malformed, "not in their order"),
        (FIRST, lambda c: c.update(low=c["high"]), Malformed, "not in their order"),
        (FIRST, lambda c: c.update(after=["new", "now"]), Invalid, "takes this action"),
        (FIRST, lambda c: c.update(after=["new", "off"]), Invalid, "does not gain beyond"),
        (FIRST, lambda c: c.update(before=["new", "wait"]), Invalid, "no root here"),
        (FIRST, lambda c: c.update(after=["new"]), Malformed, "2 entries"),
        (FIRST, lambda c: c["policy"].update(new="wait"), Invalid, "not shown to be no better"),
        (FIRST, lambda c: c["policy"].update(new="off"), Invalid, "not shown to be no better"),
        (FIRST, lambda c: c["policy"].pop("b"), Invalid, "no action in b"),
        (FIRST, lambda c: c.update(denominator=[]), Invalid, "denominator is 0"),
        (FIRST, lambda c: c.update(denominator=["1", "-2"]), Invalid, "may vanish"),
        (FIRST, lambda c: c.update(denominator=["-1"]), Invalid, "may vanish|no better"),
        (FIRST, lambda c: c["rewards"].update(c="3"), Invalid, "not shown to be no better|does not gain"),
        (FIRST, lambda c: c.update(claim="blackwell"), Invalid, "does not end at 1"),
        (LAST, lambda c: c.update(low="0"), Invalid, "no root here|not shown to be no better"),
        (LAST, lambda c: c.pop("before"), Invalid, "not shown that the policy stops"),
        (LAST, lambda c: c.update(low=moved("3/5", "4/5", "-2", "3")), Invalid, "does not gain beyond"),
        (LAST, lambda c: c.update(low=moved("1/4", "2/5", "-1", "3"), before=["new", "now"]), Invalid, "no better"),
    ],
    ids=range(30),
)  # fmt: skip
def test_forged(claim: Json, change: Change, kind: type[Exception], says: str) -> None:
    """A breakpoint moved, a piece that is too long, a zero of the denominator, actions that do not gain."""
    accept(fresh(LATER), claim)
    forged = copy.deepcopy(claim)
    change(forged)
    refused(fresh(LATER), forged, says, kind)


def test_a_shorter_phase_is_true_too() -> None:
    """Up to 1/3 alone, or to a rational that is no breakpoint; it says nothing of what comes next."""
    shorter = {key: entry for key, entry in FIRST.items() if key != "after"}
    accept(fresh(LATER), shorter | {"high": moved("1/4", "2/5", "-1", "3")})


def test_work_is_charged() -> None:
    """With one step less than it takes, it is a hole."""
    for data, rewards in ((LATER, REWARDS), (TOUCH, TOUCHING)):
        claim = honest(data, rewards)[0]
        found, again = fresh(data), fresh(data)
        accept(found, claim)
        again.left = limits.WORK - found.left - 1
        refused(again, claim, "bound on work", Hole)
