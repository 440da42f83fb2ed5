"""Files of families: what is read, what is refused and where, and the ordinary instances at their points."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from exact.errors import BadInstance, ExactError, NotStochastic
from exact.family import is_family, parse_family, read_family
from exact.instance import parse_instance
from tests.exact.family.families import RETRY, random_family, retry


def test_a_point_is_an_ordinary_instance() -> None:
    """With its own text, which is read back as the same."""
    family = parse_family(RETRY.encode())
    made = family.at({"p": "1/3"})
    assert made.name == "retry, p = 1/3"
    assert made.mdp.rows[0][1] == ((0, Fraction(2, 3)), (1, Fraction(1, 3)))
    assert parse_instance(made.source) == made
    assert family.at({"p": "1/10"}).mdp.rows[0][1][1] == (1, Fraction(1, 10)), "the box is closed"


@pytest.mark.parametrize("seed", range(20))
def test_rows_sum_to_1_everywhere(seed: int) -> None:
    """At the corners and within: Mdp checks it."""
    family = parse_family(random_family(seed, parameters=2))
    for p in ("1/5", "1/3", "4/5"):
        assert family.at({"p": p, "q": "1/2"}).mdp.states == family.centre.mdp.states


def test_what_is_a_family(tmp_path: Path) -> None:
    """By the key alone; the reader of instances names the remedy."""
    assert is_family(RETRY.encode())
    with pytest.raises(
        BadInstance, match="parameters: this is a family of instances; name a point of it, such as --at"
    ):
        parse_instance(RETRY.encode())
    file = tmp_path / "retry.toml"
    file.write_bytes(retry("2*p"))
    with pytest.raises(ExactError, match=r"retry\.toml: transitions\.new\.try: the probabilities sum to 1 \+ \(p\)"):
        read_family(file)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            retry("p/2"),
            r"transitions.new.try: the probabilities sum to 1 \+ \(-1/2\*p\); they must sum to 1 identically",
        ),
        (retry("p - 1/5", "6/5 - p"), r"try.x: -1/5 \+ p is -1/10 at p = 1/10; a probability is positive"),
        (retry(interval='["0", "1"]'), "try.x: p is 0 at p = 0; .* narrow the interval"),
        (retry("(2*p - 1)^2", "1 - (2*p - 1)^2"), "is 0 at p = 1/2"),
        (retry("y", "1 - y"), 'try.x: "y" is no parameter; known: p'),
        (retry(interval='["9/10", "1/10"]'), "parameters.p: .* is empty or a point"),
        (retry(interval='["1/2", "1/2"]'), "is empty or a point"),
        (retry(interval='["1/10"]'), "parameters.p: an interval was expected; write"),
        (
            retry(interval="[0.1, 0.9]"),
            'parameters.p.0.: 0.1 is a float, which is not exact; write it as a string: "0.1"',
        ),
        (RETRY.replace("p = [", "gamma = [").encode(), "parameters.gamma: this is no name for a parameter"),
        (RETRY.replace('p = ["1/10", "9/10"]', "").encode(), "parameters: 0 parameters; a family has 1 to 3"),
        (
            RETRY.replace('"p"', "0.5").encode(),
            'try.x: 0.5 is a float, which is not exact; write it as a string: "0.5"',
        ),
        (RETRY.replace('"p"', "true").encode(), "transitions.new.try.x"),
    ],
    ids=range(13),
)
def test_refused_in_one_line(data: bytes, says: str) -> None:
    """Where, what is wrong, and what would be right."""
    with pytest.raises(ExactError, match=says) as caught:
        parse_family(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (retry("(1 + p/3)^4"), "try: the probabilities sum to 1 + (1 + 1/3*p + 2/3*p^2 + 4/27*p^3 + ... (5 terms));"),
        (retry("(p^4 - p^3 + p^2 - p - 1)/9", "1 - (p^4 - p^3 + p^2 - p - 1)/9"),
         "try.x: -1/9 - 1/9*p + 1/9*p^2 - 1/9*p^3 + ... (5 terms) is -1"),
        (retry(f"p + 1/3{'0' * 500}1"), "sum to 1 + (1/30000000000000...0000000000000001 (504 characters));"),
    ],
    ids=["a long difference", "a long probability", "a long number"],
)  # fmt: skip
def test_long_polynomials_are_cut(data: bytes, says: str) -> None:
    """The first terms, and how many there are."""
    with pytest.raises(NotStochastic) as caught:
        parse_family(data)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ({}, r"at: p is not given; name a value in \[1/10, 9/10\]"),
        ({"p": "1"}, r"at: p = 1 is outside the box; it lies in \[1/10, 9/10\]"),
        ({"p": "1/2", "q": "1/2"}, 'at: "q" is no parameter'),
        ({"p": "x"}, "at p: "),
    ],
)
def test_points_that_are_none(point: dict[str, str], says: str) -> None:
    """In one line."""
    with pytest.raises(ExactError, match=says):
        parse_family(RETRY.encode()).at(point)
