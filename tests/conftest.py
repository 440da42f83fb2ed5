"""How the tests are run: the longest first, and without looking for garbage in what stays."""

from __future__ import annotations

import gc

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Thousands of tests are made, none is thrown away."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Notebooks take longest: at the end, one process would wait for the other's."""
    items.sort(key=lambda item: item.path.name != "test_notebooks.py")


def pytest_collection_finish() -> None:
    """From here on garbage is collected, of what the tests themselves make."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()
