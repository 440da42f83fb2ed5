"""Polynomials in gamma as tuples of integers, low degree first, by schoolbook methods; and a chain's v as N / D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from math import gcd, lcm
from typing import Any

Poly = tuple[int, ...]
Row = Mapping[str, Fraction]
Rows = Mapping[str, Mapping[str, Row]]
Forms = dict[str, list[Fraction]]
Steps = Sequence[tuple[str, str]]
Json = dict[str, Any]


def trim(p: Sequence[Fraction]) -> list[Fraction]:
    """Without trailing zeros."""
    found = list(p)
    while found and not found[-1]:
        found.pop()
    return found


def whole(p: Sequence[Fraction]) -> Poly:
    """Integers, for coefficients that are."""
    return tuple(map(int, trim(p)))


def add(p: Poly, q: Poly, factor: int = 1) -> Poly:
    """p + factor q."""
    return whole([Fraction(x + factor * y) for x, y in zip_longest(p, q, fillvalue=0)])


def times(p: Sequence[int], q: Sequence[int]) -> Poly:
    """The product."""
    found = [0] * (len(p) + len(q) - 1) if p and q else []
    for i, x in enumerate(p):
        for j, y in enumerate(q):
            found[i + j] += x * y
    return tuple(found)


def value(p: Sequence[int], x: Fraction) -> Fraction:
    """p(x)."""
    return sum((c * x**k for k, c in enumerate(p)), Fraction(0))


def divided(p: Sequence[Fraction], q: Sequence[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """(quotient, remainder)."""
    rest, quotient = trim(p), [Fraction(0)] * max(0, len(p) - len(q) + 1)
    while len(rest) >= len(q):
        factor, start = rest[-1] / q[-1], len(rest) - len(q)
        quotient[start] = factor
        rest = trim([x - factor * q[k - start] if k >= start else x for k, x in enumerate(rest[:-1])])
    return quotient, rest


def common(p: Sequence[Fraction], q: Sequence[Fraction]) -> list[Fraction]:
    """The greatest common divisor, by Euclid."""
    p, q = trim(p), trim(q)
    while q:
        p, q = q, divided(p, q)[1]
    return list(p)


def rational_root(p: Poly, low: Fraction, high: Fraction, most: int = 50) -> Fraction | None:
    """A zero in [low, high] with a small denominator."""
    for below in range(1, most):
        for above in range(-(-low.numerator * below // low.denominator), int(high * below) + 1):
            if 0 < above < below and not value(p, Fraction(above, below)):
                return Fraction(above, below)
    return None


def closed_forms(chain: Mapping[str, Row], theta: Row, sources: Sequence[str]) -> tuple[list[Fraction], Forms]:
    """(D, {s: N_s}) with M_s = N_s / D for every state that is visited. chain: a row for each state that acts.

    D is det(I - gamma P), by Faddeev and LeVerrier; N_s is D times the power series of M_s, which ends.
    """
    states = list(sources)
    for s in states:  # grows
        states += [t for t in chain.get(s, {}) if t not in states]
    below = _reversed_charpoly(chain, [s for s in states if s in chain])
    ahead = {s: theta[s] for s in states}
    series = [ahead]
    for _ in below:
        ahead = {s: sum((p * ahead[t] for t, p in chain.get(s, {}).items()), Fraction(0)) for s in states}
        series.append(ahead)
    forms = {
        s: trim([sum((below[i] * series[k - i][s] for i in range(k + 1)), Fraction(0)) for k in range(len(below))])
        for s in states
    }
    return below, forms


def visit_count(chain: Mapping[str, Row], theta: Row, start: str) -> tuple[Poly, Poly]:
    """(N, D) in lowest terms with v = N / D and D(0) > 0: gamma v = M - theta at the start."""
    below, forms = closed_forms(chain, theta, [start])
    above = [m - theta[start] * d for m, d in zip_longest(forms[start], below, fillvalue=Fraction(0))][1:]
    factor = common(above, below)
    pair = [divided(p, factor)[0] if trim(p) else [] for p in (above, below)]
    unit = Fraction(lcm(*(c.denominator for p in pair for c in p)))
    unit /= gcd(*(int(c * unit) for p in pair for c in p))
    unit = unit if pair[1][0] > 0 else -unit
    numerator, denominator = (whole([c * unit for c in p]) for p in pair)
    return numerator, denominator


def common_denominator(
    rows: Rows, policy: Mapping[str, str], theta: Row, steps: Sequence[tuple[str, str]], root: Poly
) -> list[str] | None:
    """FORMAT.md's `ties` for these steps (state, action), if each is as good as the policy's wherever the root is 0."""
    chain = {s: rows[s][a] for s, a in policy.items()}
    below, forms = closed_forms(chain, theta, list(rows))
    unit = lcm(*(c.denominator for p in (below, *forms.values()) for c in p))
    for s, a in steps:
        row = rows[s][a]
        ahead = [Fraction(0)] + [
            sum((p * form[k] for t, p in row.items() if k < len(form := forms[t])), Fraction(0))
            for k in range(len(below))
        ]
        total = [theta[s] * d + x - m for d, x, m in zip_longest(below, ahead, forms[s], fillvalue=Fraction(0))]
        if divided(trim(total), [Fraction(c) for c in root])[1]:
            return None
    return [str(int(c * unit)) for c in trim(below)]


def _reversed_charpoly(chain: Mapping[str, Row], states: Sequence[str]) -> list[Fraction]:
    """det(I - gamma P), low degree first."""
    size = len(states)
    step = [[chain[s].get(t, Fraction(0)) for t in states] for s in states]
    found, power = [Fraction(1)], [[Fraction(0)] * size for _ in range(size)]
    for k in range(1, size + 1):
        for i in range(size):
            power[i][i] += found[-1]
        power = [[sum((step[i][m] * power[m][j] for m in range(size)), Fraction(0)) for j in range(size)]
                 for i in range(size)]  # fmt: skip
        found.append(-sum((power[i][i] for i in range(size)), Fraction(0)) / k)
    return found
