"""The commands `tex`, `show` and `diff` as a user runs them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from proofs.paper.document import fragment
from proofs.paper.escape import name
from tests.examples import instance_path
from tests.proofs.command import gammastar, one_line
from tests.proofs.paper.certificates import certificate, certificate_text, evidence

GOLDEN = Path(__file__).parent / "golden"
CORRIDOR = instance_path("corridor-3")


def written(tmp_path: Path, document: Any, file: str = "certificate.json") -> Path:
    """A certificate file."""
    path = tmp_path / file
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def test_tex_verifies_first(tmp_path: Path) -> None:
    """Without a certificate the text is about the one that `verify` writes, and says how to write it."""
    ran = gammastar("tex", CORRIDOR)
    assert (ran.code, ran.err) == (0, "")
    assert hashlib.sha256(certificate_text("corridor-3").encode()).hexdigest()[:32] in ran.out
    wanted = [name(word) for word in ("gammastar", "verify", "corridor-3.toml", "--certificate", "corridor-3.json")]
    assert " ".join(wanted) in ran.out
    out = tmp_path / "out.tex"
    assert gammastar("tex", CORRIDOR, "-o", out).out == ""
    assert out.read_text(encoding="ascii") == ran.out


def test_tex_of_a_certificate(tmp_path: Path) -> None:
    """The same text but for the files' names and the command that makes the certificate; no folder in it."""
    path = written(tmp_path, certificate_text("corridor-3"))
    ran = gammastar("tex", CORRIDOR, path)
    assert ran.code == 0
    assert ran.out.replace(name("corridor-3.toml"), name("instance.toml")) == fragment(evidence("corridor-3"))
    assert str(tmp_path) not in ran.out


def test_tex_document(tmp_path: Path) -> None:
    """An article from its class to its end."""
    ran = gammastar("tex", CORRIDOR, "--document")
    assert ran.out.startswith(r"\documentclass")
    assert ran.out.endswith("\\end{document}\n")


@pytest.mark.parametrize("command", [["tex", CORRIDOR], ["show"]])
def test_a_changed_digit_is_refused(command: list[Any], tmp_path: Path) -> None:
    """INVALID: exit code 1, the kernel's reason in one line, no text, no file."""
    document = certificate("corridor-3")
    claim = next(entry for entry in document["claims"] if entry["claim"] == "orbit")
    claim["avoid"] = "16"
    path, out = written(tmp_path, document), tmp_path / "out.tex"
    more = ["-o", out] if command[0] == "tex" else [CORRIDOR]
    ran = gammastar(*command, path, *more)
    assert (ran.code, ran.out) == (1, "")
    assert "the kernel answers INVALID: claim" in ran.err
    assert "orbit: recounted" in ran.err
    assert ran.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1}', "\ufeff"])
@pytest.mark.parametrize("command", [["tex", CORRIDOR], ["show"], ["diff"]])
def test_what_is_no_certificate_is_refused(command: list[Any], text: str, tmp_path: Path) -> None:
    """Exit code 2 and one line that names the file."""
    path = written(tmp_path, text)
    assert str(path) in one_line(gammastar(*command, path, *([path] if command[0] == "diff" else [])))


def test_malformed_for_the_kernel_only(tmp_path: Path) -> None:
    """What only the kernel knows to be malformed is exit code 2 as well."""
    document = certificate("corridor-3")
    document["claims"][0]["state"] = "nowhere"
    assert "the kernel answers MALFORMED: claim 0" in one_line(gammastar("tex", CORRIDOR, written(tmp_path, document)))


def test_missing_files() -> None:
    """Each command names the file that is not there."""
    for arguments in (["tex", CORRIDOR, "no.json"], ["show", "no.json"], ["diff", "no.json", "no.json"]):
        assert "no.json" in one_line(gammastar(*arguments))


