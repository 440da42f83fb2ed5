"""Where n is what: the plane of parameters and gamma in cells, certified from both sides by strips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import ceil

from exact.algebraic import Algebraic
from exact.digits import shown
from exact.errors import NotExact
from exact.family import Family
from exact.family.bernstein import Box, halves
from exact.family.curves import Curve, curves
from exact.family.shown import where
from exact.family.strips import Column, Strips, open_share, refined
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.rational import Exact, rational
from proofs.claims.spelling import decimal
from proofs.families.document import Json, about, parameters
from proofs.families.session import CheckedFamily, FamilyTrial, claim_of

Tell = Callable[[str], None]
Columns = tuple[Column, ...]
UNDECIDED = Fraction(1, 100)  # the share that may stay so, where none is asked for


@dataclass(frozen=True)
class Regions:
    """columns: boxes that cover the family's, each with a strip for every state; undecided: the share of box x gammas.

    curves: where each threshold lies, in closed form; that is derived, not certified. checked: the kernel's word on the
    strips, None where they are more than it has work for.
    """

    family: Family
    columns: tuple[Column, ...]
    undecided: Fraction
    curves: tuple[Curve, ...]
    checked: CheckedFamily
    certified: bool


def regions(family: Family, undecided: Fraction, tell: Tell = lambda _: None, gammas: Gammas = EVERYWHERE) -> Regions:
    """Columns are halved until so little of box x gammas is undecided; what is done when interrupted is kept."""
    strips = Strips(family, "paper")
    columns = leaves(strips, undecided, tell, gammas=gammas)
    share = open_share(family, columns, gammas)
    trial = FamilyTrial(family, EVERYWHERE)
    accepted = [
        trial.offer(claim_of(side, family))
        for column in columns
        for strip in column.strips
        for side in (strip.lower, strip.upper)
        if side is not None
    ]
    found = tuple(curves(family, strips, columns))
    return Regions(family, columns, share, found, trial.result(), all(accepted))


def leaves(
    strips: Strips,
    undecided: Fraction,
    tell: Tell = lambda _: None,
    most: int | None = None,
    gammas: Gammas = EVERYWHERE,
) -> Columns:
    """Columns that cover the box, halved until so little is undecided, or so many were looked at, or interrupted."""
    found = dict[Box, Column]()
    try:
        for column, share in islice(refined(strips, undecided, gammas), most):
            _put(found, column)
            tell(f"{len(found)} columns, {percent(share)} undecided")
    except KeyboardInterrupt:
        tell("interrupted: what is done is kept")
    if not found:
        _put(found, strips.column(strips.family.box))
    return tuple(found[box] for box in sorted(found) if not any(_within(box, other) for other in found))


def _put(leaves: dict[Box, Column], column: Column) -> None:
    """A column goes when both of its halves are there."""
    leaves[column.box] = column
    for box in [box for box in leaves if all(half in leaves for half in halves(box))]:
        del leaves[box]


def _within(box: Box, other: Box) -> bool:
    """A half whose other half was not reached lies in the column that still stands for both."""
    return box != other and all(a <= c <= d <= b for (a, b), (c, d) in zip(other, box, strict=True))


def from_where_on(found: Regions) -> list[tuple[int, Fraction]]:
    """(n, g): at least n states are counted at every point of the box for every gamma > g, the least that is shown."""
    highs = [sorted(strip.high for strip in column.strips) for column in found.columns]
    most = min(map(len, highs), default=0)
    pairs = [(n, max(column[n - 1] for column in highs)) for n in range(1, most + 1)]
    return [(n, g) for n, g in pairs if g < 1]


def share_of(undecided: Exact, where: str) -> Fraction:
    """How much may stay undecided. Raises NotExact."""
    share = rational(undecided, where)
    if not 0 < share <= 1:
        raise NotExact("a share lies in (0, 1]", "write 1/100", where)
    return share


def percent(share: Fraction) -> str:
    """Rounded up to hundredths."""
    hundredths = ceil(10_000 * share)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def lines(found: Regions) -> list[str]:
    """For people."""
    family, states = found.family, found.family.centre.mdp.states
    said = [f"{family.centre.name}: {where(family)}", ""]
    for n, g in from_where_on(found):
        said.append(f"n >= {n} for every point of the box and every gamma > {shown(g)} = {decimal(Algebraic.of(g), 6)}")
    if not from_where_on(found):
        said.append("at no gamma is a state counted on all of the box, as far as was shown")
    said += ["", f"{len(found.columns)} columns; undecided: {percent(found.undecided)} of the box times (0, 1)"]
    said += ["", "thresholds in closed form, where the best policy that was found attains them:"]
    for curve in found.curves:
        solved = curve.solved()
        gamma = "at every gamma" if curve.polynomial is None else f"0 = {curve.polynomial}"
        shape = f"gamma = {solved}" if solved is not None else gamma
        pieces = "" if len(curve.boxes) == len(found.columns) else f" (on {len(curve.boxes)} columns)"
        said.append(f"  gamma*_{states[curve.state]}: {shape}{pieces}")
    word = "accepted by the kernel" if found.certified else "computed, not certified: more than the kernel has work for"
    return [*said, "(computed, not certified)", "", f"strips: {word}"]


def document(found: Regions) -> Json:
    """`gammastar-regions/1`."""
    cells = [
        {
            "gamma": [str(low), str(high)],
            **{name: [str(a), str(b)] for name, (a, b) in zip(found.family.parameters, column.box, strict=True)},
            "n_at_least": least,
            "n_at_most": most,
        }
        for column in found.columns
        for low, high, least, most in column.cells()
    ]
    states = found.family.centre.mdp.states
    return {
        "format": "gammastar-regions/1",
        "instance": about(found.family),
        "parameters": list(found.family.parameters),
        "box": parameters(found.family),
        "cells": cells,
        "undecided": str(found.undecided),
        "curves": [
            {"state": states[curve.state], "polynomial": None if curve.polynomial is None else str(curve.polynomial)}
            for curve in found.curves
        ],
        "certified": found.certified,
    }


__all__ = ["Regions", "document", "from_where_on", "lines", "percent", "regions", "share_of"]
