"""Where n is what: the plane of parameters and gamma in cells, certified from both sides by strips."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import ceil, floor

from exact.algebraic import Algebraic
from exact.digits import shown
from exact.errors import NotExact
from exact.family import Family
from exact.family.curves import Curve, curves
from exact.family.shown import where
from exact.family.strips import Column, Strips
from exact.family.trees import Trees, refined
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.rational import Exact, rational
from proofs.claims.spelling import decimal
from proofs.families.document import about, parameters
from proofs.families.session import CheckedFamily, FamilyTrial, claim_of
from proofs.report import closing
from proofs.report.numbers import Json
from proofs.verify import Tell

UNDECIDED = Fraction(1, 100)  # the share that may stay so, where none is asked for
MOST_BOXES = 4_000  # as many as the kernel takes


@dataclass(frozen=True)
class Regions:
    """columns: boxes that cover the family's, each with a strip for every state; undecided: the share of box x gammas.

    stopped: why more is undecided than was asked for, or "". curves: where each threshold lies, in closed form; that is
    derived, not certified. checked: the kernel's word on the strips, certified: it accepted all of them.
    """

    family: Family
    columns: tuple[Column, ...]
    undecided: Fraction
    stopped: str
    curves: tuple[Curve, ...]
    checked: CheckedFamily
    certified: bool

    @property
    def cells(self) -> list[dict[str, object]]:
        """Each with the ends of "gamma" and of each parameter, as Fractions, and "n_at_least" and "n_at_most"."""
        return [
            {
                "gamma": (low, high),
                **dict(zip(self.family.parameters, column.box, strict=True)),
                "n_at_least": least,
                "n_at_most": most,
            }
            for column in self.columns
            for low, high, least, most in column.cells()
        ]


def regions(family: Family, undecided: Fraction, tell: Tell = lambda _: None, gammas: Gammas = EVERYWHERE) -> Regions:
    """Boxes are halved until so little of box x gammas is undecided; what is done when interrupted is kept."""
    strips = Strips(family, "paper")
    trees, stopped = refine(strips, undecided, MOST_BOXES, tell, gammas)
    columns, share = trees.columns(), trees.undecided()
    if share <= undecided:
        stopped = ""
    trial = FamilyTrial(family, EVERYWHERE)
    tell(f"{len(columns)} boxes; the kernel checks {2 * sum(trees.boxes.values())} sides of strips")
    accepted = [
        trial.offer(claim_of(side, family))
        for root in trees.roots.values()
        for leaf in root.leaves()
        for side in (leaf.strip.lower, leaf.strip.upper)
        if side is not None
    ]
    found = tuple(curves(family, strips, columns))
    return Regions(family, columns, share, stopped, found, trial.result(), all(accepted))


def refine(
    strips: Strips, undecided: Fraction, most: int, tell: Tell = lambda _: None, gammas: Gammas = EVERYWHERE
) -> tuple[Trees, str]:
    """Strips on boxes that are halved until so little is undecided; why it ended: interrupted, or at `most` boxes."""
    trees = Trees(strips, gammas)
    try:
        for share in refined(trees, undecided, most):
            tell(_progress(trees, share, undecided))
    except KeyboardInterrupt:
        tell("interrupted: what is done is kept")
        return trees, "interrupted"
    return trees, f"stopped at {len(trees.boxes)} boxes; at most {most} are looked at"


def _progress(trees: Trees, share: Fraction, undecided: Fraction) -> str:
    """With a guess at what is needed: half the share takes 2^k times the boxes, k the number of parameters."""
    number = len(trees.boxes)
    done = f"{number} {'box' if number == 1 else 'boxes'}, {percent(share)} undecided"
    if share <= undecided:
        return done
    return f"{done}; about {ceil(number * (share / undecided) ** trees.axes)} boxes for {percent(undecided)}"


def from_where_on(found: Regions) -> list[tuple[int, Fraction]]:
    """(n, g): at least n states are counted at every point of the box for every gamma > g, the least that is shown."""
    highs = [sorted(strip.high for strip in column.strips) for column in found.columns]
    most = min(map(len, highs), default=0)
    pairs = [(n, max(column[n - 1] for column in highs)) for n in range(1, most + 1)]
    return [(n, g) for n, g in pairs if g < 1]


def left_open(found: Regions) -> str:
    """Why the kernel ends in `s HOLEY` on the certificate of strips that it accepts; "" where it does not."""
    if found.checked.status != "HOLEY" or not found.certified:
        return ""
    what = "The strips are proved; Theorem 2 on all of the box and of (0, 1) at once is not, so it ends in s HOLEY."
    for n, g in from_where_on(found)[:1]:
        ends = (Fraction(floor(g * 10**digits) + 1, 10**digits) for digits in count(2))
        low = next(end for end in ends if end < 1)
        return f"{what} Where n >= {n}, the theorem is asked for by gammastar verify --gamma {shown(low)}:1"
    return what


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


def _bound(g: Fraction) -> str:
    """Exactly, and in decimals, which are rounded."""
    return f"{shown(g)}, about {decimal(Algebraic.of(g), 6)}"


def lines(found: Regions) -> list[str]:
    """For people."""
    family, states = found.family, found.family.centre.mdp.states
    said = [f"{family.centre.name}: {where(family)}", ""]
    for n, g in from_where_on(found):
        said.append(f"n >= {n} on the whole box for every gamma > {_bound(g)}")
    if not from_where_on(found):
        said.append("at no gamma is a state counted on all of the box, as far as was shown")
    said += ["", f"{len(found.columns)} boxes; undecided: {percent(found.undecided)} of the box times (0, 1)"]
    if found.stopped:
        said.append(f"that is more than was asked for: {found.stopped}")
    said += ["", "thresholds in closed form, where the best policy that was found attains them:"]
    for curve in found.curves:
        solved = curve.solved()
        gamma = "at every gamma" if curve.polynomial is None else f"0 = {curve.polynomial}"
        shape = f"gamma = {solved}".replace("**", "^") if solved is not None else gamma
        pieces = "" if len(curve.boxes) == len(found.columns) else f" (on {len(curve.boxes)} boxes)"
        said.append(f"  gamma*_{states[curve.state]}: {shape}{pieces}")
    word = "accepted by the kernel" if found.certified else "computed, not certified: more than the kernel has work for"
    said += ["(computed, not certified)", "", f"strips, the bounds above and below each threshold: {word}"]
    return [*said, "", closing.regions(found.certified)]


def document(found: Regions) -> Json:
    """`gammastar-regions/1`."""
    states = found.family.centre.mdp.states
    return {
        "format": "gammastar-regions/1",
        "instance": about(found.family),
        "parameters": list(found.family.parameters),
        "box": parameters(found.family),
        "cells": [
            {key: list(map(str, value)) if isinstance(value, tuple) else value for key, value in cell.items()}
            for cell in found.cells
        ],
        "undecided": str(found.undecided),
        "curves": [
            {"state": states[curve.state], "polynomial": None if curve.polynomial is None else str(curve.polynomial)}
            for curve in found.curves
        ],
        "certified": found.certified,
    }
