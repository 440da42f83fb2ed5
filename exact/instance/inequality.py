"""Linear inequalities over state names: `r1 + 2*r2 <= 3`. Names that are no identifiers are quoted: `'r-1' <= 1`."""

from __future__ import annotations

import re
from fractions import Fraction

from exact.errors import NotAGoalSet
from exact.instance.model import Inequality
from exact.limits import LONGEST_INEQUALITY
from exact.mdp import Mdp
from exact.rational import BLANKS, rational

_TOKEN = re.compile(
    rf"[{BLANKS}]*(?:(?P<number>[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,4}})?)"
    r"|(?P<name>[^\W\d]\w*)|'(?P<quoted>[^'<>=]+)'|(?P<relation><=|>=|==|<|>|=)|(?P<sign>[+-])|(?P<times>\*))"
)
_SHAPE = 'write it like "r1 + 2*r2 <= 3"'

Token = tuple[str, str]  # kind, text


def inequality(text: object, mdp: Mdp, where: str) -> Inequality:
    """Parse one inequality: signed terms `3`, `r1`, `3*r1`, one relation. Raises NotAGoalSet or UnknownState."""
    if not isinstance(text, str) or len(text) > LONGEST_INEQUALITY:
        raise NotAGoalSet("an inequality is a string", _SHAPE, where)
    sides: list[list[Token]] = [[]]
    relations: list[str] = []
    for kind, token in _tokens(text, where):
        if kind == "relation":
            relations.append(token)
            sides.append([])
        else:
            sides[-1].append((kind, token))
    if len(relations) != 1:
        raise NotAGoalSet(f'"{text}" has {len(relations)} relations', f"one of <=, <, >=, >, =; {_SHAPE}", where)
    left, right = (_side(side, mdp, where) for side in sides)
    difference = [a - b for a, b in zip(left, right, strict=True)]
    relation = {"==": "="}.get(relations[0], relations[0])
    if relation in (">", ">="):
        difference = [-c for c in difference]
        relation = {">": "<", ">=": "<="}[relation]
    return Inequality(tuple(difference[:-1]), relation, -difference[-1], text.strip())


def _tokens(text: str, where: str) -> list[Token]:
    tokens: list[Token] = []
    position, end = 0, len(text.rstrip(BLANKS))
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotAGoalSet(f'"{text[position : position + 10].strip()}" cannot be read', _SHAPE, where)
        kind = match.lastgroup or ""
        tokens.append(("name" if kind == "quoted" else kind, match[kind]))
        position = match.end()
    return tokens


def _side(tokens: list[Token], mdp: Mdp, where: str) -> list[Fraction]:
    """The coefficients of one side, the constant last."""
    total = [Fraction(0)] * (len(mdp) + 1)
    rest = list(tokens)
    if not rest:
        raise NotAGoalSet("one side is empty", _SHAPE, where)
    while rest:
        sign = 1
        if rest[0][0] == "sign":
            sign = -1 if rest.pop(0)[1] == "-" else 1
        elif len(rest) < len(tokens):
            raise NotAGoalSet(f'a sign is missing before "{rest[0][1]}"', _SHAPE, where)
        coefficient, variable = _term(rest, mdp, where)
        total[variable] += sign * coefficient
    return total


def _term(rest: list[Token], mdp: Mdp, where: str) -> tuple[Fraction, int]:
    """Take one term off the front: (coefficient, state), or (constant, -1)."""
    coefficient = Fraction(1)
    if rest and rest[0][0] == "number":
        coefficient = rational(rest.pop(0)[1], where)
        if not rest or rest[0][0] != "times":
            return coefficient, -1
        rest.pop(0)
    if not rest or rest[0][0] != "name":
        raise NotAGoalSet("the name of a state is missing", f"goals are linear in theta; {_SHAPE}", where)
    return coefficient, mdp.state(rest.pop(0)[1], where)
