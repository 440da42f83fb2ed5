"""The share of goals that shuts down, exactly at some discounts, under the steps of the bound 1/(n° + 1).

The steps follow from thresholds that the kernel accepted; the shares are computed, and the figure says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.digits import exact_text, shown
from exact.errors import TooLarge
from exact.share import exact_share
from exact.share.ranges import ranges_of
from proofs.claims.checked import Checked
from proofs.claims.types import SHARP
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
BOUND = r"$1/(n^{\circ}{+}1)$"
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


def bound(checked: Checked) -> list[tuple[Algebraic, int]]:
    """From which gamma on at most 1/(n + 1) of all goals shuts down, for ascending n; nothing where none is proved."""
    if not checked.swaps_work or not even(ranges_of(checked.instance)):
        return []
    kept = set(checked.keepers)
    counts = [(step.after, len(kept.intersection(step.counted))) for step in checked.steps(SHARP)]
    return [(after, n) for (after, n), before in zip(counts, [0, *(n for _, n in counts)], strict=False) if n > before]


def shares_json(found: Shares) -> dict[str, str]:
    """The points as exact numbers."""
    return {exact_text(gamma): exact_text(share) for gamma, share in found.items()}


def shares_figure(checked: Checked, found: Shares, columns: int) -> Figure:
    """Raises NothingToDraw if no goal shuts down at any of the gammas."""
    drawn = {float(gamma): ink(share) for gamma, share in found.items() if share}
    if not drawn:
        raise NothingToDraw("no goals shut down at any gamma", "there is no share to draw", "the figure of shares")
    steps = bound(checked)
    sheet = Sheet(columns, [BOUND, words(SHARE)])
    sheet.axes.plot(list(drawn), list(drawn.values()), **DOTS)
    _scale(sheet.axes, min(drawn.values()))
    said = "bound certified, shares computed exactly, not certified" if steps else "computed exactly, not certified"
    sheet.gammas(0, [after for after, _ in steps], NEAREST, said)
    beside = [(sheet.y(drawn[max(drawn)]), words(SHARE))]
    if steps:
        ends = [as_float(after) for after, _ in steps]
        levels = [1 / (n + 1) for _, n in steps]
        if ends[0]:
            ends, levels = [0.0, *ends], [1.0, *levels]
        sheet.axes.step([*ends, 1.0], [*levels, levels[-1]], where="post", **BAND)
        beside.append((sheet.y(levels[-1]), BOUND))
    sheet.above(sheet.question(checked.instance))
    sheet.beside(beside)
    return sheet.done()


def _scale(axes: Axes, least: float) -> None:
    """Logarithmic, up to 1; a tick at each power of ten, or at every so many."""
    from matplotlib.ticker import LogLocator, NullLocator

    decades = max(-log10(least), 1.0)
    axes.set_yscale("log")
    axes.set_ylim(10 ** (-(1 + _ROOM) * decades), 10 ** (_ROOM * decades))
    axes.yaxis.set_major_locator(LogLocator(numticks=_MOST_TICKS))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylabel("share of goals")
