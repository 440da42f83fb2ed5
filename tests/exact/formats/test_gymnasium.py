"""Gymnasium itself, where it is installed: its toy-text environments come in exactly, the rest is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exact.formats import NotAModel, from_environment, from_gymnasium, lines, with_shutdown
from exact.graph import reachable
from exact.instance import parse_instance, read_instance
from tests.proofs.command import gammastar, one_line

gymnasium: Any = pytest.importorskip("gymnasium")

TAXI = next(name for name in sorted(gymnasium.registry, reverse=True) if name.startswith("Taxi-"))


def test_frozen_lake() -> None:
    """44 of its 64 rows do not sum to 1 exactly; 5 states end, 4 rows repeat a successor, a time limit is dropped."""
    found = from_gymnasium("FrozenLake-v1")
    table = gymnasium.make("FrozenLake-v1").unwrapped.P
    off = [(s, a) for s in table for a in table[s] if sum(Fraction(float(p)) for p, *_ in table[s][a]) != 1]
    assert [(repair.state, repair.action) for repair in found.repairs] == off
    assert list(lines(found)) == [
        "44 of 64 rows do not sum to 1 exactly; changed to fractions within 2^-40 that do:",
        "0.33333333333333337 0.3333333333333333 0.33333333333333337 -> 1/3 1/3 1/3, 44 rows: "
        "all actions of 0-4 6 8-10 13-14",
        "rows that repeat a successor, its probabilities added up: 4",
        "terminal (terminated, looping on themselves): 5 7 11-12 15",
        "the time limit of 100 steps is no part of the MDP: dropped",
        "rewards per visit: 15 = 1, else 0",
    ]
    for s, rows in enumerate(found.mdp.rows):
        for a, row in enumerate(rows):
            doubles: dict[int, float] = {}
            for p, successor, *_ in table[s][a]:
                doubles[int(successor)] = doubles.get(int(successor), 0) + float(p)
            assert {t: float(p) for t, p in row} == pytest.approx(doubles, abs=2**-38)
            assert sum(p for _, p in row) == 1


@pytest.mark.parametrize(
    ("options", "states", "probabilities"),
    [
        ({"is_slippery": False}, 16, {1}),
        ({"map_name": "8x8"}, 64, {Fraction(1, 3), Fraction(2, 3), Fraction(1)}),
        ({"desc": ["SF", "HG"]}, 4, {Fraction(1, 3), Fraction(2, 3)}),
        ({"success_rate": 0.9}, 16, {Fraction(1, 20), Fraction(1, 10), Fraction(9, 10), Fraction(19, 20)}),
    ],
)
def test_its_options(options: dict[str, Any], states: int, probabilities: set[Fraction]) -> None:
    """Another lake each."""
    mdp = from_gymnasium("FrozenLake-v1", **options).mdp
    assert len(mdp) == states
    assert {p for rows in mdp.rows for row in rows for _, p in row} <= probabilities


def test_taxi_and_cliff() -> None:
    """Ends that do not loop; states of the table that no episode visits; rewards that are no vector."""
    taxi, cliff = from_gymnasium(TAXI), from_gymnasium("CliffWalking-v1")
    assert [s for s, rows in enumerate(taxi.mdp.rows) if not rows] == [0, 85, 410, 475]
    assert cliff.mdp.is_terminal(47)
    for found in (taxi, cliff):
        assert found.rewards is None
        assert "rewards are dropped: they do not depend on the state entered alone" in str(found.notes)
    assert cliff.initial == 36
    assert with_shutdown(cliff, "36").mdp.actions[36] == ("0", "1", "2", "3", "off")


def test_grids_stay_grids() -> None:
    """Where a state is drawn: row by row; the new state beside them. What is no grid of its states has no places."""
    lake, cliff = from_gymnasium("FrozenLake-v1"), from_gymnasium("CliffWalking-v1")
    assert [tuple(map(int, lake.positions[s])) for s in (0, 3, 4, 15)] == [(0, 0), (3, 0), (0, -1), (3, -3)]
    assert (len(cliff.positions), *map(int, cliff.positions[47])) == (48, 11, -3)
    assert from_gymnasium(TAXI).positions == {}
    made = with_shutdown(lake, "4")
    assert tuple(map(int, made.positions[made.s_term])) == (-1, -1)
    assert parse_instance(made.source).positions == made.positions
    sure = from_gymnasium("FrozenLake-v1", is_slippery=False)
    assert with_shutdown(sure, "4:2").positions == sure.positions


@pytest.mark.parametrize(
    ("identifier", "options"), [("FrozenLake-v1", {"is_slippery": False}), ("CliffWalking-v1", {})]
)
def test_stepping_says_the_same_as_the_table(identifier: str, options: dict[str, Any]) -> None:
    """Where nothing is left to chance: the states that episodes reach, their transitions and ends."""
    table = from_gymnasium(identifier, **options)
    environment = gymnasium.make(identifier, **options).unwrapped
    stepped = from_environment(environment.reset, environment.step, range(environment.action_space.n))
    assert table.initial is not None
    seen = reachable(table.mdp, [table.initial])
    assert {int(name) for name in stepped.mdp.states} == set(seen)
    for number, name in enumerate(stepped.mdp.states):
        rows = [[(int(stepped.mdp.states[t]), p) for t, p in row] for row in stepped.mdp.rows[number]]
        assert rows == [list(row) for row in table.mdp.rows[int(name)]]
    assert (stepped.rewards is None) == (table.rewards is None)


def test_stepping_refuses_chance_and_time_limits() -> None:
    """In one line each: a slippery lake, and an episode of over 100 steps."""
    slippery = gymnasium.make("FrozenLake-v1").unwrapped
    with pytest.raises(NotAModel, match=r"what follows \d+ and action \d differs from time to time"):
        from_environment(slippery.reset, slippery.step, range(4))
    limited = gymnasium.make("FrozenLake-v1", is_slippery=False)

    def stay_long(_: str) -> Any:
        return [limited.step(0) for _ in range(100)][-1]

    with pytest.raises(NotAModel, match=r"after 1 steps: an episode is cut off by a time limit; step .*env\.unwrapped"):
        from_environment(limited.reset, stay_long, ["left"])


REFUSED = {
    ("FrozenLak-v1",): "gymnasium cannot make FrozenLak-v1: Environment `FrozenLak` doesn't exist.",
    ("FrozenLake-v0",): "gymnasium cannot make FrozenLake-v0: ",
    ("",): "gymnasium cannot make : ",
    ("FrozenLake-v1", "--option", "slippery=false"): "gymnasium cannot make FrozenLake-v1: TypeError: ",
    ("FrozenLake-v1", "--option", "map_name=9x9"): "gymnasium cannot make FrozenLake-v1: KeyError: '9x9'; its options:",
    ("Blackjack-v1",): "BlackjackEnv has no table P of probabilities; from_environment explores what is deterministic",
    ("FrozenLake-v1", "--shutdown", "5"): "--shutdown: 5 is terminal; the agent must be able to go on there",
    ("FrozenLake-v1", "--shutdown", "start"): '--shutdown: "start" is no state; known: 0, 1, 2',
    ("FrozenLake-v1",): "the source names no shutdown; give --shutdown STATE; episodes begin in 0",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_is_refused_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """And nothing is written; wrong options are answered with the right ones."""
    output = tmp_path / "o.toml"
    line = one_line(gammastar("import", f"gymnasium:{arguments[0]}", *arguments[1:], "-o", output))
    assert line.startswith(REFUSED[arguments])
    assert ("is_slippery, " in line) == ("--option" in arguments)
    unknown = "cannot make" in line and "--option" not in arguments
    assert ("FrozenLake8x8-v1" in line) == unknown
    assert not output.exists()


def test_two_commands_to_a_certificate(tmp_path: Path) -> None:
    """The report in whole words, options in the source or beside it, names, and a certificate that checks."""
    first, second, names = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "names.toml"
    ran = gammastar("import", "gymnasium:FrozenLake-v1?map_name=4x4&is_slippery=true", "--shutdown", "0", "-o", first)
    assert ran.out.startswith("44 of 64 rows do not sum to 1 exactly; changed to fractions within 2^-40 that\n")
    assert all(len(line) <= 80 for line in ran.out.splitlines() if str(tmp_path) not in line)
    options = ("--option", "map_name=4x4", "--option", "is_slippery=true")
    gammastar("import", "gymnasium:FrozenLake-v1", *options, "--shutdown", "0", "-o", second)
    assert first.read_bytes() == second.read_bytes()
    ran = gammastar("verify", first, "--seconds", "0", "--certificate", tmp_path / "c.json")
    assert ran.code == 0
    assert ran.out.endswith("kernel: s VALID\n")
    assert gammastar("check", first, tmp_path / "c.json", "--quiet").out == "s VALID\n"
    names.write_text('actions = ["left", "down", "right", "up"]\n[states]\n0 = "start"\n15 = "goal"\n')
    gammastar("import", "gymnasium:FrozenLake-v1", *options, "--names", names, "--shutdown", "start", "-o", second)
    named, plain = read_instance(second), read_instance(first)
    assert named.mdp.actions[0] == ("left", "down", "right", "up", "off")
    assert (named.mdp.states[0], named.mdp.states[15]) == ("start", "goal")
    assert named.mdp.rows == plain.mdp.rows
    assert replace(named, mdp=plain.mdp) == plain
