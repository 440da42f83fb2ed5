"""The gamma that the instance asks about, as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exact.algebraic import Algebraic
from exact.instance import Instance
from proofs.report.figures.labels import number_label
from proofs.report.figures.style import GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def mark_question(axes: Axes, instance: Instance) -> None:
    """A grey dash-dotted line, named in the legend."""
    gamma = instance.question.gamma
    if gamma is not None:
        label = rf"$\gamma$ = {number_label(Algebraic.of(gamma))}"
        axes.axvline(float(gamma), color=GREY, linewidth=0.9, linestyle=(0, (5, 1.5, 1, 1.5)), zorder=1, label=label)
