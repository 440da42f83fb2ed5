"""Permutation layer: Sym(d) . theta as a set of vectors (Defs. 1-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import factorial


def arrangements(values: Sequence[int]) -> Iterator[list[int]]:
    """Every distinct arrangement once, ascending (Knuth's Algorithm L). It yields one list, changed between yields."""
    current = sorted(values)
    last = len(current) - 1
    while True:
        yield current
        pivot = last - 1
        while pivot >= 0 and current[pivot] >= current[pivot + 1]:
            pivot -= 1
        if pivot < 0:
            return
        entry = current[pivot]
        swap = last
        while current[swap] <= entry:
            swap -= 1
        current[pivot], current[swap] = current[swap], entry
        current[pivot + 1 :] = current[:pivot:-1]


def number_of_arrangements(values: Sequence[object]) -> int:
    """How many there are: d! over the product of the multiplicities' factorials."""
    number = factorial(len(values))
    for multiplicity in Counter(values).values():
        number //= factorial(multiplicity)
    return number
