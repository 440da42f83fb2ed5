"""The part of Theta that is linear in theta: the further inequalities, and Def. 6 read as `immediate`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from exact.instance.model import Inequality, Instance
from exact.mdp import Row
from exact.orbit.packed import Packed


def halfspaces(instance: Instance, scale: int, size: int) -> Packed | None:
    """Forms in the integers scale * theta, which `size` bounds; theta satisfies all iff none of them is negative.

    None if there is nothing to satisfy.
    """
    forms: list[list[int]] = []
    constants: list[int] = []
    for inequality in _inequalities(instance):
        unit = lcm(*(c.denominator for c in (*inequality.coefficients, inequality.bound)))
        form = [-int(c * unit) for c in inequality.coefficients]
        bound = int(inequality.bound * unit) * scale
        forms.append(form)
        constants.append(bound - (inequality.relation == "<"))  # among integers, > 0 is >= 1
        if inequality.relation == "=":
            forms.append([-c for c in form])
            constants.append(-bound)
    return Packed(forms, constants, len(instance.mdp), size) if forms else None


def _inequalities(instance: Instance) -> Iterator[Inequality]:
    yield from instance.goals.inequalities
    if instance.goals.reading == "immediate":
        relation = "<" if instance.goals.preference == "strict" else "<="
        for state, trained in instance.trained.items():
            rows = instance.mdp.rows[state]
            for action, row in enumerate(rows):
                if action != trained:
                    yield Inequality(_difference(row, rows[trained], len(instance.mdp)), relation, Fraction(0))


def _difference(row: Row, other: Row, states: int) -> tuple[Fraction, ...]:
    entries = [Fraction(0)] * states
    for successor, probability in row:
        entries[successor] += probability
    for successor, probability in other:
        entries[successor] -= probability
    return tuple(entries)
