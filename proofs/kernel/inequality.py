"""The grammar of numbers and of inequalities over state names, as instance files write them (FORMAT.md)."""

import re
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.errors import expect
from proofs.kernel.limits import INEQUALITY_CHARACTERS, NUMBER_CHARACTERS

BLANKS = " \t\n\r"
_NUMERAL = r"[0-9]+/0*[1-9][0-9]*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?(?:1000|0?[0-9]{1,3}))?"
_NUMBER = re.compile(rf"[{BLANKS}]*[+-]?(?:{_NUMERAL})[{BLANKS}]*")
_NAME = r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*|'[^'<>=]+'"
_GAP = f"[{BLANKS}]*+"  # possessive: no backtracking into blanks
_TERM = re.compile(rf"{_GAP}([+-]?){_GAP}(?:({_NUMERAL})(?:{_GAP}\*{_GAP}({_NAME}))?|({_NAME})){_GAP}")
_RELATION = re.compile("(<=|>=|==|<|>|=)")


class Inequality(NamedTuple):
    """sum of c times the reward of s, over terms (s, c) with c != 0, (relation) bound."""

    terms: frozenset[tuple[str, Fraction]]
    relation: str  # "<=" | "<" | "="
    bound: Fraction


def number(value: object) -> Fraction:
    """An exact number as instance files write it: an integer, or a string."""
    short = type(value) is int and abs(value) < 10**NUMBER_CHARACTERS
    text = str(value) if short or isinstance(value, str) else ""
    expect(
        len(text) <= NUMBER_CHARACTERS and _NUMBER.fullmatch(text), f"{text[:40]!r} is no exact number, or is too long"
    )
    return Fraction(text)


def inequality(text: str, state: Callable[[object], str]) -> Inequality:
    """`r1 + 2*r2 <= 3`: everything is brought to the left but the constant; `>` and `>=` are turned round."""
    parts = _RELATION.split(text) if len(text) <= INEQUALITY_CHARACTERS else []
    expect(len(parts) == 3, f"{text[:40]!r} is not one relation")
    left, relation, right = parts
    turn = -1 if relation[0] == ">" else 1
    total: defaultdict[str, Fraction] = defaultdict(Fraction)  # "" for the constant
    for side, factor in ((left, turn), (right, -turn)):
        for number, name in _terms(side):
            total[name and state(name)] += factor * number
    bound = -total.pop("", Fraction(0))
    strictness = "=" if relation[0] == "=" else relation.replace(">", "<")
    return Inequality(frozenset((s, c) for s, c in total.items() if c), strictness, bound)


def _terms(side: str) -> list[tuple[Fraction, str]]:
    """The signed terms of one side: (factor, name), the name empty for a constant."""
    terms = list(_TERM.finditer(side))
    whole = sum(len(term[0]) for term in terms) == len(side) and all(term[1] for term in terms[1:])
    expect(terms and whole, f"{side[:40]!r} is not a sum of terms like 3, r1, 3*r1 and 3*'any name'")
    found: list[tuple[Fraction, str]] = []
    for sign, factor, times, alone in (term.groups("") for term in terms):
        found.append((number(sign + (factor or "1")), (times or alone).strip("'")))
    return found
