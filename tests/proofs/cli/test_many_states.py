"""Reports on models with more states than anyone reads: short lists, what tells something first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofs.command import gammastar

ENDINGS = [f"{k}" for k in range(39)]  # states that are called as Gymnasium's are
INSTANCE = f"""
format = 1
states = {["new", "term", *ENDINGS, "ring"]!r}
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = {{ term = "1" }}
dice = {{ {", ".join(f'{x} = "1/39"' for x in ENDINGS)} }}
loop = {{ ring = "1" }}
[transitions.ring]
stay = {{ ring = "1" }}
[question]
gamma = "9/10"
rewards = {{ 3 = "1", term = "2" }}
"""


@pytest.fixture
def dice(tmp_path: Path) -> Path:
    """Of 41 states that are reached, one counts."""
    path = tmp_path / "dice.toml"
    path.write_text(INSTANCE, encoding="utf-8")
    return path


def squeezed(*arguments: object) -> str:
    """Standard output in one line, without rules."""
    return " ".join(gammastar(*map(str, arguments)).out.replace("─", "").split())


@pytest.mark.parametrize("command", ["verify", "thresholds"])
def test_states_with_a_threshold_lead_a_long_table(dice: Path, command: str) -> None:
    """Else the one that counts is among the rows left out."""
    assert "ring yes 0 new no none" in squeezed(command, dice)


def test_returns_lead_with_what_is_visited(dice: Path) -> None:
    """The one state that the policy visits, before the thirty that it does not."""
    said = squeezed("returns", dice, "--policy", "new=loop")
    assert "gamma -> 1 ring 1/(1 - g) infinite new 0 0" in said


def test_a_goal_that_is_1_everywhere_is_not_a_sum(dice: Path) -> None:
    """Of 42 terms."""
    assert "every inequality strict: theta is 1 in every state" in squeezed("goals", dice)


def test_a_state_called_3_is_no_number(dice: Path) -> None:
    """In sums its name stands in quotation marks."""
    assert 'theta = 2*term + "3": in Theta' in squeezed("goals", dice, "--member", "term=2,3=1")
