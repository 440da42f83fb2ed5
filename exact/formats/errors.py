"""Errors of other people's formats."""

from __future__ import annotations

from exact.errors import ExactError


class NotAModel(ExactError):
    """Another program's model that cannot be read, or is no MDP with numbers."""


class NotInstalled(ExactError):
    """A package that a source needs is an optional extra, and is not installed."""
