"""matplotlib at arm's length: imported when needed, its settings ours alone, its files the same bytes each time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from proofs.report.figures.errors import MissingTool
from proofs.report.figures.style import SETTINGS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("pdf", "svg", "png")
DPI = 300
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


def file_bytes(figure: Figure, kind: str) -> bytes:
    """The figure as a file of one of FORMATS. Within `drawing` only."""
    target = BytesIO()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # else it remarks on how old the fonts of TeX are
    figure.savefig(target, format=kind, dpi=DPI, metadata=_METADATA[kind])
    return target.getvalue()
