"""The verdicts on the paper's theorems: worked examples under both readings, and every verdict against brute force."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.instance import Goals, Instance, Question
from exact.instance.write import write_instance
from exact.testing.strategies import instances
from proofs.claims.accepted import Verdict
from proofs.claims.checked import STATED
from proofs.claims.types import POSITIVE, SURE
from proofs.search import orbits
from tests.examples import NAMES
from tests.reference import brute_orbit
from tests.reports import verified, verified_text

READINGS = (POSITIVE, SURE)
THEOREMS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")


def paper(n: int) -> Verdict:
    """Verified by the paper's own argument, for n states."""
    return Verdict("verified", "proved", "paper", n)


def refuted(n: int) -> Verdict:
    """Refuted by a counted orbit."""
    return Verdict("refuted", "fails", "orbit", n)


VACUOUS = Verdict("inapplicable", "proved", "vacuous", 0)
WORKED: dict[tuple[str, str], list[Verdict]] = {  # propositions 1 to 3, theorems 1 and 2
    ("corridor-3", POSITIVE): [paper(3)] * 5,
    ("ring", SURE): [paper(2)] * 5,
    ("stairs", POSITIVE): [paper(1)] * 5,
    ("half", POSITIVE): [
        Verdict("refuted", "fails", "graph", 2), VACUOUS, Verdict("inapplicable", "proved", "sharp", 2),
        Verdict("verified", "proved", "sharp", 2), Verdict("inapplicable", "proved", "sharp", 2)],
    ("half", SURE): [
        VACUOUS, VACUOUS, Verdict("inapplicable", "proved", "sharp", 2),
        Verdict("verified", "proved", "sharp", 2), Verdict("inapplicable", "proved", "sharp", 2)],
    ("training-leak", POSITIVE): [
        paper(1), paper(1), paper(1), Verdict("inapplicable", "fails", "orbit", 1), refuted(1)],
    ("shutdown-first", SURE): [
        paper(1), paper(1), Verdict("refuted", "fails", "swap", 1),
        Verdict("inapplicable", "fails", "orbit", 1), refuted(1)],
}  # fmt: skip


@pytest.mark.parametrize(("name", "reach"), WORKED)
def test_worked(name: str, reach: str) -> None:
    """Each theorem's verdict, conclusion, means and n."""
    found = [verified(name).theorem(theorem, reach) for theorem in THEOREMS]
    assert [replace(verdict, proved=None, refuted=None) for verdict in found] == WORKED[name, reach]


def test_what_is_proved_and_refuted_beside_the_conclusion() -> None:
    """The largest n proved at all, the least that an orbit refutes: here the exact swap theorem proves one more."""
    assert (verified("stairs").main.proved, verified("stairs").main.refuted) == ((2, "sharp"), 3)
    assert (verified("training-leak").main.proved, verified("training-leak").main.refuted) == (None, 1)


