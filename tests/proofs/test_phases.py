"""`gammastar phases`: the whole chain, for worked instances, random ones, and bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from exact.algebraic import Algebraic
from exact.evaluate.phases import phases
from exact.goals import decision
from exact.instance import Instance, parse_instance
from exact.testing.random_instances import random_instances
from proofs.claims.phases import blackwell as certified
from proofs.claims.phases import decided, known_phases, whole
from proofs.claims.types import Phase
from proofs.verify import proved, to_draw, verify
from proofs.what_if.over_gamma import over_gamma
from proofs.what_if.over_gamma import phases as checked_phases
from tests.campaigns.drawing import drawn
from tests.examples import ROOT, instance_path
from tests.proofs.command import gammastar, one_line
from tests.proofs.kernel.session import source
from tests.reference import brute_force
from tests.reports import errors

IRRATIONAL = source(
    "new a b c d term", "new now a=1\nnew wait b=1\nb on c=1\nc on d=1", "[question]\nrewards = { a = 1, d = 2 }\n"
)


def crowded(count: int) -> Instance:
    """new may take 1 for ever later and later: breakpoints crowd towards 1 as the steps get longer."""
    names = [f"w{k}" for k in range(count)]
    lines = [f"new go {names[0]}=1", *(f"{s} take x{k}=1" for k, s in enumerate(names))]
    lines += [f"{s} on {t}=1" for s, t in pairwise(names)]
    prizes = ", ".join(f"x{k} = {2 * 10**k + k}" for k in range(count))
    states = " ".join(["new", *names, *(f"x{k}" for k in range(count)), "term"])
    return parse_instance(source(states, "\n".join(lines), f"[question]\nrewards = {{ term = 1, {prizes} }}\n"))


def test_an_irrational_blackwell_factor(tmp_path: Path) -> None:
    """gamma^2 = 1/2, in closed form; now before it, wait after it."""
    found = checked_phases(parse_instance(IRRATIONAL))
    factor = certified(found)
    assert factor is not None
    assert factor.polynomial == (-1, 0, 2)
    assert whole(known_phases(found))
    path = tmp_path / "later.toml"
    path.write_bytes(IRRATIONAL)
    assert "Blackwell discount factor: sqrt(2)/2, about 0.707107" in gammastar("phases", path).out


def test_breakpoints_that_crowd() -> None:
    """Ever later prizes, ever larger: each has its phase, all accepted."""
    instance = crowded(6)
    rewards = instance.question.rewards
    assert rewards is not None
    known = phases(instance, rewards)
    assert len(known) >= 3
    assert whole(known_phases(checked_phases(instance)))


SMALL = [seed for seed in range(154) if seed % 50 != 49]  # the others have 9 or 11 states


@pytest.mark.parametrize("instance", [*map(drawn, SMALL), *random_instances(5, 49, max_actions=2)])
def test_against_policies_one_by_one(instance: Instance) -> None:
    """200 random MDPs of 2 to 5 states: V*, the decision, and a Blackwell factor beyond which nothing changes."""
    draw = Random(str(instance.mdp.rows))
    assert len(instance.mdp) <= 5
    theta = tuple(Fraction(draw.randint(-3, 9)) for _ in range(len(instance.mdp)))
    known = phases(instance, theta)
    for gamma in (Fraction(draw.randint(1, 99), 100) for _ in range(4)):
        best = brute_force.best_returns(instance.mdp, theta, gamma)
        phase = next(phase for phase in known if phase.low <= gamma <= phase.high)
        assert all(phase.form.value(s).value(gamma) == best[s] for s in phase.form.numerators)
        if phase.low < gamma < phase.high and all(root != gamma for root, _, _ in phase.touches):
            assert phase.decision == decision(instance, theta, gamma)
    factor: Algebraic = known[-1].low
    for gamma in (Fraction(999, 1000), Fraction(99_999, 100_000)):
        if factor < gamma:
            best = brute_force.best_returns(instance.mdp, theta, gamma)
            assert all(known[-1].form.value(s).value(gamma) == best[s] for s in known[-1].form.numerators)


@pytest.mark.parametrize("name", ["corridor-3", "coinrun", "retry", "ring", "no-alternative", "negative"])
def test_the_command(name: str, tmp_path: Path) -> None:
    """The document fits its schema, the certificate is accepted by a bare Python, the report is for people."""
    certificate = tmp_path / "c.json"
    ran = gammastar("phases", instance_path(name), "--json", "--certificate", certificate)
    found = json.loads(ran.out)
    assert errors(found, "phases") == []
    assert (ran.code, found["certified"]) == (0, True)
    bare = [sys.executable, "-S", "-m", "proofs.kernel", str(instance_path(name)), str(certificate)]
    kernel = subprocess.run(bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert kernel.stdout.splitlines()[-1] in ("s VALID", "s HOLEY")
    assert "blackwell: 1 proved" in kernel.stdout
    shown = gammastar("show", certificate, instance_path(name))
    assert (shown.code in (0, 3), "refused" in shown.out, shown.err) == (True, False, "")
    assert gammastar("tex", instance_path(name), certificate).code == 0
    text = gammastar("phases", instance_path(name)).out
    assert "Blackwell discount factor" in text


def test_phases_of_another_goal_are_not_told() -> None:
    """A certificate may hold those of two goals: the question's are told, or, where it has none, those of the first."""
    found = checked_phases(parse_instance(IRRATIONAL))
    other = checked_phases(parse_instance(IRRATIONAL.replace(b"d = 2", b"d = 3")))
    claims = [*other.of(Phase), *found.of(Phase)]
    plain = IRRATIONAL.replace(b"rewards = { a = 1, d = 2 }", b"")
    for data, told in ((IRRATIONAL, found), (plain, other)):
        both = proved(parse_instance(data), claims)
        assert len(both.of(Phase)) == len(claims)
        assert [(p.low, p.high) for p in known_phases(both)] == [(p.low, p.high) for p in known_phases(told)]
        assert certified(both) == certified(told)
        assert whole(known_phases(both))
    assert known_phases(proved(parse_instance(IRRATIONAL), other.of(Phase))) == []


