"""The grammar of numbers and inequalities; test_instance.py compares it with the other reader."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs.kernel.errors import Malformed
from proofs.kernel.inequality import Inequality, inequality, number

PLACES = ("x", "y", "two words", "r-1")
NUMBERS = {
    7: 7, "7": 7, "-7/2": Fraction(-7, 2), "+1/03": Fraction(1, 3), " \t1\r\n": 1, "0.25": Fraction(1, 4), "5.": 5, ".5": Fraction(1, 2),
    "1e3": 1000, "1E-3": Fraction(1, 1000), "2.5e+1": 25, "1e1000": 10**1000, "1e0999": 10**999, "0/5": 0, 10**999: 10**999,
    -(10**998): -(10**998), "9" * 1000: 10**1000 - 1,
}  # fmt: skip
NO_NUMBERS = [
    "", " ", "1/0", "1/00", "1/-2", "--1", "1e", "1e1001", "1e00100", "1.5/2", "0x1", "1_0", "\uff11", "1 2", "x", "1\u00a0", ".", "e5",
    "inf", "nan", "9" * 1001, " " * 1000 + "1", True, None, 1.0, [], {}, ("1",), 10**1000, -(10**1000), -(10**999),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), NUMBERS.items(), ids=lambda v: str(v)[:12])
def test_numbers(text: object, value: object) -> None:
    """Exact, whatever the spelling."""
    assert number(text) == value
    assert type(number(text)) is Fraction


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda v: repr(v)[:12])
def test_no_numbers(text: object) -> None:
    """Anything else is refused, in a short message."""
    with pytest.raises(Malformed, match="no exact number") as found:
        number(text)
    assert len(str(found.value)) < 100


def row(text: str) -> Inequality:
    """Read over the names above."""

    def state(name: object) -> str:
        if name not in PLACES:
            raise Malformed(f"no state {name}")
        return str(name)

    return inequality(text, state)


def made(relation: str, bound: int | str | Fraction, *coefficients: int | str | Fraction) -> Inequality:
    """The expected one."""
    values = zip(PLACES, [Fraction(c) for c in coefficients], strict=False)
    return Inequality(frozenset((s, c) for s, c in values if c), relation, Fraction(bound))


READ = {
    "x <= 3": made("<=", 3, 1),
    "x + 2*y <= 3": made("<=", 3, 1, 2),
    "x >= 3": made("<=", -3, -1),
    "x > y": made("<", 0, -1, 1),
    "x < y": made("<", 0, 1, -1),
    "x = 1/2": made("=", "1/2", 1),
    "x == 1/2": made("=", "1/2", 1),
    "3 <= x": made("<=", -3, -1),
    "3 > x": made("<", 3, 1),
    "- x - 1 < - 2 * y + 4": made("<", 5, -1, 2),
    "+x<=+0": made("<=", 0, 1),
    "x + x - 2*x <= 1": made("<=", 1),
    "'two words' + 'x' <= 1": made("<=", 1, 1, 0, 1),
    "2*'r-1' = 0": made("=", 0, 0, 0, 0, 2),
    "1.5e1*x < .5": made("<", "1/2", 15),
    "1 <= 2": made("<=", 1),
    "1/2*x+1/3<=1/2": made("<=", "1/6", "1/2"),
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ.keys())
def test_inequalities(text: str, expected: Inequality) -> None:
    """Everything to the left but the constant; > and >= turned round."""
    assert row(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x", "x <= 1 <= y", "x => 1", "x <> 1", "<= 1", "x <=", "x y <= 1", "x 2 <= 1", "2x <= 1", "x*2 <= 1", "2*3 <= x", "x + <= 1",
        "x ++ y <= 1", "x*y <= 1", "z <= 1", "r-1 <= 1", "'x <= 1", "'' <= 1", "x <= 1e1001", "(x) <= 1", "x <= 1;", "x\u00a0<= 1", "x ! 1",
        "x <= 1" + " " * 9995,
    ],
)  # fmt: skip
def test_no_inequalities(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(Malformed):
        row(text)


def test_the_length_is_bounded() -> None:
    """10,000 characters, and no backtracking in blanks."""
    assert row("x <= 1" + " " * 9994) == made("<=", 1, 1)
    with pytest.raises(Malformed):
        row("x +" + " " * 9900 + "? <= 1")
