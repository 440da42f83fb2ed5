"""Integer polynomials from their residues: primes below a power of two, and Chinese remaindering of all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from math import prod

from flint import fmpz, fmpz_mat, fmpz_poly

WORD = 62  # bits of the primes for FLINT: one machine word, with room for its lazy reductions


def primes(avoid: int = 1, bits: int = WORD) -> Iterator[int]:
    """The primes below 2^bits, descending, that do not divide `avoid`."""
    number = 0
    while True:
        candidate = _prime(number, bits)
        if avoid % candidate:
            yield candidate
        number += 1


@cache
def _prime(number: int, bits: int) -> int:
    candidate = (_prime(number - 1, bits) if number else (1 << bits) + 1) - 2
    while not fmpz(candidate).is_prime():  # proved, not only probable, below 2^64
        candidate -= 2
    return candidate


def lifted(residues: Sequence[Sequence[int]], moduli: tuple[int, ...]) -> fmpz_poly:
    """The polynomial nearest to zero with these coefficients modulo each of the primes, residues[k] modulo moduli[k].

    It is the one meant if that has coefficients below half the product of the primes.
    """
    width, modulus = max(map(len, residues), default=0), prod(moduli)
    padded = [[*row, *[0] * (width - len(row))] for row in residues]
    sums = (fmpz_mat(1, len(moduli), _idempotents(moduli)) * fmpz_mat(padded)).entries() if width else []
    return fmpz_poly([value - modulus if 2 * value > modulus else value for value in (s % modulus for s in sums)])


@cache
def _idempotents(moduli: tuple[int, ...]) -> list[int]:
    """For each prime the number that is 1 modulo it and 0 modulo the others."""
    modulus = prod(moduli)
    return [modulus // p * pow(modulus // p, -1, p) for p in moduli]
