"""The sparse engine: the value's power series exactly, its Pade approximant modulo primes, and a proof of the result.

The value at start is N / Q with deg N < n and deg Q <= n, so the first 2n terms of its series determine it. Normalised
to Q(0) = prod(scales), Q is an integer polynomial (it divides det(scales - gamma A) up to a constant), hence known from
few primes. Proof of a candidate Q, whatever the primes did: N := Q C mod gamma^2n has degree below n; then N / Q and
the value agree modulo gamma^2n, and two fractions of these degrees that do are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpz, fmpz_poly, nmod_poly

from exact.closed_form.chain import Chain
from exact.closed_form.modular import Lift, primes


def value_by_krylov(system: Chain, start: int, theta: Sequence[int]) -> tuple[fmpz_poly, fmpz_poly]:
    """(N, Q), without a common root, with N / Q = E[sum_t gamma^t theta(s_t)] from the position start; theta: (n,)."""
    series = fmpz_poly(moments(system, start, theta, 2 * len(system)))
    candidates = ((numerator(series, below, system), below) for below in _denominators(series, system))
    return next((above, below) for above, below in candidates if above is not None)


def _denominators(series: fmpz_poly, system: Chain) -> Iterator[fmpz_poly]:
    """Integer polynomials on which two primes agree. The right one comes, as only finitely many primes are unlucky."""
    lift, degree = Lift(), 0
    for prime in primes(system.common):
        residue = _pade_denominator(nmod_poly(series, prime), len(system), system.at_zero % prime)
        if residue.degree() > degree:  # the earlier primes were unlucky: N and Q have a common root modulo them
            lift, degree = Lift(), residue.degree()
        if residue.degree() == degree and lift.add(_unscaled(residue, system.common, prime), prime):
            yield lift.polynomial


def moments(system: Chain, start: int, theta: Sequence[int], length: int) -> list[fmpz]:
    """((L P)^k theta)_start for k < length, L the common denominator of P: the value's series, in gamma / L."""
    rows, vector = system.scaled_rows(), [fmpz(reward) for reward in theta]
    terms = [vector[start]]
    for _ in range(length - 1):
        vector = [sum([entry * vector[j] for j, entry in row], _NOTHING) for row in rows]
        terms.append(vector[start])
    return terms


def numerator(series: fmpz_poly, below: fmpz_poly, system: Chain) -> fmpz_poly | None:
    """N = Q C if that is an integer polynomial of degree below n modulo gamma^2n, which proves N / Q; None if not.

    series: the first 2n terms of C, in gamma / L. The caller sees to deg Q <= n and Q(0) != 0.
    """
    n, common, powers = len(system), system.common, [fmpz(1)]
    for _ in range(n):
        powers.append(powers[-1] * common)
    scaled = fmpz_poly([c * power for c, power in zip(below.coeffs(), powers, strict=False)])
    product = scaled.mul_low(series, 2 * n)
    if product.degree() >= n:
        return None
    pairs = [divmod(c, power) for c, power in zip(product.coeffs(), powers, strict=False)]
    return None if any(rest for _, rest in pairs) else fmpz_poly([quotient for quotient, _ in pairs])


def _pade_denominator(series: nmod_poly, n: int, at_zero: int) -> nmod_poly:
    """The denominator of degree <= n of the series modulo gamma^2n, by Euclid's algorithm stopped half way.

    It divides Q modulo the prime, so that it is not zero at 0, where it is made to agree with Q.
    """
    prime = int(series.modulus())
    above, rest = nmod_poly([0] * (2 * n) + [1], prime), series
    before, below = nmod_poly([], prime), nmod_poly([1], prime)
    while rest.degree() >= n:
        quotient, remainder = divmod(above, rest)
        above, rest = rest, remainder
        before, below = below, before - quotient * below
    return below * (at_zero * pow(int(below[0]), -1, prime))


def _unscaled(polynomial: nmod_poly, common: int, prime: int) -> nmod_poly:
    """The polynomial in gamma, given in gamma / L, modulo a prime."""
    inverse, power, coefficients = pow(common, -1, prime), 1, []
    for coefficient in polynomial.coeffs():
        coefficients.append(int(coefficient) * power % prime)
        power = power * inverse % prime
    return nmod_poly(coefficients, prime)


_NOTHING = fmpz(0)

__all__ = ["moments", "numerator", "value_by_krylov"]
