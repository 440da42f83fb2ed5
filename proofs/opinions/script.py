"""Opinions, bottom: SMT-LIB 2 text. Every assertion has a name and every exact number its exact spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from exact.digits import decimal_text
from exact.mdp import Mdp

_SIMPLE = re.compile(r"[A-Za-z0-9_]+")


def number(value: Fraction | int) -> str:
    """An exact rational as a term of sort Real: `3.0`, `(- (/ 1.0 2.0))`."""
    above, below = (f"{decimal_text(abs(part))}.0" for part in (value.numerator, value.denominator))
    text = above if value.denominator == 1 else f"(/ {above} {below})"
    return f"(- {text})" if value < 0 else text


def total(terms: Sequence[str]) -> str:
    """The sum of the terms."""
    return "0.0" if not terms else terms[0] if len(terms) == 1 else f"(+ {' '.join(terms)})"


def product(factors: Sequence[str]) -> str:
    """The product of the terms, at least one; ones are left out."""
    needed = [factor for factor in factors if factor != "1.0"]
    return "1.0" if not needed else needed[0] if len(needed) == 1 else f"(* {' '.join(needed)})"


def weighted(terms: Iterable[tuple[Fraction, str]]) -> str:
    """The linear combination of symbols."""
    return total([symbol if factor == 1 else f"(* {number(factor)} {symbol})" for factor, symbol in terms if factor])


def all_of(formulas: Sequence[str]) -> str:
    """The conjunction; `true` if nothing is asked."""
    return "true" if not formulas else formulas[0] if len(formulas) == 1 else f"(and {' '.join(formulas)})"


def any_of(formulas: Sequence[str]) -> str:
    """The disjunction; `false` if there is nothing to choose from."""
    return "false" if not formulas else formulas[0] if len(formulas) == 1 else f"(or {' '.join(formulas)})"


class Script:
    """A script about an MDP in the making: declared reals and named assertions, in the order given."""

    def __init__(self, mdp: Mdp) -> None:
        self.mdp = mdp
        self._names: set[str] = set()
        self._lines: list[str] = []

    def real(self, name: str) -> str:
        """Declare a real; its symbol, which is the name if that is still free."""
        symbol = self._free(name)
        self._lines.append(f"(declare-const {symbol} Real)")
        return symbol

    def state(self, state: int) -> str:
        """A state in symbols, such as `r1`: its own name where SMT-LIB allows it, else its number, `state7`."""
        name = self.mdp.states[state]
        return name if _SIMPLE.fullmatch(name) else f"state{state}"

    def action(self, state: int, action: int) -> str:
        """An action likewise: `go`, or `action0`."""
        name = self.mdp.actions[state][action]
        return name if _SIMPLE.fullmatch(name) else f"action{action}"

    def comment(self, text: str) -> None:
        """A line for the reader. Control characters, which could end the comment, are dropped."""
        self._lines.append("; " + "".join(c for c in text if c.isprintable()))

    def claim(self, name: str, formula: str) -> None:
        """Assert the formula under the name."""
        self._lines.append(f"(assert (! {formula} :named {self._free(name)}))")

    def text(self, logic: str) -> str:
        """The whole script, for `z3 -smt2`."""
        return "\n".join([f"(set-logic {logic})", *self._lines, "(check-sat)", ""])

    def _free(self, name: str) -> str:
        symbol, count = name, 1
        while symbol in self._names:
            count += 1
            symbol = f"{name}__{count}"
        self._names.add(symbol)
        return symbol
