"""gammastar: one name for the rest, found or refused in one line where a folder of the user's is in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import gammastar
from gammastar.shadow import PACKAGES, Shadowed, check

ROOT = Path(__file__).parents[1]
SCRIPT = Path(sys.executable).with_name("gammastar")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTEST_ADDOPTS")}


def run(folder: Path, *command: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """A process that starts in the folder."""
    environment = ENVIRONMENT | ({"PYTHONPATH": path} if path else {})
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False, timeout=60)


def shadow(folder: Path, package: str, kind: str) -> Path:
    """Something of that name: a package, a folder without __init__.py, or a module."""
    place = folder / (f"{package}.py" if kind == "module" else package)
    if kind != "module":
        place.mkdir()
    (place if kind == "module" else place / ("__init__.py" if kind == "package" else "data.py")).write_text("X = 1\n")
    return place


SHADOWS = pytest.mark.parametrize(
    ("package", "kind"), [("exact", "package"), ("exact", "folder"), ("exact", "module"), ("proofs", "package")]
)


@SHADOWS
def test_the_command_says_what_is_in_the_way(tmp_path: Path, package: str, kind: str) -> None:
    """One line, exit code 2; `python -m gammastar` there, and the console script with that folder on its path."""
    place = shadow(tmp_path, package, kind)
    commands = [run(tmp_path, sys.executable, "-m", "gammastar", "--version")]
    commands += [run(tmp_path, str(SCRIPT), "--help", path=str(tmp_path))] if SCRIPT.exists() else []
    for done in commands:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            f"gammastar: {place} hides gammastar's own package {package} (in {ROOT}); "
            "rename it, or start from another folder\n"
        )


@SHADOWS
def test_importing_says_what_is_in_the_way(tmp_path: Path, package: str, kind: str) -> None:
    """Also where the other package was imported first. Importing gammastar itself is harmless."""
    place = shadow(tmp_path, package, kind)
    for first in ("", f"import {package}; ") if kind == "package" else ("",):
        done = run(tmp_path, sys.executable, "-c", f"{first}import gammastar; gammastar.read_instance")
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith(
            f"gammastar.shadow.Shadowed: {place} hides gammastar's own package {package}"
        )
    assert run(tmp_path, sys.executable, "-c", "import gammastar; gammastar.__version__").returncode == 0


@pytest.mark.parametrize(("package", "kind"), [("exact", "package"), ("proofs", "folder")])
def test_pytest_starts_all_the_same(tmp_path: Path, package: str, kind: str) -> None:
    """A project with such a folder tests itself undisturbed; a test that uses the plugin gets the line."""
    place = shadow(tmp_path, package, kind)
    (tmp_path / "conftest.py").touch()
    (tmp_path / "test_own.py").write_text(f"import {package}\ndef test_own(): assert {package}\n")
    (tmp_path / "test_ours.py").write_text("from gammastar import for_all_instances\ndef test_ours(): pass\n")
    pytest_there = sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *registered()
    done = run(tmp_path, *pytest_there, "test_own.py")
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(tmp_path, *pytest_there, "test_ours.py")
    assert done.returncode == 2
    line = f"{place} hides gammastar's own package {package} (in {ROOT}); rename it, or start from another folder"
    assert f"E   gammastar.shadow.Shadowed: {line}" in done.stdout.splitlines()


def registered() -> list[str]:
    """What loads the plugin where the package is not installed, or was before it had the entry point."""
    from importlib.metadata import entry_points

    known = {point.name: point.value for point in entry_points(group="pytest11")}
    return [] if known.get("gammastar") == "gammastar.plugin" else ["-p", "gammastar.plugin"]


def test_public_names() -> None:
    """Each is what its module calls so, imported when it is asked for."""
    check()
    for name, home in gammastar._HOMES.items():
        assert name in gammastar.__all__
        assert name in dir(gammastar)
        if not home.startswith("proofs."):
            assert getattr(gammastar, name) is getattr(import_module(home), name)
    assert sorted(gammastar.__all__) == sorted(gammastar._HOMES)
    assert not hasattr(gammastar, "nothing")


def test_importing_costs_nothing() -> None:
    """No layer comes along before it is used."""
    slow = {*PACKAGES, "hypothesis", "flint", "numpy", "sympy", "rich"}
    script = f"import sys, gammastar; print(sorted({slow!r} & {{*sys.modules}}))"
    assert run(ROOT, sys.executable, "-c", script).stdout == "[]\n"


def test_an_error_of_imports() -> None:
    """Tools that catch ImportError catch it."""
    assert issubclass(Shadowed, ImportError)
