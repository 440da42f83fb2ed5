"""The matrix for people: what the truth depends on, then all the cells in one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, product

from rich.console import Console
from rich.text import Text

from proofs.report import closing
from proofs.report.closing import REACHES
from proofs.report.headline import verdict_text
from proofs.report.terminal import Table, show_blocks, show_lines, show_paragraph
from proofs.what_if.cells import DIMENSIONS, INTERRUPTED, Cell, Key, Matrix
from proofs.what_if.depends import Groups, effects, groups

COLUMNS = ("terminal", "rewards", "reach")  # what goes to the top, as long as there is room
MOST_COLUMNS = 4
LETTERS = {"verified": "V", "refuted": "R", "inapplicable": "I", "undecided": "U"}
SIGNS = {"proved": "+", "fails": "-"}
STYLES = {"proved": "green", "fails": "red", "undecided": "yellow"}
SHORT = {**REACHES, "nonnegative": "r >= 0", "any": "any r"}
LEGEND = (
    "V verified, R refuted, I inapplicable, U undecided; +n: the conclusion is proved for n, -n: it fails for n, "
    "?: neither; and by what means. *: the kernel finds a hole. [ ]: the instance as it is.",
)


def show(found: Matrix, console: Console) -> None:
    """What the verdict depends on, first in words."""
    together = groups(found)
    instance = found.instance
    show_lines(console, [f"{instance.name}: {len(instance.mdp)} states, {instance.question.gammas}", ""])
    if found.missing:
        show_lines(console, [f"Interrupted: {found.missing} of {len(found.cells)} cells are missing.", ""])
    show_lines(console, [_answer(found)])
    show_blocks(console, [_dependence(found)])
    show_lines(console, ["", *_merged(together)])
    show_blocks(console, [_cells(found, together)])
    show_lines(console, ["", *LEGEND, *_reasons(found)])
    counts = Counter(cell.verdict.conclusion for cell in found.cells.values() if cell.verdict is not None)
    show_paragraph(console, closing.matrix(counts["proved"], counts["fails"], counts["undecided"]))


def label(value: str) -> str:
    """A value as the tables show it."""
    return SHORT.get(value, value)


def _answer(found: Matrix) -> str:
    """The instance's own cell, and the dimensions that change a verdict."""
    changing = [effect.dimension for effect in effects(found) if effect.verdicts]
    depends = f"changes with {', '.join(changing)}" if changing else "is the same under every reading"
    known = None if found.own is None else found.cells[found.own].verdict
    own = "" if known is None else f"As it is: {verdict_text(known, found.instance.question.asked)}. "
    return f"{own}The verdict of Theorem 2 {depends}."


def _dependence(found: Matrix) -> Table:
    made = Table(
        "What the truth depends on: one dimension changed alone",
        "dimension",
        "verdict",
        "pairs that differ",
        "in n or means",
        "for example",
    )
    for effect in effects(found):
        changes = "changes" if effect.verdicts else "stays"
        example = "" if effect.example is None else _example(found, effect.dimension, *effect.example)
        made.row(effect.dimension, changes, f"{effect.verdicts} of {effect.pairs}", str(effect.numbers), example)
    return made


def _example(found: Matrix, dimension: str, one: Key, other: Key) -> str:
    first, last = (f"{label(getattr(key, dimension))} {_code(found.cells[key])}" for key in (one, other))
    rest = [label(value) for name, value in one._asdict().items() if name != dimension]
    here = "here" if found.own in (one, other) else ", ".join(rest)
    return f"{first}; {last} ({here})"


def _merged(together: Groups) -> Iterator[str]:
    for dimension, parts in together.items():
        for part in parts:
            if len(part) > 1:
                names = " and ".join(map(label, part))
                yield f"{dimension}: {names} give the same{' everywhere' if len(parts) == 1 else ''}; shown together"


def _cells(found: Matrix, together: Groups) -> Table:
    above = _above(together)
    beside = [name for name in DIMENSIONS if name not in above and len(together[name]) > 1]
    tops = list(product(*(together[name] for name in above)))
    made = Table("Theorem 2", *beside, *("\n".join(map(_alike, top)) for top in tops))
    before: tuple[str, ...] = ()
    for side in product(*(together[name] for name in beside)):
        names = tuple(map(_alike, side))
        shown = _unrepeated(before, names)
        chosen = [_entry(found, together, dict(zip((*beside, *above), (*side, *top), strict=True))) for top in tops]
        made.row(*shown, *chosen)
        before = names
    return made


def _alike(part: Sequence[str]) -> str:
    """Values that give the same, each on a line of its own."""
    return ",\n".join(map(label, part))


def _above(together: Groups) -> list[str]:
    """The dimensions whose values become columns: all pairs of them fit on a page."""
    chosen: list[str] = []
    width = 1
    for name in (*COLUMNS, *(name for name in DIMENSIONS if name not in COLUMNS)):
        size = len(together[name])
        if size > 1 and width * size <= MOST_COLUMNS:
            chosen.append(name)
            width *= size
    return chosen


def _unrepeated(before: Sequence[str], names: Sequence[str]) -> list[str]:
    """A label that is the same as above, with all to its left, is left out."""
    shown, repeated = [], bool(before)
    for k, name in enumerate(names):
        repeated = repeated and before[k] == name
        shown.append("" if repeated else name)
    return shown


def _entry(found: Matrix, together: Groups, chosen: dict[str, tuple[str, ...]]) -> Text:
    alike = {name: chosen.get(name, together[name][0]) for name in DIMENSIONS}
    cell = found.cells[Key(*(values[0] for values in alike.values()))]
    own = found.own is not None and all(value in alike[name] for name, value in found.own._asdict().items())
    code = _code(cell)
    style = "dim" if cell.verdict is None else STYLES[cell.verdict.conclusion]
    return Text(f"[{code}]" if own else code, style=style)


def _code(cell: Cell) -> str:
    verdict = cell.verdict
    if verdict is None:
        return "not done" if cell.why == INTERRUPTED else "not defined"
    hole = "*" if cell.checked is not None and cell.checked.holes else ""
    if verdict.conclusion == "undecided":
        return f"{LETTERS[verdict.verdict]} ?{hole}"
    return f"{LETTERS[verdict.verdict]} {SIGNS[verdict.conclusion]}{verdict.n} {verdict.means}{hole}"


def _reasons(found: Matrix) -> Iterator[str]:
    reasons = dict.fromkeys(cell.why for cell in found.cells.values() if cell.verdict is None)
    yield from (f"not defined: {why}" for why in reasons if why != INTERRUPTED)
    defined = [cell for cell in found.cells.values() if cell.verdict is not None]
    yield f"{len(found.cells)} cells, {len(defined)} defined; the kernel derives each of these verdicts"
    holes = [cell.checked.holes for cell in defined if cell.checked is not None and cell.checked.holes]
    if holes:
        yield f"{len(holes)} cells with a hole: {'; '.join(dict.fromkeys(chain.from_iterable(holes)))}"
