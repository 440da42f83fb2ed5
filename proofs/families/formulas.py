"""Polynomials, quotients and curves of a family as LaTeX formulas (without the dollar signs)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq_mpoly

from exact.family.closed_form import FamilyFunction
from exact.family.curves import Curve
from exact.family.spelling import factored, terms
from exact.instance.gammas import Gammas
from proofs.report.latex.numbers import LONGEST_POLYNOMIAL, fraction

if TYPE_CHECKING:
    import sympy

GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
SHORT = 60  # characters of an expression that is set in one piece
_INDEXED = re.compile(r"([A-Za-z]+)_([A-Za-z0-9]+)\Z")


def symbol(parameter: str) -> str:
    r"""`p`, `p_{1}`, `\varepsilon`, `\mathit{slip}`."""
    if len(parameter) == 1 and parameter.isalpha():
        return parameter
    if re.fullmatch(GREEK, parameter):
        return rf"\{parameter}"
    if found := _INDEXED.match(parameter):
        return rf"{symbol(found[1])}_{{\mathit{{{found[2]}}}}}"
    return rf"\mathit{{{parameter.replace('_', chr(92) + '_')}}}"


def polynomial(given: fmpq_mpoly) -> str:
    """`1 - p`, as a sum or as a product; a long one is named by its degrees."""
    text = min(_sum(given), _product(given), key=len)
    if len(text) <= LONGEST_POLYNOMIAL:
        return text
    degrees = zip(given.context().names(), given.degrees(), strict=True)
    said = ", ".join(f"{int(degree)} in ${symbol(name)}$" for name, degree in degrees if degree)
    return rf"(\text{{a polynomial of degree {said}}})"


def _sum(given: fmpq_mpoly) -> str:
    parts: list[str] = []
    for coefficient, powers in terms(given):
        factors = [symbol(name) if k == 1 else rf"{symbol(name)}^{{{k}}}" for name, k in powers]
        size = abs(coefficient)
        body = r" ".join([*([] if size == 1 and factors else [fraction(size)]), *factors])
        sign = "-" if coefficient < 0 else "+" if parts else ""
        parts.append(f"{sign}{body}")
    return "".join(parts) or "0"


def _product(given: fmpq_mpoly) -> str:
    """Of at least two factors, or the sum."""
    if not given:
        return "0"
    content, factors = factored(given)
    if sum(power for _, power in factors) < 2:
        return _sum(given)
    powers = [_bracketed(_sum(factor)) + (f"^{{{power}}}" if power > 1 else "") for factor, power in factors]
    return " ".join([*([] if content == 1 and powers else [fraction(content)]), *powers])


def quotient(value: FamilyFunction) -> str:
    """N/D."""
    above, below = polynomial(value.numerator), polynomial(value.denominator)
    over = _bracketed(above) if above == _sum(value.numerator) else above
    return above if below == "1" else rf"{over}\,/\allowbreak\,({below})"


def curve(given: Curve) -> str:
    r"""`\gamma^*_x = ...` where that is short, else the polynomial that is 0 there."""
    if given.polynomial is None:
        return r"\gamma^*_x = 0"
    solved = given.solved()
    if solved is not None and len(str(solved)) <= SHORT:
        import sympy

        names = {entry: symbol(entry.name) for entry in solved.free_symbols}
        return rf"\gamma^*_x = {sympy.latex(solved, symbol_names=names)}"
    return f"{polynomial(given.polynomial)} = 0"


def slashed(given: sympy.Expr) -> str:
    r"""`(p-\sqrt{p(1-p)})/(2p-1)`, in one line, as matplotlib reads it."""
    import sympy

    names = {entry: symbol(entry.name) for entry in given.free_symbols}
    above, below = sympy.fraction(given)
    over, under = (re.sub(r"\\(left|right)(?=[()])", "", sympy.latex(e, symbol_names=names)) for e in (above, below))
    if below == 1:
        return over
    return f"{f'({over})' if above.is_Add else over}/{under if below.is_Atom else f'({under})'}"


def box(parameters: Sequence[str], sides: Sequence[Sequence[Fraction]], between: str = ", ") -> str:
    r"""`p \in [\tfrac{1}{10}, \tfrac{9}{10}]`, in text, for each parameter."""
    named = zip(parameters, sides, strict=True)
    return between.join(
        rf"${symbol(name)} \in [{fraction(low)},\allowbreak\, {fraction(high)}]$" for name, (low, high) in named
    )


def gammas(asked: Gammas) -> str:
    r"""`\gamma = \tfrac{1}{2}`, or the interval."""
    low, high = asked
    if low == high:
        return rf"\gamma = {fraction(low)}"
    left, right = "[" if low > 0 else "(", "]" if high < 1 else ")"
    return rf"\gamma \in {left}{fraction(low)},\allowbreak\, {fraction(high)}{right}"


def _bracketed(text: str) -> str:
    plain = "+" not in text and "-" not in text[1:] and "(" not in text
    return text if plain else f"({text})"
