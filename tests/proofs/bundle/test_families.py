"""A bundle about a family: checked by a bare Python, the same bytes each time, and no tampering goes unseen."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gammastar as gs
from exact.family import without_parameters
from exact.instance import read_instance
from proofs.bundle.families import figures
from tests.examples import ROOT, instance_path
from tests.proofs.bundle.test_bundle import adjust, checked, files
from tests.proofs.command import gammastar

RETRY = ROOT / "examples" / "families" / "retry.toml"
MAIN = "from proofs.cli import main; main()"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of `retry`. Read only."""
    folder = tmp_path_factory.mktemp("made") / "retry"
    ran = gammastar("bundle", RETRY, "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Theorem 2 holds for every p in [1/10, 9/10]")
    assert ran.out.endswith("\nkernel: s VALID\n")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The same bundle, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def test_a_bare_python_checks_it(made: Path) -> None:
    """With the kernel's folder on families in it, which is that of this repository; the folder stays as it was."""
    before = files(made)
    code, lines = checked(made)
    assert (code, lines[-1]) == (0, "s VALID")
    assert "counted: 1 proved" in lines
    assert files(made) == before
    kernel = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "proofs/kernel").rglob("*.py")}
    assert "proofs/kernel/family/strips.py" in kernel
    assert kernel.items() <= before.items()
    assert before["instance.toml"] == RETRY.read_bytes()
    assert b"n \\geq 1" in before["paper/document.tex"]
    assert len(before["README.md"].decode().splitlines()) == 10


def test_twice_built_it_is_the_same(made: Path, tmp_path: Path) -> None:
    """In another process, with another hash seed, under another name; and from Python."""
    shutil.copy(RETRY, tmp_path / "other-name.toml")
    environment = os.environ | {"PYTHONHASHSEED": "5", "TZ": "Pacific/Chatham", "LC_ALL": "C"}
    command = [sys.executable, "-c", MAIN, "bundle", "other-name.toml", "-o", "again"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    assert files(tmp_path / "again") == files(made)
    assert files(gs.bundle(RETRY, tmp_path / "python")) == files(made)


def test_the_regions_are_drawn(made: Path, tmp_path: Path) -> None:
    """As `plot --regions` draws them, listed, and the article says whose word they are; an interval alone has none."""
    drawn = tmp_path / "regions.pdf"
    assert gammastar("plot", RETRY, "--regions", "--columns", "2", "-o", drawn).code == 0
    assert (made / "figures" / "regions.pdf").read_bytes() == drawn.read_bytes()
    assert "  figures/regions.pdf\n" in (made / "MANIFEST").read_text()
    assert "- `figures/`: graph.pdf, regions.pdf.\n" in (made / "README.md").read_text()
    assert "certified where the figure says so" in (made / "paper" / "document.tex").read_text()
    assert list(figures(without_parameters(read_instance(instance_path("corridor-3")))).drawn) == ["graph"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("certificate.json", '"3/4"', '"1/2"', "add --gamma 1/2:1"),
        ("certificate.json", '"discount":"786431/1048576"', '"discount":"1/2"', "the lower bound fails"),
        ("certificate.json", '"9/10"]]', '"19/20"]]', "a box lies within the family's"),
        ("instance.toml", 'p = ["1/10", "9/10"]', 'p = ["1/20", "9/10"]', "another instance file"),
    ],
    ids=range(4),
)
def test_tampering_is_refused(copy: Path, file: str, old: str, new: str, says: str) -> None:
    """Also where MANIFEST and the texts are adjusted to it."""
    path = copy / file
    text = path.read_text()
    assert old in text
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(text.replace(old, new))
    assert checked(copy) == (1, [f"{file}: its sha256 is not the one in MANIFEST", "s INVALID"])
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    for paper in (copy / "paper").iterdir():
        paper.write_text(paper.read_text().replace("\\allowbreak{}", "").replace(before, after))
    adjust(copy)
    code, lines = checked(copy)
    assert code in (1, 2, 3)
    assert lines[-1] in ("s INVALID", "s MALFORMED", "s HOLEY")
    assert says in "\n".join(lines)


def test_the_kernel_on_families_counts(copy: Path) -> None:
    """A byte more in it."""
    path = copy / "proofs" / "kernel" / "family" / "strips.py"
    path.write_bytes(path.read_bytes() + b"\n")
    said = "proofs/kernel/family/strips.py: its sha256 is not the one in MANIFEST"
    assert checked(copy) == (1, [said, "s INVALID"])


@pytest.mark.parametrize(
    ("path", "gamma"), [(RETRY, "9/10:1"), (RETRY, "9/10"), (instance_path("corridor-3"), "9/10:1")]
)
def test_another_question(path: Path, gamma: str, tmp_path: Path) -> None:
    """It travels with the folder, also that of an ordinary instance that is asked about an interval."""
    assert gammastar("bundle", path, "-o", tmp_path / "b", "--gamma", gamma).code == 0
    assert checked(tmp_path / "b")[1][-1] == "s VALID"
    asked = gamma if ":" not in gamma else tuple(gamma.split(":"))
    assert files(gs.bundle(path, tmp_path / "p", gamma=asked)) == files(tmp_path / "b")


def test_what_is_open_is_a_hole(tmp_path: Path) -> None:
    """Exit code 3, and check.py says the same."""
    ran = gammastar("bundle", RETRY, "-o", tmp_path / "b", "--gamma", "1/2:1")
    assert (ran.code, ran.out.splitlines()[-1]) == (3, "kernel: s HOLEY")
    code, lines = checked(tmp_path / "b")
    assert (code, lines[-1]) == (3, "s HOLEY")
