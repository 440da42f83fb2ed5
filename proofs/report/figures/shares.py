"""The share of goals that shuts down, exactly at some discounts, under the bound 1/(n + 1), wherever an n is certified.

The bound follows from thresholds and linear claims that the kernel accepted; the shares are computed, and the figure
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.digits import exact_text, shown
from exact.errors import TooLarge
from exact.share import exact_share
from exact.share.ranges import ranges_of
from proofs.claims.checked import SWAPS_NEED, Checked
from proofs.claims.spelling import several
from proofs.claims.types import SHARP, Retargeting
from proofs.report.figures.curves import ink
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float, words
from proofs.report.figures.sheet import Sheet
from proofs.report.figures.steps import NEAREST
from proofs.report.figures.style import BLUE, ORANGE
from proofs.report.share import even

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHARE = "share"
Shares = Mapping[Fraction, Fraction]  # by gamma
GAMMAS = (*(Fraction(k, 20) for k in range(1, 20)), Fraction(99, 100))
# A pale band and dark dots, told apart in grey too.
BAND: dict[str, Any] = {"color": ORANGE, "linewidth": 3, "zorder": 2, "solid_joinstyle": "miter"}
DOTS: dict[str, Any] = {"color": BLUE, "marker": "o", "markersize": 2.8, "linestyle": "", "zorder": 3}
POINTS: dict[str, Any] = {"color": ORANGE, "marker": "s", "markersize": 4, "linestyle": "", "zorder": 2}
BOUND = r"$1/(n{+}1)$"
_ROOM = 0.12  # of the decades, above and below
_MOST_TICKS = 6


def shares(checked: Checked, tell: Callable[[str], None] = lambda _: None) -> dict[Fraction, Fraction]:
    """At GAMMAS and at the question's. Raises NothingToDraw where one is not exact, NotAGoalSet."""
    asked = () if checked.gamma is None else (checked.gamma,)
    found: dict[Fraction, Fraction] = {}
    for gamma in sorted({*GAMMAS, *asked}):
        tell(f"the share at gamma = {shown(gamma)}")
        try:
            found[gamma] = exact_share(checked.instance, gamma)
        except TooLarge as error:
            problem = f"the share at gamma = {shown(gamma)} is not known exactly: {error.problem}"
            raise NothingToDraw(problem, "gammastar share draws a sample", "the figure of shares") from None
    return found


def bound(checked: Checked) -> list[tuple[Algebraic, Algebraic, int]]:
    """On each interval of (0, 1) an n such that at most 1/(n + 1) of all goals shuts down; 0 where none is proved."""
    known = _proved(checked)
    ends = sorted({Algebraic.of(0), Algebraic.of(1), *(end for low, high, _ in known for end in (low, high))})
    found: list[tuple[Algebraic, Algebraic, int]] = []
    for low, high in pairwise(ends):
        n = max((n for a, b, n in known if a <= low and high <= b), default=0)
        if found and found[-1][2] == n:
            low = found.pop()[0]
        found.append((low, high, n))
    return found


def _proved(checked: Checked) -> list[tuple[Algebraic, Algebraic, int]]:
    """(from, to, n): by the thresholds, and by linear claims."""
    if not even(ranges_of(checked.instance)):
        return []
    spans = [(claim.interval, len(claim.permutations)) for claim in checked.of(Retargeting)]
    known = [(Algebraic.of(low), Algebraic.of(high), n) for (low, high), n in spans]
    if checked.swaps_work:
        kept, one = set(checked.keepers), Algebraic.of(1)
        known += [(step.after, one, len(kept.intersection(step.counted))) for step in checked.steps(SHARP)]
    return known


def _unbounded(checked: Checked) -> str:
    """Why no bound is drawn."""
    if not even(ranges_of(checked.instance)):
        return "rewards are drawn from different ranges"
    if not any(kind == SHARP for kind, _ in checked.roots):
        return "no state is counted at any gamma"
    open_ = [name for name in SWAPS_NEED if not checked.hypotheses[name]]
    why = f"{several(open_)} is not proved" if open_ else "no swap is proved to keep Theta"
    return f"{why}, and no linear claim proves an n"


def shares_json(found: Shares) -> dict[str, str]:
    """The points as exact numbers."""
    return {exact_text(gamma): exact_text(share) for gamma, share in found.items()}


def shares_figure(checked: Checked, found: Shares, columns: int) -> Figure:
    """Raises NothingToDraw if no goal shuts down at any of the gammas."""
    drawn = {float(gamma): ink(share) for gamma, share in found.items() if share}
    if not drawn:
        raise NothingToDraw("no goals shut down at any gamma", "there is no share to draw", "the figure of shares")
    pieces = bound(checked)
    points = [(low, n) for low, high, n in _proved(checked) if low == high and n > _level(pieces, low)]
    bounded = bool(points) or any(n for *_, n in pieces)
    sheet = Sheet(columns, [BOUND, words(SHARE)])
    sheet.axes.plot(list(drawn), list(drawn.values()), **DOTS)
    _scale(sheet.axes, min(drawn.values()))
    said = "bound certified, shares computed exactly, not certified" if bounded else ""
    sheet.gammas(0, [low for low, _, _ in pieces], NEAREST, said)
    beside = [(sheet.y(drawn[max(drawn)]), words(SHARE))]
    if bounded:
        levels = [1 / (n + 1) for *_, n in pieces]
        sheet.axes.step([*(as_float(low) for low, _, _ in pieces), 1.0], [*levels, levels[-1]], where="post", **BAND)
        beside.append((sheet.y(levels[-1]), BOUND))
        sheet.axes.plot([as_float(at) for at, _ in points], [1 / (n + 1) for _, n in points], **POINTS)
    else:
        sheet.below([f"Shares are computed exactly, not certified. No bound is drawn: {_unbounded(checked)}."])
    sheet.above(sheet.question(checked.instance))
    sheet.beside(beside)
    return sheet.done()


def _level(pieces: list[tuple[Algebraic, Algebraic, int]], gamma: Algebraic) -> int:
    return max(n for low, high, n in pieces if low <= gamma <= high)


def _scale(axes: Axes, least: float) -> None:
    """Logarithmic, up to 1; a tick at each power of ten, or at every so many."""
    from matplotlib.ticker import LogLocator, NullLocator

    decades = max(-log10(least), 1.0)
    axes.set_yscale("log")
    axes.set_ylim(10 ** (-(1 + _ROOM) * decades), 10 ** (_ROOM * decades))
    axes.yaxis.set_major_locator(LogLocator(numticks=_MOST_TICKS))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("share of goals")
