"""Instance -> TOML -> Instance loses nothing."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.errors import NotAGoalSet, NotExact
from exact.instance import Goals, Inequality, Instance, Question, parse_instance
from exact.instance.spelling import spelled
from exact.instance.write import write_instance
from exact.limits import LONGEST_NUMBER
from exact.mdp import Mdp
from exact.rational import Exact, rational
from exact.testing.strategies import instances

NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=4)


def read_back(instance: Instance) -> Instance:
    return parse_instance(write_instance(instance).encode())


def two_states(first: str = "new", second: str = "term", action: str = "off") -> Instance:
    """The smallest instance, with these names."""
    return Instance(Mdp.from_dict([first, second], {first: {action: {second: 1}}}), 0, 0)


@settings(max_examples=80, deadline=None)
@given(instances(max_states=5, alternatives=False, shutdown_loops=True, max_inequalities=3))
def test_what_is_written_reads_back_equal(instance: Instance) -> None:
    """Every field; and the text is a fixed point."""
    again = read_back(instance)
    assert again == instance
    assert write_instance(again) == write_instance(instance)


@settings(max_examples=100, deadline=None)
@given(st.lists(NAMES, min_size=2, max_size=2, unique=True), NAMES, st.text(max_size=8))
@example(['a"b', "a\\b"], "x.y", 'line\nand "quote" \\ tab\t nul\0 \u2028')
@example(["café", "a#b"], "= {", "\r\n")
def test_names_are_quoted(states: list[str], action: str, description: str) -> None:
    """Names and texts survive whatever TOML makes of their characters."""
    first, second = states
    instance = replace(two_states(first, second, action), name=action, description=description)
    assert read_back(instance) == instance


@settings(max_examples=60, deadline=None)
@given(NAMES.filter(lambda name: not set(name) & set("'<>=") and name != "term"), st.sampled_from(["<=", "<", "="]))
@example("r-1", "<=")
@example("2x", "=")
def test_inequalities_survive_any_name(name: str, relation: str) -> None:
    """Names that are no identifiers are quoted inside inequalities; constants and signs stay."""
    bounds = (
        Inequality((Fraction(-1), Fraction(2, 3)), relation, Fraction(-1, 7)),
        Inequality((Fraction(1), Fraction(-1)), relation, Fraction(0)),
        Inequality((Fraction(0), Fraction(0)), relation, Fraction(1)),
    )
    instance = replace(two_states(name), goals=Goals(inequalities=bounds))
    assert read_back(instance) == instance


def test_a_written_file_is_the_contracts() -> None:
    """Exact strings for numbers, unnamed rewards 0, and keys in the contract's order."""
    transitions: dict[str, dict[str, dict[str, Exact]]] = {
        "new": {"off": {"term": 1}, "go on": {"new": "1/2", "r-1": "1/2"}}
    }
    instance = Instance(
        Mdp.from_dict(["new", "r-1", "term"], transitions),
        0,
        0,
        goals=Goals(inequalities=(Inequality((Fraction(0), Fraction(-2), Fraction(1)), "<=", Fraction(3)),)),
        question=Question(Fraction(9, 10), (Fraction(0), Fraction(-1, 2), Fraction(1000))),
        name="two ways",
    )
    text = write_instance(instance)
    assert '"go on" = { new = "1/2", r-1 = "1/2" }' in text
    assert '''"- 2*'r-1' + term <= 3"''' in text
    document = tomllib.loads(text)
    assert list(document) == [
        "format", "name", "description", "states", "training", "shutdown", "transitions", "policy", "goals",
        "decision", "question",
    ]  # fmt: skip
    assert document["question"] == {"gamma": "9/10", "rewards": {"r-1": "-1/2", "term": "1000"}}


@settings(max_examples=40, deadline=None)
@given(instances(max_states=5), st.data())
def test_permutations_are_written_as_cycles(instance: Instance, data: st.DataObject) -> None:
    """Any permutations read back as the same ones, the identity and repetitions included."""
    phis = st.permutations(range(len(instance.mdp))).map(tuple)
    asked = replace(instance.question, permutations=tuple(data.draw(st.lists(phis, max_size=3))))
    assert read_back(replace(instance, question=asked)).question == asked


def test_the_spelling_of_permutations() -> None:
    """Each begins with its first state, and a state that is not moved is not named."""
    mdp = Mdp.from_dict(["new", "a b", "term", "x"], {"new": {"off": {"term": 1}}})
    instance = Instance(mdp, 0, 0, question=Question(permutations=((0, 2, 1, 3), (1, 2, 3, 0), (0, 1, 2, 3))))
    document = tomllib.loads(write_instance(instance))
    cycles = [[["a b", "term"]], [["new", "a b", "term", "x"]], []]
    assert document["question"] == {"permutations": cycles}


def test_no_question_stays_no_question() -> None:
    """No gamma and no rewards; rewards that are all zero are still rewards."""
    assert read_back(two_states()).question == Question()
    zero = replace(two_states(), question=Question(None, (Fraction(0), Fraction(0))))
    assert read_back(zero).question == zero.question


def test_the_longest_numbers() -> None:
    """The reader's bound holds for the writer too: 1000 characters pass, one more is refused."""
    longest = Fraction(10**LONGEST_NUMBER - 1)
    instance = replace(two_states(), question=Question(None, (longest, Fraction(0))))
    assert read_back(instance) == instance
    for value in (longest + 2, 1 / (longest + 2), Fraction(1, 10**5000)):
        with pytest.raises(NotExact, match="at most 1000 characters"):
            write_instance(replace(two_states(), question=Question(None, (value, Fraction(0)))))


@pytest.mark.parametrize("text", [
    "1e-999", "-1e-1000", "." + "0" * 900 + "1e-1000", "0." + "7" * 998, "." + "123456789" * 111, "1" * 994 + "e1000",
    ".0" + "3" * 995 + "e-9", "." + "3" * 993 + "e-1000", "7" * 499 + "/" + "9" * 500, "+" + "5" * 994 + ".e-99",
])  # fmt: skip
def test_whatever_a_file_says_can_be_written(text: str) -> None:
    """1000 characters hold numbers whose fraction takes 3000: what was read is written in at most 1000 again."""
    given = rational(text)
    assert len(spelled(given)) <= LONGEST_NUMBER
    assert rational(spelled(given)) == given


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 990), st.integers(0, 10**9), st.integers(-1000, 1000), st.integers(0, 1000))
def test_written_decimals_are_no_longer_than_they_were(size: int, seed: int, exponent: int, point: int) -> None:
    """Whatever the digits, where the point is and what the exponent."""
    digits = str(random.Random(seed).randrange(10 ** (size - 1), 10**size))
    point = min(point, size)
    text = f"{digits[:point]}.{digits[point:]}e{exponent}"
    assert rational(spelled(rational(text))) == rational(text)


@pytest.mark.parametrize("name", ["it's", "a<b", "a>b", "a=b"])
def test_names_that_inequalities_cannot_spell(name: str) -> None:
    """Refused where an inequality names such a state; fine where none does."""
    bound = Inequality((Fraction(0), Fraction(1)), "<=", Fraction(1))
    fine = replace(two_states(name), goals=Goals(inequalities=(bound,)))
    assert read_back(fine) == fine
    with pytest.raises(NotAGoalSet, match="rename it without ' < > ="):
        write_instance(replace(two_states("new", name), goals=Goals(inequalities=(bound,))))
