"""Certificates about random families against enumeration over policies, at points of the box, its ends among them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

import proofs.families.search
from exact.family import parse_family
from exact.instance import Instance
from proofs.families.search import verify_family
from tests.exact.family.families import random_family
from tests.reference import brute_force

KINDS = ("paper", "sharp")
ENDS = (Fraction(0), Fraction(1))


def counted(instance: Instance, kind: str, gamma: Fraction) -> set[str]:
    """The states that some policy visits more than once (with s_term, avoiding shutdown: at least once)."""
    mdp, start, term = instance.mdp, instance.shutdown_state, instance.s_term
    elsewhere = brute_force.starting_elsewhere(instance)
    found: set[str] = set()
    for x in range(len(mdp)):
        if x == term:
            continue
        if kind == "paper":
            policies = brute_force.reach_and_revisit(mdp, start, x)
            past = any(brute_force.count(mdp, p, start, [x], gamma) > 1 for p in policies)
        else:
            past = any(brute_force.count(mdp, p, start, [x, term], gamma) >= 1 for p in elsewhere)
        found |= {mdp.states[x]} if past else set()
    return found


@pytest.mark.parametrize(("seed", "parameters"), [*product(range(12), (1, 2))])
@pytest.mark.parametrize("low", ["1/2", "4/5"])
def test_n_holds_at_every_point(seed: int, parameters: int, low: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No point of the box, and no gamma of the question, has fewer counted states than was proved by 30 boxes."""
    monkeypatch.setattr(proofs.families.search, "MOST_LEAVES", 30)
    family = parse_family(random_family(seed, 3, parameters))
    proved = verify_family(family, (Fraction(low), Fraction(1))).counted
    draw = Random(seed)
    shares = [*product(ENDS, repeat=parameters), [Fraction(draw.randint(1, 19), 20) for _ in range(parameters)]]
    for share, gamma in product(shares, (Fraction(low), Fraction(99, 100))):
        sides = zip(family.parameters, family.box, share, strict=True)
        instance = family.at({name: a + k * (b - a) for name, (a, b), k in sides})
        for kind in KINDS:
            known = proved[kind]
            if known is not None:
                states = counted(instance, kind, gamma)
                assert len(states) >= known[0]
                assert states >= set(known[1])
