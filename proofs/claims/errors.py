"""Errors of the reading side of certificates."""

from __future__ import annotations

from exact.errors import ExactError


class NotACertificate(ExactError):
    """A file that is not of the form of kernel/FORMAT.md."""
