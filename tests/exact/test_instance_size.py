"""The digits of an instance: counted as exact/instance/size.py says, refused beyond 100000 with what to shorten."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from exact.errors import TooLarge
from exact.evaluate import optimal
from exact.goals import decision, violation
from exact.instance import Instance, Question, parse_instance
from exact.instance.write import write_instance
from exact.limits import MOST_DIGITS
from exact.orbit import count_orbit

NINES = Fraction(9, 10)


def chain(length: int, digits: int, question: str = 'gamma = "9/10"') -> bytes:
    """new -> r0 -> r1 -> ...; each room is left with a probability of that many decimals (defects chain6, digits12)."""
    states = ["new", *(f"r{i}" for i in range(length)), "term"]
    lines = ["format = 1", "states = [" + ", ".join(f'"{s}"' for s in states) + "]", "[shutdown]", 'state = "new"']
    lines += ['action = "off"', "[transitions.new]", 'off = { term = "1" }', 'go = { r0 = "1" }']
    for i in range(length):
        stay, leave = "0." + "3" * digits, "0." + "6" * (digits - 1) + "7"
        lines += [f"[transitions.r{i}]", f'go = {{ r{i} = "{stay}", {states[i + 2]} = "{leave}" }}']
    return "\n".join([*lines, "[question]", question]).encode()


def test_the_count() -> None:
    """Rows by their least common denominators, gamma once for each state, rewards once; the limit itself is fine."""
    mdp = parse_instance(chain(2, 900)).mdp
    assert mdp.row_digits == (1, 901, 901, 0)
    length, rest = divmod(MOST_DIGITS - 1 - 2 * 2, 901 + 2)
    fine = parse_instance(chain(length, 900))
    assert len(fine.mdp) == length + 2
    with pytest.raises(TooLarge, match="at most 100000 are handled: shorten the denominators of the probabilities"):
        parse_instance(chain(length + 1, 900))
    bits_to_fill = (rest - 1) * 100_000 // 30103
    rewards = (Fraction(1, 1 << (bits_to_fill - 1)), *[Fraction(0)] * (length + 1))
    assert replace(fine, question=Question(NINES, rewards)) != fine
    with pytest.raises(TooLarge, match=r"^question.rewards: |^transitions.r0: "):
        replace(fine, question=Question(NINES, (rewards[0] / (1 << 40), *rewards[1:])))


def test_gamma_counts_for_every_state() -> None:
    """Asked later, it is refused like one that is read; the message names it."""
    instance = parse_instance(chain(197, 10))
    fine, long = (1 - Fraction(1, 10**digits) for digits in (400, 600))
    assert instance.at(fine).question.gamma == fine
    problem = r"^question\.gamma: the instance has 1\d{5} digits .*; at most 100000 are handled: shorten .* of gamma$"
    with pytest.raises(TooLarge, match=problem):
        instance.at(long)
    with pytest.raises(TooLarge, match=problem):
        parse_instance(chain(197, 10, f'gamma = "0.{"9" * 600}"'))


@pytest.mark.parametrize("length", [6, 12, 40])
def test_long_numbers_are_evaluated_counted_and_put_into_words(length: int) -> None:
    """Values of more digits than CPython writes: 990 for each room."""
    question = 'gamma = "9/10"\nrewards = { term = "1", r0 = "1e-999" }'
    instance = parse_instance(chain(length, 990, question))
    assert parse_instance(write_instance(instance).encode()) == instance
    rewards = tuple(Fraction(s) for s in range(len(instance.mdp)))
    value, _ = optimal(instance.mdp, rewards, NINES)
    assert value[0].denominator.bit_length() > 3000 * length
    assert decision(instance, rewards, NINES) == "avoid"
    assert violation(instance, rewards, NINES) is None
    if length == 6:
        counted = count_orbit(instance, instance.question.rewards or (), NINES)
        assert counted.size == 7 * 8


def test_why_a_goal_is_outside_is_one_line_whatever_its_numbers() -> None:
    """The values in training have 10000 digits and are shown by their ends."""
    given: Instance = parse_instance(chain(12, 990))
    mdp = given.mdp.from_dict(
        ["new", "term", *given.mdp.states[1:-1]],
        {
            name: {a: {given.mdp.states[t]: p for t, p in row} for a, row in zip(actions, rows, strict=True)}
            for name, actions, rows in zip(given.mdp.states, given.mdp.actions, given.mdp.rows, strict=True)
        },
    )
    trained = Instance(mdp, 0, 0, training=frozenset([0]), trained={0: 0})
    goal = (Fraction(0), Fraction(0), *[Fraction(1)] * 12)
    found = violation(trained, goal, NINES)
    assert found is not None
    assert found.describe(mdp).startswith("in new the trained action is worth 0, but go is worth ")
    assert len(found.describe(mdp)) < 150
