"""DRN, Storm's explicit format: read, refused with the line, written and read back equal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exact.errors import ExactError, NotExact, NotStochastic
from exact.formats import NotAModel, lines, parse_drn, read_drn, with_shutdown, write_drn
from exact.instance import Instance, Question, read_instance
from exact.testing.strategies import instances
from tests.examples import ROOT

SMALL = """// a comment
@type: MDP
@value_type: double
@parameters

@reward_models
steps heat
@nr_states
4
@nr_choices
5
@model
state 0 [1, 0] init
\taction go [0, 0]
\t\t1 : 0.333333333333
\t\t2 : 0.666666666666
\taction off [0, 0]
\t\t3 : 1
state 1 [0, 2] warm "two words"
\taction __NOLABEL__ [1, 0]
\t\t1 : 0.25
\t\t0 : 7.5e-1
state 2 [0, 2] warm
\taction 0 [1, 0]
\t\t2 : 1
state 3 [0, 0] deadlock shutdown
\taction 0 [0, 0]
\t\t3 : 1
"""


def test_a_small_file() -> None:
    """Values, rewards per visit, labels with a meaning, and what is said to be lost."""
    found = parse_drn(SMALL)
    mdp = found.mdp
    assert mdp.states == ("0", "1", "2", "3")
    assert mdp.actions == (("go", "off"), ("0",), ("0",), ())
    assert mdp.rows[0][0] == ((1, Fraction(1, 3)), (2, Fraction(2, 3)))
    assert mdp.rows[1][0] == ((0, Fraction(3, 4)), (1, Fraction(1, 4)))
    assert found.rewards == tuple(map(Fraction, (1, 1, 1, 0)))
    assert found.shutdown == (0, 1)
    assert list(lines(found)) == [
        "1 of 4 rows were changed to fractions within 2^-40 that sum to 1:",
        "0.333333333333 0.666666666666 -> 1/3 2/3, 1 row: 0.go",
        "rewards heat are dropped: an instance holds one reward vector",
        "labels are dropped (states): warm (2), two words (1)",
        "rewards per visit: 0 = 1, 1 = 1, 2 = 1, else 0",
    ]
    assert with_shutdown(found).s_term == 3


def test_ten_digits_as_storm_used_to_write_them() -> None:
    """Within 2^-30 if 2^-40 is not enough, and the report says which."""
    row = "".join(f"{s} : 0.3333333333\n" for s in range(3))
    text = f"@type: MDP\n@model\nstate 0\naction a\n{row}state 1\nstate 2\n"
    found = parse_drn(text)
    assert {p for _, p in found.mdp.rows[0][0]} == {Fraction(1, 3)}
    assert next(lines(found)) == "1 of 1 rows were changed to fractions within 2^-30 that sum to 1:"


def test_states_that_a_label_ends() -> None:
    """A chosen label instead of deadlock; it ends only states that loop."""
    found = parse_drn(SMALL, terminal="warm")
    assert [found.mdp.is_terminal(s) for s in range(4)] == [False, False, True, False]


def changed(old: str, new: str) -> str:
    """The small file with one thing wrong."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


