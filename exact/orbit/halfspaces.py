"""The part of Theta that is linear in theta: the further inequalities, and Def. 6 read as `immediate`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exact.conversion import over_common_denominator
from exact.instance.model import Inequality, Instance
from exact.mdp import Row
from exact.orbit.packed import Packed


def halfspaces(instance: Instance, scale: int, size: int) -> Packed | None:
    """Forms in the integers scale * theta, which `size` bounds; theta satisfies all iff none of them is negative.

    None if there is nothing to satisfy.
    """
    forms: list[list[int]] = []
    constants: list[int] = []
    for inequality in (*instance.goals.inequalities, *immediate(instance)):
        (*form, bound), _ = over_common_denominator([*(-c for c in inequality.coefficients), inequality.bound * scale])
        forms.append(form)
        constants.append(bound - (inequality.relation == "<"))  # among integers, > 0 is >= 1
        if inequality.relation == "=":
            forms.append([-c for c in form])
            constants.append(-bound)
    return Packed(forms, constants, len(instance.mdp), size) if forms else None


def immediate(instance: Instance) -> Iterator[Inequality]:
    """Def. 6 where it is read so: no action leads to a larger next reward than the trained one."""
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
