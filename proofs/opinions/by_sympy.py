"""Opinions: sympy derives the visit count of a threshold's policy over QQ(gamma), and finds where it crosses 1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from proofs.claims.types import SHARP, Poly, Threshold
from proofs.opinions.chain import Chain


def crossing(known: Chain, claim: Threshold) -> str:
    """What sympy finds wrong with the claim: "" if its N / D is the count, and 1 is crossed where it says."""
    import sympy

    g = sympy.Symbol("g")
    above, below = (sympy.Poly(part, g, domain=sympy.QQ) for part in _count(known, g))
    n, d = (_poly(part, g) for part in (claim.numerator, claim.denominator))
    if above * d != below * n:
        return f"the count is ({above.as_expr()})/({below.as_expr()})"
    above, below = above.cancel(below, include=True)
    excess = above - below if below.eval(0) > 0 else below - above
    if excess.is_zero and claim.kind == SHARP:  # at least 1 is enough
        return "" if not claim.interval[1] else "the count is 1 for every gamma"
    return _root(excess, *claim.interval)


def _count(known: Chain, g: Any) -> tuple[Any, Any]:
    """Numerator and denominator of start (I - g P)^-1 theta, as expressions."""
    from sympy import QQ
    from sympy.polys.matrices import DomainMatrix

    ring = QQ[g]
    states = list(known.rows)
    place, size = {s: i for i, s in enumerate(states)}, len(states)
    matrix = [[ring.one if i == j else ring.zero for j in range(size)] for i in range(size)]
    for s, row in known.rows.items():
        for t, p in row.items():
            matrix[place[s]][place[t]] -= ring.from_sympy(g) * QQ(p.numerator, p.denominator)
    theta = [[ring.one if s in known.counted else ring.zero] for s in states]
    solved, below = DomainMatrix(matrix, (size, size), ring).solve_den(DomainMatrix(theta, (size, 1), ring))
    parts = (solved[place[t], 0].element * QQ(p.numerator, p.denominator) for t, p in known.start.items())
    return ring.to_sympy(sum(parts, ring.zero)), ring.to_sympy(below)


def _root(excess: Any, low: Fraction, high: Fraction) -> str:
    """excess has the sign of v - 1 on (0, 1), where v increases."""
    from sympy import QQ

    if not high:
        _, excess = excess.terms_gcd()
        return "" if excess.eval(0) > 0 and not excess.count_roots(0, 1) else "the count is less than 1 near gamma = 0"
    ends = [QQ(end.numerator, end.denominator) for end in (low, high)]
    if excess.count_roots(0, 1) == excess.count_roots(*ends) == 1:
        return ""
    return f"the count is 1 at {', '.join(str(interval) for interval, _ in excess.intervals(inf=0, sup=1)) or 'no gamma'}"


def _poly(coefficients: Poly, g: Any) -> Any:
    from sympy import QQ, Poly

    return Poly.from_list(list(coefficients[::-1]) or [0], g, domain=QQ)
