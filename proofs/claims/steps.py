"""n(gamma) and n°(gamma), the numbers of states past their thresholds: step functions with algebraic steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from proofs.claims.types import SHARP


@dataclass(frozen=True)
class Step:
    """From `after` on `states` count too, so that `counted` do, up to `to` (None: up to 1).

    Paper: on (after, to]. Sharp: on [after, to), where `after` is not 0.
    """

    kind: str
    after: Algebraic
    to: Algebraic | None
    states: tuple[str, ...]
    counted: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many."""
        return len(self.counted)

    def inside(self) -> Fraction:
        """A gamma strictly between the ends."""
        end = Algebraic.of(1) if self.to is None else self.to
        width = Fraction(1, 1 << 16)
        while True:
            low, high = self.after.refined(width).high, end.refined(width).low
            if low < high:
                return (low + high) / 2
            width /= 1 << 16


def steps(roots: Mapping[tuple[str, str], Algebraic], kind: str, order: Mapping[str, int]) -> list[Step]:
    """The steps of one kind, ascending, equal thresholds merged. roots: by (kind, state); order: places of states."""
    merged: dict[Algebraic, list[str]] = {}
    for (of, state), value in roots.items():
        if of == kind:
            merged.setdefault(value, []).append(state)
    values = sorted(merged)
    found: list[Step] = []
    total: list[str] = []
    for k, value in enumerate(values):
        added = sorted(merged[value], key=order.__getitem__)
        total = sorted([*total, *added], key=order.__getitem__)
        to = values[k + 1] if k + 1 < len(values) else None
        found.append(Step(kind, value, to, tuple(added), tuple(total)))
    return found


def attained(step: Step) -> bool:
    """gamma = after itself counts."""
    return step.kind == SHARP and step.after != 0
