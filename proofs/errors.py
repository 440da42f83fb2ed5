"""Errors of the producing side of `proofs`; the kernel has its own."""

from __future__ import annotations

from exact.errors import ExactError


class EnginesDisagree(ExactError):
    """Two engines gave contradictory answers to one question: one of them is wrong (exit code 4)."""


class NoSolver(ExactError):
    """A solver that was asked for is an optional extra, and is not installed."""
