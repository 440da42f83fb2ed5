"""A figure by its name, as the bytes of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from proofs.analysis import Analysis
from proofs.figures.canvas import drawing, file_bytes
from proofs.figures.errors import NotAFigure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOTS = ("steps", "visits", "values")


def plot(analysis: Analysis, what: str, kind: str, columns: int = 1) -> bytes:
    """what: of PLOTS; kind: of canvas.FORMATS. Raises MissingTool, NothingToDraw, TooLarge."""
    with drawing():
        return file_bytes(_figure(analysis, what, columns), kind)


def suffix(path: Path, kinds: tuple[str, ...]) -> str:
    """The format that the file's name asks for. Raises NotAFigure."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in kinds:
        *most, last = (f".{kind}" for kind in kinds)
        raise NotAFigure(
            f'"{path.suffix}" is no format of this figure', f"name it {', '.join(most)} or {last}", str(path)
        )
    return ending


def _figure(analysis: Analysis, what: str, columns: int) -> Figure:
    if what == "steps":
        from proofs.figures.steps import steps_figure

        return steps_figure(analysis, columns)
    if what == "visits":
        from proofs.figures.visits import visits_figure

        return visits_figure(analysis, columns)
    from proofs.figures.values import values_figure

    return values_figure(analysis.instance, columns)
