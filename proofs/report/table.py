"""The terminal, and tables in the house style: no frame, a rule below the headings, cells never read as markup."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

NARROWEST = 20  # columns; on a narrower terminal, lines run over its edge


class Terminal(Console):
    """Standard output, text shown as it is. A reader that leaves is an error to handle, not rich's exit code 1."""

    def __init__(self) -> None:
        super().__init__(highlight=False, markup=False, emoji=False)
        if self.width < NARROWEST:
            self.width = NARROWEST

    def on_broken_pipe(self) -> None:
        """Raises BrokenPipeError: exit code 1 would say "refuted"."""
        raise BrokenPipeError


def table(title: str, *columns: str) -> Table:
    """An empty table."""
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        min_width=len(title),
    )
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def row(made: Table, *cells: str) -> None:
    """Add a row of plain text."""
    made.add_row(*map(Text, cells))
