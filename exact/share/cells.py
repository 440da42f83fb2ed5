"""Layer: shares, cells: the goals for which one policy is optimal. All cells together are all goals.

A policy is optimal iff no action is worth more than its own against its values, and those are linear in theta. Cells of
policies that differ in value have no volume in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from exact.errors import TooLarge
from exact.evaluate import Allowed
from exact.mdp import UNDEFINED, Mdp, Policy
from exact.orbit.optimum import visits

MOST_POLICIES = 4_000

Linear = Mapping[int, Fraction]  # coordinate -> coefficient, zeros left out


@dataclass(frozen=True)
class Cell:
    """theta is in it iff row . theta <= 0 for all rows. best: {state: actions that are optimal for all its goals}."""

    rows: tuple[Linear, ...]
    best: Mapping[int, tuple[int, ...]]


def cells(mdp: Mdp, gamma: Fraction, allowed: Allowed, given: Mapping[int, int]) -> Iterator[Cell]:
    """Of the policies of a region that no allowed action leaves, those that take the given actions.

    Policies with the same values, whatever theta, have one cell. Raises TooLarge beyond MOST_POLICIES.
    """
    choices = {s: (given[s],) if s in given else actions for s, actions in allowed.items() if actions}
    if prod(map(len, choices.values())) > MOST_POLICIES:
        raise TooLarge(f"more than {MOST_POLICIES} policies may be optimal")
    known = set[frozenset[tuple[int, int, Fraction]]]()
    for actions in product(*choices.values()):
        chosen = dict(zip(choices, actions, strict=True))
        values = values_of(mdp, gamma, tuple(chosen.get(s, UNDEFINED) for s in range(len(mdp))), allowed)
        key = frozenset((s, x, c) for s, value in values.items() for x, c in value.items())
        if key not in known:
            known.add(key)
            yield _cell(mdp, allowed, chosen, values)


def combined(*parts: tuple[Fraction, Linear]) -> Linear:
    """The sum of factor * form over the parts."""
    total: dict[int, Fraction] = {}
    for factor, form in parts:
        for x, c in form.items():
            total[x] = total.get(x, Fraction(0)) + factor * c
    return {x: c for x, c in total.items() if c}


def values_of(mdp: Mdp, gamma: Fraction, policy: Policy, states: Iterable[int]) -> dict[int, Linear]:
    """V^pi of each of the states."""
    counts, unit = visits(mdp, policy, gamma)
    return {s: {x: Fraction(int(counts[s, x]), unit) for x in range(len(mdp)) if counts[s, x]} for s in states}


def _cell(mdp: Mdp, allowed: Allowed, chosen: Mapping[int, int], values: Mapping[int, Linear]) -> Cell:
    rows = list[Linear]()
    best = dict[int, tuple[int, ...]]()
    for s, action in chosen.items():
        against = [(-p, values[t]) for t, p in mdp.rows[s][action]]
        gains = {a: combined(*((p, values[t]) for t, p in mdp.rows[s][a]), *against) for a in allowed[s]}
        best[s] = tuple(a for a, gain in gains.items() if not gain)
        rows += [gain for gain in gains.values() if gain]
    return Cell(tuple(rows), best)
