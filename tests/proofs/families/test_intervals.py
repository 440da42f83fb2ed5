"""Instances and an interval of gammas: families without parameters, against the ordinary tool at each gamma."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from exact.family import without_parameters
from exact.instance import parse_instance
from exact.testing.random_instances import random_instances
from proofs.claims.checked import Checked
from proofs.families.search import verify_family
from proofs.families.session import CheckedFamily, recheck
from proofs.verify import verify
from tests.examples import instance_path
from tests.proofs.command import gammastar

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


def test_what_is_open_of_all_goals_is_said() -> None:
    """No linear claim speaks of an interval: the report says what to do; at one gamma the hypothesis is decided."""
    said = " ".join(gammastar("verify", instance_path("box"), "--gamma", "9/10:1").out.split())
    assert "hypotheses that are open: nonnegative nonnegative takes a linear claim about all goals" in said
    assert "those are made for one gamma only: choose one" in said
    assert "takes a linear claim" not in gammastar("verify", instance_path("corridor-3"), "--gamma", "9/10:1").out
