"""Layer: linear questions, how far each row is from blocking.

The slacks are integers, known up to one positive factor, which no ratio test sees. Each row has a slack and an
infinitesimal slack: its bound is moved infinitely little, in general position, so that steps of length 0 are rare.
Pairs are compared lexicographically.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq, fmpq_mat, fmpz

_MULTIPLIER, _MODULUS = 48271, 2**31 - 1  # Lehmer's generator: fixed, so that runs repeat


class Slacks:
    """values: the slack of each row; equal: which rows are equalities; tight: rows whose bound is not moved."""

    def __init__(self, values: Sequence[fmpq], equal: Sequence[bool], tight: set[int]) -> None:
        self._equal = equal
        self._finite = integers(values)
        self._infinitesimal: list[fmpz] = []
        state = 1
        for i, fixed in enumerate(equal):
            state = state * _MULTIPLIER % _MODULUS
            self._infinitesimal.append(fmpz(0 if fixed or i in tight else state))

    def first(self, rates: Sequence[fmpz]) -> int | None:
        """The row that blocks first when the left sides grow at these rates, an equality blocks both ways at once."""
        best: int | None = None
        for i, rate in enumerate(rates):
            blocks = rate > 0 or (rate < 0 and self._equal[i])
            if blocks and (best is None or self._before(i, best, rates)):
                best = i
        return best

    def _before(self, i: int, k: int, rates: Sequence[fmpz]) -> bool:
        """slack_i / rate_i < slack_k / rate_k; an equality's slack is 0, so only the size of its rate counts."""
        one, other = abs(rates[i]), abs(rates[k])
        left, right = self._finite[i] * other, self._finite[k] * one
        if left != right:
            return bool(left < right)
        return bool(self._infinitesimal[i] * other < self._infinitesimal[k] * one)

    def advance(self, rates: Sequence[fmpz], row: int) -> bool:
        """Move until that row blocks; False if this is no move at all."""
        moved = bool(self._finite[row] or self._infinitesimal[row])
        self._finite = _advanced(self._finite, rates, row)
        self._infinitesimal = _advanced(self._infinitesimal, rates, row)
        return moved


def _advanced(slacks: list[fmpz], rates: Sequence[fmpz], row: int) -> list[fmpz]:
    slack, rate = slacks[row], rates[row]
    if not slack:
        return slacks
    moved = [value * rate - slack * r if r else value * rate for value, r in zip(slacks, rates, strict=True)]
    content = fmpz(0)
    for value in moved:
        content = content.gcd(value)
        if content == 1:
            return moved
    return [value // content for value in moved] if content else moved


def integers(values: Sequence[fmpq]) -> list[fmpz]:
    """The same vector times a positive factor."""
    return fmpq_mat(1, len(values), values).numer_denom()[0].entries()
