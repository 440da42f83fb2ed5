"""The notebooks of examples/ run, and show what they are committed with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec

import pytest

pytest.importorskip("nbclient", reason="nbclient is not installed: pip install -e .[dev]")

from tests import notebooks

NEEDS = {"frozenlake": ("matplotlib", "gymnasium")}  # besides ipykernel; the others need matplotlib alone


def missing(packages: Iterable[str]) -> list[str]:
    """Those that are not installed."""
    return [package for package in packages if find_spec(package) is None]


@pytest.mark.parametrize("name", notebooks.NAMES)
def test_runs_and_shows_what_is_committed(name: str) -> None:
    """Every cell, from a fresh kernel; texts are the same, figures are there."""
    if absent := missing(["ipykernel", *NEEDS.get(name, ("matplotlib",))]):
        pytest.skip(f"not installed: {', '.join(absent)} (pip install -e .[dev])")
    assert list(notebooks.differences(name, notebooks.run(name))) == []


@pytest.mark.parametrize("name", notebooks.NAMES)
def test_is_committed_executed_and_without_traces(name: str) -> None:
    """Cells are numbered from 1; nothing of a machine, a day or a duration is in them."""
    notebook = notebooks.read(name)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [*range(1, len(code) + 1)]
    assert not [cell.metadata for cell in code if cell.metadata.keys() - {"tags"}]
    assert notebook.metadata.language_info == {"name": "python"}
    shown = "\n".join(text for _, said in notebooks.texts(notebook) for text in said)
    assert not re.search(
        r"/(?:home|root|tmp|usr|var|work)/|site-packages|\b20\d\d-\d\d|\d (?:ms|s)\b|\bseconds\b", shown
    )


def test_five_lines_from_names() -> None:
    """The first notebook begins with names in dictionaries, verified in five lines after the import."""
    first = next(cell for cell in notebooks.read("theorem").cells if cell.cell_type == "code")
    lines = [line for line in first.source.splitlines() if line.strip()]
    assert len(lines) - 1 == 5
    assert "gs.verify(gs.instance(mdp" in first.source
    (shown,) = [output.data["text/plain"] for output in first.outputs]
    assert shown == "<Result corridor: verified; conclusion proved (paper), n = 3, s VALID>"
