"""Tables P of Gymnasium's kind, and stepping: what becomes terminal, merged, repaired, dropped."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from exact.errors import ExactError, NotStochastic
from exact.formats import Imported, NotAModel, from_environment, from_toy_text, lines, with_shutdown
from exact.instance import parse_instance
from exact.instance.write import write_instance

THIRD = 1 / 3
P = {  # 0 slips; 1 loops, terminated; 2 is entered terminated, whatever it does then
    0: {0: [(THIRD, 0, 0, False), (THIRD, 0, 0, False), (1 - 2 * THIRD, 1, 0, True)], 1: [(1.0, 2, 5, True)]},
    1: {0: [(1.0, 1, 0, True)], 1: [(1.0, 1, 0, True)]},
    2: {0: [(1.0, 0, 0, False)], 1: [(1.0, 2, 5, True)]},
}


def exact(*values: int) -> tuple[Fraction, ...]:
    """A reward vector."""
    return tuple(map(Fraction, values))


def imported(table: Any, **more: Any) -> Imported:
    """From an object with that table."""
    return from_toy_text(SimpleNamespace(P=table, **more))


def test_a_table_becomes_an_mdp() -> None:
    """Rows repaired and merged, ends terminal, rewards by the state entered."""
    found = imported(P, initial_state_distrib=[1, 0, 0])
    assert found.mdp.rows[0][0] == ((0, Fraction(2, 3)), (1, Fraction(1, 3)))
    assert [found.mdp.is_terminal(s) for s in range(3)] == [False, True, True]
    assert found.rewards == exact(0, 0, 5)
    assert found.initial == 0
    assert list(lines(found)) == [
        "1 of 6 rows were changed to fractions within 2^-40, all of which sum to 1 exactly:",
        "0.3333333333333333 0.3333333333333333 0.33333333333333337 -> 1/3 1/3 1/3, 1 row: 0.0",
        "rows that repeat a successor, its probabilities added up: 1",
        "terminal (terminated, looping on themselves): 1",
        "terminal (every way in is terminated; their own actions are dropped): 2",
        "rewards per visit: 2 = 5, else 0",
    ]


def test_an_instance_has_the_shutdown_and_reads_back() -> None:
    """`off` to `term`, whose reward is 0."""
    instance = with_shutdown(imported(P), "0")
    assert instance.mdp.actions[0] == ("0", "1", "off")
    assert instance.mdp.states[instance.s_term] == "term"
    assert instance.question.rewards == exact(0, 0, 5, 0)
    assert parse_instance(write_instance(instance).encode()) == instance


def test_rewards_that_are_no_vector_are_dropped_aloud() -> None:
    """Two ways into one state pay differently."""
    table = {0: {0: [(1.0, 1, 1, True)], 1: [(1.0, 1, 2, True)]}, 1: {0: [(1.0, 1, 0, True)]}}
    found = imported(table)
    assert found.rewards is None
    assert "rewards are dropped" in found.notes[-1]


BROKEN: dict[str, tuple[Any, type[ExactError], str]] = {
    "no table": (None, NotAModel, "P cannot be read"),
    "three parts": ({0: {0: [(1.0, 0, 0)]}}, NotAModel, "0.0: an outcome of 3 parts"),
    "no such successor": ({0: {0: [(1.0, 7, 0, False)]}}, NotAModel, "0.0: the successor 7 is no state"),
    "half a row": ({0: {0: [(0.5, 0, 0, False)]}}, NotStochastic, "0.0: the probabilities sum to 1/2"),
    "negative": ({0: {0: [(-1.0, 0, 0, False)]}}, NotStochastic, "0.0: probability -1.0"),
    "nothing": ({0: {0: [(0.0, 0, 0, False)]}}, NotStochastic, "0.0: no outcome is possible"),
    "an end on one way only": (
        {0: {0: [(1.0, 1, 0, True)], 1: [(1.0, 1, 0, False)]}, 1: {0: [(1.0, 0, 0, False)]}},
        NotAModel,
        "the episode ends on some ways into state 1, not on the way from 0",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_one_line(what: str) -> None:
    """With its place."""
    table, error, start = BROKEN[what]
    with pytest.raises(error) as caught:
        imported(table)
    assert str(caught.value).startswith(start)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (None, "the source names no shutdown; give --shutdown STATE; known: 0, 1, 2"),
        ("9", '--shutdown: "9" is no state; known: 0, 1, 2'),
        ("1", "--shutdown: 1 is terminal; the agent must be able to go on there (Def. 7)"),
        ("0:x", '--shutdown: "x" is no action of 0; known: 0, 1'),
    ],
)
def test_a_shutdown_that_is_none(where: str | None, message: str) -> None:
    """Says what is there."""
    with pytest.raises(ExactError) as caught:
        with_shutdown(imported(P), where)
    assert str(caught.value) == message


def walk(size: int) -> tuple[Callable[[], Any], Callable[[str], Any]]:
    """A corridor: `go` goes on, `stay` stays; the last place pays 1 and ends."""
    place = [0]

    def reset() -> tuple[int, dict[str, int]]:
        place[0] = 0
        return 0, {}

    def step(action: str) -> tuple[int, float, bool, bool, dict[str, int]]:
        place[0] += action == "go"
        return place[0], float(place[0] == size), place[0] == size, False, {}

    return reset, step


def test_stepping_explores_a_deterministic_environment() -> None:
    """All that can be reached, with its end and its rewards."""
    found = from_environment(*walk(3), ["go", "stay"])
    assert found.mdp.states == ("0", "1", "2", "3")
    assert found.mdp.rows[1] == (((2, Fraction(1)),), ((1, Fraction(1)),))
    assert found.mdp.is_terminal(3)
    assert found.rewards == exact(0, 0, 0, 1)
    assert with_shutdown(found, "0").mdp.states[-1] == "term"


def hidden(period: int) -> tuple[Callable[[], Any], Callable[[str], Any]]:
    """What follows depends on how many steps were made, which the observation does not say."""
    steps = [0]

    def reset() -> int:
        return 0

    def step(_: str) -> int:
        steps[0] += 1
        return int(steps[0] % period == 0)

    return reset, step


def counting() -> Callable[..., int]:
    """0, 1, 2, ..."""
    numbers = iter(range(1000))
    return lambda *_: next(numbers)


STEPPED: dict[str, tuple[Callable[[], Any], Callable[[Any], Any], str]] = {
    "chance": (lambda: 0, counting(), "what follows 0 and action a differs"),
    "a counter": (*hidden(7), "what follows 0 and action a differs from time to time; only deterministic ones"),
    "random starts": (counting(), lambda _: 0, "begins in different states; fix its seed"),
    "a time limit": (lambda: 0, lambda _: (0, 0, False, True, {}), "after 1 steps: an episode is cut off by a time"),
    "an end here and there": (
        lambda: 0, lambda a: (1, 0, a == "a", False, {}), "the episode ends on some ways into 1 only",
    ),
    "no number": (lambda: 0, lambda _: (0, "much", False, False, {}), "much is no finite number"),
    "no observation": (lambda: 0, lambda _: {1}, "an observation of type set; give numbers, texts, tuples, arrays"),
}  # fmt: skip


@pytest.mark.parametrize("what", STEPPED)
def test_what_cannot_be_explored_is_one_line(what: str) -> None:
    """Chance, what the observation does not say, time limits."""
    reset, step, message = STEPPED[what]
    with pytest.raises(ExactError) as caught:
        from_environment(reset, step, ["a", "b"])
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_rewards_that_are_no_fractions_are_changed_aloud() -> None:
    """A third in doubles is a third, and that is said."""
    found = imported({0: {0: [(1.0, 1, THIRD, True)]}, 1: {0: [(1.0, 1, 0, True)]}})
    assert found.rewards == (Fraction(0), Fraction(1, 3))
    assert found.notes[-1] == "rewards were changed to the simplest fractions within 2^-40"