SMALL = {
    "format": "gammastar-certificate/1",
    "instance": {"name": "small", "sha256": "0" * 64},
    "claims": [
        {"claim": "reach", "state": "x", "ranks": [["new", "go"]], "removed": [["term"]]},
        {"claim": "closed-form", "name": "paper x", "policy": {"new": "go", "x": "stay"}, "rewards": {"x": "1"},
         "denominator": ["1", "-1"], "values": {"new": ["0", "1"], "x": ["1"]}},
        {"claim": "threshold", "kind": "paper", "state": "x", "closed-form": "paper x", "polynomial": ["-1", "1", "1"],
         "interval": ["1/2", "3/4"], "frequency": "1/2"},
        {"claim": "threshold", "kind": "sharp", "state": "x", "closed-form": "paper x", "polynomial": ["0", "1"],
         "interval": ["0", "0"]},
        {"claim": "no-threshold", "state": "new", "bound": {"new": "1", "x": "0"}},
        {"claim": "count", "kind": "paper", "from": "4/5", "to": "9/10", "states": ["x"]},
        {"claim": "orbit", "gamma": "9/10", "rewards": {"x": "1", "term": "1000"}, "size": "6", "outside": "0",
         "shutdown": "2", "avoid": "3", "tie": "1"},
        {"claim": "swap-fails", "gamma": "9/10", "rewards": {"term": "1"}, "permutation": [["term", "new"]],
         "how": "leaves-theta"},
        {"claim": "hypothesis", "id": "ood", "holds": True},
        {"claim": "theorem", "id": "theorem-2", "reach": "probability-1", "gamma": None, "verdict": "verified",
         "conclusion": "proved", "means": "paper", "n": "1"},
        {"claim": "universal", "property": "retargets", "permutation": [["term", "x"]], "interval": ["0", "1"],
         "proof": {"split": ["goal", "x"], "cases": {"stay": {"multipliers": []}}}},
        {"claim": "member", "gamma": "1/2", "rewards": {"x": "-1"}, "holds": False},
        {"claim": "retargeting", "interval": ["1/2", "1/2"], "permutations": [[["term", "x"]]]},
        {"claim": "volume", "share": "1/3"},
    ],
}  # fmt: skip


def changed() -> Any:
    """The small certificate after a change of the instance."""
    document: Any = json.loads(json.dumps(SMALL))
    document["instance"] = {"name": "changed", "sha256": "1" * 64}
    claims = document["claims"]
    claims[0] |= {"ranks": [], "removed": [["new", "term"]]}
    claims[2] |= {"polynomial": ["-2", "3"], "interval": ["2/3", "2/3"]}
    claims[4] = claims[3] | {"state": "new", "polynomial": ["-1", "2"], "interval": ["1/2", "1/2"]}
    claims[5] |= {"states": []}
    claims[6] |= {"avoid": "4", "tie": "0"}
    claims[8] |= {"holds": False}
    claims[9] |= {"verdict": "refuted", "conclusion": "fails", "means": "orbit"}
    claims[13] |= {"share": "1/4"}
    del claims[7]
    return document


def golden(file: str, text: str) -> None:
    """Compare with the file; to write it anew, remove it and run the test twice."""
    path = GOLDEN / file
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path} is written anew: read it")
    assert text == path.read_text(encoding="utf-8")


def test_show_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of claim; without the instance it says that nothing is checked."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = gammastar("show", written(tmp_path, json.dumps(SMALL)))
    assert (ran.code, ran.err) == (0, "")
    golden("show.txt", ran.out)


def test_show_json(tmp_path: Path) -> None:
    """The same as data, with the kernel's word on each claim."""
    path = written(tmp_path, certificate_text("corridor-3"))
    document = json.loads(gammastar("show", path, CORRIDOR, "--json").out)
    assert document["format"] == "gammastar-show/1"
    assert document["kernel"] == {"status": "VALID", "holes": []}
    assert all(claim["proved"] is True for claim in document["claims"])
    assert [claim["number"] for claim in document["claims"]] == list(range(len(certificate("corridor-3")["claims"])))
    unchecked = json.loads(gammastar("show", path, "--json").out)
    assert unchecked["kernel"] is None
    assert unchecked["claims"][0]["proved"] is None