def test_decisions_are_joined() -> None:
    """corridor-3: shutdown up to 999/1000; one interval each."""
    parts = decided(known_phases(checked_phases(parse_instance(instance_path("corridor-3").read_bytes()))))
    assert [part.decision for part in parts] == ["shutdown", "avoid"]
    assert parts[0].high == parts[1].low == Fraction(999, 1000)
    assert parts[0].between == parts[1].between == ()


def near(more: Fraction) -> bytes:
    """`one` gains -(1 - 3 gamma)^2 + more."""
    rewards = f'term = -100, a = "{more - 1}", b = 6, c = -9'
    steps = "new one a=1\nnew two d=1\na on b=1\nb on c=1"
    return source("new a b c d term", steps, f"[question]\nrewards = {{ {rewards} }}\n")


@pytest.mark.parametrize("ties", ["uniform", "shutdown-first", "shutdown-last"])
@pytest.mark.parametrize("off", [-100, 0])
def test_what_is_decided_where_an_action_is_as_good(ties: str, off: int) -> None:
    """At 1/3 `one` is as good as `two`, or as `two` and `off`: what f does there is told, by values that are claims."""
    text = near(Fraction(0)).replace(b"term = -100", f"term = {off}".encode())
    for removed in (b"", b'two = { "d" = "1" }\n'):
        assert removed in text
        instance = parse_instance(text.replace(removed, b"") + f'[decision]\nties = "{ties}"\n'.encode())
        assert instance.question.rewards is not None
        there = decision(instance, instance.question.rewards, Fraction(1, 3))
        (part,) = decided(known_phases(checked_phases(instance)))
        assert part.but() == ({} if there == part.decision else {there: [Fraction(1, 3)]})


