"""The whole check: statuses, output and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proofs.kernel.check import check
from tests.campaigns.mutations import leaves, replaced
from tests.corpus import instances
from tests.corpus.build import claim, encoded, honest
from tests.proofs.kernel.process import ROOT, SECONDS, STATUSES, ends, kernel


@pytest.mark.parametrize("base", ["retry", "half", "shutdown-loops", "training-leak", "no-alternative"])
def test_honest_certificates(tmp_path: Path, base: str) -> None:
    """VALID and exit code 0 on a bare Python; --gamma asks another question."""
    data = encoded(honest(base))
    assert ends(kernel(tmp_path, instances.text(base), data)) == "VALID"
    assert ends(kernel(tmp_path, instances.text(base), data, "--gamma", "1/7")) == "INVALID"


@pytest.mark.parametrize("options", [["--gamma", "1"], ["--gamma", "x"], ["--gamma"], ["extra"], ["--beta", "1/2"]])
def test_usage(tmp_path: Path, options: list[str]) -> None:
    """Wrong arguments are one line and exit code 2."""
    found = kernel(tmp_path, instances.text("retry"), encoded(honest("retry")), *options)
    assert ends(found) == "MALFORMED"
    assert b"usage" in found.stdout or b"number" in found.stdout


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is one line and exit code 2."""
    command = [sys.executable, "-S", "-m", "proofs.kernel", str(tmp_path / "none"), str(tmp_path)]
    assert ends(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)) == "MALFORMED"


@pytest.mark.parametrize("name", ["\ns VALID\n", "\rs VALID\r", "\x1b[2K", "\ud800", "\x85s VALID", "\u2028s VALID"])
def test_names_do_not_reach_the_output(tmp_path: Path, name: str) -> None:
    """The name of a closed form is a stranger's text: it adds no line to the output and cannot break it."""
    certificate = honest("retry")
    claim(certificate, "closed-form", name="paper x")["name"] = name
    claim(certificate, "threshold", kind="paper")["closed-form"] = name
    certificate["claims"].pop()
    data = json.dumps(certificate).encode()
    found = kernel(tmp_path, instances.text("retry"), data)
    assert ends(found) in ("HOLEY", "MALFORMED")
    assert b"\x1b" not in found.stdout


def _put(certificate: dict[str, Any], value: object) -> list[dict[str, Any]]:
    """Every certificate with one leaf or container of a claim replaced by the value."""
    found = []
    for path, old in leaves(certificate, ()):
        if type(old) is not type(value) and path:
            found.append(replaced(certificate, path, value))
    return found


@pytest.mark.parametrize("value", [True, None, "x", [], {}, ["1"], {"x": "1"}, "9" * 30, [[["x"]]]], ids=str)
def test_wrong_types_at_every_leaf(value: object) -> None:
    """Whatever stands at any one place, the kernel ends in a status and never in a traceback, nor in VALID."""
    certificate = honest("half")
    for changed in _put(certificate, value):
        outcome = check(instances.text("half"), json.dumps(changed).encode())
        assert outcome.status in STATUSES
        if outcome.status == "VALID":  # a container may be empty without harm: a hypothesis that fails needs no claim
            assert value in ([], {}), changed


@pytest.mark.parametrize("base", ["retry", "half", "training-leak"])
def test_every_claim_is_needed_or_harmless(base: str) -> None:
    """Without one claim the certificate is not VALID, unless the claim is of a kind that nothing needs."""
    certificate = honest(base)
    for i, entry in enumerate(certificate["claims"]):
        rest = certificate | {"claims": certificate["claims"][:i] + certificate["claims"][i + 1 :]}
        status = check(instances.text(base), encoded(rest)).status
        assert status != "VALID" or entry["claim"] in (
            "count",
            "orbit",
            "swap-fails",
            "hypothesis",
            "member",
            "universal",
        )
        assert status != "MALFORMED"


def test_the_outcome_is_a_function_of_the_bytes() -> None:
    """Twice the same, and the certificate is not changed by the check."""
    data = encoded(honest("training-leak"))
    assert check(instances.text("training-leak"), data) == check(instances.text("training-leak"), data)
