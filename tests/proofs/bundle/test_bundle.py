"""The artifact: checked by a bare Python in a fresh folder, the same bytes each time, and no tampering goes unseen."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from proofs.bundle.write import zipped
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line

MAIN = "from proofs.cli import main; main()"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of `half`. Read only."""
    folder = tmp_path_factory.mktemp("made") / "half"
    ran = gammastar("bundle", instance_path("half"), "-o", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("For gamma = 9/10: Theorem 2 says nothing here")
    assert ran.out.endswith("\nkernel: s VALID\n")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The same bundle, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def checked(folder: Path) -> tuple[int, list[str]]:
    """check.py in another working folder, on an isolated Python without site-packages and without an environment."""
    command = [sys.executable, "-I", "-S", str(folder / "check.py")]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, env={}, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def files(folder: Path) -> dict[str, bytes]:
    """Every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def adjust(folder: Path) -> None:
    """Write MANIFEST anew, as someone who tampers would."""
    entries = {name: data for name, data in files(folder).items() if name != "MANIFEST"}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in entries.items()]
    (folder / "MANIFEST").write_text("".join(lines), newline="\n")


def test_a_bare_python_checks_it(made: Path) -> None:
    """Nothing installed, a fresh folder: the kernel's lines, s VALID, exit code 0, and the folder stays as it was."""
    before = files(made)
    code, lines = checked(made)
    assert (code, lines[-1]) == (0, "s VALID")
    assert lines[0] == f"MANIFEST: {len(before) - 1} files are as listed"
    assert "threshold: 2 proved" in lines
    assert files(made) == before


def test_it_holds_what_it_says(made: Path) -> None:
    """The author's own instance bytes, the whole kernel, texts that compile alone, figures; no path of this machine."""
    found = files(made)
    assert found["instance.toml"] == instance_path("half").read_bytes()
    assert {"certificate.json", "check.py", "FORMAT.md", "README.md", "MANIFEST"} <= found.keys()
    assert {"paper/document.tex", "paper/fragment.tex", "proofs/kernel/rules/thresholds.py"} <= found.keys()
    assert len(found["README.md"].decode().splitlines()) == 10
    assert not [name for name, data in found.items() if str(Path.home()).encode() in data or b"/work/" in data]
    assert not [name for name in found if "__pycache__" in name]


def test_twice_built_it_is_the_same(made: Path, tmp_path: Path) -> None:
    """In another process, with another hash seed and time zone, another folder, by a relative path; also zipped."""
    shutil.copy(instance_path("half"), tmp_path / "other-name.toml")
    environment = os.environ | {"PYTHONHASHSEED": "5", "TZ": "Pacific/Chatham", "LC_ALL": "C"}
    command = [sys.executable, "-c", MAIN, "bundle", "other-name.toml", "-o", "again"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=60)
    assert files(tmp_path / "again") == files(made)
    assert gammastar("bundle", instance_path("half"), "-o", tmp_path / "one.zip").code == 0
    assert (tmp_path / "one.zip").read_bytes() == zipped(files(tmp_path / "again"), "half")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert files(tmp_path / "unpacked" / "half") == files(made)


def test_the_question_of_the_command_line_stays_with_it(tmp_path: Path) -> None:
    """--gamma goes into check.py."""
    assert gammastar("bundle", instance_path("half"), "-o", tmp_path / "b", "--gamma", "0.25").code == 0
    assert checked(tmp_path / "b")[1][-1] == "s VALID"
    assert "GAMMA: str | None = '1/4'" in (tmp_path / "b" / "check.py").read_text()


def test_a_hole_is_said_everywhere(tmp_path: Path) -> None:
    """box for all gamma is not settled: exit code, README and check.py say so."""
    (tmp_path / "box.toml").write_bytes(instance_path("box").read_bytes().partition(b"[question]")[0])
    assert gammastar("bundle", tmp_path / "box.toml", "-o", tmp_path / "b").code == 3
    code, lines = checked(tmp_path / "b")
    assert (code, lines[-1]) == (3, "s HOLEY")
    assert "It ends in `s HOLEY`." in (tmp_path / "b" / "README.md").read_text()


@pytest.mark.parametrize("place", [0, 1, 2, 3, -1])
def test_a_changed_digit_is_caught(copy: Path, place: int) -> None:
    """By MANIFEST; with MANIFEST adjusted, by the digest in the text: even where the claim stays true."""
    certificate = copy / "certificate.json"
    text = certificate.read_text()
    digits = [k for k, c in enumerate(text) if c.isdigit()]
    at = digits[place * len(digits) // 4 - (place > 3)] if place >= 0 else text.index('"gap":["10"') + 9
    certificate.write_text(text[:at] + str((int(text[at]) + 1) % 10 if text[at].isdigit() else 7) + text[at + 1 :])
    code, lines = checked(copy)
    assert (code, lines) == (1, ["certificate.json: its sha256 is not the one in MANIFEST", "s INVALID"])
    adjust(copy)
    code, lines = checked(copy)
    assert (code, lines[-1]) == (1, "s INVALID")
    assert lines[0].startswith("paper/document.tex: is not about this certificate.json")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"shutdown":"4","avoid":"8"', '"shutdown":"3","avoid":"9"'),
        ('"polynomial":["-1","2"]', '"polynomial":["-1","3"]'),
        ('"interval":["1/2","1/2"]', '"interval":["1/3","1/3"]'),
    ],
)
def test_a_false_claim_is_caught_by_the_kernel(copy: Path, old: str, new: str) -> None:
    """Though MANIFEST and the digests in the texts are all adjusted to it."""
    certificate = copy / "certificate.json"
    before = hashlib.sha256(certificate.read_bytes()).hexdigest()
    text = certificate.read_text()
    assert old in text
    certificate.write_text(text.replace(old, new))
    after = hashlib.sha256(certificate.read_bytes()).hexdigest()
    for path in (copy / "paper").iterdir():
        content = path.read_text().replace("\\allowbreak{}", "")
        assert before in content
        path.write_text(content.replace(before, after))
    adjust(copy)
    code, lines = checked(copy)
    assert (code, lines[-1]) == (1, "s INVALID")
    assert "claim " in lines[-2]


