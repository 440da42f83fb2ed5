"""Def. 4 for all swaps at once, against the exact swap theorem and brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from exact.permutation import between
from exact.thresholds import sharp_threshold
from proofs.search.linear.asked import Always, NotAlways
from proofs.search.linear.asking import Asking
from proofs.search.linear.retarget import retargeting
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.instances import example, swaps


@pytest.mark.parametrize("name", ["corridor-3", "ring", "half", "half-off", "stairs", "training-leak-closed"])
@pytest.mark.parametrize("gamma", [Fraction(1, 4), Fraction(9, 10)])
def test_sharp_count(name: str, gamma: Fraction) -> None:
    """Where no moved state matters to G_T, n is n°(gamma) of theory.md, section 4, and all swaps fit together."""
    given = example(name)
    found = retargeting(Asking(given, gamma), swaps(given))
    values = [sharp_threshold(given, x).value for x in range(len(given.mdp)) if x != given.s_term]
    assert found.n == sum(value is not None and value <= gamma for value in values)
    assert found.complete
    assert found.permutations == found.good
    assert all(isinstance(answer, Always) for answer in found.pairs.values())


def test_training_leak() -> None:
    """No swap works: that of x leaves Theta, with a goal that shows it."""
    given = example("training-leak")
    found = retargeting(Asking(given, Fraction(1, 2)), swaps(given))
    x = next(phi for phi in swaps(given) if phi[given.mdp.state("x")] == given.s_term)
    assert found.n == 0
    assert isinstance(found.failures[x, "stays"], NotAlways)


def test_incompatible_permutations() -> None:
    """The same swap in two guises, x <-> s_term with and without a harmless exchange, fits together with nothing."""
    given = example("half")
    new, x, y, term = (given.mdp.state(name) for name in ("new", "x", "y", "term"))
    plain = {x: term, term: x, y: y, new: new}
    turned = {x: term, term: y, y: x, new: new}
    phis = [tuple(p[s] for s in range(4)) for p in (plain, turned)]
    found = retargeting(Asking(given, Fraction(9, 10)), [*phis, phis[0]])
    assert len(found.good) == 2
    assert found.n == (1 if any(isinstance(a, NotAlways) for a in found.pairs.values()) else 2)
    assert found.complete


@pytest.mark.parametrize("seed", range(12))
def test_largest_set(seed: int) -> None:
    """n is the size of the largest set of good permutations without a pair that fails, by trying all sets."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phis = [instances.permutation(random, 3) for _ in range(5)]
    found = retargeting(Asking(given, Fraction(1, 2)), phis)
    bad = {pair for pair, answer in found.pairs.items() if not isinstance(answer, Always)}
    sets = [s for k in range(len(found.good) + 1) for s in combinations(range(len(found.good)), k)]
    assert found.n == max(len(s) for s in sets if not bad & set(combinations(s, 2)))
    for (i, j), answer in found.pairs.items():
        if isinstance(answer, NotAlways):
            phi = between(found.good[i], found.good[j])
            assert instances.refutes(given, "never-both", phi, answer.rewards, Fraction(1, 2))
