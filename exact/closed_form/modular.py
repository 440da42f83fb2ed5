"""Integer polynomials from their residues: large primes and incremental Chinese remaindering."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from flint import fmpz, fmpz_poly, nmod_poly

FIRST = 1 << 62  # primes are taken downward from here: one machine word, with room for flint's lazy reductions


def primes(avoid: int = 1) -> Iterator[int]:
    """The primes below 2^62, descending, that do not divide `avoid`."""
    number = 0
    while True:
        candidate = _prime(number)
        if avoid % candidate:
            yield candidate
        number += 1


@cache
def _prime(number: int) -> int:
    candidate = (_prime(number - 1) if number else FIRST + 1) - 2
    while not fmpz(candidate).is_prime():  # proved, not only probable, below 2^64
        candidate -= 2
    return candidate


class Lift:
    """An integer polynomial known modulo a product of primes, by its representative nearest to zero."""

    def __init__(self) -> None:
        self.polynomial = fmpz_poly([])
        self.modulus = fmpz(1)

    def add(self, residue: nmod_poly, prime: int) -> bool:
        """Learn the residue modulo one more prime. True iff the representative did not change."""
        inverse = pow(int(self.modulus % prime), -1, prime)
        digits = (residue - nmod_poly(self.polynomial, prime)) * inverse
        balanced = fmpz_poly([c - prime if 2 * c > prime else c for c in map(int, digits.coeffs())])
        self.polynomial += self.modulus * balanced
        self.modulus *= prime
        return not balanced

    def settles(self, bound: int | fmpz) -> bool:
        """True iff a polynomial with coefficients of at most this size has only one representative left."""
        return bool(self.modulus > 2 * bound)


__all__ = ["Lift", "primes"]
