"""What the pages say of the project is so; that they build is for `make docs`."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache

import pytest

from proofs.cli import exits
from tests.test_architecture import ROOT, SOURCES, name, tree

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MODULES = {"python-flint": "flint", "z3-solver": "z3"}  # where a distribution's module has another name


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = (ROOT / "docs" / page).read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def required() -> set[str]:
    """Every distribution that pyproject.toml asks for, extras included."""
    wanted = [*PYPROJECT["dependencies"], *(d for extra in PYPROJECT["optional-dependencies"].values() for d in extra)]
    return {re.split(r"[\[<>=!~ ]", entry)[0] for entry in wanted} - {"gammastar"}


TABLE = {
    package: who
    for cells in rows("architecture.md", "Dependencies")
    for package in re.split(r",\s*", re.sub(r" \(extra.*?\)", "", cells[0]))
    for who in [cells[1]]
}


@cache
def imported() -> dict[str, set[str]]:
    """By source file: what it imports, for types alone or not, or asks for by name as an optional package."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        modules = found[name(path)] = set[str]()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                modules.add(node.module or "")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "package":
                modules |= {str(first.value) for first in node.args[:1] if isinstance(first, ast.Constant)}
    return {file: {module.partition(".")[0] for module in modules} for file, modules in found.items()}


def test_every_dependency_has_its_row() -> None:
    """And there is no row for anything else."""
    assert required() == set(TABLE)


@pytest.mark.parametrize("package", sorted(TABLE))
def test_who_imports_it_is_said(package: str) -> None:
    """Each file that imports it lies in a place that the row names; each place named has such a file."""
    said = re.sub(r"\(.*?\)", "", TABLE[package])
    places = [place.rstrip("/") for place in re.findall(r"`([\w/.]+)`", said)]
    module = MODULES.get(package, package.replace("-", "_"))
    files = [file for file, modules in imported().items() if module in modules]
    homes = [(place, f"proofs/{place}") for place in places]
    for file in files:
        assert any(file.startswith(home) for both in homes for home in both), file
    if files and "tests" not in places:
        for both in homes:
            assert any(file.startswith(home) for file in files for home in both), both[0]


def test_exit_codes_are_on_their_page() -> None:
    """The table of failures.md has the codes of the program, and no others."""
    known = {int(code) for code in re.findall(r"^\| (\d+) ", str(exits.__doc__), re.MULTILINE)}
    assert {int(cells[0]) for cells in rows("failures.md", "Exit codes")} == known


def test_version_is_one() -> None:
    """CITATION.cff has the package's version, and the changes of that version are told."""
    from gammastar import __version__

    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
