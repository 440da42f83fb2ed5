"""The dense engine: det(scales - gamma A) and one entry of its adjugate, modulo primes up to a proved bound.

With Q = det(scales - gamma A) = prod(scales) det(I - gamma P), q_k its coefficients and lambda_i the eigenvalues of P:
q_k = +-prod(scales) e_k(lambda), sum |lambda_i|^2 <= |P|_F^2 (Schur), e_k(|lambda|) <= C(n, k) (e_1(|lambda|) / n)^k
(Maclaurin), so sum_k |q_k| <= prod(scales) (1 + |P|_F / sqrt n)^n. The numerator of the value at one state has degree
below n, so it is Q times the series sum_k (P^k theta)_s gamma^k cut off there; its coefficients are at most max |theta|
times that bound, because the rows of P sum to at most 1. Both are integer polynomials by Cramer's rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from flint import fmpz_mat, fmpz_poly, nmod, nmod_mat, nmod_poly

from exact.closed_form.chain import Chain
from exact.closed_form.modular import lifted, primes
from exact.rational_function import integers

_PRECISION = 32  # bits of |P|_F / sqrt n, rounded up


def determinant(system: Chain) -> fmpz_poly:
    """det(scales - gamma A): the common denominator of every value, not reduced."""
    matrix, moduli = system.scaled_matrix(), _enough(system.common, bound_on_determinant(system))
    return lifted([integers(_determinant(system, nmod_mat(matrix, prime), prime)) for prime in moduli], moduli)


def value_by_charpoly(system: Chain, start: int, theta: Sequence[int]) -> tuple[fmpz_poly, fmpz_poly]:
    """(N, Q), not reduced, with N / Q = E[sum_t gamma^t theta(s_t)] from the position start; theta: (n,)."""
    n, matrix, rewards = len(system), system.scaled_matrix(), fmpz_mat(len(system), 1, theta)
    moduli = _enough(system.common, bound_on_determinant(system) * max(1, *map(abs, theta)))
    above: list[tuple[int, ...]] = []
    below: list[tuple[int, ...]] = []
    for prime in moduli:
        residues = nmod_mat(matrix, prime)
        denominator = _determinant(system, residues, prime)
        series = _series(system, residues, nmod_mat(rewards, prime), start, prime)
        below.append(integers(denominator))
        above.append(integers(denominator.mul_low(series, n)))
    return lifted(above, moduli), lifted(below, moduli)


def _enough(avoid: int, bound: int) -> tuple[int, ...]:
    """Primes whose product exceeds twice the bound."""
    found: list[int] = []
    product, supply = 1, primes(avoid)
    while product <= 2 * bound:
        found.append(next(supply))
        product *= found[-1]
    return tuple(found)


def bound_on_determinant(system: Chain) -> int:
    """At least the sum of the absolute coefficients of det(scales - gamma A)."""
    n, one = len(system), 1 << _PRECISION
    squares = sum(
        -(-sum(entry * entry for _, entry in row) * one * one // (scale * scale))
        for scale, row in zip(system.scales, system.rows, strict=True)
    )  # |P|_F^2 in units of 1 / one^2, rounded up
    root = isqrt(-(-squares // n)) + 1
    growth: int = (one + root) ** n
    return (system.at_zero * growth >> _PRECISION * n) + 1


def _determinant(system: Chain, matrix: nmod_mat, prime: int) -> nmod_poly:
    """prod(scales) det(I - gamma P) modulo a prime, from the characteristic polynomial of L P."""
    return matrix.charpoly().reverse()(_shrunk(system, prime)) * system.at_zero


def _series(system: Chain, matrix: nmod_mat, vector: nmod_mat, start: int, prime: int) -> nmod_poly:
    """sum_{k < n} (P^k theta)_start gamma^k modulo a prime; matrix: L P."""
    terms: list[nmod] = []
    for _ in range(len(system)):
        terms.append(vector[start, 0])
        vector = matrix * vector
    return nmod_poly(terms, prime)(_shrunk(system, prime))


def _shrunk(system: Chain, prime: int) -> nmod_poly:
    """gamma / L."""
    return nmod_poly([0, pow(system.common, -1, prime)], prime)
