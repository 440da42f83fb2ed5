"""How the tests are run: what was imported and collected stays, so the garbage collector does not look at it again."""

from __future__ import annotations

import gc

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Thousands of tests are made, none is thrown away."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is collected, of what the tests themselves make."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()
