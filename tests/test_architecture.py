"""The layout's promises, read from the syntax trees: who imports whom, exactness, and the size of what is trusted."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from exact import limits as exact
from exact.instance import read_instance
from proofs.kernel import limits as kernel
from proofs.search.orbits import MOST_CERTIFIED
from tests.examples import instance_path
from tests.reports import verified

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for top in ("exact", "gammastar", "proofs") for p in (ROOT / top).rglob("*.py"))
KERNEL = sorted((ROOT / "proofs" / "kernel").rglob("*.py"))
FORMAT_1 = 15_207  # syntax nodes of the kernel of format 1, which proved fewer properties and packed its lines
NODES = 32_936  # of the kernel, all its parts together: not to grow
LONGEST_FUNCTION = 25  # lines, in the kernel
ROOMS = 12  # folders under proofs/
SESSIONS = ("proofs/verify.py", "proofs/families/session.py", "proofs/cli/check.py")  # who asks the kernel
WHITELIST = {
    "__future__", "collections", "collections.abc", "dataclasses", "fractions", "functools", "hashlib", "itertools",
    "json", "math", "operator", "pathlib", "re", "sys", "tomllib", "typing",
}  # fmt: skip
FLOATS = {  # file, or folder -> why it may hold floats
    "exact/closed_form/one_state.py": "measured costs, by which the faster engine is guessed",
    "exact/evaluate/floats.py": "guesses policies, which exact values and bounds then prove",
    "exact/evaluate/guess.py": "guesses where the exact policy iteration starts",
    "exact/family/box_rows.py": "rows on a box in doubles, beside the exact ones",
    "exact/family/guess.py": "guesses values on a box, which are then checked exactly",
    "exact/linear/guess.py": "HiGHS guesses a basis, which is then solved and checked exactly",
    "exact/linear/scaling.py": "powers of two that scale a program before the guess",
    "exact/orbit/guess.py": "guesses which orbits are worth counting",
    "exact/rational.py": "recognises floats in order to refuse them",
    "exact/thresholds/approximate.py": "double solves, refined exactly until bounds hold in integers",
    "exact/thresholds/guess.py": "where that guess starts and ends",
    "gammastar/number.py": "float(number), which users may ask for: for display",
    "proofs/report/figures/": "places and widths on paper",
}


def name(path: Path) -> str:
    """The path within the repository."""
    return path.relative_to(ROOT).as_posix()


@lru_cache(1)
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file, parsed once for the tests of that file, which `scope` puts side by side."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, at any depth; relative imports are not used."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} has a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "proofs")


def within(module: str, package: str) -> bool:
    """Is it the package or a module of it?"""
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("path", SOURCES, ids=name, scope="module")
def test_imports_go_one_way(path: Path) -> None:
    """exact knows no proofs; the search and the reports know no kernel; nothing knows the tests."""
    for module in imports(path):
        assert not within(module, "tests"), module
        if path.is_relative_to(ROOT / "exact"):
            assert not within(module, "proofs"), module
        if path not in KERNEL and name(path) not in SESSIONS:
            assert not within(module, "proofs.kernel"), module
        if not path.is_relative_to(ROOT / "proofs" / "cli") and not path.is_relative_to(ROOT / "gammastar"):
            assert not within(module, "proofs.cli"), module


SEARCH = [p for p in SOURCES if name(p).startswith("proofs/search/")]


@pytest.mark.parametrize("path", SEARCH, ids=name, scope="module")
def test_the_search_knows_no_prices_and_no_reports(path: Path) -> None:
    """It offers claims to a judge; what the kernel charges and what is printed of it is not its business."""
    for module in imports(path):
        for room in ("proofs.kernel", "proofs.report", "proofs.cli", "proofs.bundle", "proofs.verify"):
            assert not within(module, room), module


@pytest.mark.parametrize("path", [p for p in SOURCES if "report" in p.parts], ids=name, scope="module")
def test_reports_read_what_was_accepted(path: Path) -> None:
    """They know claims and the mathematics to spell them; neither the search nor the pipeline."""
    for module in imports(path):
        for room in ("proofs.search", "proofs.verify", "proofs.what_if"):
            assert not within(module, room), module


def test_the_rooms_under_proofs() -> None:
    """At most twelve, each with a docstring that says what it is."""
    rooms = [path for path in (ROOT / "proofs").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert len(rooms) <= ROOMS, sorted(path.name for path in rooms)


def test_verdicts_are_derived_in_one_place() -> None:
    """Only the kernel's file on verdicts decides that a theorem is inapplicable; the others read it."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Verdict":
                assert name(path) in ("proofs/kernel/verdicts.py", *SESSIONS), f"{name(path)}:{node.lineno}"


@pytest.mark.parametrize("path", KERNEL, ids=name, scope="module")
def test_the_kernel_imports_the_standard_library_only(path: Path) -> None:
    """Its own modules, and a short list."""
    for module in imports(path):
        assert within(module, "proofs.kernel") or module in WHITELIST, module