@pytest.mark.parametrize(
    "name", ["instance.toml", "proofs/kernel/poly.py", "FORMAT.md", "check.py", "figures/steps.pdf"]
)
def test_every_file_counts(copy: Path, name: str) -> None:
    """A byte more in any of them, or one of them gone."""
    if not (copy / name).exists():
        pytest.skip("the extra `figures` is not installed")
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    assert checked(copy) == (1, [f"{name}: its sha256 is not the one in MANIFEST", "s INVALID"])
    if name != "check.py":
        (copy / name).unlink()
        assert checked(copy) == (1, [f"{name}: is missing", "s INVALID"])


def test_nothing_else_may_lie_there(copy: Path) -> None:
    """Such as compiled code in place of the kernel's."""
    (copy / "proofs" / "kernel" / "__pycache__").mkdir()
    (copy / "proofs" / "kernel" / "__pycache__" / "check.cpython-311.pyc").write_bytes(b"")
    stray = "proofs/kernel/__pycache__/check.cpython-311.pyc: is not in MANIFEST; take it away"
    assert checked(copy) == (1, [stray, "s INVALID"])
    (copy / "MANIFEST").unlink()
    assert checked(copy) == (1, ["MANIFEST: is missing", "s INVALID"])


def test_only_a_bundle_is_overwritten(copy: Path, tmp_path: Path) -> None:
    """Not a folder with other files, not a bundle with files added, not a file, not another zip."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "main.tex").write_text("precious")
    (tmp_path / "data.zip").write_bytes(b"precious")
    (copy / "notes.txt").write_text("precious")
    (copy / "MANIFEST").write_text((copy / "MANIFEST").read_text() + f"{'0' * 64}  ../thesis/main.tex\n")
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    for place, message in {
        "thesis": "the folder is not empty and no bundle",
        "copy": "the folder holds notes.txt, which is no part of the bundle there",
        "data.zip": "the file is no bundle",
        "thesis/main.tex": "the file is no bundle",
        "thesis/main.tex/b": "Not a directory",
        "lost": "Permission denied",
    }.items():
        assert message in one_line(gammastar("bundle", instance_path("ring"), "-o", tmp_path / place))
    (copy / "notes.txt").unlink()
    assert gammastar("bundle", instance_path("ring"), "-o", copy).code == 0
    assert checked(copy)[1][-1] == "s VALID"
    assert (tmp_path / "thesis" / "main.tex").read_text() == "precious"


def test_a_large_orbit_does_not_stop_it(tmp_path: Path) -> None:
    """12! vectors are not counted; the rest is proved and written all the same."""
    states = [f"x{k}" for k in range(10)]
    rest = ", ".join(f'"{state}"' for state in states)
    rewards = ", ".join(f'{state} = "{k}"' for k, state in enumerate(["new", "x", *states, "term"]))
    question = f'[question]\ngamma = "1/2"\nrewards = {{ {rewards} }}\n'
    large = MINIMAL.replace('"x", ', f'"x", {rest}, ', 1) + question
    (tmp_path / "large.toml").write_text(large)
    assert gammastar("bundle", tmp_path / "large.toml", "-o", tmp_path / "b").code == 0
    assert checked(tmp_path / "b")[1][-1] == "s VALID"


def test_without_the_figures_the_rest_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README names what was left out and why."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gammastar("bundle", instance_path("half"), "-o", tmp_path / "b").code == 0
    assert not (tmp_path / "b" / "figures").exists()
    readme = (tmp_path / "b" / "README.md").read_text()
    assert "Left out: graph (figures need matplotlib); steps (figures need matplotlib)" in readme
    assert "includegraphics" not in (tmp_path / "b" / "paper" / "document.tex").read_text()
    assert checked(tmp_path / "b")[1][-1] == "s VALID"
