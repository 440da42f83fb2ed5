"""What can stop a figure."""

from __future__ import annotations

from exact.errors import ExactError


class MissingTool(ExactError):
    """A library of the extra `figures`, or the program dot, is not installed."""


class NothingToDraw(ExactError):
    """The instance does not hold what the figure shows."""


class NotAFigure(ExactError):
    """A file name whose ending is none of the formats of the figure."""
