"""How an answer shows itself: the command's text, its JSON document, and its tables as HTML in a notebook."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import fields
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console

from proofs.report.terminal import Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, object]
D = TypeVar("D")
# 80 columns; rich would hand its own HTML to a notebook, and leave the file empty
_PLAIN: Any = {"width": 80, "highlight": False, "markup": False, "emoji": False, "force_jupyter": False}


class Answer(ABC):
    """What a function of this package returns: printed as on the terminal, and `to_json()` is what `--json` prints."""

    @abstractmethod
    def show(self, console: Console) -> None:
        """Print it as the command does."""

    @abstractmethod
    def to_dict(self) -> Json:
        """The command's JSON document, as dictionaries and lists; exact numbers are strings."""

    def to_json(self) -> str:
        """The command's JSON document, as text."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)

    def __str__(self) -> str:
        out = StringIO()
        self.show(Console(file=out, color_system=None, **_PLAIN))
        return "\n".join(map(str.rstrip, out.getvalue().rstrip().split("\n")))

    def _repr_html_(self) -> str:
        page = Page()
        self.show(page)
        return page.html()


class Page(Console):
    """A console that keeps what is printed, instead of printing it. Names are text, whatever they hold."""

    def __init__(self) -> None:
        super().__init__(file=StringIO(), **_PLAIN)
        self._kept: list[Any] = []

    def print(self, *objects: Any, **_: Any) -> None:
        """Keep them."""
        self._kept += objects or ("",)

    def html(self) -> str:
        """Tables as tables, everything else as lines."""
        parts, lines = list[str](), list[str]()
        for kept in [*self._kept, None]:
            if not isinstance(kept, Table) and kept is not None:
                lines.append(str(kept))
                continue
            parts += [_lines(lines)] if any(lines) else []
            parts += [] if kept is None else [_table(kept)]
            lines.clear()
        return "\n".join(parts)


def _lines(lines: Iterable[str]) -> str:
    said = escape("\n".join(lines).strip("\n"))
    return f'<div style="white-space: pre-wrap; margin: .5em 0">{said}</div>'


def _table(table: Table) -> str:
    left = 'style="text-align: left"'
    head = "".join(f"<th>{escape(heading)}</th>" for heading in table.columns)
    rows = ("".join(f"<td {left}>{escape(str(cell))}</td>" for cell in cells) for cells in table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    title = f"<caption {left}><b>{escape(table.title)}</b></caption>"
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def as_kind(kind: type[D], found: DataclassInstance, **other: object) -> D:
    """The same data in a class that says more about it; other: fields that are given anew."""
    data: dict[str, Any] = {field.name: getattr(found, field.name) for field in fields(found)}
    return kind(**(data | other))
