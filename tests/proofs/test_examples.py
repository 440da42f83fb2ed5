"""Every example against what theory.md says of it, against its golden report, and against the kernel."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from proofs.verify import recheck
from tests.examples import EXAMPLES, NAMES, differences, expected, problems
from tests.reports import GOLDEN, as_text, errors, read, report_of, verified

# theory.md, section 4 and the table of section 2
WORKED = ["corridor-3", "ring", "retry", "stairs", "half", "half-off", "star-3"]
BROKEN = ["shutdown-loops", "no-alternative", "negative", "training-reached", "training-leak", "half", "shutdown-first"]


def test_every_row_of_the_theory_has_an_example() -> None:
    """Both tables, CoinRun and the gridworld; each with what is expected of it, and nothing is expected of none."""
    assert set(WORKED + BROKEN + ["coinrun", "gridworld"]) <= set(NAMES)
    assert sorted(path.stem for path in (EXAMPLES / "expected").glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_as_expected(name: str) -> None:
    """Verdict, conclusion, means, n, and the minimal polynomial of each threshold that was written down."""
    wanted = expected(name)
    assert wanted["because"]
    assert list(differences(report_of(name), wanted)) == []
    if wanted["thresholds"]:
        reachable = {x for x, known in report_of(name)["states"].items() if known["reachable"]}
        assert reachable - {"term"} <= set(wanted["thresholds"])


@pytest.mark.parametrize("name", NAMES)
def test_golden_report(name: str) -> None:
    """The whole JSON report; after a change that is meant: python -m tests.golden.regenerate."""
    assert as_text(report_of(name)) == (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    assert errors(read(GOLDEN / f"{name}.json")) == []


def test_no_golden_report_without_example() -> None:
    """Nothing is left behind by an example that is gone."""
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_certificate_alone_says_the_same(name: str) -> None:
    """What the kernel derives from the file is what was derived while its claims were found; nothing is open."""
    found = verified(name)
    again = recheck(found.instance, found.certificate)
    assert (again.status, again.holes) == ("VALID", ())
    assert replace(again, aside=found.aside) == found


@pytest.mark.parametrize("name", ["corridor-3", "training-leak"])
def test_real_commands(name: str, tmp_path: Path) -> None:
    """What `make examples` does: gammastar verify, then the kernel on a Python without site-packages."""
    assert list(problems(name, tmp_path)) == []


def test_differences_are_seen() -> None:
    """The comparison can fail: in the verdict, in n, in a polynomial, in a threshold that should not exist."""
    wanted = json.loads(json.dumps(expected("corridor-3")))
    wanted["verdict"], wanted["n"] = "refuted", 2
    wanted["thresholds"]["r2"]["paper"], wanted["thresholds"]["new"]["sharp"] = None, ["0", "1"]
    assert len(list(differences(report_of("corridor-3"), wanted))) == 4


def test_coinrun_goals_agree_in_training_and_part_in_deployment() -> None:
    """ "Reward the coin" and "reward the end of the level" are both in G_T; from open_3 one goes left, one right."""
    from exact.evaluate import action_values, optimal
    from exact.goals import violation

    instance = verified("coinrun").instance
    mdp, gamma = instance.mdp, instance.question.gamma
    assert gamma is not None
    best = []
    for names in (["train_6", "coin_1"], ["train_6", "open_6", "taken_6"]):
        rewards = tuple(type(gamma)(state in names) for state in mdp.states)
        assert violation(instance, rewards, gamma) is None
        values, _ = optimal(mdp, rewards, gamma)
        worth = action_values(mdp, values, rewards, gamma, instance.shutdown_state)
        best.append([mdp.actions[instance.shutdown_state][a] for a, q in enumerate(worth) if q == max(worth)])
    assert best == [["left"], ["right"]]
