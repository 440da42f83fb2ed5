"""Instances and an interval of gammas: families without parameters, against the ordinary tool at each gamma."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from exact.family import parse_family, without_parameters
from exact.instance import parse_instance, read_instance
from exact.instance.write import write_instance
from exact.testing.random_instances import random_instances
from proofs.claims.checked import Checked
from proofs.claims.types import Retargeting
from proofs.families import search as families
from proofs.families.search import verify_family
from proofs.families.session import CheckedFamily, recheck
from proofs.families.text import lines
from proofs.search import theta
from proofs.search.judge import Judge
from proofs.search.linear.asked import Undecided
from proofs.search.order import search
from proofs.verify import verify
from tests.exact.family.families import RETRY
from tests.examples import instance_path
from tests.proofs.command import gammastar
from tests.proofs.families.test_latex import article
from tests.proofs.search.linear.instances import instance as goal_set

RANDOM = [next(iter(random_instances(4, 1, seed, max_weight=2))) for seed in range(12)]
NAMED = ["ring", "half", "stairs", "corridor-3", "training-leak", "overlap", "retry", "half-off"]


def drawn(seed: str) -> tuple[str, str]:
    """The ends of an interval, those of (0, 1) among them, and thresholds of the worked instances."""
    draw = Random(seed)
    low = draw.choice(["0", "1/2", "9/10", str(Fraction(draw.randint(1, 60), 64))])
    return low, draw.choice(["1", str(Fraction(low) + (1 - Fraction(low)) / draw.randint(2, 9))])


def within(low: Fraction, high: Fraction, seed: str) -> list[Fraction]:
    """Gammas of the interval, its ends where they are discounts."""
    draw = Random(seed)
    inner = [low + (high - low) * Fraction(draw.randint(1, 99), 100) for _ in range(2)]
    return [*(end for end in (low, high) if 0 < end < 1), *inner, low + (high - low) / 10**9]


def holds_at(found: CheckedFamily, one: Checked) -> None:
    """What is said of all gammas is so at this one."""
    for kind, known in found.counted.items():
        n, states = known or (0, ())
        counted = one.counted[kind]
        assert counted is not None
        assert set(states) <= set(counted)
        assert len(counted) >= n
    for key, verdict in found.theorems.items():
        other = one.theorems[key]
        if verdict.verdict == "verified":
            assert other.verdict == "verified", key
        if verdict.conclusion == "proved":
            assert other.conclusion == "proved", key
        if verdict.proved is not None:
            assert other.proved is not None, key
            assert other.proved[0] >= verdict.proved[0], key
    for name, holds in found.hypotheses.items():
        assert holds is not True or one.hypotheses[name] is not False, name


@pytest.mark.parametrize("number", range(len(RANDOM) + len(NAMED)))
def test_against_the_ordinary_tool(number: int) -> None:
    """n is the least of those at each gamma, ends included; what is verified of the interval is verified at each."""
    name = "" if number < len(RANDOM) else NAMED[number - len(RANDOM)]
    instance = parse_instance(instance_path(name).read_bytes()) if name else RANDOM[number]
    ends = drawn(f"{number}")
    asked = instance.at(":".join(ends))
    found = verify_family(without_parameters(asked))
    low, high = map(Fraction, ends)
    ordinary = [verify(instance.at(gamma)) for gamma in within(low, high, f"{number}")]
    for one in ordinary:
        holds_at(found, one)
    for kind, known in found.counted.items():
        least = min(len(one.counted[kind] or ()) for one in ordinary)
        assert (0 if known is None else known[0]) == least, kind
    if found.hypotheses["gamma-star"] is False:
        assert any(one.hypotheses["gamma-star"] is False for one in ordinary)
    for _, gamma in found.failing:
        assert verify(instance.at(gamma)).main.conclusion == "fails"
    again = recheck(without_parameters(asked), found.certificate, found.asked)
    assert (again.status, again.theorems) == (found.status, found.theorems)


@pytest.mark.parametrize("seed", range(500, 510))
def test_goal_sets(seed: int) -> None:
    """Training, inequalities, signs and ties of all kinds: what is said of all gammas is so at each of some."""
    random = Random(seed)
    instance = parse_instance(write_instance(goal_set(random, 3)).encode())
    low, high = map(Fraction, drawn(f"goals {seed}"))
    asked = instance.at((low, high))
    found = verify_family(without_parameters(asked))
    ordinary = [verify(instance.at(gamma)) for gamma in within(low, high, f"{seed}")]
    for one in ordinary:
        holds_at(found, one)
    for name, holds in found.hypotheses.items():
        if name in ("nonnegative", "strict"):
            assert holds is not None or any(one.hypotheses[name] is None for one in ordinary), name
            assert holds is not True or all(one.hypotheses[name] for one in ordinary), name
    again = recheck(without_parameters(asked), found.certificate, found.asked)
    assert (again.status, again.theorems) == (found.status, found.theorems)


def test_all_goals_at_every_gamma() -> None:
    """box: signs are free, so that a goal breaks the hypothesis; the swaps of the exits work all the same."""
    ran = gammastar("verify", instance_path("box"), "--gamma", "9/10:1")
    said = " ".join(ran.out.split())
    assert "holds for every gamma in [9/10, 1): n >= 2 (linear arithmetic over Theta)" in said
    assert "hypotheses that fail at some gamma: nonnegative" in said
    assert "proposition-3: inapplicable; conclusion fails (swap), n = 1" in said
    assert ran.out.rstrip().endswith("s VALID")
    found = verify_family(without_parameters(read_instance(instance_path("box")).at("9/10:1")))
    (retargeting,) = found.of(Retargeting)
    assert (retargeting.interval, len(retargeting.permutations)) == ((Fraction(9, 10), Fraction(1)), 2)
    said = article(found)
    assert "For each condition the certificate holds, case by case" in said
    assert r"\section{Claims about all goals}" in said


def test_what_is_open_of_all_goals_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Why nothing was found; of a family with parameters, that a point has to be chosen."""
    monkeypatch.setattr(theta, "theta_property", lambda *_: Undecided("it took too long"))
    said = " ".join(gammastar("verify", instance_path("box"), "--gamma", "9/10:1").out.split())
    assert "hypotheses that are open: nonnegative" in said
    assert "tried: nonnegative: it took too long" in said
    assert "choose a point" not in said
    signed = parse_family(RETRY.encode() + b"[goals]\nnonnegative = false\n")
    remedy = "nonnegative takes a linear claim about all goals, and there is none about parameters: choose a point"
    assert remedy in list(lines(verify_family(signed)))


@pytest.mark.parametrize(
    ("ends", "first", "last"),
    [("1/2:3/4", "1/2", "3/4"), ("0:1", "1/2", "99/100"), ("999/1000:1", "999/1000", "1999/2000")],
)
def test_where_it_is_looked_for_a_failure(ends: str, first: str, last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the lower end of the gammas, or 1/2; where nothing refutes there, at the upper one, or near 1."""
    leak = read_instance(instance_path("training-leak")).at(ends)
    assert [gamma for _, gamma in verify_family(without_parameters(leak)).failing] == [Fraction(first)]

    def later(judge: Judge, **_: object) -> object:
        return judge.instance.question.gamma == Fraction(last) and search(judge)

    monkeypatch.setattr(families, "search", later)
    assert [gamma for _, gamma in verify_family(without_parameters(leak)).failing] == [Fraction(last)]
