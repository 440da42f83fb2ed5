"""The sparse engine: the value's power series modulo many primes at once, its Pade approximant modulo each of them.

The value at start is N / Q with deg N < n and deg Q <= n, so the first 2n terms of its series determine it. Normalised
to Q(0) = prod(scales), N and Q are integer polynomials (Q divides det(scales - gamma A) up to a constant), hence known
from few primes. They are taken as found once their coefficients are much smaller than the product of the primes. Proof
of a candidate, whatever the primes did: if N = Q C mod gamma^2n, C the exact series, then N / Q and the value agree
modulo gamma^2n, and two fractions of these degrees that do are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
from flint import fmpz, fmpz_poly, nmod_poly

from exact.closed_form.chain import Chain
from exact.closed_form.modular import lifted, primes
from exact.rational_function import integers

_MARGIN = 60  # bits by which the product of the primes must exceed the coefficients

Residue = tuple[int, nmod_poly, nmod_poly]  # prime, N and Q modulo it


def value_by_krylov(
    system: Chain, start: int, theta: Sequence[int], proved: bool = True
) -> tuple[fmpz_poly, fmpz_poly]:
    """(N, Q), without a common root, with N / Q = E[sum_t gamma^t theta(s_t)] from the position start; theta: (n,).

    proved=False spares the proof: for callers whose results are checked elsewhere.
    """
    series = fmpz_poly(moments(system, start, theta, 2 * len(system))) if proved else None
    candidates = _candidates(system, start, theta)
    return next((n, q) for n, q in candidates if series is None or numerator(series, q, system) == n)


def _candidates(system: Chain, start: int, theta: Sequence[int]) -> Iterator[tuple[fmpz_poly, fmpz_poly]]:
    """Pairs small enough to be meant. The right one comes, as only finitely many primes are unlucky.

    Modulo an unlucky prime N and Q have a common root; the denominator found is then of too small a degree.
    """
    width = max(1, *map(len, system.rows))
    bits = min(30, (63 - width.bit_length()) // 2)  # sums of `width` products fit in 63 bits
    supply, residues = primes(system.common, bits), list[Residue]()
    wanted = (system.at_zero.bit_length() + max(map(abs, theta)).bit_length() + _MARGIN) // (bits - 1) + 2
    while True:
        residues += _residues(system, start, theta, tuple(islice(supply, wanted)))
        degree = max(below.degree() for _, _, below in residues)
        lucky = [residue for residue in residues if residue[2].degree() == degree]
        moduli = tuple(prime for prime, _, _ in lucky)
        above = lifted([integers(residue) for _, residue, _ in lucky], moduli)
        below = lifted([integers(residue) for _, _, residue in lucky], moduli)
        if max(above.height_bits(), below.height_bits()) + _MARGIN < (bits - 1) * len(moduli):
            yield above, below
        wanted = 1 + len(residues) // 2


def _residues(system: Chain, start: int, theta: Sequence[int], moduli: tuple[int, ...]) -> list[Residue]:
    """N and Q modulo each prime: by Euclid's algorithm stopped half way on the series modulo gamma^2n."""
    series, n = _series(system, start, theta, moduli), len(system)
    found: list[Residue] = []
    for place, prime in enumerate(moduli):
        terms = nmod_poly(series[:, place].tolist(), prime)
        above, rest = nmod_poly([0] * (2 * n) + [1], prime), terms
        before, below = nmod_poly([], prime), nmod_poly([1], prime)
        while rest.degree() >= n:
            quotient, remainder = divmod(above, rest)
            above, rest = rest, remainder
            before, below = below, before - quotient * below
        unit = system.at_zero * pow(int(below[0]), -1, prime)  # below divides Q modulo the prime: it is not 0 at 0
        found.append((prime, rest * unit, below * unit))
    return found


def _series(system: Chain, start: int, theta: Sequence[int], moduli: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """(2n, primes): (P^k theta)_start modulo each prime. Longer rows first, so that each column of rows is a prefix."""
    order = sorted(range(len(system)), key=lambda i: -len(system.rows[i]))
    place = {position: number for number, position in enumerate(order)}
    column = np.array(moduli, dtype=np.int64)
    inverse = {scale: [pow(scale, -1, p) for p in moduli] for scale in set(system.scales)}
    columns = []
    for k in range(max(map(len, system.rows))):
        entries = [(*system.rows[i][k], inverse[system.scales[i]]) for i in order if len(system.rows[i]) > k]
        into = np.array([place[j] for j, _, _ in entries])
        weight = [[e % p * i % p for p, i in zip(moduli, inverses, strict=True)] for _, e, inverses in entries]
        columns.append((len(entries), into, np.array(weight, dtype=np.int64)))
    vector = np.array([[theta[i] % p for p in moduli] for i in order], dtype=np.int64)
    terms = [vector[place[start]]]
    for _ in range(2 * len(system) - 1):
        onward = np.zeros_like(vector)
        for size, into, weights in columns:
            onward[:size] += vector[into] * weights
        vector = onward % column
        terms.append(vector[place[start]])
    return np.array(terms)


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


_NOTHING = fmpz(0)
