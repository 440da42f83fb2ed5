"""`gammastar check`: exactly what the kernel says, with and without typer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from proofs.cli.check import plainly
from tests.examples import instance_path
from tests.proofs.claims.small import written
from tests.proofs.command import gammastar, one_line, process
from tests.reports import verified

CORRIDOR = instance_path("corridor-3")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """That of corridor-3."""
    return written(tmp_path, verified("corridor-3").certificate)


def test_it_ends_in_the_s_line(certificate: Path, tmp_path: Path) -> None:
    """VALID 0, INVALID 1, MALFORMED 2, HOLEY 3; the last line says which; --quiet prints only that."""
    document = json.loads(certificate.read_text(encoding="utf-8"))
    holey = written(tmp_path, document | {"claims": document["claims"][:3]}, "holey.json")
    broken = written(tmp_path, b"{", "broken.json")
    for instance, path, code, status in (
        (CORRIDOR, certificate, 0, "VALID"), (instance_path("half"), certificate, 1, "INVALID"),
        (CORRIDOR, broken, 2, "MALFORMED"), (CORRIDOR, holey, 3, "HOLEY"), (CORRIDOR, tmp_path / "no", 2, "MALFORMED"),
    ):  # fmt: skip
        ran = gammastar("check", instance, path)
        assert (ran.code, ran.out.splitlines()[-1], ran.err) == (code, f"s {status}", "")
        quiet = gammastar("check", instance, path, "--quiet")
        assert (quiet.code, quiet.out, quiet.err) == (code, f"s {status}\n", "")
        assert json.loads(gammastar("check", instance, path, "--json").out)["status"] == status


@pytest.mark.parametrize("more", [(), ("--gamma", "1/2"), ("--gamma", "2")])
def test_it_prints_what_the_kernel_prints(more: Sequence[str], certificate: Path) -> None:
    """To the letter, in processes of their own; the kernel on a Python without site-packages."""
    ours = process("check", CORRIDOR, certificate, *more)
    assert ours == process(CORRIDOR, certificate, *more, python=("-S", "-m", "proofs.kernel"))


def test_as_data(certificate: Path) -> None:
    """The status with all that the kernel derives, and nothing else on standard output."""
    ran = gammastar("check", CORRIDOR, certificate, "--json")
    document: Any = json.loads(ran.out)
    assert (document["format"], document["reason"], document["holes"]) == ("gammastar-check/1", None, [])
    assert document["counted"] == {"paper": ["r1", "r2", "r3"], "sharp": ["r1", "r2", "r3"]}
    assert document["proved"]["threshold"] == 6
    assert document["hypotheses"]["ood"] is True
    assert document["theorems"]["theorem-2"]["readings"]["probability-1"]["proved"] == {"n": 3, "means": "paper"}
    assert "Bellman" in document["axioms"]


def test_it_says_of_a_theorem_what_verify_says(certificate: Path) -> None:
    """The two documents spell a verdict alike."""
    report = json.loads(gammastar("verify", CORRIDOR, "--json", "--seconds", "0").out)
    checked = json.loads(gammastar("check", CORRIDOR, certificate, "--json").out)
    assert checked["theorems"] == report["theorems"]
    assert checked["axioms"] == report["axioms"]
    assert checked["hypotheses"] == {entry["id"]: entry["holds"] for entry in report["hypotheses"]}


WRONG = [[], ["a"], ["a", "b", "c"], ["a", "b", "--gamma"], ["a", "b", "--jsno"], ["--help"], ["a", "b", "-h"]]


@pytest.mark.parametrize("arguments", WRONG)
def test_help_and_mistakes_are_typers(arguments: list[str]) -> None:
    """What the short way does not understand goes the long way."""
    assert plainly(arguments) is None
    ran = gammastar("check", *arguments)
    if {"-h", "--help"} & {*arguments}:
        assert "The kernel alone" in ran.out
    else:
        assert "see gammastar" in one_line(ran)


@pytest.mark.parametrize("order", [["--gamma", "1/2", "I", "C"], ["I", "--quiet", "C"], ["I", "C", "--json"]])
def test_options_may_stand_anywhere(order: list[str], certificate: Path) -> None:
    """The short way and the long one do the same."""
    places = {"I": str(CORRIDOR), "C": str(certificate)}
    arguments = [places.get(word, word) for word in order]
    quick = gammastar("check", *arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("proofs.cli.check.plainly", lambda _: None)
        assert gammastar("check", *arguments) == quick
    assert quick.err == ""