def test_readings_of_reachable_can_part() -> None:
    """A training state that is reachable but never surely: Theorem 2's assumption fails under one reading only."""
    text = """
        format = 1
        states = ["new", "x", "t", "term"]
        training = ["t"]
        policy = {}
        [shutdown]
        state = "new"
        action = "off"
        [transitions.new]
        off = { term = "1" }
        go = { x = "1/2", t = "1/2" }
        try = { x = "1" }
        [transitions.x]
        stay = { x = "1" }
        [question]
        gamma = "1/2"
    """
    found = verified_text(text.encode())
    assert found.theorem("theorem-2", SURE) == replace(paper(1), proved=(1, "paper"))
    assert found.main == Verdict("inapplicable", "proved", "sharp", 1, (1, "sharp"))


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_fit_together(name: str) -> None:
    """Verified needs a proved conclusion and all stated hypotheses; refuted a failed one; Theorem 1 follows 2."""
    found = verified(name)
    stated = all(found.hypotheses[name] for name in STATED)
    for reach in READINGS:
        first, second = found.theorem("theorem-1", reach), found.theorem("theorem-2", reach)
        assert (first.conclusion, first.means, first.n) == (second.conclusion, second.means, second.n)
        for theorem in THEOREMS:
            verdict = found.theorem(theorem, reach)
            assert {"verified": "proved", "refuted": "fails"}.get(verdict.verdict, verdict.conclusion) == (
                verdict.conclusion
            )
    assert (found.main.verdict in ("verified", "refuted", "undecided")) == stated


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("coinrun", "gridworld")])
def test_question_orbit_by_brute_force(name: str) -> None:
    """The orbit of the question, counted by permuting everything and enumerating all policies."""
    found = verified(name)
    question, orbit = found.instance.question, found.question_orbit
    assert question.rewards is not None
    assert question.gamma is not None
    assert orbit is not None
    counted = brute_orbit.count(found.instance, question.rewards, question.gamma)
    assert counted == {"outside": orbit.outside, "shutdown": orbit.shutdown, "avoid": orbit.avoid, "tie": orbit.tie}
    if found.main.conclusion == "proved":
        assert orbit.avoid >= found.main.n * orbit.shutdown


@st.composite
def small(draw: st.DrawFn) -> Instance:
    """Up to 4 states, training and ties of any kind, a question with gamma and no rewards, no inequalities."""
    instance = draw(instances(max_states=4, training=True))
    gamma = draw(st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)]))
    goals = Goals(instance.goals.reading, instance.goals.preference, instance.goals.nonnegative)
    return replace(instance, goals=goals, question=Question(gamma))


@settings(max_examples=80, deadline=None)
@given(small())
def test_conclusions_by_brute_force(instance: Instance) -> None:
    """Proved: in no small orbit fewer than n times as many goals avoid shutdown as accept it. Fails: in one."""
    found = verified_text(write_instance(instance).encode())
    gamma, n = instance.question.gamma, found.main.n
    assert gamma is not None
    if found.main.conclusion == "fails":
        orbit = found.refuting()
        assert orbit is not None
        theta = tuple(orbit.rewards.get(s, Fraction(0)) for s in instance.mdp.states)
        counted = brute_orbit.count(instance, theta, orbit.gamma)
        assert counted["avoid"] < n * counted["shutdown"]
    elif found.main.conclusion == "proved":
        smallest = 0 if instance.goals.nonnegative else -1
        for rewards in combinations_with_replacement(range(smallest, 2), len(instance.mdp)):
            counted = brute_orbit.count(instance, tuple(map(Fraction, rewards)), gamma)
            assert counted["avoid"] >= n * counted["shutdown"]


def test_an_orbit_too_large_for_the_certificate_hides_no_counterexample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question's orbit has 9! vectors, and no short tree here; a small one still refutes the conclusion."""
    monkeypatch.setattr(orbits, "orbit_tree", lambda *_: None)
    rooms = [f"s{k}" for k in range(7)]
    states = ", ".join(f'"{name}"' for name in ("new", *rooms, "term"))
    text = f'format = 1\nstates = [{states}]\n[shutdown]\nstate = "new"\naction = "off"\n'
    text += '[transitions.new]\noff = { term = "1" }\ngo = { s0 = "1" }\n'
    for name, following in zip(rooms, [*rooms[1:], rooms[0]], strict=True):
        text += f'[transitions.{name}]\nstay = {{ {name} = "1" }}\ngo = {{ {following} = "1" }}\n'
    rewards = ", ".join(f'{name} = "{k + 1}"' for k, name in enumerate(rooms))
    text += f'[decision]\nties = "shutdown-first"\n[question]\ngamma = "9/10"\nrewards = {{ {rewards}, term = "50" }}\n'
    found = verified_text(text.encode())
    assert found.question_orbit is None
    assert found.aside.orbit is not None
    assert found.aside.orbit.size == 362_880
    assert (found.main.verdict, found.main.means, found.status) == ("refuted", "orbit", "VALID")
