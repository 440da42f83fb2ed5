"""What shutting down is worth against the best alternative, for the question's rewards; who wins is decided exactly.

No claim of a certificate says it: the figure tells that it is computed, not certified.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.evaluate.duel import Duel, Winner, duels, winners
from proofs.claims.checked import Checked
from proofs.report.figures.curves import leaves, points, scale
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float, number_label, words
from proofs.report.figures.sheet import Sheet
from proofs.report.figures.style import BLUE, GREY, SMALL, VERMILION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHUTDOWN, OTHER = "shutdown", "best other"
LINES: dict[str, dict[str, Any]] = {
    SHUTDOWN: {"color": VERMILION, "linewidth": 1.4, "zorder": 3},
    OTHER: {"color": BLUE, "linewidth": 1.2, "linestyle": (0, (4, 1.4)), "zorder": 4},
}
BEST = {1: ("shutdown is best", "shutdown"), 0: ("both are best", "both"), -1: ("another is best", "another")}
_WIDEST = 24.0  # points of the axis for the shortest interval between changes of mind
_RIBBON = 0.16  # of the axes' height, for the ribbon


def values_figure(checked: Checked, columns: int) -> Figure:
    """Raises NothingToDraw without rewards, TooLarge for values that cannot be drawn."""
    instance = checked.instance
    if instance.question.rewards is None:
        raise NothingToDraw("there are no rewards", 'write rewards = { term = "1000" }', "question.rewards")
    known = duels(instance, instance.question.rewards)
    decided = winners(known)
    changes = [low for low, _, _ in decided[1:]]
    curves = _curves(known, changes)
    sheet = Sheet(columns, map(words, curves))
    sheet.axes.set_ylabel(r"value in $s_\mathrm{new}$")
    stopped, best = (curves.get(name, ((), ()))[1] for name in (SHUTDOWN, OTHER))
    low, high = scale(sheet.axes, stopped, best, _RIBBON)
    sheet.gammas(0, changes, _WIDEST, "computed exactly, not certified")
    above = [(sheet.x(as_float(value)), number_label(value)) for value in changes] + sheet.question(instance)
    beside = []
    for name, (gammas, values) in curves.items():
        sheet.axes.plot(gammas, values, **LINES[name])
        if values[-1] > high:
            above.append((sheet.x(leaves(gammas, values, high)), words(name)))
        elif values[-1] < low:
            place = (leaves(gammas, values, low), low), (5, 3)
            sheet.axes.annotate(name, *place, textcoords="offset points", fontsize=SMALL)
        else:
            beside.append((sheet.y(values[-1]), words(name)))
    for value in changes:
        sheet.mark(value, sheet.height)
    _ribbon(sheet, decided)
    sheet.above(above)
    sheet.beside(beside)
    return sheet.done()


def _curves(known: list[Duel], changes: Sequence[Algebraic]) -> dict[str, tuple[list[float], list[float]]]:
    """Both curves, piece by piece, dense about the changes."""
    found: dict[str, tuple[list[float], list[float]]] = {}
    for duel in known:
        ends = [duel.low, *(value for value in changes if duel.low < value < duel.high), duel.high]
        for name, curve in ((SHUTDOWN, duel.shutdown), (OTHER, duel.alternative)):
            if curve is not None:
                for kept, new in zip(found.setdefault(name, ([], [])), points(curve, *ends), strict=True):
                    kept.extend(new)
    return found


def _ribbon(sheet: Sheet, decided: list[Winner]) -> None:
    """Along the bottom, who is best where: hatched where it is shutdown."""
    across, height = sheet.axes.get_xaxis_transform(), 4 / sheet.height
    for low, high, sign in decided:
        left, right = as_float(low), as_float(high)
        look: dict[str, Any] = {"edgecolor": VERMILION if sign > 0 else GREY, "hatch": "//////" if sign > 0 else ""}
        sheet.axes.fill_between([left, right], 0, height, transform=across, facecolor="none", linewidth=0.5, **look)
        sheet.between(left, right, 6, BEST[sign])
