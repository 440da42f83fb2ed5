"""DRN, Storm's explicit format: read, refused with the line, written and read back equal."""

from __future__ import annotations

import gzip
import itertools
import lzma
import tarfile
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings

from exact.errors import ExactError, NotExact, NotStochastic, TooLarge
from exact.formats import NotAModel, lines, parse_drn, read_drn, read_source, with_shutdown, write_drn
from exact.instance import Instance, Question, read_instance
from exact.limits import LARGEST_FILE
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
        "1 of 4 rows do not sum to 1 exactly; changed to fractions within 2^-40 that do:",
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
    assert next(lines(found)) == "1 of 1 rows do not sum to 1 exactly; changed to fractions within 2^-30 that do:"


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
    "continuous": (changed("MDP", "CTMC"), NotAModel, 'line 2: @type: the model type "CTMC"; MDP, DTMC, POMDP'),
    "intervals": (
        changed("double", "double-interval"),
        NotAModel,
        'line 3: numbers of type "double-interval"; an interval is no exact number: write one value of it',
    ),
    "an interval": (changed("0.25", "[0.2, 0.3]"), NotExact, 'line 21: "[0.2, 0.3]" is not an exact number'),
    "parameters": (
        changed("@parameters\n", "@parameters\np q"),
        NotAModel,
        'line 4: numbers of type "parametric"; give each parameter a value and write the model anew',
    ),
    "a placeholder of nothing": (changed("0.25", "$x"), NotExact, 'line 21: "$x" is not an exact number'),
    "no number": (changed("0.25", "nan"), NotExact, 'line 21: "nan" is not an exact number'),
    "a huge number": (changed("0.25", "1e99999"), NotExact, 'line 21: "1e99999" has too large an exponent'),
    "a DTMC with a choice": (changed("MDP", "DTMC"), NotAModel, "line 13: a state of a DTMC with several actions"),
    "too many states": (changed("\n4\n", "\n8607\n"), TooLarge, "8607 states; an instance has at most 2000"),
    "a transition first": (changed("state 0", "0 : 1\nstate 0"), NotAModel, 'line 13: "0 : 1" is out of place'),
    "twice": (changed("@parameters", "@type: MDP"), NotAModel, "line 4: @type is there twice"),
    "no section": ("hello\n", NotAModel, 'line 1: "hello" comes first'),
    "no model": ("@type: MDP\n", NotAModel, "there is no section @model"),
    "no states": ("@type: MDP\n@model\n", NotAModel, "there is no state"),
    "a polynomial": (changed("0.25", "1-p"), NotExact, 'line 21: "1-p" is not an exact number'),
    "not a distribution": (changed("0.25", "0.5"), NotStochastic, "line 20: the probabilities sum to 5/4"),
    "negative": (changed("0.25", "-1"), NotStochastic, "line 20: a negative probability"),
    "nowhere": (changed("1 : 0.25", "9 : 0.25"), NotAModel, "line 20: a transition to a state that is not there"),
    "out of order": (changed("state 1", "state 2"), NotAModel, 'line 19: state "2"; states are numbered in order'),
    "cut off": (SMALL.rpartition("state 3")[0], NotAModel, "line 8: @nr_states: 4 are announced, 3 are there"),
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
    for data, message in UNREADABLE.items():
        file.write_bytes(data)
        with pytest.raises(ExactError, match=message) as caught:
            read_drn(file)
        assert str(caught.value).startswith(f"{file}: ")


def archive(**files: str) -> bytes:
    """A tar file of texts."""
    data = BytesIO()
    with tarfile.open(fileobj=data, mode="w") as made:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"{name}.drn")
            entry.size = len(text.encode())
            made.addfile(entry, BytesIO(text.encode()))
    return data.getvalue()


UNREADABLE = {
    b"\xff": "byte 0 is not UTF-8 text",
    b"\x1f\x8b123": "it cannot be unpacked: ",
    gzip.compress(SMALL.encode())[:-9]: "it ends too early; the file is cut off",
    lzma.compress(SMALL.encode())[:-20]: "it ends too early; the file is cut off",
    gzip.compress(bytes(LARGEST_FILE + 1)): f"over {LARGEST_FILE} bytes; only small models can be read",
    bytes(LARGEST_FILE + 1): f"over {LARGEST_FILE} bytes",
    archive(a=SMALL, b=SMALL): "an archive of 2 files",
    archive(a=SMALL)[:700]: "the archive cannot be read",
}


def test_compressed_as_storm_does_it(tmp_path: Path) -> None:
    """A compressed text, or a compressed archive of one file."""
    file = tmp_path / "small.drn.gz"
    tar = archive(model=SMALL)
    for data in (gzip.compress(SMALL.encode()), lzma.compress(SMALL.encode()), gzip.compress(tar), lzma.compress(tar)):
        file.write_bytes(data)
        found = read_source(str(file), [])
        assert found.mdp == parse_drn(SMALL).mdp
        assert (found.name, found.description) == ("small", "from DRN, MDP")


