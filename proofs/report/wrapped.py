"""Lines and tables that break between words only, as long as the words fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

MOST_ROWS = 30  # of a table, unless everything is asked for
HANG = 2  # columns by which what does not fit is indented
_TIE = "\ue000"  # stands for a space at which no line ends
_TOGETHER = re.compile(r"\([^()\s]{1,12}(?: [^()\s]{1,12}){1,2}\)|\S{1,12} (?:=|<|>|>=|<=) [^\s(]{1,14}(?=\s|$)")


class Line:
    """Plain text; `(term x)` and `n = 3` are not torn, and what does not fit in a line goes on below, indented."""

    hang = HANG

    def __init__(self, plain: str, style: str = "") -> None:
        self.plain, self.style = plain, style

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
        first, *rest = Text(tied).wrap(console, width - indent, overflow="fold") or [Text()]
        yield self._untied(first, 0)
        yield from (self._untied(part, indent) for part in rest)

    def _untied(self, part: Text, indent: int) -> Text:
        return Text(" " * indent + part.plain.rstrip().replace(_TIE, " "), self.style)


class Cell(Line):
    """The same without indent."""

    hang = 0


class Grid(Table):
    """A table whose columns are as wide as their words; of more rows than `most`, the first ones."""

    most = MOST_ROWS

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As a table, and how many rows are left out."""
        left = self.row_count - self.most
        if left > 1 and not getattr(console, "everything", True):
            yield from console.render(self._cut(), options)
            yield Line(f"... and {left} more rows; --all prints them")
            return
        room = options.max_width - 2 * len(self.columns) + 1
        for column, width in zip(self.columns, self._widths(room), strict=True):
            column.width = width
        yield from super().__rich_console__(console, options)

    def _cut(self) -> Grid:
        made = Grid(title=self.title, title_justify="left", title_style=self.title_style, box=self.box)
        made.show_edge, made.padding, made.min_width = self.show_edge, self.padding, self.min_width
        for column in self.columns:
            made.add_column(column.header, overflow=column.overflow)
        for cells in list(zip(*(column.cells for column in self.columns), strict=True))[: self.most]:
            made.add_row(*cells)
        return made

    def _widths(self, room: int) -> list[int] | list[None]:
        """None where everything fits, or where not even the words do: then rich finds its own way."""
        texts = [[_plain(entry) for entry in (column.header, *column.cells)] for column in self.columns]
        whole = [max(cell_len(line) for text in column for line in text.split("\n")) for column in texts]
        least = [max((cell_len(word) for text in column for word in text.split()), default=1) for column in texts]
        if sum(whole) <= room or sum(least) > room:
            return [None] * len(whole)
        widths, open_ = least, [k for k, width in enumerate(least) if width < whole[k]]
        while open_ and sum(widths) < room:
            narrow = min(open_, key=lambda k: widths[k])
            widths[narrow] += 1
            open_ = [k for k in open_ if widths[k] < whole[k]]
        return widths


def _plain(entry: object) -> str:
    return entry.plain if isinstance(entry, Text | Line) else str(entry)
