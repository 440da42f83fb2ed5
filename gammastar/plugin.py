"""What pytest loads wherever gammastar is installed: the hooks of `for_all_instances`, which do nothing without it.

Neither exact nor hypothesis is imported here: `from gammastar import for_all_instances` does that, and says so if a
folder of the project hides them.
"""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest

FOLDER = "gammastar-failures"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The folder for failing instances, relative to the root of the project."""
    parser.addini("gammastar_failures", "Where failing instances are written.", default=FOLDER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the instance of a failed test down, and say so in its report."""
    report = yield
    testing = sys.modules.get("exact.testing.plugin")  # loaded by the tests that use it
    if report.failed and testing is not None:
        testing.note_failure(item, call, report)
    return report
