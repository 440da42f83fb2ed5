"""`gammastar check`: exactly what the kernel says, with and without typer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from proofs.cli.check import plainly
from proofs.report.closing import REACHES
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
@pytest.mark.parametrize("name", ["corridor-3", "half", "training-leak"])
def test_it_prints_what_the_kernel_prints(name: str, more: Sequence[str], tmp_path: Path) -> None:
    """The same answer, counts, theorems and axioms; the kernel in a process of its own, without site-packages."""
    certificate = written(tmp_path, verified(name).certificate)
    ours = gammastar("check", instance_path(name), certificate, *more)
    kernel = process(instance_path(name), certificate, *more, python=("-S", "-m", "proofs.kernel"))
    assert (ours.code, ours.out.splitlines()[-1], ours.err) == (kernel.code, kernel.out.splitlines()[-1], "")
    said = " ".join(ours.out.split())
    for line in kernel.out.splitlines():
        title, _, rest = line.partition(": ")
        if title.startswith(("proposition", "theorem")):
            name, _, reading = title.partition(" ")
            assert f"{name}: {rest}" in said or f"{name} ({REACHES[reading.strip('()')]}): {rest}" in said
        elif title.startswith(("axioms", "hole")) or rest.endswith("proved"):
            assert line in said


def test_every_gamma_of_a_certificate_that_is_refused_is_said_once(certificate: Path) -> None:
    """The kernel's usage is not the command's: a file that is missing, a gamma that is none."""
    for arguments, said in (
        ((CORRIDOR, certificate.parent / "no.json"), "no.json: No such file or directory; check the path"),
        ((CORRIDOR, certificate, "--gamma", "2"), "--gamma: gamma is not strictly between 0 and 1; write it like"),
        (("-", "-"), "- (standard input) is given twice"),
    ):
        out = gammastar("check", *arguments).out
        assert said in " ".join(out.split())
        assert "python -m" not in out


def test_verbose_tells_the_claims(certificate: Path) -> None:
    """In words, one after the other; without it there is one line a kind."""
    told = gammastar("check", CORRIDOR, certificate, "--verbose").out
    assert "claim 2, gamma*_r3 = gamma°_r3: v_r3 > 1 is possible" in told
    said = gammastar("check", CORRIDOR, certificate).out
    assert "claim 2" not in said
    assert "threshold: 5 proved" in said.splitlines()
    assert "n: 3 (r1, r2, r3)" in said.splitlines()


def test_it_ends_in_plain_words(certificate: Path) -> None:
    """The share that is proved, as verify says it."""
    asked = "Asked: of goals that fit the training"
    said, verify_says = (
        " ".join(gammastar(*arguments).out.split())
        for arguments in (("check", CORRIDOR, certificate), ("verify", CORRIDOR, "--seconds", "0"))
    )
    part = said[said.index(asked) : said.index(" s VALID")]
    assert "at least 3 in 4 of those that decide avoid shutdown" in part
    assert part in verify_says


def test_as_data(certificate: Path) -> None:
    """The status with all that the kernel derives, and nothing else on standard output."""
    ran = gammastar("check", CORRIDOR, certificate, "--json")
    document: Any = json.loads(ran.out)
    assert (document["format"], document["reason"], document["holes"]) == ("gammastar-check/1", None, [])
    assert document["counted"] == {"paper": ["r1", "r2", "r3"], "sharp": ["r1", "r2", "r3"]}
    assert document["proved"]["threshold"] == 5  # r3 has one claim for both of its own
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


@pytest.mark.parametrize("typers", [False, True])
def test_several_certificates(certificate: Path, tmp_path: Path, typers: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line each with the file's name, the worst word last, and its exit code; --quiet that alone, --verbose all."""
    if typers:
        monkeypatch.setattr("proofs.cli.check.plainly", lambda _: None)
    document = json.loads(certificate.read_text(encoding="utf-8"))
    holey = written(tmp_path, document | {"claims": document["claims"][:3]}, "holey.json")
    pairs = [CORRIDOR, certificate, CORRIDOR, holey]
    ran = gammastar("check", *pairs)
    said = " ".join(ran.out.split())
    assert (ran.code, ran.err, ran.out.splitlines()[-1]) == (3, "", "s HOLEY")
    assert said.startswith(f"{certificate}: s VALID, theorem-2 verified, n = 3 {holey}: s HOLEY, theorem-2")
    assert gammastar("check", *pairs[:2], *pairs[:2]).code == 0
    worse = gammastar("check", *pairs, instance_path("half"), certificate)
    assert (worse.code, worse.out.splitlines()[-1]) == (1, "s INVALID")
    worst = gammastar("check", CORRIDOR, tmp_path / "none.json", *pairs)
    assert (worst.code, worst.out.splitlines()[-1]) == (2, "s MALFORMED")
    assert "none.json: s MALFORMED; " in " ".join(worst.out.split())
    assert gammastar("check", *pairs, "--quiet").out == "s HOLEY\n"
    alone = gammastar("check", CORRIDOR, certificate).out.removesuffix("s VALID\n")
    assert alone in gammastar("check", *pairs, "--verbose").out
    both = json.loads(gammastar("check", *pairs, "--json").out)
    assert (both["format"], [entry["status"] for entry in both["documents"]]) == (
        "gammastar-several/1", ["VALID", "HOLEY"],
    )  # fmt: skip
    assert "no certificate comes after it; give an instance and" in one_line(gammastar("check", *pairs[:3]))
    assert gammastar("check", CORRIDOR, "-", CORRIDOR, "-").out.count("(standard input) is given twice") == 2


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
