"""The terminal: lines and tables that break between words only, as long as words fit; nothing is read as markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from rich import table
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text

MOST_LINES = 12  # of a list, unless everything is asked for
MOST_ROWS = 30  # of a table: the same
NARROWEST = 20  # columns; on a narrower terminal, lines run over its edge
HANG = 2  # columns by which what does not fit is indented
_TIE = "\ue000"  # stands for a space at which no line ends
_TOGETHER = re.compile(r"\([^()\s]{1,12}(?: [^()\s]{1,12}){1,2}\)|\S{1,12} (?:=|<|>|>=|<=) [^\s(]{1,14}(?=\s|$)")


class Terminal(Console):
    """Standard output, text shown as it is. A reader that leaves is an error to handle, not rich's exit code 1."""

    def __init__(self, everything: bool = False) -> None:
        """everything: long lists in full."""
        super().__init__(highlight=False, markup=False, emoji=False)
        self.everything = everything
        if self.width < NARROWEST:
            self.width = NARROWEST

    def on_broken_pipe(self) -> None:
        """Raises BrokenPipeError: exit code 1 would say "refuted"."""
        raise BrokenPipeError


def in_full(console: Console) -> bool:
    """Whether long lists are shown in full: where nobody said so, as in a notebook, they are."""
    return getattr(console, "everything", True)


class Line:
    """Plain text; `(term x)` and `n = 3` are not torn, and what does not fit in a line goes on below, indented."""

    hang = HANG

    def __init__(self, plain: str) -> None:
        self.plain = plain

    def __str__(self) -> str:
        return self.plain

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the longest word to the longest line."""
        return Measurement.get(console, options, Text(self.plain))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines that it becomes."""
        for line in self.plain.split("\n"):
            yield from self._broken(console, line, options.max_width)

    def _broken(self, console: Console, line: str, width: int) -> Iterator[Text]:
        indent = len(line) - len(line.lstrip()) + self.hang
        if cell_len(line) <= width or 3 * indent > width:
            indent = 0
        tied = _TOGETHER.sub(lambda found: found[0].replace(" ", _TIE), line)
        parts = Text(tied).wrap(console, width - indent, overflow="fold") or [Text()]
        for number, part in enumerate(parts):
            yield Text(" " * (indent if number else 0) + part.plain.rstrip().replace(_TIE, " "))


class Cell(Line):
    """The same without indent."""

    hang = 0


class Table:
    """Without a frame, a rule below the headings, columns as wide as their words."""

    def __init__(self, title: str, *columns: str, most: int = MOST_ROWS) -> None:
        """most: rows that are shown, unless everything is asked for."""
        self.title, self.columns, self.most = title, columns, most
        self.rows: list[tuple[str | Text, ...]] = []

    def row(self, *cells: str | Text) -> None:
        """One more."""
        self.rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As rich's table, and how many rows are left out."""
        left = 0 if in_full(console) else max(0, len(self.rows) - self.most)
        rows = self.rows[: self.most] if left > 1 else self.rows
        made = table.Table(
            title=self.title,
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            show_edge=False,
            padding=(0, 1, 0, 0),
            min_width=len(self.title),
        )
        room = options.max_width - 2 * len(self.columns) + 1
        for heading, width in zip(self.columns, self._widths(rows, room), strict=True):
            made.add_column(heading, overflow="fold", width=width)
        for cells in rows:
            made.add_row(*(Cell(cell) if isinstance(cell, str) else cell for cell in cells))
        yield made
        if left > 1:
            yield Line(f"... and {left} more rows; --all prints them")

    def _widths(self, rows: Sequence[tuple[str | Text, ...]], room: int) -> list[int] | list[None]:
        """None where everything fits, or where not even the words do: then rich finds its own way."""
        columns = [list(map(str, column)) for column in zip(self.columns, *rows, strict=True)]
        whole = [max(cell_len(line) for text in column for line in text.split("\n")) for column in columns]
        least = [max((cell_len(word) for text in column for word in text.split()), default=1) for column in columns]
        if sum(whole) <= room or sum(least) > room:
            return [None] * len(whole)
        widths, open_ = least, [k for k, width in enumerate(least) if width < whole[k]]
        while open_ and sum(widths) < room:
            narrow = min(open_, key=lambda k: widths[k])
            widths[narrow] += 1
            open_ = [k for k in open_ if widths[k] < whole[k]]
        return widths


def leading(names: Collection[str], telling: Callable[[str], bool]) -> list[str]:
    """The rows of a table; of more than it shows, those that tell something first."""
    return sorted(names, key=telling, reverse=True) if len(names) > MOST_ROWS else list(names)


def first(lines: Sequence[str], everything: bool) -> Sequence[str]:
    """All of them; of very many the first ones, and how many more there are."""
    left = 0 if everything else len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"... and {left} more; --all prints them"] if left > 1 else lines


def show_lines(console: Console, given: Iterable[str]) -> None:
    """Each broken between words where it is too long."""
    for line in given:
        console.print(Line(line))


def show_paragraph(console: Console, given: str) -> None:
    """The last sentences of a report, below an empty line."""
    show_blocks(console, [Cell(given)])


def show_blocks(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Each with an empty line above it."""
    for block in blocks:
        console.print()
        console.print(block)
