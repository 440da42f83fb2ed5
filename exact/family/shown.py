"""A family for its readers: where its parameters lie, what is asked, and the instance with polynomials."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.digits import shown
from exact.family.spelling import in_parentheses, spelled
from exact.instance import shown as ordinary
from exact.instance.gammas import when

if TYPE_CHECKING:
    from exact.family.model import Family


def text(family: Family, most: int = ordinary.MOST) -> str:
    """As that of an instance; names and polynomials as in the file's grammar."""
    return ordinary.text(family.centre, asked(family), lambda s, a: chances(family, s, a), most)


def html(family: Family) -> str:
    """A table of the states, for notebooks."""
    return ordinary.html(family.centre, asked(family), lambda s, a: chances(family, s, a))


def asked(family: Family) -> str:
    """`p in [1/10, 9/10], every gamma in [3/4, 1)`."""
    return ", ".join(filter(None, [where(family), when(family.asked)]))


def chances(family: Family, s: int, a: int) -> list[str]:
    """P(t | s, a) for each successor; a sum in parentheses."""
    return [in_parentheses(spelled(chance)) for _, chance in family.rows[s][a]]


def where(family: Family) -> str:
    """`p in [1/10, 9/10], q in [0, 1/2]`."""
    sides = zip(family.parameters, family.box, strict=True)
    return ", ".join(f"{name} in [{shown(low)}, {shown(high)}]" for name, (low, high) in sides)


def point(family: Family, values: Sequence[Fraction]) -> str:
    """`p = 1/2, q = 1/3`."""
    return ", ".join(f"{name} = {shown(value)}" for name, value in zip(family.parameters, values, strict=True))
