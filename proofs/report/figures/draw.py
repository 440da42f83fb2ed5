"""A figure by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from proofs.claims.checked import Checked
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.errors import NotAFigure
from proofs.report.figures.phases import phases_figure
from proofs.report.figures.steps import steps_figure
from proofs.report.figures.values import values_figure
from proofs.report.figures.visits import visits_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOTS: dict[str, Callable[[Checked, int], Figure]] = {
    "steps": steps_figure,
    "visits": visits_figure,
    "values": values_figure,
    "phases": phases_figure,
}


def plot(checked: Checked, what: str, kind: str, columns: int = 1) -> bytes:
    """As a file. what: of PLOTS; kind: of canvas.FORMATS. Raises MissingTool, NothingToDraw, TooLarge."""
    with drawing():
        return file_bytes(PLOTS[what](checked, columns), kind)


def suffix(path: Path, kinds: tuple[str, ...]) -> str:
    """The format that the file's name asks for. Raises NotAFigure."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in kinds:
        *most, last = (f".{kind}" for kind in kinds)
        raise NotAFigure(
            f'"{path.suffix}" is no format of this figure', f"name it {', '.join(most)} or {last}", str(path)
        )
    return ending
