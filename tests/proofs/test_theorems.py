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
from proofs.findings import WITNESS_WORK
from proofs.hypotheses import STATED
from proofs.kernel.check import check
from proofs.theorems import POSITIVE, SURE, THEOREMS, Verdict
from tests.examples import NAMES
from tests.reference import brute_orbit
from tests.reports import verified, verified_text

READINGS = (POSITIVE, SURE)


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
    assert [verified(name).verdicts[theorem, reach] for theorem in THEOREMS] == WORKED[name, reach]


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
    assert found.verdicts["theorem-2", SURE] == paper(1)
    assert found.verdicts["theorem-2", POSITIVE] == Verdict("inapplicable", "proved", "sharp", 1)
    assert found.main == found.verdicts["theorem-2", POSITIVE]


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_fit_together(name: str) -> None:
    """Verified needs a proved conclusion and all stated hypotheses; refuted a failed one; Theorem 1 follows 2."""
    found = verified(name)
    stated = all(h.holds for h in found.hypotheses if h.id in STATED)
    for reach in READINGS:
        first, second = found.verdicts["theorem-1", reach], found.verdicts["theorem-2", reach]
        assert (first.conclusion, first.means, first.n) == (second.conclusion, second.means, second.n)
        for theorem in THEOREMS:
            verdict = found.verdicts[theorem, reach]
            assert {"verified": "proved", "refuted": "fails"}.get(verdict.verdict, verdict.conclusion) == (
                verdict.conclusion
            )
    assert (found.main.verdict in ("verified", "refuted", "undecided")) == stated


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("coinrun", "gridworld")])
def test_question_orbit_by_brute_force(name: str) -> None:
    """The orbit of the question, counted by permuting everything and enumerating all policies."""
    found = verified(name)
    question, orbit = found.analysis.instance.question, found.findings.orbits[0]
    assert question.rewards is not None
    assert question.gamma is not None
    counted = brute_orbit.count(found.analysis.instance, question.rewards, question.gamma)
    count = orbit.count
    assert counted == {"outside": count.outside, "shutdown": count.shutdown, "avoid": count.avoid, "tie": count.tie}
    if found.main.conclusion == "proved":
        assert count.avoid >= found.main.n * count.shutdown


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
        orbit = next(orbit for orbit in found.findings.orbits if orbit.refutes(max(1, n)))
        counted = brute_orbit.count(instance, orbit.goal.rewards, orbit.goal.gamma)
        assert counted["avoid"] < max(1, n) * counted["shutdown"]
    elif found.main.conclusion == "proved":
        smallest = 0 if instance.goals.nonnegative else -1
        for rewards in combinations_with_replacement(range(smallest, 2), len(instance.mdp)):
            counted = brute_orbit.count(instance, tuple(map(Fraction, rewards)), gamma)
            assert counted["avoid"] >= n * counted["shutdown"]


def test_an_orbit_too_large_for_the_kernel_hides_no_counterexample() -> None:
    """The question's orbit has 8! vectors, too many for the kernel; a small one still refutes the conclusion."""
    rooms = [f"s{k}" for k in range(6)]
    states = ", ".join(f'"{name}"' for name in ("new", *rooms, "term"))
    text = f'format = 1\nstates = [{states}]\n[shutdown]\nstate = "new"\naction = "off"\n'
    text += '[transitions.new]\noff = { term = "1" }\ngo = { s0 = "1" }\n'
    for name, following in zip(rooms, [*rooms[1:], rooms[0]], strict=True):
        text += f'[transitions.{name}]\nstay = {{ {name} = "1" }}\ngo = {{ {following} = "1" }}\n'
    rewards = ", ".join(f'{name} = "{k + 1}"' for k, name in enumerate(rooms))
    text += f'[decision]\nties = "shutdown-first"\n[question]\ngamma = "9/10"\nrewards = {{ {rewards}, term = "50" }}\n'
    found = verified_text(text.encode())
    assert found.findings.orbits[0].work > WITNESS_WORK
    assert (found.main.verdict, found.main.means) == ("refuted", "orbit")
    assert check(text.encode(), found.certificate.encode()).status == "VALID"
