"""Storm itself, through stormpy, where that is installed: it reads what is written, and what it builds is read."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exact.errors import ExactError
from exact.formats import lines, parse_drn, read_drn, read_source, read_umb, with_shutdown, write_drn
from exact.instance import Instance, read_instance
from tests.examples import ROOT
from tests.proofs.command import gammastar, one_line

stormpy: Any = pytest.importorskip("stormpy")

PROGRAM = """mdp
const double p;
const int N = 3;
module m
  s : [0..N] init 0;
  [go] s=0 -> p:(s'=1) + (1-p):(s'=2);
  [off] s=0 -> (s'=N);
  [] s=1 -> 0.1:(s'=0) + 0.9:(s'=1);
  [on] s=1 -> (s'=2);
  [stay] s=2 -> (s'=2);
endmodule
label "shutdown" = s=N;
rewards "rooms" s=2 : 1/3; endrewards
rewards "moves" [go] true : 1; endrewards
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A PRISM program with an open constant."""
    path = tmp_path / "m.nm"
    path.write_text(PROGRAM)
    return path


def value(entry: Any) -> Fraction:
    """A method in older versions of stormpy."""
    return Fraction(str(entry.value() if callable(entry.value) else entry.value))


def agrees(model: Any, instance: Instance) -> None:
    """Storm's model in rationals: transitions, labels and rewards."""
    mdp, matrix = instance.mdp, model.transition_matrix
    assert model.nr_states == len(mdp)
    rewards = model.reward_models["theta"] if instance.question.rewards and any(instance.question.rewards) else None
    for s, rows in enumerate(mdp.rows):
        numbers = range(matrix.get_row_group_start(s), matrix.get_row_group_end(s))
        found = [{e.column: value(e) for e in matrix.get_row(number)} for number in numbers]
        assert found == [dict(row) for row in rows or (((s, Fraction(1)),),)]
        names = [model.choice_labeling.get_labels_of_choice(number) for number in numbers]
        assert names == [{name} for name in mdp.actions[s] or ("end",)]
        labels = {mdp.states[s]} | ({"deadlock"} if mdp.is_terminal(s) else set())
        labels |= {"init"} if s == instance.shutdown_state else {"shutdown"} if s == instance.s_term else set()
        assert model.labeling.get_labels_of_state(s) == labels
        if rewards is not None and instance.question.rewards is not None and rewards.has_state_rewards:
            assert Fraction(str(rewards.get_state_reward(s))) == instance.question.rewards[s]


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.stem)
def test_storm_reads_every_example(path: Path, tmp_path: Path) -> None:
    """The same numbers, exactly."""
    instance, file = read_instance(path), tmp_path / "m.drn"
    file.write_text(write_drn(instance)[0])
    options = stormpy.io.DirectEncodingParserOptions()
    options.build_choice_labeling = True
    agrees(stormpy.build_model_from_drn[stormpy.Rational](str(file), options=options), instance)


def test_a_program_to_a_verdict_and_back(program: Path, tmp_path: Path) -> None:
    """Exact where doubles would not be; exported and imported again, every number of the report is the same."""
    first, drn, second = (tmp_path / name for name in ("a.toml", "a.drn", "b.toml"))
    ran = gammastar("import", program, "--option", "p=1/3", "-o", first)
    assert ran.out.splitlines()[:-1] == [
        "rewards moves are dropped: actions of state 0 pay differently",
        "rewards per visit: 2 = 1/3, else 0",
    ]
    mdp = read_instance(first).mdp
    assert mdp.rows[:2] == (
        (((1, Fraction(1, 3)), (2, Fraction(2, 3))), ((3, Fraction(1)),)),
        (((0, Fraction(1, 10)), (1, Fraction(9, 10))), ((2, Fraction(1)),)),
    )
    assert (mdp.actions[1], mdp.is_terminal(3)) == (("0", "on"), True)
    gammastar("export", first, "-o", drn)
    gammastar("import", drn, "-o", second)
    reports = [json.loads(gammastar("verify", file, "--json", "--seconds", "0").out) for file in (first, second)]
    assert reports[0] | {"instance": None} == reports[1] | {"instance": None}
    assert reports[0]["verdict"] == "verified"


def test_what_storm_cannot_build_is_one_line(program: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Its log is not printed, its constants are asked for, no file of ours is named."""
    with pytest.raises(ExactError) as caught:
        read_source(str(program), [])
    assert str(caught.value).startswith(f"{program}: Storm cannot build it: ")
    assert str(caught.value).endswith("constants: p (rational); give each constant a value: --option N=3")
    assert capfd.readouterr() == ("", "")
    large = tmp_path / "large.prism"
    large.write_text(PROGRAM.replace("N = 3", "N = 3000").replace("init 0", "init 0; t : [0..2000] init 0").replace(
        "(s'=N)", "(s'=N)&(t'=t)"
    ).replace("[stay] s=2 -> (s'=2)", "[stay] t<2000 -> (t'=t+1)"))  # fmt: skip
    for path, options, said in (
        (program, ["p=x"], "Storm cannot build it: "),
        (program, ["q=1"], "Storm cannot build it: "),
        (large, ["p=0.5"], " states; an instance has at most 2000"),
        (tmp_path / "none.jani", [], "No such file or directory"),
    ):
        arguments = [part for option in options for part in ("--option", option)]
        line = one_line(gammastar("import", path, *arguments, "-o", tmp_path / "o.toml"))
        assert said in line
        assert line.startswith(f"{path}: ")


def test_jani_and_umb_say_the_same_as_prism(program: Path, tmp_path: Path) -> None:
    """The same model, written by Storm in its other formats."""
    expected = read_source(str(program), ["p=1/7"])
    closed, _ = stormpy.instantiate_constants(stormpy.parse_prism_program(str(program)), "p=1/7")
    jani = tmp_path / "m.jani"
    stormpy.io.export_jani_to_file(str(jani), closed.to_jani([])[0])
    assert read_source(str(jani), []).mdp.rows == expected.mdp.rows
    options = stormpy.BuilderOptions()
    options.set_build_choice_labels(True)
    options.set_build_all_labels()
    options.set_build_all_reward_models()
    model = stormpy.build_model[stormpy.Rational](closed, options=options)
    writing = stormpy.io.UmbExportOptions()
    writing.allow_choice_labeling_as_actions = True
    writing.value_type = stormpy.io.UmbExportValueType.DOUBLE  # 2.0 cannot write rationals
    file = tmp_path / "m.umb"
    stormpy.io.export_to_umb(model, str(file), options=writing)
    found = read_umb(file)
    assert found.mdp == expected.mdp
    assert (found.rewards, found.shutdown, found.initial) == (expected.rewards, expected.shutdown, expected.initial)


def examples(kind: str) -> list[Path]:
    """Files of that kind that come with stormpy."""
    return sorted((Path(stormpy.__file__).parent / "examples" / "files").rglob(f"*.{kind}"))


@pytest.mark.parametrize("path", examples("drn"), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_storms_own_files(path: Path, tmp_path: Path) -> None:
    """Models of discrete time come to a verdict and back; what is no MDP with numbers is one line."""
    if path.parent.name != "pomdp":
        line = one_line(gammastar("import", path, "-o", tmp_path / "o.toml", "--shutdown", "0"))
        assert line.startswith(f"{path}: line ")
        return
    found = read_drn(path)
    instance = with_shutdown(found, found.mdp.states[found.initial or 0])
    assert "observations are dropped: the agent sees the state" in list(lines(found))
    again = with_shutdown(parse_drn(write_drn(instance)[0]))
    assert (again.mdp, again.question.rewards) == (instance.mdp, instance.question.rewards)


def test_storms_own_programs(tmp_path: Path) -> None:
    """two_dice: each result of two dice has the chance that it has."""
    path = next(path for path in examples("nm") if path.parent.name == "mdp" and path.stem == "two_dice")
    found = read_source(str(path), [], "done")
    assert sum(map(found.mdp.is_terminal, range(len(found.mdp)))) == 36
    assert {p for rows in found.mdp.rows for row in rows for _, p in row} == {Fraction(1, 2)}
