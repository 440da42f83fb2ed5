"""The regions of a family as a picture: cells that the kernel accepted, and the curves that were derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import groupby, pairwise

from flint import fmpq_mpoly, fmpz_poly

from exact.algebraic.isolate import real_roots
from exact.conversion import fraction, over_common_denominator
from exact.digits import shown
from exact.errors import BadInstance, NotADiscount
from exact.family import Family
from exact.family.bernstein import Box, centre
from exact.family.curves import Curve
from exact.family.slice import held
from exact.instance.gammas import EVERYWHERE, Asked, Gammas, asked
from exact.mdp import suggestion
from exact.rational import Exact, rational
from proofs.families.formulas import slashed, symbol
from proofs.families.regions import Regions, regions
from proofs.report.figures.plane import Cell, Interval, Line, Plane, Run, within
from proofs.verify import Tell

REGIONS = "regions"  # this figure's name
_POINTS = 120  # of a curve, at least
Terms = tuple[tuple[tuple[int, ...], Fraction], ...]  # ((power of gamma, power of p), coefficient), the last 1
Held = tuple[tuple[str, Fraction, bool], ...]
Pieces = Mapping[Box, Terms]


def pictured(
    family: Family,
    undecided: Fraction,
    over: str | None = None,
    at: Mapping[str, Exact] | None = None,
    gammas: Gammas = EVERYWHERE,
    tell: Tell = lambda _: None,
) -> Plane:
    """The plane over one parameter and these gammas, with so small a share of it undecided.

    over: the parameter, by default the first that is not held; the others are held at the values of `at`, or in the
    middle of their intervals. Raises what `slice.held` does, and BadInstance for another parameter.
    """
    given = dict(at or {})
    left = [name for name in family.parameters if name not in given]
    over = over if over is not None or not left else left[0]
    if over is not None and over not in left:
        problem = f"{over} is held at a value" if over in given else f'"{over}" is no parameter'
        raise BadInstance(problem, "leave it out of --at" if over in given else suggestion(over, left), "--over")
    middles = dict(zip(family.parameters, centre(family.box), strict=True))
    others: dict[str, Exact] = {name: given.get(name, middles[name]) for name in family.parameters if name != over}
    found = regions(held(family, others | given), undecided, tell, gammas)
    return plane(
        found, gammas, tuple((symbol(name), rational(q, "at"), name not in given) for name, q in others.items())
    )


def plane_of(gamma: Asked | None, where: str) -> Gammas:
    """The gammas of a plane: an interval, all of (0, 1) for None. Raises NotADiscount."""
    found = EVERYWHERE if gamma is None else asked(gamma, where)
    if not isinstance(found, tuple):
        raise NotADiscount(f"{shown(found)}: a plane needs an interval of gammas", "write 1/2:1", where)
    return found


def plane(found: Regions, gammas: Gammas = EVERYWHERE, held_at: Held = ()) -> Plane:
    """The regions of a family with one parameter. Raises BadInstance for another."""
    family = found.family
    if len(family.parameters) != 1:
        raise BadInstance(
            f"{len(family.parameters)} parameters",
            f'hold all but one at a value: at={{"{family.parameters[-1]}": ...}}',
            "at",
        )
    cells = [
        within([Cell(column.box[0], (a, b), least, most) for a, b, least, most in column.cells()], gammas)
        for column in found.columns
    ]
    area = (gammas[1] - gammas[0]) * (family.box[0][1] - family.box[0][0])
    undecided = sum((_area(c) for column in cells for c in column if c.least < c.most), Fraction(0)) / area
    lines = tuple(_lines(found))
    return Plane(
        symbol(family.parameters[0]), family.box[0], gammas, tuple(cells), lines, held_at, undecided, found.certified
    )


def _area(cell: Cell) -> Fraction:
    return (cell.across[1] - cell.across[0]) * (cell.along[1] - cell.along[0])


def _lines(found: Regions) -> Iterator[Line]:
    """States whose thresholds are the same curve have one line."""
    alike: dict[tuple[tuple[Box, Terms], ...], list[int]] = {}
    for state, curves in groupby(found.curves, lambda curve: curve.state):
        known = sorted((box, _terms(curve.polynomial)) for curve in curves for box in curve.boxes)
        alike.setdefault(tuple(known), []).append(state)
    names = found.family.centre.mdp.states
    boxes = [column.box for column in found.columns]
    for key, states in alike.items():
        pieces = dict(key)
        forms = _forms(curve for curve in found.curves if curve.state == states[0])
        yield Line(tuple(names[s] for s in states), tuple(_runs(boxes, pieces)), forms, tuple(_bends(boxes, pieces)))


def _terms(polynomial: fmpq_mpoly | None) -> Terms:
    """None, for a threshold that is 0 everywhere, as the polynomial gamma."""
    if polynomial is None:
        return (((1, 0), Fraction(1)),)
    found = sorted((tuple(map(int, powers)), fraction(c)) for powers, c in polynomial.to_dict().items())
    return tuple((monomial, value / found[-1][1]) for monomial, value in found)


def _runs(boxes: list[Box], pieces: Pieces) -> Iterator[Run]:
    """The curve, broken where it is not known."""
    steps = 1 + _POINTS // len(boxes)
    for known, part in groupby(boxes, lambda box: box in pieces):
        if known:
            points = [(p, root(pieces[box], p)) for box in part for p in _places(box[0], steps)]
            yield tuple(dict.fromkeys(points))


def _places(interval: Interval, steps: int) -> list[Fraction]:
    low, high = interval
    return [low + (high - low) * Fraction(k, steps) for k in range(steps + 1)]


def _bends(boxes: list[Box], pieces: Pieces) -> Iterator[tuple[Fraction, Fraction]]:
    """Between columns with different polynomials."""
    for left, right in pairwise(boxes):
        if left in pieces and right in pieces and pieces[left] != pieces[right]:
            yield right[0][0], root(pieces[right], right[0][0])


@cache
def root(terms: Terms, p: Fraction) -> Fraction:
    """The least gamma of (0, 1) at which the polynomial is 0 there, within 2^-32; 0 where there is none."""
    powers = [Fraction(0)] * (1 + max(k for (k, _), _ in terms))
    for (k, j), coefficient in terms:
        powers[k] += coefficient * p**j
    found = real_roots(fmpz_poly(over_common_denominator(powers)[0]), *EVERYWHERE)
    if not found:
        return Fraction(0)
    narrow = found[0].refined(Fraction(1, 1 << 32))
    return (narrow.low + narrow.high) / 2


def _forms(curves: Iterable[Curve]) -> tuple[str, ...]:
    """In LaTeX, piece by piece; nothing where a piece is not solved."""
    solved = [None if curve.polynomial is None else curve.solved() for curve in curves]
    return tuple(dict.fromkeys(slashed(s) for s in solved if s is not None)) if None not in solved else ()