BROKEN: dict[str, tuple[str, type[ExactError], str]] = {
    "no type": ("@nr_states\n1\n@model\n", NotAModel, '@type: the model type ""; MDP, DTMC, POMDP can be read'),
    "continuous": (changed("MDP", "CTMC"), NotAModel, '@type: the model type "CTMC"'),
    "intervals": (changed("double", "double-interval"), NotAModel, '@value_type: numbers of type "double-interval"'),
    "parameters": (
        changed("@parameters\n", "@parameters\np q"),
        NotAModel,
        '@value_type: numbers of type "parametric"',
    ),
    "twice": (changed("@parameters", "@type: MDP"), NotAModel, "line 4: @type is there twice"),
    "no section": ("hello\n", NotAModel, 'line 1: "hello" comes first'),
    "no model": ("@type: MDP\n", NotAModel, "there is no section @model"),
    "no states": ("@type: MDP\n@model\n", NotAModel, "there is no state"),
    "a polynomial": (changed("0.25", "1-p"), NotExact, 'line 21: "1-p" is not an exact number'),
    "not a distribution": (changed("0.25", "0.5"), NotStochastic, "line 20: the probabilities sum to 5/4"),
    "negative": (changed("0.25", "-1"), NotStochastic, "line 20: a negative probability"),
    "nowhere": (changed("1 : 0.25", "9 : 0.25"), NotAModel, "line 20: a transition to a state that is not there"),
    "out of order": (changed("state 1", "state 2"), NotAModel, 'line 19: state "2"; states are numbered in order'),
    "cut off": (SMALL.rpartition("state 3")[0], NotAModel, "@nr_states: 4 are announced, 3 are there"),
    "a rate": (changed("state 1", "state 1 !3"), NotAModel, "line 19: an exit rate"),
    "no colon": (changed("1 : 0.25", "1 0.25"), NotAModel, 'line 21: "1 0.25" is no transition'),
    "an open quote": (changed('words"', "words"), NotAModel, 'line 19: ""two words" cannot be read'),
    "rationals": (changed("double", "rational"), NotStochastic, "line 14: the probabilities sum to"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_one_line(what: str) -> None:
    """With the line of the file."""
    text, error, start = BROKEN[what]
    with pytest.raises(error) as caught:
        parse_drn(text)
    assert str(caught.value).startswith(start)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """The file is named, and what to do about a compressed one."""
    file = tmp_path / "m.drn"
    for data, message in ((b"\x1f\x8b123", "compressed"), (b"\xff", "byte 0 is not UTF-8 text")):
        file.write_bytes(data)
        with pytest.raises(NotAModel, match=message) as caught:
            read_drn(file)
        assert str(caught.value).startswith(f"{file}: ")


@settings(max_examples=50)
@given(instances(alternatives=True, training=False, shutdown_loops=True))
def test_what_is_written_reads_back_equal(instance: Instance) -> None:
    """MDP, shutdown, rewards; the rest is named as lost."""
    text, lost = write_drn(instance)
    found = parse_drn(text)
    assert found.mdp == instance.mdp
    assert found.rewards == instance.question.rewards
    if not any("--shutdown" in line for line in lost):
        assert found.shutdown == (instance.shutdown_state, instance.shutdown_action)


@pytest.mark.parametrize("name", ["corridor-3", "half", "retry", "ring"])
def test_examples_there_and_back(name: str) -> None:
    """Equal but for name, description and what is said to be lost."""
    instance = read_instance(ROOT / "examples" / f"{name}.toml")
    text, _ = write_drn(instance)
    found = with_shutdown(parse_drn(text))
    expected = replace(instance, question=Question(None, instance.question.rewards))
    assert found == replace(expected, name=found.name, description=found.description)


def test_names_that_drn_cannot_spell() -> None:
    """One line each; a state may be called as its own role is."""
    instance = read_instance(ROOT / "examples" / "corridor-3.toml")
    mdp = instance.mdp

    def named(first: str, action: str = "off") -> str:
        names = (first, *mdp.states[1:])
        actions = ((action, *mdp.actions[0][1:]), *mdp.actions[1:])
        return write_drn(replace(instance, mdp=replace(mdp, states=names, actions=actions)))[0]

    assert parse_drn(named("init")).mdp.states[0] == "init"
    for first, action in (('a"b', "off"), ("shutdown", "off"), ("deadlock", "off"), ("new", "turn off")):
        with pytest.raises(NotAModel, match="DRN has no spelling for the"):
            named(first, action)


def value(entry: Any) -> Any:
    """A method in older versions of stormpy."""
    return entry.value() if callable(entry.value) else entry.value


def test_storm_reads_what_is_written(tmp_path: Path) -> None:
    """stormpy, where it is installed: the same probabilities, exactly; and a PRISM program comes in through it."""
    stormpy = pytest.importorskip("stormpy")
    from exact.formats.storm import read_program

    file = tmp_path / "half.drn"
    instance = read_instance(ROOT / "examples" / "half.toml")
    file.write_text(write_drn(instance)[0])
    model = stormpy.build_model_from_drn[stormpy.Rational](str(file))
    rows = [row for rows in instance.mdp.rows for row in rows or ((),)]
    for number, row in enumerate(rows):
        entries = {e.column: Fraction(str(value(e))) for e in model.transition_matrix.get_row(number)}
        assert not row or entries == dict(row)
    program = tmp_path / "m.nm"
    program.write_text("mdp module m s:[0..1] init 0; [go] s=0 -> 0.1:(s'=0)+0.9:(s'=1); endmodule")
    found = read_program(program)
    assert found.mdp.rows[0][0] == ((0, Fraction(1, 10)), (1, Fraction(9, 10)))
    assert found.mdp.is_terminal(1)
