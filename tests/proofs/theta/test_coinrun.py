"""What issue 3 asks to be shown: CoinRun's G_T, by the example script and by the command; and what is refused."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from tests.examples import EXAMPLES, instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line

COINRUN = instance_path("coinrun")
COIN, END, STILL = "train_6=1,coin_1=1", "train_6=1, open_6=1, taken_6=1", "train_1=1"
LAST = "19*r(train_6) >= 100*r(train_4) + 90*r(train_5)"


def test_example_script(capsys: pytest.CaptureFixture[str]) -> None:
    """Both goals lie in G_T and part in deployment; standing still is not in G_T."""
    runpy.run_path(str(EXAMPLES / "coinrun_goals.py"))
    shown = capsys.readouterr().out
    assert LAST in shown
    coin, end, still = shown.split("\n\n")[1:]
    assert "theta = train_6 + coin_1: in Theta" in coin
    assert "optimal in open_3: left" in coin
    assert "theta = train_6 + open_6 + taken_6: in Theta" in end
    assert "optimal in open_3: right" in end
    assert "theta = train_1: not in Theta" in still
    assert "8100*r(train_4) + 7290*r(train_5) + 6561*r(train_6) >= 100000*r(train_1): 0 >= 100000 is false" in still
    assert "fails: Q*(train_1, right) = 91/10 >= 10 = Q*(train_1, left)" in still


def test_command_with_members() -> None:
    """0 if all the rewards given are members, 1 if one is not."""
    ran = gammastar("goals", COINRUN, "--member", COIN, "--member", END)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count(": in Theta") == 2
    assert "holds: Q*(train_5, right) = 9/10 >= 729/1000 = Q*(train_5, left)" in ran.out
    assert gammastar("goals", COINRUN, "--member", COIN, "--member", STILL).code == 1


def test_json() -> None:
    """One document: the inequalities by name, and each membership with its reasons, the violated first."""
    ran = gammastar("goals", COINRUN, "--as", "json", "--member", STILL)
    document = json.loads(ran.out)
    assert ran.code == 1
    assert document["format"] == "gammastar-goals/1"
    (piece,), (member,) = document["pieces"], document["members"]
    assert LAST in [entry["text"] for entry in piece["inequalities"]]
    assert piece["implied"] == [["reward", "train_6"]]
    assert member["member"] is False
    assert member["violated"][0]["row"] == ["trained", "train_1", "left"]
    assert [reason["holds"] for reason in member["reasons"]] == [False] * 5 + [True] * 19
    assert (member["reasons"][0]["left"], member["reasons"][0]["right"]) == ("91/10", "10")


@pytest.mark.parametrize(("form", "mark"), [("smt2", ";"), ("latex", "%")])
def test_members_are_comments_in_the_other_forms(form: str, mark: str) -> None:
    """The script stays a script, the formulas formulas."""
    ran = gammastar("goals", COINRUN, "--as", form, "--member", COIN)
    assert f"{mark} theta = train_6 + coin_1: in Theta" in ran.out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "yaml"), "--as"),
        (("--gamma", "1"), "--gamma"),
        (("--member", "coin_2=1"), 'did you mean "coin_1"'),
        (("--member", "coin_1=0.5.1"), "not an exact number"),
        (("--member", "coin_1"), "cannot be read"),
        (("--member", "coin_1=1,coin_1=2"), "given twice"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    """Exit code 2, the place and the remedy."""
    assert message in one_line(gammastar("goals", COINRUN, *arguments))


def test_gamma_is_asked_for_where_it_matters(tmp_path: Path) -> None:
    """Not under `immediate`, whose inequalities hold for every gamma."""
    file = tmp_path / "minimal.toml"
    file.write_text(MINIMAL, encoding="utf-8")
    assert "there is no gamma" in one_line(gammastar("goals", file))
    file.write_text(MINIMAL + '[goals]\nreading = "immediate"\n', encoding="utf-8")
    ran = gammastar("goals", file, "--member", "'x'=1/2,term=1")
    assert ran.code == 0
    assert "Theta at every gamma, reading immediate" in ran.out
