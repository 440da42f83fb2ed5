"""UMB, the unified Markov binary format: every value exact, every array of its length, the rest refused in one line."""

from __future__ import annotations

import gzip
import json
import lzma
import struct
import tarfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exact.errors import ExactError, NotStochastic, TooLarge
from exact.formats import NotAModel, lines, read_source, with_shutdown
from exact.formats.explicit_model import modelled
from exact.formats.umb import parse
from exact.instance import Instance
from exact.testing.strategies import instances

Files = dict[str, bytes]
RATIONAL, DOUBLE, BOOL = {"type": "rational", "size": 1024}, {"type": "double"}, {"type": "bool"}


def integers(*values: int, size: int = 8) -> bytes:
    """Little-endian, unsigned."""
    return b"".join(value.to_bytes(size, "little") for value in values)


def rationals(*values: Fraction) -> bytes:
    """512 bits above, 512 below."""
    return b"".join(v.numerator.to_bytes(64, "little", signed=True) + integers(v.denominator, size=64) for v in values)


def starts(counts: list[int]) -> bytes:
    """A CSR mapping."""
    return integers(*(sum(counts[:k]) for k in range(len(counts) + 1)))


def bits(held: list[bool]) -> bytes:
    """A TO1 mapping to bool."""
    return integers(sum(1 << s for s, holds in enumerate(held) if holds), size=-(-len(held) // 64) * 8)


def archive(index: dict[str, Any], files: Files) -> bytes:
    """The tar file."""
    data = BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.USTAR_FORMAT) as made:
        for name, content in {"index.json": json.dumps(index).encode(), **files}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            made.addfile(entry, BytesIO(content))
    return data.getvalue()


def written(instance: Instance) -> tuple[dict[str, Any], Files]:
    """An instance as UMB, after the specification: terminal states loop, and have the label deadlock."""
    mdp = instance.mdp
    rows = [list(zip(mdp.actions[s], mdp.rows[s], strict=True)) or [("", ((s, Fraction(1)),))] for s in range(len(mdp))]
    flat = [(name, row) for state in rows for name, row in state]
    names = sorted({name for name, _ in flat})
    branches = [entry for _, row in flat for entry in row]
    annotations = {"aps": {name: {"applies-to": ["states"], "type": BOOL} for name in ("deadlock", "shutdown")}}
    index: dict[str, Any] = {
        "format-version": 1,
        "format-revision": 0,
        "transition-system": {
            "time": "discrete", "#players": 1, "#states": len(mdp), "#initial-states": 1, "#choices": len(flat),
            "#choice-actions": len(names), "#branches": len(branches), "#branch-actions": 0, "#observations": 0,
            "branch-probability-type": RATIONAL,
        },
        "annotations": annotations,
    }  # fmt: skip
    files = {
        "state-to-choices.bin": starts([len(state) for state in rows]),
        "choice-to-branches.bin": starts([len(row) for _, row in flat]),
        "branch-to-target.bin": integers(*(successor for successor, _ in branches)),
        "branch-to-probability.bin": rationals(*(p for _, p in branches)),
        "state-is-initial.bin": bits([s == instance.shutdown_state for s in range(len(mdp))]),
        "annotations/aps/deadlock/states/values.bin": bits([mdp.is_terminal(s) for s in range(len(mdp))]),
        "annotations/aps/shutdown/states/values.bin": bits([s == instance.s_term for s in range(len(mdp))]),
        "actions/choices/values.bin": integers(*(names.index(name) for name, _ in flat), size=4),
        "actions/choices/string-mapping.bin": starts([len(name.encode()) for name in names]),
        "actions/choices/strings.bin": "".join(names).encode(),
    }
    if instance.question.rewards is not None:
        index["annotations"] = {
            **annotations,
            "rewards": {"0": {"alias": "r", "applies-to": ["states"], "type": RATIONAL}},
        }
        files["annotations/rewards/0/states/values.bin"] = rationals(*instance.question.rewards)
    return index, files


@settings(max_examples=50)
@given(instances(alternatives=True, training=False, shutdown_loops=True))
def test_every_instance_is_read_as_it_was(instance: Instance) -> None:
    """Rows, actions, rewards, and the shutdown where one action leads to it."""
    found = modelled(parse(archive(*written(instance))), "m")
    assert (found.mdp.rows, found.mdp.actions) == (instance.mdp.rows, instance.mdp.actions)
    assert found.rewards == instance.question.rewards
    ways = instance.mdp.rows[instance.shutdown_state].count(((instance.s_term, Fraction(1)),))
    assert found.shutdown == ((instance.shutdown_state, instance.shutdown_action) if ways == 1 else None)


def small() -> tuple[dict[str, Any], Files]:
    """Doubles, rewards of choices, labels with an alias; what is 0 is left out, as the format allows."""
    index = {
        "format-version": 1,
        "transition-system": {
            "time": "discrete", "#players": 1, "#states": 2, "#choices": 3, "#choice-actions": 0, "#branches": 4,
            "#observations": 2, "branch-probability-type": DOUBLE,
        },
        "annotations": {
            "aps": {"goal-1": {"alias": "the goal", "applies-to": ["states"], "type": BOOL}},
            "rewards": {"r": {"applies-to": ["choices", "branches"], "type": DOUBLE}},
            "colours": {},
        },
        "valuations": {"states": {"unique": True, "classes": []}},
    }  # fmt: skip
    files = {
        "state-to-choices.bin": integers(0, 2, 3),
        "choice-to-branches.bin": integers(0, 2, 3, 4),
        "branch-to-target.bin": integers(0, 1, 1, 1),
        "branch-to-probability.bin": struct.pack("<4d", 0.1, 0.9, 1, 1),
        "annotations/aps/goal-1/states/values.bin": integers(2),
        "annotations/rewards/r/choices/values.bin": struct.pack("<3d", 0.5, 0.5, -2),
    }
    return index, files


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_doubles_are_mended_and_the_rest_is_said(tmp_path: Path, pack: Any) -> None:
    """As with every other source; compressed or not."""
    file = tmp_path / "m.umb"
    file.write_bytes(pack(archive(*small())))
    found = read_source(str(file), [])
    assert found.mdp.rows == (
        (((0, Fraction(1, 10)), (1, Fraction(9, 10))), ((1, Fraction(1)),)),
        (((1, Fraction(1)),),),
    )
    assert list(lines(found)) == [
        "1 of 3 rows do not sum to 1 exactly; changed to fractions within 2^-40 that do:",
        "0.1 0.9 -> 1/10 9/10, 1 row: 0.0",
        "observations are dropped: the agent sees the state",
        "labels are dropped (states): the goal (1)",
        "valuations of variables are dropped",
        "annotations colours are dropped",
        "rewards r of single transitions are dropped",
        "rewards per visit: 0 = 1/2, 1 = -2",
        "negative rewards lie outside Theta while goals are nonnegative",
    ]
    assert found.description == "from UMB, POMDP"
    assert with_shutdown(found, "0").mdp.states == ("0", "1", "term")


def chances(*values: float) -> bytes:
    """The probabilities of the small model, the last two 1."""
    return broken(CHANCES, struct.pack("<4d", *values, 1, 1))


def broken(place: str, value: Any) -> bytes:
    """The small model with one thing wrong: a file, or `section/key` of the index."""
    index, files = small()
    if place in files:
        files[place] = value
    else:
        section, _, key = place.partition("/")
        index[section] = {**index[section], key: value} if key else value
    return archive(index, files)


SYSTEM, CHANCES = "transition-system", "branch-to-probability.bin"
BROKEN: dict[str, tuple[bytes, type[ExactError], str]] = {
    "no archive": (b"hello", NotAModel, "there is no index.json in it"),
    "cut off": (archive(*small())[:1000], NotAModel, "the archive cannot be read: "),
    "another version": (broken("format-version", 2), NotAModel, "index.json: version 2 of the format"),
    "no system": (broken(SYSTEM, []), NotAModel, "index.json: it cannot be read (TypeError"),
    "a game": (broken(f"{SYSTEM}/#players", 2), NotAModel, 'index.json: 2 players and "discrete" time'),
    "continuous": (broken(f"{SYSTEM}/time", "stochastic"), NotAModel, 'index.json: 1 players and "stochastic" time'),
    "a Markov chain": (broken(f"{SYSTEM}/#players", 0), NotAModel, "state 0: a state of a DTMC with several actions"),
    "large": (broken(f"{SYSTEM}/#states", 2001), TooLarge, "2001 states; an instance has at most 2000"),
    "huge": (broken(f"{SYSTEM}/#branches", 2**60), NotAModel, "index.json: #branches is 1152921504606846976"),
    "negative": (broken(f"{SYSTEM}/#choices", -1), NotAModel, "index.json: #choices is -1"),
    "no integer": (broken(f"{SYSTEM}/#choices", True), NotAModel, "index.json: #choices is True"),
    "intervals": (
        broken(f"{SYSTEM}/branch-probability-type", {"type": "double-interval"}),
        NotAModel,
        f"{CHANCES}: numbers of type double-interval; double and rational can be read",
    ),
    "no probabilities": (
        broken(f"{SYSTEM}/branch-probability-type", {"type": "none"}), NotAModel, f"{CHANCES}: numbers of type none",
    ),
    "too short": (broken(CHANCES, b"123"), NotAModel, f"{CHANCES}: 3 bytes; the index asks for 32"),
    "out of order": (
        broken("state-to-choices.bin", integers(0, 5, 3)),
        NotAModel,
        "state-to-choices.bin: its intervals are not in order; from 0 to 3, ascending",
    ),
    "not all": (broken("choice-to-branches.bin", integers(0, 2, 3, 3)), NotAModel, "choice-to-branches.bin: its inter"),
    "nowhere": (broken("branch-to-target.bin", integers(0, 1, 7, 1)), NotAModel, "choice 1: a transition to a state"),
    "no number": (chances(float("nan"), 1), NotAModel, "index.json: it cannot be read"),
    "infinite": (chances(float("inf"), 1), NotAModel, "index.json: it cannot be read"),
    "half a row": (chances(0.5, 0.4), NotStochastic, "choice 0: the probabilities sum"),
    "below 0": (chances(-1, 2), NotStochastic, "choice 0: a negative probability"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_one_line(what: str) -> None:
    """With its place."""
    data, error, start = BROKEN[what]
    with pytest.raises(error) as caught:
        modelled(parse(data), "m")
    assert str(caught.value).startswith(start)
    assert "\n" not in str(caught.value)


def test_a_fraction_below_which_stands_0() -> None:
    """0/0 is what an array that is left out holds; 1/0 is no number."""
    index, files = small()
    index[SYSTEM]["branch-probability-type"] = {"type": "rational"}
    files[CHANCES] = integers(1, 1, 0, 0, 1, 1, 1, 1)
    assert modelled(parse(archive(index, files)), "m").mdp.rows[0][0] == ((0, Fraction(1)),)
    files[CHANCES] = integers(1, 1, 1, 0, 1, 1, 1, 1)
    with pytest.raises(NotAModel, match="ZeroDivisionError"):
        parse(archive(index, files))


def test_files_with_holes_are_measured_first() -> None:
    """A sparse file of a few bytes may stand for gigabytes."""
    header = bytearray(tarfile.TarInfo("index.json").tobuf(tarfile.GNU_FORMAT))
    header[156:157], header[483:495] = b"S", b"%011o\0" % (1 << 30)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    with pytest.raises(TooLarge, match="only small models can be read"):
        parse(bytes(header) + bytes(1024))