FEATURES = """@type: DTMC
// blank lines and comments anywhere, values that have a name, one action that goes unsaid, exponents

@value_type: rational
@parameters

@placeholders
$third : 1/3
$two : 2/3
@reward_models
a\tb
@nr_states
3
@model

state 0 [$third,2] init a//b // a comment
// x=1
    1 : $third
    2 : 6e-1
\t\t2 : 1/15  // again
state 1 [1e-5, -2] "a b"
\taction go [0,3] ignored
\t\t1 : 1
\t\t0 : 0

state 2
\t0 : 1
"""


def test_what_else_a_file_may_hold() -> None:
    """Read as Storm reads it."""
    found = parse_drn(FEATURES)
    assert found.mdp.rows[0][0] == ((1, Fraction(1, 3)), (2, Fraction(2, 3)))
    assert found.mdp.actions == (("0",), ("go",), ("0",))
    assert found.mdp.states == ("0", "1", "2")
    assert found.initial == 0
    assert found.rewards == (Fraction(1, 3), Fraction(1, 10**5), Fraction(0))
    assert list(found.notes) == [
        "rows that repeat a successor, its probabilities added up: 1",
        "rewards b are dropped: an instance holds one reward vector",
        "labels are dropped (states): a//b (1), a b (1)",
    ]


def test_actions_without_names_of_their_own() -> None:
    """Those without a name go by their number; where two have the same, all of the state do."""
    text = "@type: MDP\n@model\nstate 0\naction a\n0 : 1\naction __NOLABEL__\n0 : 1\n"
    assert parse_drn(text).mdp.actions == (("a", "1"),)
    found = parse_drn(text.replace("__NOLABEL__", "a"))
    assert found.mdp.actions == (("0", "1"),)
    assert found.notes == ("two actions have one name; actions go by their numbers there: 0",)


def test_rewards_of_states_that_end() -> None:
    """Storm's loop pays at every step, a terminal state once."""
    text = (
        "@type: MDP\n@reward_models\nr\n@model\nstate 0\naction a\n1 : 1\nstate 1 [2] deadlock\naction a [1]\n1 : 1\n"
    )
    found = parse_drn(text)
    assert found.rewards == (Fraction(0), Fraction(3))
    assert found.notes == ("rewards r count once in terminal states, which loop in Storm: 1",)


def test_lines_as_long_as_a_file_may_be() -> None:
    """Time in proportion."""
    labels = " x" * 400_000
    found = parse_drn(f"@type: MDP\n@model\nstate 0{labels}\nstate 1\n")
    assert found.notes == ("labels are dropped (states): x (1)",)
    with pytest.raises(NotAModel, match="there is no section @model"):
        parse_drn("@type: MDP\n@reward_models\n" + "a b c\n" * 400_000)


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


LABELS = ("", "init", "shutdown", "deadlock", "init {}", "{}", "init shutdown")


@pytest.mark.parametrize("first", LABELS)
def test_whatever_is_labelled_can_be_written_back(first: str) -> None:
    """Any states may be called init and shutdown, and any action may shut down: the file that is written says so."""
    for labels in itertools.product((first,), LABELS, LABELS):
        text = "@type: MDP\n@value_type: rational\n@model\n"
        for number, ways in enumerate((("go", 1, "halt", 2), ("stay", 1, "halt", 2), ("end", 2))):
            text += f"state {number} {labels[number].format(f's{number}')}\n"
            text += "".join(f"action {a}\n{t} : 1\n" for a, t in zip(ways[::2], ways[1::2], strict=True))
        found = parse_drn(text, terminal="deadlock")
        acting = [found.mdp.states[s] for s in (0, 1) if not found.mdp.is_terminal(s)]
        given = [f"{name}{way}" for name in acting for way in ("", ":halt")]
        for shutdown in (*given, *([] if found.shutdown is None else [None])):
            made = with_shutdown(found, shutdown)
            again = with_shutdown(parse_drn(write_drn(made)[0], found.name))
            assert again.mdp == made.mdp
            assert (again.shutdown_state, again.shutdown_action) == (made.shutdown_state, made.shutdown_action)


def test_deadlock_is_no_name() -> None:
    """Where one state alone ends, its label would be its name, and the file that is written could not say so."""
    text = "@type: MDP\n@model\nstate 0 init\naction go\n1 : 1\nstate 1 deadlock\naction end\n1 : 1\n"
    found = parse_drn(text, "small")
    assert found.mdp.states == ("0", "1")
    made = with_shutdown(found, "0")
    assert parse_drn(write_drn(made)[0], "small").mdp == made.mdp


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
