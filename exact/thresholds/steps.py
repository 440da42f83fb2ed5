"""n(gamma), the number of states past their threshold: a step function with algebraic steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.thresholds.model import Threshold


@dataclass(frozen=True)
class Step:
    """From `after` on, `states` count too, which makes n in all. attained: gamma = after itself counts (sharp)."""

    after: Algebraic
    states: tuple[int, ...]
    n: int
    attained: bool


def steps(thresholds: Iterable[Threshold]) -> list[Step]:
    """The steps of n, ascending, equal thresholds merged (they compare exactly). All of one kind; no value, no step."""
    known = [(threshold.value, threshold) for threshold in thresholds if threshold.value is not None]
    merged: dict[Algebraic, list[Threshold]] = {}
    for value, threshold in known:
        merged.setdefault(value, []).append(threshold)
    found: list[Step] = []
    total = 0
    for value in sorted(merged):
        total += len(merged[value])
        states = tuple(sorted(threshold.state for threshold in merged[value]))
        found.append(Step(value, states, total, value != 0 and merged[value][0].kind == "sharp"))
    return found


def count_at(thresholds: Iterable[Threshold], gamma: Fraction) -> tuple[int, ...]:
    """The states that count at a rational gamma: gamma > gamma*_x (paper), gamma >= gamma°_x (sharp). Ascending."""
    return tuple(sorted(threshold.state for threshold in thresholds if _counts(threshold, gamma)))


def _counts(threshold: Threshold, gamma: Fraction) -> bool:
    if threshold.value is None:
        return False
    return threshold.value < gamma or (threshold.kind == "sharp" and threshold.value == gamma)
