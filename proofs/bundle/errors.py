"""What can stop a bundle."""

from __future__ import annotations

from exact.errors import ExactError


class NotABundle(ExactError):
    """A place that holds something else: it is not overwritten."""