def test_what_is_decided_at_breakpoints() -> None:
    """Random MDPs with small rewards, where ties are frequent: at each rational one, what f does there."""
    looked_at = 0
    for seed in (3471, *range(3000, 3060)):  # 3471: values whose denominator is not that of all states
        instance, draw = drawn(seed), Random(seed)
        rewards = tuple(Fraction(draw.randint(-2, 3)) for _ in instance.mdp.states)
        if len(instance.mdp) > 5 or instance.question.interval is not None:
            continue
        asked = replace(instance, question=replace(instance.question, rewards=rewards))
        for phase in known_phases(to_draw(asked, "phases")):
            for gamma, said in phase.elsewhere.items():
                assert said is not None
                if gamma.rational is not None:
                    assert said == decision(instance, rewards, gamma.rational)
                    looked_at += 1
    assert looked_at > 5


@pytest.mark.parametrize("name", ["negative", "box", "shutdown-first", "training-leak", "lopsided"])
def test_the_theorem_at_one_gamma(name: str) -> None:
    """Where it is undecided on a stretch, the verdict at one gamma of it is what `verify` says there."""
    found = checked_phases(parse_instance(instance_path(name).read_bytes()))
    parts = over_gamma(found)
    assert [part.there is not None for part in parts] == [part.verdict == "undecided" for part in parts]
    for there in (part.there for part in parts if part.there is not None):
        assert there.main.verdict == verify(found.instance.at(there.gamma)).main.verdict != "undecided"


def test_rewards_that_inequalities_keep_nonnegative() -> None:
    """One claim about all of (0, 1) decides every stretch."""
    signs = ", ".join(f'"0 <= {s}"' for s in ("new", "x", "y", "term"))
    steps = "new go x=1/2 new=1/2\nx on y=1\ny stay y=1"
    found = checked_phases(
        parse_instance(source("new x y term", steps, f"[goals]\nnonnegative = false\ninequalities = [{signs}]\n"))
    )
    parts = over_gamma(found)
    assert [(part.verdict, part.there) for part in parts] == [("inapplicable", None), ("verified", None)]


@pytest.mark.parametrize(("bits", "certified"), [(77, True), (78, False), (200, False)])
def test_a_gain_that_nearly_touches(bits: int, certified: bool, tmp_path: Path) -> None:
    """Where the kernel's bound on halvings does not suffice, the phase is open, with the reason."""
    path = tmp_path / "near.toml"
    path.write_bytes(near(-Fraction(1, 1 << bits)))
    ran = gammastar("phases", path, "--json")
    found = json.loads(ran.out)
    assert errors(found, "phases") == []
    assert (ran.code, found["certified"], len(found["pieces"])) == ((0, True, 1) if certified else (3, False, 0))
    assert certified != any("too close together" in entry for entry in found["tried"])
    assert certified != ("not certified: phase 1 of 1" in gammastar("phases", path).out)


def test_breakpoints_that_intervals_do_not_tell_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two within 2^-39: they are told apart; not with 16 bits, and then the phases are open."""
    found = checked_phases(parse_instance(near(Fraction(1, 1 << 80))))
    assert (len(known_phases(found)), whole(known_phases(found))) == (3, True)
    monkeypatch.setattr("proofs.search.phases._LAST", 16)
    found = checked_phases(parse_instance(near(Fraction(1, 1 << 80))))
    assert (len(known_phases(found)), len(found.aside.tried)) == (0, 3)


def test_without_rewards(tmp_path: Path) -> None:
    """Only the theorem is told; a missing file is one line."""
    plain = tmp_path / "plain.toml"
    plain.write_bytes(source("new a term", "new go a=1\na stay a=1"))
    ran = gammastar("phases", plain)
    assert (ran.code, "no rewards are given" in ran.out) == (0, True)
    assert one_line(gammastar("phases", tmp_path / "missing.toml"))
