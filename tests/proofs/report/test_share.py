"""What `gammastar share` says: the answer first, the bound, how goals are drawn, and that no claim holds the share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line
from tests.reports import errors

SAID = "The share is computed, not certified: the kernel has no claim about volumes."


def document(*arguments: str | Path) -> dict[str, Any]:
    """Its JSON, after the schema."""
    found: dict[str, Any] = json.loads(gammastar("share", *arguments, "--json").out)
    assert errors(found, "share") == []
    return found


@pytest.mark.parametrize(
    ("name", "options", "lines"),
    [
        ("star-3", (), ["1 in 4,000 of all goals shut down at gamma = 9/10.", "share: 1/4000"]),
        ("star-3", (), ["distribution: uniform on Theta, with new in [0, 0]; the others in [0, 1]"]),
        ("box", (), ["About 17.5 % of all goals shut down at gamma = 9/10.", "uniform on Theta within [-1, 1]^5"]),
        ("no-alternative", (), ["All goals shut down", "The theorem gives no bound here.", "in 1 reward that"]),
        ("star-3", ("--samples", "50"), ["because a sample was asked for", "0 of 50 goals drawn, by seed 1"]),
        ("training-leak", ("--samples", "50"), ["99 % confidence", "more were drawn and are not in Theta"]),
        ("half", ("--given", "reach=x", "--samples", "50"), ["of all goals surely reach x at gamma"]),
    ],
)  # fmt: skip
def test_text(name: str, options: tuple[str, ...], lines: list[str]) -> None:
    """In whole lines of 80 columns, and always that it is not certified."""
    ran = gammastar("share", instance_path(name), *options)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    text = " ".join(ran.out.split())
    for line in (*lines, SAID):
        assert line in text


def test_json() -> None:
    """Exact, or by a sample with its interval; never certified; the same seed gives the same."""
    exact = document(instance_path("star-3"))
    assert {key: exact[key] for key in ("share", "bound", "n", "method", "certified")} == {
        "share": "1/4000", "bound": "1/4", "n": 3, "method": "volume", "certified": False,
    }  # fmt: skip
    drawn = [document(instance_path("star-3"), "--gamma", "1/2", "--samples", "200", "--seed", seed) for seed in "112"]
    assert drawn[0] == drawn[1] != drawn[2]
    assert (drawn[0]["share"], drawn[0]["certified"], drawn[0]["method"]) == (None, False, "sample")
    low, high = map(float, drawn[0]["interval"])
    assert low < 1 / 32 < high


def test_a_bound_needs_an_even_distribution(tmp_path: Path) -> None:
    """x in [0, 2], the others in [0, 1]: a swap of x and term does not keep that, so the n of orbits bounds nothing."""
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL + '[goals]\ninequalities = ["x <= 2"]\n[question]\ngamma = "1/2"\n')
    found = document(path)
    assert (found["share"], found["bound"], found["n"]) == ("1/8", None, None)
    assert found["distribution"] == "uniform on Theta, with x in [0, 2]; the others in [0, 1]"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--given", "x"), '"x" cannot be read; write one condition like "reach=STATE"'),
        (("--given", "reach=nowhere"), "nowhere"),
        (("--samples", "0"), "--samples"),
        (("--gamma", "1/2:1"), "a share is a number at one of them"),
    ],
)
def test_bad_usage_is_one_line(options: tuple[str, ...], message: str) -> None:
    """Exit code 2, where and what to write."""
    assert message in one_line(gammastar("share", instance_path("half"), *options))
