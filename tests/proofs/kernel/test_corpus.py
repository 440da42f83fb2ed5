"""Every certificate of tests/corpus ends in its status, for the reason given."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.kernel.check import check
from tests.corpus.build import ROOT, STATUSES, load

FOLDERS = sorted(path.parent for path in ROOT.glob("*/*/*/certificate.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_status_and_reason(folder: Path) -> None:
    """The kernel ends in the status that the folder is under, and says what reason.txt expects."""
    told: list[str] = []
    expects = folder.joinpath("reason.txt").read_text("utf-8").splitlines()[0]
    outcome = check(
        folder.joinpath("instance.toml").read_bytes(),
        folder.joinpath("certificate.json").read_bytes(),
        None,
        told.append,
    )
    printed = [outcome.reason, *outcome.holes] if folder.parts[-3] != "valid" else told
    assert outcome.status.lower() == folder.parts[-3], printed
    assert any(expects in line.replace("'", "") for line in printed), printed  # names are printed in quotes


def test_every_status_has_many_attacks() -> None:
    """More certificates are refused than accepted, and no folder is empty or misnamed."""
    count = {status: sum(folder.parts[-3] == status for folder in FOLDERS) for status in STATUSES}
    assert sum(count.values()) == len(FOLDERS)
    assert count["invalid"] > 50 > count["valid"] > 5
    assert count["malformed"] > 40
    assert count["holey"] > 5


def test_attacks_are_registered_once() -> None:
    """The builder gives each attack a folder of its own, and every folder is one of them."""
    names = [(entry.status, entry.kind, entry.name) for entry in load()]
    assert len(names) == len(set(names))
    assert set(names) == {folder.parts[-3:] for folder in FOLDERS}
