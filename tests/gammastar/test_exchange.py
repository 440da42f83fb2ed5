"""Other people's MDPs by Python: what was changed is kept or warned of, and errors speak of arguments."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import gammastar as gs
from exact.errors import ExactError
from tests.examples import NAMES, instance_path
from tests.proofs.command import gammastar as command

THIRDS = [(1 / 3, 0, 0.0, False), (1 / 3, 1, 0.0, False), (1 / 3, 2, 1.0, True)]


ROWS = {0: {0: THIRDS, 1: [(1.0, 1, 0.0, False)]}, 1: {0: [(1.0, 1, 0.0, False)]}, 2: {0: [(1.0, 2, 0.0, True)]}}


class Table:
    """As Gymnasium's environments have it: 0 leads to all three states, 1 is absorbing, 2 ends the episode."""

    P = ROWS


def test_what_was_changed_is_shown() -> None:
    """Printed, in a notebook, and as a list; then the instance that it becomes."""
    found = gs.from_toy_text(Table, "thirds")
    assert found.lines[1].startswith("0.3333333333333333 0.3333333333333333 0.3333333333333333 -> 1/3 1/3 1/3")
    assert str(found).startswith("thirds: 3 states")
    assert "1/3 1/3 1/3" in found._repr_html_()
    assert found.to_dict()["notes"] == list(found.lines)
    assert repr(found) == "<Imported thirds: 3 states, 1 rows changed>"
    assert pickle.loads(pickle.dumps(found)) == found
    asked = found.instance(0, gamma="9/10")
    assert asked == gs.with_shutdown(found, "0", "9/10")
    assert (asked.mdp.actions[0], asked.mdp.states) == (("0", "1", "off"), ("0", "1", "2", "term"))
    there = found.renamed(["start", "safe", "end"], {"1": "go"}).instance(("start", "go"))
    assert (there.mdp.states, there.shutdown_action, there.s_term) == (("start", "safe", "end"), 1, 1)


def test_a_drn_file_there_and_back(tmp_path: Path) -> None:
    """The same MDP; the import warns of nothing where nothing is lost, the export of what DRN has no place for."""
    for name in NAMES:
        read, file = gs.read(instance_path(name)), tmp_path / f"{name}.drn"
        _, lost = gs.write_drn(read, file)
        names = (read.mdp.states[read.shutdown_state], read.mdp.actions[read.shutdown_state][read.shutdown_action])
        assert gs.read_drn(file).instance(names).mdp == read.mdp
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            gs.export(read, file)
        assert [str(warning.message) for warning in caught] == (["\n".join(lost)] if lost else [])


def test_import_is_the_command(tmp_path: Path) -> None:
    """The same instance as the file that it writes, and its report as a warning that pickles."""
    source, output = tmp_path / "a.drn", tmp_path / "a.toml"
    source.write_text(
        "@type: MDP\n@value_type: double\n@model\nstate 0 init\naction go\n0 : 0.33333333333\n1 : 0.66666666666\n"
        "state 1\naction stay\n1 : 1\n"
    )
    ran = command("import", source, "--shutdown", "0", "-o", output)
    with pytest.warns(gs.Changed, match="1/3 2/3") as caught:
        made = gs.import_(source, "0")
    assert made == gs.read(output)
    (warning,) = caught
    assert isinstance(warning.message, gs.Changed)
    assert warning.filename == __file__
    assert pickle.loads(pickle.dumps(warning.message)).lines == warning.message.lines
    assert " ".join(warning.message.lines[0].split()) in " ".join(ran.out.split())
    with pytest.warns(gs.Changed):
        named = gs.import_(source, "a", names={"states": ["a", "b"]}, gamma="1/2")
    assert named.mdp.states == ("a", "b", "term")


class Counter:
    """Counts to 2, then the episode ends."""

    def __init__(self) -> None:
        self.at = 0

    def reset(self) -> int:
        """Begin anew."""
        self.at = 0
        return 0

    def step(self, action: int) -> tuple[int, int, bool]:
        """(observation, reward, terminated)."""
        self.at += action
        return self.at, self.at, self.at >= 2


def test_an_environment_that_is_stepped() -> None:
    """Its states, and rewards per visit."""
    counter = Counter()
    found = gs.from_environment(counter.reset, counter.step, actions=[0, 1])
    assert (found.mdp.states, found.rewards) == (("0", "1", "2"), (Fraction(0), Fraction(1), Fraction(2)))
    assert gs.verify(found.instance(0), gamma="9/10").verdict == "verified"


FOUND = gs.from_toy_text(Table)
WRONG: list[tuple[Callable[[], Any], str]] = [
    (FOUND.instance, "the source names no shutdown; give shutdown=STATE"),
    (lambda: FOUND.instance("9"), 'shutdown: "9" is no state'),
    (lambda: FOUND.instance(2), "shutdown: 2 is terminal"),
    (lambda: FOUND.instance((0, "up")), 'shutdown: "up" is no action of 0'),
    (
        lambda: FOUND.instance(0, gamma=0.9),  # type: ignore[arg-type]
        "gamma: 0.9 is a float",
    ),
    (lambda: FOUND.renamed({"9": "x"}), 'names: "9" is no state'),
    (lambda: gs.import_("a.txt"), '"a.txt" is none of the sources; give gymnasium:ID'),
    (lambda: gs.import_("gymnasium:FrozenLake-v1", terminal="x"), "terminal: Gymnasium has no labels; leave terminal="),
    (lambda: gs.from_toy_text(object()), "object has no table P"),
    (lambda: gs.export(instance_path("half"), "a.txt"), "a.txt: an export to that format"),
    (lambda: gs.sweep("a.toml"), "instances: a list of instances was expected"),
    (lambda: gs.random_instances(1, 1), "states: 1 states"),
    (lambda: gs.random_instances(3, 1, gamma=2), "gamma: gamma = 2"),
]


@pytest.mark.parametrize(("call", "line"), WRONG)
def test_what_is_wrong_is_one_line(call: Callable[[], Any], line: str) -> None:
    """Said when it is called, without a word of the command's options."""
    with pytest.raises(ExactError) as caught:
        call()
    assert str(caught.value).startswith(line)
    assert "--" not in str(caught.value)