def test_show_names_what_is_not_proved(tmp_path: Path) -> None:
    """HOLEY: exit code 3, the holes, and a mark on the claims that are none."""
    document = certificate("corridor-3")
    left_out = [entry for entry in document["claims"] if entry.get("kind") == "sharp" and entry.get("state") == "r3"]
    left_out += [entry for entry in document["claims"] if entry["claim"] == "count"]
    document["claims"] = [entry for entry in document["claims"] if entry not in left_out]
    ran = gammastar("show", written(tmp_path, document), CORRIDOR)
    assert ran.code == 3
    assert "kernel: s HOLEY" in ran.out
    assert "hole: " in ran.out
    assert "NOT PROVED: " in ran.out


def test_show_of_a_false_root(tmp_path: Path) -> None:
    """An unchecked threshold without a root is said to have none."""
    document: Any = json.loads(json.dumps(SMALL))
    document["claims"] = [document["claims"][2] | {"polynomial": ["1", "0", "1"]}]
    says = json.loads(gammastar("show", written(tmp_path, document), "--json").out)["claims"][0]["says"]
    assert "a root of 1 + g^2 in [1/2, 3/4]: there is not exactly one" in says


def test_endless_numbers(tmp_path: Path) -> None:
    """Numbers that CPython does not write are named by their length."""
    endless, document = "1" + "0" * 6000, json.loads(json.dumps(SMALL))
    document["claims"][2] |= {"frequency": endless, "polynomial": ["-1", endless]}
    document["claims"][5] |= {"to": endless}
    document["claims"][6] |= {"avoid": endless, "rewards": {"x": endless}, "gamma": "1/" + endless}
    path = written(tmp_path, document)
    assert "a number of" in gammastar("show", path).out
    assert gammastar("diff", path, written(tmp_path, SMALL, "other.json")).code == 1


def test_show_moves_no_cursor(tmp_path: Path) -> None:
    """Control characters of a stranger's certificate are written out."""
    document: Any = json.loads(json.dumps(SMALL))
    document["claims"] = [{"claim": "\x1b[2J"}]
    ran = gammastar("show", written(tmp_path, document))
    assert "\x1b" not in ran.out
    assert "\\x1b[2J" in ran.out


def test_diff_of_changed_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thresholds that moved, verdicts, orbit counts, claims of one side only; exit code 1."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = gammastar("diff", written(tmp_path, SMALL), written(tmp_path, changed(), "other.json"))
    assert (ran.code, ran.err) == (1, "")
    golden("diff.txt", ran.out)


def test_diff_of_the_same_facts(tmp_path: Path) -> None:
    """Another order, another closed-form name, interval, polynomial and common factor: the same facts, exit code 0."""
    document: Any = json.loads(json.dumps(SMALL))
    document["claims"][2] |= {"polynomial": ["-3", "3", "3"], "interval": ["5/9", "2/3"]}
    document["claims"][1] |= {"name": "f", "denominator": ["2", "-2"], "values": {"new": ["0", "2"], "x": ["2"]}}
    document["claims"].reverse()
    ran = gammastar("diff", written(tmp_path, SMALL), written(tmp_path, document, "other.json"))
    assert ran.code == 0
    assert "They state the same facts." in ran.out


def test_diff_json(tmp_path: Path) -> None:
    """As data, with the direction of each difference."""
    paths = written(tmp_path, SMALL), written(tmp_path, changed(), "other.json")
    document = json.loads(gammastar("diff", *paths, "--json").out)
    assert (document["format"], document["same"], document["same_instance"]) == ("gammastar-diff/1", False, False)
    ways = {entry["how"] for entry in document["differences"]}
    assert ways == {"changed", "only in A", "only in B"}
    turned = json.loads(gammastar("diff", *reversed(paths), "--json").out)
    assert len(turned["differences"]) == len(document["differences"])


def test_diff_of_examples(tmp_path: Path) -> None:
    """Closing the leak of `training-leak` turns its theorem from refuted to verified."""
    paths = [written(tmp_path, certificate_text(key), key) for key in ("training-leak", "training-leak-closed")]
    document = json.loads(gammastar("diff", *paths, "--json").out)
    said = {entry["about"]: entry["says"] for entry in document["differences"] if entry["how"] == "changed"}
    key = "theorem-2, reachable with positive probability"
    assert said[key] == "refuted, fails (orbit), n = 1 at gamma = 1/2 -> verified, proved (paper), n = 1 at gamma = 1/2"
    assert said["hypothesis training-closed"] == "does not hold -> holds"
