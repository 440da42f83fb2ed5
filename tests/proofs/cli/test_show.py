"""`gammastar show`: claims in words, and with the instance what the kernel says and derives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.examples import instance_path
from tests.proofs.claims.small import GOLDEN, small, written
from tests.proofs.command import gammastar, one_line
from tests.reports import verified

CORRIDOR = instance_path("corridor-3")


def golden(file: str, text: str) -> None:
    """Compare with the file; to write it anew, remove it and run the test twice."""
    path = GOLDEN / file
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path} is written anew: read it")
    assert text == path.read_text(encoding="utf-8")


def test_each_kind_of_claim_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the instance it says that nothing is checked."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = gammastar("show", written(tmp_path, small()))
    assert (ran.code, ran.err) == (0, "")
    golden("show.txt", ran.out)


def test_with_the_instance_it_is_checked(tmp_path: Path) -> None:
    """The kernel's word on each claim, and the hypotheses and verdicts that it derives."""
    found = verified("corridor-3")
    path = written(tmp_path, found.certificate)
    document = json.loads(gammastar("show", path, CORRIDOR, "--json").out)
    assert (document["format"], document["gamma"]) == ("gammastar-show/1", "9/10")
    assert document["kernel"] == {"status": "VALID", "holes": []}
    assert [claim["number"] for claim in document["claims"]] == list(range(len(found.claims)))
    assert all(claim["proved"] is True for claim in document["claims"])
    assert document["hypotheses"]["gamma-star"] is True
    assert document["theorems"]["theorem-2"]["proved"] == {"n": 3, "means": "paper"}
    ran = gammastar("show", path, CORRIDOR)
    assert ran.code == 0
    assert "Hypotheses of Theorem 2" in ran.out
    assert any(line.split()[:5] == ["theorem-2", "verified", "proved", "paper", "3"] for line in ran.out.splitlines())
    unchecked = json.loads(gammastar("show", path, "--json").out)
    assert (unchecked["kernel"], unchecked["theorems"], unchecked["claims"][0]["proved"]) == (None, None, None)


def test_holes_are_named(tmp_path: Path) -> None:
    """A certificate for another question: exit code 3, and the flag to add."""
    path = written(tmp_path, verified("corridor-3", "1/2").certificate)
    ran = gammastar("show", path, CORRIDOR)
    assert ran.code == 3
    assert "kernel: s HOLEY" in ran.out
    assert "hole: it was made for gamma = 1/2, not for this question: add --gamma 1/2" in ran.out
    assert gammastar("show", path, CORRIDOR, "--gamma", "1/2").code == 0


def test_what_the_kernel_refuses_is_not_shown(tmp_path: Path) -> None:
    """INVALID 1, MALFORMED 2; one line with the kernel's reason."""
    document = json.loads(verified("corridor-3").certificate)
    orbit = next(entry for entry in document["claims"] if entry["claim"] == "orbit")
    orbit["avoid"] = "16"
    ran = gammastar("show", written(tmp_path, document), CORRIDOR)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "the kernel answers INVALID: claim" in ran.err
    orbit["gamma"] = "9"
    assert "the kernel answers MALFORMED: claim" in one_line(gammastar("show", written(tmp_path, document), CORRIDOR))


@pytest.mark.parametrize("text", [b"", b"{}", b'{"format": 1}', b"\xef\xbb\xbf"])
@pytest.mark.parametrize("command", ["show", "diff"])
def test_what_is_no_certificate_is_refused(command: str, text: bytes, tmp_path: Path) -> None:
    """Exit code 2 and one line that names the file."""
    path = written(tmp_path, text)
    assert str(path) in one_line(gammastar(command, path, *([path] if command == "diff" else [])))


def claim_in_words(tmp_path: Path, claim: dict[str, Any]) -> str:
    """What is said of one claim that nobody has checked."""
    path = written(tmp_path, small(claims=[claim]))
    return str(json.loads(gammastar("show", path, "--json").out)["claims"][0]["says"])


def test_a_false_root_is_said_to_be_none(tmp_path: Path) -> None:
    """An unchecked threshold need not have one, nor a count a power series."""
    threshold = small()["claims"][1]
    says = claim_in_words(tmp_path, threshold | {"polynomial": ["1", "0", "1"]})
    assert "a root of 1 + g^2 in [1/2, 3/4]: there is not exactly one" in says
    assert "v_x = (1)/(g)" in claim_in_words(tmp_path, threshold | {"numerator": ["1"], "denominator": ["0", "1"]})
    assert "v_x = (1)/(0)" in claim_in_words(tmp_path, threshold | {"numerator": ["1"], "denominator": []})


@pytest.mark.parametrize("proof", [{"cases": "x"}, {"violations": ["x", [], {}]}, {"only": {"a": []}}])
def test_a_proof_of_any_shape_is_counted(proof: Any, tmp_path: Path) -> None:
    """Only the kernel reads what is in it."""
    claim = next(entry for entry in small()["claims"] if entry["claim"] == "universal")
    assert "case" in claim_in_words(tmp_path, claim | {"proof": proof})


def test_endless_numbers(tmp_path: Path) -> None:
    """Numbers that nobody reads are named by their length."""
    endless, document = "1" + "0" * 6000, small()
    document["claims"][1] |= {"numerator": ["-1", endless], "polynomial": ["-1", endless]}
    document["claims"][4] |= {"avoid": endless, "rewards": {"x": endless}, "gamma": "1/" + endless}
    path = written(tmp_path, document)
    assert "a number of" in gammastar("show", path).out
    assert gammastar("diff", path, written(tmp_path, small(), "other.json")).code == 1


def test_no_cursor_is_moved(tmp_path: Path) -> None:
    """Control characters of a stranger's certificate are written out."""
    ran = gammastar("show", written(tmp_path, small(claims=[{"claim": "\x1b[2J"}])))
    assert "\x1b" not in ran.out
    assert "\\x1b[2J" in ran.out