@pytest.mark.parametrize("path", KERNEL, ids=name, scope="module")
def test_the_kernel_does_nothing_in_secret(path: Path) -> None:
    """No eval, no attribute by name, no dynamic import, no environment; an exception is never swallowed whole."""
    forbidden = {
        "eval",
        "exec",
        "compile",
        "getattr",
        "setattr",
        "__import__",
        "globals",
        "vars",
        "input",
        "id",
        "hash",
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in forbidden, f"{node.func.id} at line {node.lineno}"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"a bare except at line {node.lineno}"
            caught = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
            assert caught.isdisjoint({"Exception", "BaseException"}), f"line {node.lineno}"


def test_the_package_is_empty() -> None:
    """proofs/__init__.py holds nothing, or importing the kernel would load the producers."""
    assert (ROOT / "proofs" / "__init__.py").read_bytes().strip() == b""


def test_the_kernel_runs_alone(tmp_path: Path) -> None:
    """A copy of its folder, an isolated bare Python, no site packages: an honest certificate is VALID."""
    shutil.copytree(ROOT / "proofs" / "kernel", tmp_path / "proofs" / "kernel")
    (tmp_path / "proofs" / "__init__.py").touch()
    instance = read_instance(instance_path("retry"))
    (tmp_path / "i.toml").write_bytes(instance.source)
    (tmp_path / "c.json").write_bytes(verified("retry").certificate)
    start = (
        f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r}); runpy.run_module('proofs.kernel', {{}}, '__main__')"
    )
    command = [sys.executable, "-I", "-S", "-O", "-c", start, "i.toml", "c.json"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={}, timeout=60, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.endswith("s VALID\n")


def test_the_kernel_does_not_grow() -> None:
    """What must be trusted, in syntax nodes: no part has more than docs/architecture.md says."""
    folder = ROOT / "proofs" / "kernel"
    size = {
        path.relative_to(folder).with_suffix("").as_posix(): sum(1 for _ in ast.walk(tree(path))) for path in KERNEL
    }
    empty = {file: nodes for file, nodes in size.items() if file.endswith("__init__")}
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    said: dict[str, int] = {}
    for part, files, number in re.findall(r"^\| (.+) \| (`.+`) \| ([0-9,]+) \|$", text, re.MULTILINE):
        nodes = sum(size.pop(file) for file in re.findall("`([^`]+)`", files))
        said[part] = int(number.replace(",", ""))
        print(f"kernel: {nodes} syntax nodes for {part}, at most {said[part]}")
        assert nodes <= said[part]
    print(
        f"kernel: {sum(said.values())} in all, at most {NODES}; format 1 had {FORMAT_1}, for less and in packed lines"
    )
    assert size == empty, "every file is in one part"
    assert sum(said.values()) <= NODES


@pytest.mark.parametrize("path", KERNEL, ids=name, scope="module")
def test_the_kernel_is_read_function_by_function(path: Path) -> None:
    """Each is short and says what it proves; no line is packed."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= LONGEST_FUNCTION, f"{node.name} has {size} lines"
            assert ast.get_docstring(node) or node.name.startswith("_"), node.name
    wide = [i for i, line in enumerate(path.read_text("utf-8").split("\n"), 1) if len(line) > 120]
    assert not wide
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    assert not [t.start for t in tokens if t.type == tokenize.OP and t.string == ";"]


def test_one_table_of_limits() -> None:
    """The readers of `exact`, the kernel and FORMAT.md name the same bounds."""
    text = (ROOT / "proofs" / "kernel" / "FORMAT.md").read_text("utf-8")
    assert exact.MOST_STATES == kernel.STATES
    assert exact.LARGEST_FILE == kernel.INSTANCE_BYTES
    assert exact.MOST_DOTS == kernel.LINE_DOTS
    assert exact.LONGEST_NUMBER == kernel.NUMBER_CHARACTERS
    assert exact.LONGEST_INEQUALITY == kernel.INEQUALITY_CHARACTERS
    assert MOST_CERTIFIED == kernel.VECTORS
    for limit in (exact.MOST_STATES, kernel.DIGITS, kernel.DEPTH, kernel.VECTORS, kernel.WORK):
        assert f"{limit:,}" in text, limit
    assert f"{kernel.INSTANCE_BYTES >> 20} MiB; {kernel.CERTIFICATE_BYTES >> 20} MiB" in text


@pytest.mark.parametrize("path", SOURCES, ids=name, scope="module")
def test_no_assert(path: Path) -> None:
    """python -O removes asserts, and with them the proof."""
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", SOURCES, ids=name, scope="module")
def test_no_float_decides(path: Path) -> None:
    """No float literal, no float(), no division of two integers; FLOATS names the exceptions with their reasons."""
    found = [f"line {line}: {what}" for line, what in floats(tree(path))]
    assert not found or name(path).startswith(tuple(FLOATS))


def floats(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Where floats may arise."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            yield node.lineno, str(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield node.lineno, f"{node.func.id}()"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _whole(node.left) and _whole(node.right):
            yield node.lineno, ast.unparse(node)


def _whole(node: ast.expr) -> bool:
    """Is it plainly an int?"""
    if isinstance(node, ast.BinOp):
        return _whole(node.left) and _whole(node.right)
    if isinstance(node, ast.Call):
        called = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        return called in ("len", "int", "factorial", "comb", "lcm", "gcd", "bit_length", "degree")
    if isinstance(node, ast.Attribute):
        return node.attr in ("numerator", "denominator")
    return isinstance(node, ast.Constant) and type(node.value) is int


@pytest.mark.parametrize("exempt", FLOATS)
def test_every_exception_is_needed(exempt: str) -> None:
    """FLOATS names nothing that is gone or has no float left."""
    assert any(list(floats(tree(path))) for path in SOURCES if name(path).startswith(exempt))


@pytest.mark.parametrize("path", SOURCES, ids=name, scope="module")
def test_modules_are_documented(path: Path) -> None:
    """Each says what it is; none is a drawer for everything."""
    assert ast.get_docstring(tree(path)) or not path.read_bytes().strip()
    assert not {"utils", "util", "helpers", "misc", "common"} & {path.stem, *path.parent.relative_to(ROOT).parts}
