"""V*(s_new) against the value of shutting down at every gamma, shaded where the question's goal shuts down.

Everything that is drawn was accepted by the kernel. Where breakpoints crowd, a second part shows them enlarged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from proofs.claims.checked import Checked
from proofs.claims.phases import Decided, Known, blackwell, decided, known_phases
from proofs.report.figures.curves import leaves, points, scale
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float, closed, number_label, words
from proofs.report.figures.sheet import HEIGHTS, ROW, Label, Sheet
from proofs.report.figures.style import BLUE, GREY, VERMILION
from proofs.report.figures.visits import some
from proofs.report.latex.numbers import polynomial
from proofs.report.radicals import decimals, digits_apart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Curve = tuple[list[float], list[float]]
BEST, SHUTDOWN = r"$V^*(s_\mathrm{new})$", words("shutdown")
# V* is broad and pale below the thin dashes of shutting down, so that both are seen where they agree, in grey too.
LINES: dict[str, dict[str, Any]] = {
    BEST: {"color": BLUE, "linewidth": 2.6, "zorder": 2, "alpha": 0.55, "solid_capstyle": "butt"},
    SHUTDOWN: {"color": VERMILION, "linewidth": 1.1, "zorder": 3, "linestyle": (0, (4, 1.4))},
}
SHADE = "#f7d9c4"
GROUNDS: dict[str, dict[str, Any]] = {
    "shutdown": {"facecolor": SHADE, "linewidth": 0},
    "tie": {"facecolor": "none", "edgecolor": SHADE, "hatch": "//////", "linewidth": 0},
}
CHANGE: dict[str, Any] = {"color": GREY, "linewidth": 0.8, "zorder": 1}
FEET = {"shutdown": ("shuts down",), "avoid": ("avoids shutdown", "avoids"), "tie": ("ties",)}
OPEN: dict[str, Any] = {"facecolor": "none", "edgecolor": GREY, "hatch": "......", "linewidth": 0}
_CROWDED = 4.0  # points, closer than which breakpoints are enlarged
_WIDEST = 5.0  # points between them, enlarged
_DIGITS = 4  # decimals, and more to tell breakpoints apart
_LONGEST = 60  # characters of a polynomial that is written
_MOST_ROOTS = 4  # that are written, beside those that matter
_MARGIN = 4  # what is enlarged ends one such part of its length beside its breakpoints
_FEET = 0.12  # of the height, for the words below
ZERO, ONE = Algebraic.of(0), Algebraic.of(1)


@dataclass(frozen=True)
class Story:
    """What is drawn: the phases, and of their breakpoints those that matter most."""

    known: Sequence[Known]
    factor: Algebraic | None  # the Blackwell discount factor

    @cached_property
    def ends(self) -> list[Algebraic]:
        """Inside (0, 1), ascending."""
        return sorted({end for phase in self.known for end in (phase.low, phase.high) if 0 < end < 1})

    @cached_property
    def parts(self) -> list[Decided]:
        """Where the decision is the same."""
        return decided(list(self.known))

    @cached_property
    def changes(self) -> set[Algebraic]:
        """At which the decision changes."""
        return {part.low for part in self.parts if part.low > 0}

    @cached_property
    def digits(self) -> int:
        """Decimals that tell the breakpoints apart."""
        return digits_apart(self.ends, _DIGITS)

    @cached_property
    def open(self) -> list[tuple[Algebraic, Algebraic]]:
        """Intervals of which no claim speaks."""
        ends = [ZERO, *(end for phase in self.known for end in (phase.low, phase.high)), ONE]
        return [(low, high) for low, high in zip(ends[::2], ends[1::2], strict=True) if low < high]


def phases_figure(checked: Checked, columns: int) -> Figure:
    """Raises NothingToDraw where no phase is certified, TooLarge for values that cannot be drawn."""
    story = Story(known_phases(checked), blackwell(checked))
    if not story.known:
        raise NothingToDraw("no phase is certified", 'write rewards = { term = "1000" }', "question.rewards")
    sheet = Sheet(columns, LINES, HEIGHTS[columns])
    crowd = _crowd([(sheet.width * as_float(end), end) for end in story.ends])
    sheet.gammas(0, story.ends, 0)
    sheet.axes.set_ylabel(r"value in $s_\mathrm{new}$")
    labels = _labels(sheet, story, [end for end in story.ends if end not in crowd])
    if crowd:
        labels.append((sheet.x(as_float(crowd[-1])), words(f"{len(crowd)} below")))
    _draw(sheet, story, ZERO, ONE, labels + sheet.question(checked.instance))
    if crowd:
        low, high = _window(crowd)
        sheet = Sheet(columns, LINES, HEIGHTS[columns], under=sheet)
        sheet.gammas(float(low), crowd, _WIDEST, high=float(high))
        _draw(sheet, story, Algebraic.of(low), Algebraic.of(high), _labels(sheet, story, crowd))
    sheet.below(_notes(sheet, story))
    return sheet.done()


def _crowd(placed: Sequence[tuple[float, Algebraic]]) -> list[Algebraic]:
    """The most breakpoints in a row that are nearer than a few points, the last of such rows; none if all are apart."""
    rows: list[list[Algebraic]] = [[]]
    for (x, one), (y, other) in pairwise(placed):
        if y - x >= _CROWDED:
            rows.append([])
        else:
            rows[-1] = [*(rows[-1] or [one]), other]
    return max(reversed(rows), key=len)


def _window(crowd: Sequence[Algebraic]) -> tuple[Fraction, Fraction]:
    """A little more than they take, within (0, 1)."""
    width = Fraction(1, 1 << 60)
    first, last = crowd[0].refined(width).low, crowd[-1].refined(width).high
    margin = (last - first) / _MARGIN
    return max(first - margin, first / 2), min(last + margin, (1 + last) / 2)


def _labels(sheet: Sheet, story: Story, ends: Sequence[Algebraic]) -> list[Label]:
    """Those of the breakpoints that there is room for: changes of the decision first."""
    room = max(2, int(sheet.width / ROW) - 2)
    first = [end for end in ends if end in story.changes or end == story.factor]
    rest = [end for end in ends if end not in first]
    shown = sorted([*first, *(rest[k] for k in some(len(rest), max(2, room - len(first))))])
    return [(sheet.x(as_float(end)), number_label(end, story.digits)) for end in shown]


def _draw(sheet: Sheet, story: Story, low: Algebraic, high: Algebraic, above: list[Label]) -> None:
    """Grounds, curves and labels between two gammas, on a sheet whose horizontal axis is theirs."""
    runs = {name: list(_runs(story.known, name, low, high)) for name in LINES}
    values = {name: [value for _, ys in known for value in ys] for name, known in runs.items()}
    bottom, top = scale(sheet.axes, values[SHUTDOWN], values[BEST], _FEET)
    beside: list[Label] = []
    for name, known in runs.items():
        for gammas, ys in known:
            sheet.axes.plot(gammas, ys, gid=name, **LINES[name])
        for gammas, ys in known[-1:]:
            if bottom <= ys[-1] <= top:
                beside.append((sheet.y(ys[-1]), name))
            else:
                above.append((sheet.x(leaves(gammas, ys, top if ys[-1] > top else bottom)), name))
    _grounds(sheet, story, low, high)
    sheet.above(above)
    sheet.beside(beside)


def _runs(known: Sequence[Known], name: str, low: Algebraic, high: Algebraic) -> Iterator[Curve]:
    """One value, as far as claims say it, without a gap."""
    run: Curve = [], []
    for phase in known:
        value = phase.value if name == BEST else phase.shutdown
        ends = max(phase.low, low), min(phase.high, high)
        if value is not None and ends[0] < ends[1]:
            for kept, new in zip(run, points(value, *ends), strict=True):
                kept.extend(new)
        elif run[0]:
            yield run
            run = [], []
    if run[0]:
        yield run


def _grounds(sheet: Sheet, story: Story, low: Algebraic, high: Algebraic) -> None:
    """Shaded by the decision, with words where there is room; hatched where nothing is certified; breakpoints."""
    for end in story.ends:
        if low < end < high and end in story.changes:
            sheet.axes.axvline(as_float(end), **CHANGE)
        elif low < end < high:
            sheet.mark(end, sheet.height)
    for part in story.parts:
        ends = max(part.low, low), min(part.high, high)
        if ends[0] < ends[1]:
            _ground(sheet, part.decision, *map(as_float, ends))
    for ends in story.open:
        if max(ends[0], low) < min(ends[1], high):
            sheet.axes.axvspan(as_float(max(ends[0], low)), as_float(min(ends[1], high)), zorder=0.2, **OPEN)


def _ground(sheet: Sheet, decision: str, left: float, right: float) -> None:
    if decision in GROUNDS:
        sheet.axes.axvspan(left, right, zorder=0.2, gid=decision, **GROUNDS[decision])
    behind = {"facecolor": SHADE if decision == "shutdown" else "white", "linewidth": 0, "pad": 0.6}
    sheet.between(left, right, 3, FEET[decision], apart=2, zorder=4, bbox=behind)


def _notes(sheet: Sheet, story: Story) -> Iterator[str]:
    """What the ink means, and which numbers the breakpoints are that have no short label of their own."""
    said = ["Certified."]
    said += ["Shaded: shuts down."] if any(part.decision == "shutdown" for part in story.parts) else []
    said += ["Dotted: the best policy changes."] if set(story.ends) - story.changes else []
    yield " ".join([*said, *(["Dots: not certified."] if story.open else [])])
    if story.factor is not None:
        yield f"Blackwell discount factor: {_exactly(story, story.factor)}."
    vague = [end for end in story.ends if not closed(end) and end != story.factor]
    told = [end for end in vague if end in story.changes]
    short = (end for end in vague if end not in told and _root(end))
    told += [end for end in short if sheet.fits(_exactly(story, end))][: max(0, _MOST_ROOTS - len(told))]
    for end in sorted(told):
        yield f"{'The decision changes at ' if end in story.changes else ''}{_exactly(story, end)}."
    degrees = sorted({len(end.polynomial) - 1 for end in vague if end not in told})
    if degrees:
        between = f"{degrees[0]} to {degrees[-1]}" if degrees[1:] else f"{degrees[0]}"
        yield f"The others are of degree {between}; the certificate holds their polynomials."


def _exactly(story: Story, end: Algebraic) -> str:
    """`$\\sqrt{2}/2 \\approx 0.7071$`, or decimals and the equation, or its degree."""
    about = rf"\approx {decimals(end, story.digits)}"
    if text := closed(end):
        return f"${text}$" if end.rational is not None else f"${text} {about}$"
    return f"${about}$ ({_root(end) or f'of degree {len(end.polynomial) - 1}'})"


def _root(end: Algebraic) -> str:
    """The equation that it solves, if that is short."""
    text = polynomial(end.polynomial, descending=True)
    return f"${text} = 0$" if "text" not in text and len(text.replace(r"\gamma", "g")) <= _LONGEST else ""
