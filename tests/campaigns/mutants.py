"""python -m tests.campaigns.mutants [SECONDS] [PART-OF-A-NAME]: damage the kernel, one operator at a time.

Each damaged kernel must fail a case of the corpus, or a test of the mirror files of the damaged file. Who survives is printed; it
has to be listed in mutants_equivalent.toml with the reason why it is no damage, else the campaign exits with 1. Written here
and not by mutmut or cosmic-ray: a mutant costs a fork and some milliseconds of corpus instead of a new pytest.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.util
import io
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from tests.campaigns.damage import Mutant, mutants
from tests.corpus.cases import Case, every, text

ROOT = Path(__file__).parents[2]
KERNEL, TESTS = ROOT / "proofs" / "kernel", ROOT / "tests" / "proofs" / "kernel"
LISTED = Path(__file__).with_name("mutants_equivalent.toml")
UNTOUCHED = ("__init__.py", "axioms.py", "limits.py")  # tables, which tests compare with FORMAT.md
LIMIT = 40  # seconds of a processor for one mutant and one stage; who needs more is killed, and counts so
ALSO = {  # a kernel file -> the mirror files of those that rest on it most
    "chain.py": ["rules/test_thresholds.py"],
    "decode.py": ["test_check.py"],
    "family/check.py": ["family/test_of_goals.py"],
    "goal.py": ["rules/test_goals.py"],
    "graph.py": ["test_facts.py"],
    "inequality.py": ["test_instance.py"],
    "rows.py": ["rules/test_linear.py"],
    "poly.py": ["rules/test_thresholds.py"],
}
CASES: list[tuple[Case, bytes]] = []
FAILING: list[str] = []  # tests that the sound kernel fails


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the kernel in its damaged form."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Only for this module."""
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self, origin="damaged")

    def exec_module(self, module: ModuleType) -> None:
        """Run the damaged code."""
        module.__file__ = str(KERNEL.joinpath(*self.name.split(".")[2:])) + ".py"
        exec(self.code, module.__dict__)


def module_name(path: Path) -> str:
    """proofs.kernel.rules.goals for its file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def damaged(mutant: Mutant) -> None:
    """From here on the kernel is the mutant."""
    for name in [name for name in sys.modules if name.startswith("proofs.kernel")]:
        del sys.modules[name]
    name = module_name(mutant.path)
    sys.meta_path.insert(0, Finder(name, compile(ast.fix_missing_locations(mutant.tree), str(mutant.path), "exec")))


def corpus() -> str:
    """The first case of the corpus that ends otherwise than it should."""
    check = importlib.import_module("proofs.kernel.family.check").check_asked
    lines = importlib.import_module("proofs.kernel.__main__").lines
    for case, instance in CASES:
        try:
            outcome = check(instance, case.certificate, case.question)
            printed = list(lines(outcome)) if case.status == "valid" else [outcome.reason, *outcome.holes]
        except Exception as error:  # noqa: BLE001  (whatever a damaged kernel raises)
            return _name(case, f" {type(error).__name__}")
        right = outcome.status.lower() == case.status and any(case.expects in line.replace("'", "") for line in printed)
        if not right:
            return _name(case)
    return ""


def _name(case: Case, more: str = "") -> str:
    return f"{case.status}/{case.kind}/{case.name}{more}"


def pytests(files: Sequence[Path], *more: str) -> str:
    """Does a test of these files fail?"""
    import pytest

    options = "-x -q --assert=plain -p no:cacheprovider -p no:xdist -p no:cov -o addopts= -o filterwarnings= -W ignore"
    asked = [*options.split(), *more, *(f"--deselect={name}" for name in FAILING)]
    code = pytest.main([*asked, *map(str, files)])
    return f"exit {code}" if code else ""


def mirrors(path: Path) -> list[Path]:
    """The test files that answer for a kernel file."""
    inside = path.relative_to(KERNEL)
    own = inside.with_name(f"test_{inside.stem.strip('_')}.py")
    return [TESTS / own, *(TESTS / other for other in ALSO.get(inside.as_posix(), []))]


def forked(work: Callable[[], str]) -> str:
    """What the work says, in a child: "" if it finds nothing, else why the mutant is dead."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        signal.alarm(10 * LIMIT)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                found = work()
            except BaseException as error:  # noqa: BLE001  (whatever a damaged kernel raises)
                found = f"{type(error).__name__}"
        os.write(write, found.encode()[:500])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        found = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return found or ("" if os.WIFEXITED(status) else "time")


def killed(mutant: Mutant) -> str:
    """Why it is dead; "" if it survives."""

    def by_corpus() -> str:
        damaged(mutant)
        return corpus()

    def by_tests() -> str:
        damaged(mutant)
        return pytests(mirrors(mutant.path))

    return forked(by_corpus) or forked(by_tests)


def _judged(mutant: Mutant) -> tuple[str, str]:
    """In a worker; the case that kills comes first for the next mutant, which is mostly one of the same function."""
    why = killed(mutant)
    CASES.sort(key=lambda pair: _name(pair[0]) != why.split(" ")[0])
    return mutant.key, why


def prepare(waiting: Sequence[Mutant]) -> None:
    """What every mutant needs and no damage changes: loaded once. What the sound kernel fails too is left out."""
    import hypothesis
    import pytest

    import exact.testing.strategies
    import tests.reference.evidence

    loaded = (hypothesis, pytest, exact.testing.strategies, tests.reference.evidence)
    CASES[:] = [(case, text(case.instance)) for case in every()] if loaded else []
    while failing := corpus():
        print(f"the sound kernel fails {failing}", file=sys.stderr)
        CASES[:] = [(case, data) for case, data in CASES if _name(case) != failing.split()[0]]
    CASES.sort(key=lambda pair: len(pair[0].certificate))
    answering = sorted({str(file) for mutant in waiting for file in mirrors(mutant.path)})
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--tb=no", "-p", "no:cacheprovider", *answering]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    FAILING[:] = [line.split()[1] for line in found.splitlines() if line.startswith("FAILED ")]
    for name in FAILING:
        print(f"the sound kernel fails {name}", file=sys.stderr)


def all_mutants(part: str) -> list[Mutant]:
    """Of every file but the tables; those whose key holds the part."""
    paths = [path for path in sorted(KERNEL.rglob("*.py")) if path.name not in UNTOUCHED]
    return [mutant for path in paths for mutant in mutants(path, KERNEL) if part in mutant.key]


def main(seconds: float, part: str = "") -> int:
    """Two at a time, within a time."""
    start, listed = time.monotonic(), tomllib.loads(LISTED.read_text("utf-8"))["equivalent"]
    reasons = {entry["mutant"]: entry["reason"] for entry in listed}
    waiting, tally, survivors = all_mutants(part), Counter[str](), []
    prepare(waiting)
    gone = reasons.keys() - {mutant.key for mutant in waiting} if not part else set()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for key, why in pool.imap_unordered(_judged, waiting):
            tally["killed" if why else "listed" if key in reasons else "survived"] += 1
            if not why and key not in reasons:
                survivors.append(key)
                print(f"SURVIVES {key}", flush=True)
            if why and key in reasons:
                print(f"listed, but killed by {why}: {key}", flush=True)
            if time.monotonic() - start > seconds:
                print(f"stopped after {seconds} s")
                pool.terminate()
                break
    for key in sorted(gone):
        print(f"listed, but there is no such mutant: {key}")
    counted = ", ".join(f"{number} {word}" for word, number in sorted(tally.items()))
    print(f"{len(waiting)} mutants: {counted}; {round(time.monotonic() - start)} s")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 2400, *sys.argv[2:3]))
