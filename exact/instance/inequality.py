"""Linear inequalities over state names: `r1 + 2*r2 <= 3`. Names that are no identifiers are quoted: `'r-1' <= 1`."""

from __future__ import annotations

import re
from fractions import Fraction

from exact.errors import NotAGoalSet
from exact.instance.model import Inequality
from exact.mdp import Mdp
from exact.rational import rational

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:/[0-9]+)?)"
    r"|(?P<name>[^\W\d]\w*)|'(?P<quoted>[^']*)'|(?P<relation><=|>=|==|<|>|=)|(?P<sign>[+*-]))"
)
_LONGEST = 10_000  # characters of one inequality
_SHAPE = 'write it like "r1 + 2*r2 <= 3"'


def inequality(text: object, mdp: Mdp, where: str) -> Inequality:
    """Parse one inequality. Raises NotAGoalSet or UnknownState."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise NotAGoalSet("an inequality is a string", _SHAPE, where)
    sides: list[list[tuple[str, str]]] = [[]]
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


def _tokens(text: str, where: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotAGoalSet(f'"{text[position : position + 10].strip()}" cannot be read', _SHAPE, where)
        kind = match.lastgroup or ""
        tokens.append(("name" if kind == "quoted" else kind, match[kind]))
        position = match.end()
    return tokens


def _side(tokens: list[tuple[str, str]], mdp: Mdp, where: str) -> list[Fraction]:
    """The coefficients of one side, the constant last: a sum of signed terms `3`, `r1`, `3*r1` or `r1*3`."""
    total = [Fraction(0)] * (len(mdp) + 1)
    if not tokens:
        raise NotAGoalSet("one side is empty", _SHAPE, where)
    position = 0
    while position < len(tokens):
        sign = Fraction(-1 if tokens[position] == ("sign", "-") else 1)
        if tokens[position] in (("sign", "-"), ("sign", "+")):
            position += 1
        elif position:
            raise NotAGoalSet(f'a sign is missing before "{tokens[position][1]}"', _SHAPE, where)
        factors = []
        while position < len(tokens):
            if tokens[position][0] == "sign":
                raise NotAGoalSet(f'"{tokens[position][1]}" is not expected here', _SHAPE, where)
            factors.append(tokens[position])
            position += 1
            if position == len(tokens) or tokens[position][1] != "*" or tokens[position][0] != "sign":
                break
            position += 1
            if position == len(tokens):
                raise NotAGoalSet('it ends in "*"', _SHAPE, where)
        if not factors:
            raise NotAGoalSet("a term is missing", _SHAPE, where)
        coefficient, variable = sign, len(mdp)
        for kind, token in factors:
            if kind == "number":
                coefficient *= _number(token, where)
            elif variable != len(mdp):
                raise NotAGoalSet(f'"{token}" is multiplied by a state', "goals are linear in theta", where)
            else:
                variable = mdp.state(token, where)
        total[variable] += coefficient
    return total


def _number(token: str, where: str) -> Fraction:
    numerator, _, denominator = token.partition("/")
    divisor = rational(denominator or 1, where)
    if not divisor:
        raise NotAGoalSet(f'"{token}" divides by zero', _SHAPE, where)
    return rational(numerator, where) / divisor
