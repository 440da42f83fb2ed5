"""The terminal, and tables in the house style: no frame, a rule below the headings, cells never read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from proofs.report.wrapped import MOST_ROWS, Cell, Grid

MOST_LINES = 12  # of a list, unless everything is asked for
NARROWEST = 20  # columns; on a narrower terminal, lines run over its edge


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


def table(title: str, *columns: str, most: int = MOST_ROWS) -> Table:
    """An empty table. most: rows that are shown, unless everything is asked for."""
    made = Grid(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        min_width=len(title),
    )
    made.most = most
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def first(lines: Sequence[str], everything: bool) -> Sequence[str]:
    """All of them; of very many the first ones, and how many more there are."""
    left = 0 if everything else len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"... and {left} more; --all prints them"] if left > 1 else lines


def row(made: Table, *cells: str) -> None:
    """Add a row of plain text."""
    made.add_row(*map(Cell, cells))
