"""A figure by its name, as the bytes of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from proofs.claims.checked import Checked
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.errors import NotAFigure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOTS = ("steps", "visits", "values")


def plot(checked: Checked, what: str, kind: str, columns: int = 1) -> bytes:
    """what: of PLOTS; kind: of canvas.FORMATS. Raises MissingTool, NothingToDraw, TooLarge."""
    with drawing():
        return file_bytes(_figure(checked, what, columns), kind)


def suffix(path: Path, kinds: tuple[str, ...]) -> str:
    """The format that the file's name asks for. Raises NotAFigure."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in kinds:
        *most, last = (f".{kind}" for kind in kinds)
        raise NotAFigure(
            f'"{path.suffix}" is no format of this figure', f"name it {', '.join(most)} or {last}", str(path)
        )
    return ending


def _figure(checked: Checked, what: str, columns: int) -> Figure:
    if what == "steps":
        from proofs.report.figures.steps import steps_figure

        return steps_figure(checked, columns)
    if what == "visits":
        from proofs.report.figures.visits import visits_figure

        return visits_figure(checked, columns)
    from proofs.report.figures.values import values_figure

    return values_figure(checked.instance, columns)
