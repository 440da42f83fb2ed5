"""matplotlib at arm's length: imported when needed, its settings ours alone, its files the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from proofs.report.figures.errors import MissingTool
from proofs.report.figures.style import HEIGHTS, SETTINGS, SMALL, WIDTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HANDLE = 34  # points of a legend's entry besides its text
_ROW = 0.15  # inches of a row of the legend
FORMATS = ("pdf", "svg", "png")
_METADATA: dict[str, dict[str, str | None]] = {  # neither the time nor the version of a library
    "pdf": {"Creator": "gammastar", "Producer": None, "CreationDate": None},
    "svg": {"Creator": "gammastar", "Date": None},
    "png": {"Software": "gammastar"},
}


def need_matplotlib() -> None:
    """Raises MissingTool where it is not installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise MissingTool("figures need matplotlib", "pip install matplotlib") from None


@contextmanager
def drawing() -> Iterator[None]:
    """Our settings, whatever the user's matplotlibrc says. Raises MissingTool."""
    need_matplotlib()
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: Any = SETTINGS
        matplotlib.rcParams.update(settings)
        yield


def new_figure(columns: int) -> tuple[Figure, Axes]:
    """An empty figure for one or two columns, gamma on its horizontal axis. Within `drawing` only."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTHS[columns], HEIGHTS[columns]), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlim(0, 1)
    axes.set_xlabel(r"discount $\gamma$")
    return figure, axes


def file_bytes(figure: Figure, kind: str) -> bytes:
    """The figure as a file of one of FORMATS. Within `drawing` only."""
    target = BytesIO()
    figure.draw_without_rendering()  # the axes make room for ticks that change with their size, in a second pass
    figure.savefig(target, format=kind, dpi=300, metadata=_METADATA[kind])
    return target.getvalue()


def legend(figure: Figure, axes: Axes, columns: int, title: str | None = None) -> None:
    """Below the axes, where it hides nothing, in as many columns as fit; the figure grows by its further rows."""
    handles, labels = axes.get_legend_handles_labels()
    room = WIDTHS[columns] * 72 / (max(map(text_width, labels), default=1) + _HANDLE)
    across = max(1, min(int(room), len(labels)))
    rows = -(-len(labels) // across) + (title is not None)
    figure.set_figheight(HEIGHTS[columns] + max(0, rows - 1) * _ROW)
    figure.legend(handles, labels, loc="outside lower center", ncols=across, title=title, title_fontsize=SMALL)


def text_width(text: str) -> float:
    """About how many points wide small type is: enough to lay out by."""
    letters = re.sub(r"\\[a-zA-Z]+|\\.", "m", re.sub(r"\\(?:mathrm|sqrt)", "", text))
    return 0.48 * SMALL * len(re.sub(r"[${}^_]", "", letters))
