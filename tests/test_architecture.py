"""The layout's promises, read from the syntax trees: who imports whom, exactness, and the size of what is trusted."""

from __future__ import annotations

import ast
import io
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for top in ("exact", "gammastar", "proofs") for p in (ROOT / top).rglob("*.py"))
COMMAND = ROOT / "gammastar" / "__main__.py"
KERNEL = sorted((ROOT / "proofs" / "kernel").rglob("*.py"))
BUDGET = 800  # lines of the kernel that are neither blank, comment nor docstring
WHITELIST = {
    "__future__", "collections", "collections.abc", "dataclasses", "fractions", "functools", "hashlib", "itertools",
    "json", "math", "operator", "pathlib", "re", "sys", "tomllib", "typing",
}  # fmt: skip
FLOATS = {  # file, or folder -> why it may hold floats
    "exact/evaluate/guess.py": "guesses where the exact policy iteration starts",
    "exact/linear/guess.py": "HiGHS guesses a basis, which is then solved and checked exactly",
    "exact/linear/scaling.py": "powers of two that scale a program before the guess",
    "exact/rational.py": "recognises floats in order to refuse them",
    "proofs/figures/": "places and widths on paper",
}


def name(path: Path) -> str:
    """The path within the repository."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
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


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_go_one_way(path: Path) -> None:
    """exact knows no proofs; only the command runs the kernel; nothing knows the tests."""
    for module in imports(path):
        assert not within(module, "tests"), module
        if path.is_relative_to(ROOT / "exact"):
            assert not within(module, "proofs"), module
        elif not path.is_relative_to(ROOT / "proofs" / "cli") and path not in (*KERNEL, COMMAND):
            assert not within(module, "proofs.kernel"), module
            assert not within(module, "proofs.cli"), module


@pytest.mark.parametrize("path", KERNEL, ids=name)
def test_the_kernel_imports_the_standard_library_only(path: Path) -> None:
    """Its own modules, and a short list."""
    for module in imports(path):
        assert within(module, "proofs.kernel") or module in WHITELIST, module


@pytest.mark.parametrize("path", KERNEL, ids=name)
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
    from tests.corpus import instances
    from tests.corpus.build import encoded, honest

    shutil.copytree(ROOT / "proofs" / "kernel", tmp_path / "proofs" / "kernel")
    (tmp_path / "proofs" / "__init__.py").touch()
    (tmp_path / "i.toml").write_bytes(instances.text("retry"))
    (tmp_path / "c.json").write_bytes(encoded(honest("retry")))
    start = (
        f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r}); runpy.run_module('proofs.kernel', {{}}, '__main__')"
    )
    command = [sys.executable, "-I", "-S", "-O", "-c", start, "i.toml", "c.json"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={}, timeout=30, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.endswith("s VALID\n")


def code_lines(path: Path) -> set[int]:
    """The lines that hold code: neither blank, nor comment, nor docstring."""
    text = path.read_text("utf-8")
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in skipped:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_the_kernel_keeps_its_budget() -> None:
    """What must be trusted stays short: all of it, its readers included."""
    sizes = {name(path): len(code_lines(path)) for path in KERNEL}
    assert sum(sizes.values()) <= BUDGET, f"{sum(sizes.values())} lines of code, at most {BUDGET}: {sizes}"


def test_the_kernel_is_not_packed() -> None:
    """The budget is not kept by long lines or by several statements in one."""
    wide = [f"{name(p)}:{i}" for p in KERNEL for i, x in enumerate(p.read_text("utf-8").split("\n"), 1) if len(x) > 120]
    assert not wide, f"lines longer than 120 characters: {wide}"
    packed = [
        f"{name(p)}:{t.start[0]}" for p in KERNEL for t in _tokens(p) if t.type == tokenize.OP and t.string == ";"
    ]
    assert not packed, f"several statements in one line: {packed}"


def _tokens(path: Path) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_assert(path: Path) -> None:
    """python -O removes asserts, and with them the proof."""
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("path", SOURCES, ids=name)
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


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_modules_are_documented(path: Path) -> None:
    """Each says what it is; none is a drawer for everything."""
    assert ast.get_docstring(tree(path)) or not path.read_bytes().strip()
    assert not {"utils", "util", "helpers", "misc", "common"} & {path.stem, *path.parent.relative_to(ROOT).parts}
