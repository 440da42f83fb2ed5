"""The command `tex` as a user runs it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from proofs.report.latex.escape import name
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line
from tests.proofs.report.latex.certificates import checked, fragment

CORRIDOR = instance_path("corridor-3")


def written(tmp_path: Path, data: bytes) -> Path:
    """A certificate file."""
    path = tmp_path / "certificate.json"
    path.write_bytes(data)
    return path


def test_it_verifies_first(tmp_path: Path) -> None:
    """Without a certificate the text is about the one that `verify` writes, and says how to write it."""
    ran = gammastar("tex", CORRIDOR)
    assert (ran.code, ran.err) == (0, "")
    assert hashlib.sha256(checked("corridor-3").certificate).hexdigest() in ran.out.replace(r"\allowbreak{}", "")
    wanted = [name(word) for word in ("gammastar", "verify", "corridor-3.toml", "--certificate", "corridor-3.json")]
    assert " ".join(wanted) in ran.out
    out = tmp_path / "out.tex"
    assert gammastar("tex", CORRIDOR, "-o", out).out == ""
    assert out.read_text(encoding="ascii") == ran.out


def test_phases_are_asked_for(tmp_path: Path) -> None:
    """The text has them, and the bundle whose certificate it is about; another certificate, or a family, has none."""
    ran = gammastar("tex", CORRIDOR, "--phases", "--document")
    assert r"\section{Every discount at once}" in ran.out
    assert r"\section{Every discount at once}" not in gammastar("tex", CORRIDOR, "--document").out
    folder = tmp_path / "bundle"
    assert gammastar("bundle", CORRIDOR, "--phases", "-o", folder).code == 0
    digest = hashlib.sha256((folder / "certificate.json").read_bytes()).hexdigest()
    assert digest in ran.out.replace(r"\allowbreak{}", "")
    wanted = [name(word) for word in ("gammastar", "bundle", "corridor-3.toml", "--phases", "--output", "bundle")]
    assert " ".join(wanted) in ran.out
    assert "fig:phases" in (folder / "paper" / "document.tex").read_text(encoding="ascii")
    assert sorted(path.name for path in (folder / "figures").iterdir()) == [
        "graph.pdf", "phases.pdf", "steps.pdf", "visits.pdf",
    ]  # fmt: skip
    assert "has its phases" in one_line(gammastar("tex", CORRIDOR, folder / "certificate.json", "--phases"))
    family = instance_path("retry").parent / "families" / "retry.toml"
    for command in (("tex", family), ("bundle", family, "-o", tmp_path / "f")):
        assert "phases are those of one MDP" in one_line(gammastar(*command, "--phases"))
    (tmp_path / "plain.toml").write_text(MINIMAL)
    assert "phases are those of rewards" in one_line(gammastar("tex", tmp_path / "plain.toml", "--phases"))


def test_a_certificate_is_read(tmp_path: Path) -> None:
    """The same text but for the files' names and the command that makes the certificate; no folder in it."""
    ran = gammastar("tex", CORRIDOR, written(tmp_path, checked("corridor-3").certificate))
    assert ran.code == 0
    assert ran.out.replace(name("corridor-3.toml"), name("instance.toml")) == fragment(checked("corridor-3"))
    assert str(tmp_path) not in ran.out


def test_a_whole_document() -> None:
    """An article from its class to its end."""
    ran = gammastar("tex", CORRIDOR, "--document")
    assert ran.out.startswith(r"\documentclass")
    assert ran.out.endswith("\\end{document}\n")


def test_a_changed_digit_is_refused(tmp_path: Path) -> None:
    """INVALID: exit code 1, the kernel's reason in one line, no text, no file."""
    path, out = written(tmp_path, checked("corridor-3").certificate.replace(b'"avoid":"15"', b'"avoid":"16"')), tmp_path
    ran = gammastar("tex", CORRIDOR, path, "-o", out / "out.tex")
    assert (ran.code, ran.out) == (1, "")
    assert f"{path}: the kernel answers INVALID: claim" in ran.err
    assert ran.err.count("\n") == 1
    assert not (out / "out.tex").exists()


@pytest.mark.parametrize("data", [b"", b"{}", b'{"format": 1}', "\ufeff".encode(), b"\xff", b'{"a":1,"a":2}'])
def test_what_is_no_certificate_is_refused(data: bytes, tmp_path: Path) -> None:
    """MALFORMED: exit code 2 and one line that names the file."""
    path = written(tmp_path, data)
    assert f"{path}: the kernel answers MALFORMED" in one_line(gammastar("tex", CORRIDOR, path))


def test_an_unknown_state_is_malformed(tmp_path: Path) -> None:
    """What only the kernel knows to be malformed is exit code 2 as well."""
    path = written(tmp_path, checked("corridor-3").certificate.replace(b'"state":"r2"', b'"state":"nowhere"'))
    assert "the kernel answers MALFORMED: claim " in one_line(gammastar("tex", CORRIDOR, path))


def test_places_are_looked_at_before_the_work(tmp_path: Path) -> None:
    """No folder, a folder, one of the files that are read, a missing certificate."""
    path = written(tmp_path, checked("corridor-3").certificate)
    assert "No such file" in one_line(gammastar("tex", CORRIDOR, "-o", tmp_path / "no" / "out.tex"))
    assert "Is a directory" in one_line(gammastar("tex", CORRIDOR, "-o", tmp_path))
    assert "is read here" in one_line(gammastar("tex", CORRIDOR, path, "-o", path))
    assert "no.json" in one_line(gammastar("tex", CORRIDOR, "no.json"))
