"""The rows of a region on a box, and what is left of Bellman's inequality for values that are affine in the parameters.

Local coordinates run from 0 to 1 along each axis. A polynomial is a vector over the monomials of a fixed shape; `signs`
turns it into its Bernstein coefficients, between which its values on the box lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import comb, lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exact.family.bernstein import Box, local
from exact.family.model import Family
from exact.thresholds.region import Region

Array = NDArray[Any]  # of doubles, or of integers of any size


@dataclass(frozen=True)
class Affine:
    """Values at each place, constant[i] + sum_k slopes[k][i] u_k in local coordinates; (places,) and (axes, places)."""

    constant: Array
    slopes: Array


class BoxRows:
    """Places: the states of the region, nonterminal first. Pairs: their allowed actions, in order."""

    def __init__(self, family: Family, region: Region, box: Box) -> None:
        self.box = box
        self.states = sorted(region.allowed, key=lambda state: (not region.allowed[state], state))
        self.place = {state: i for i, state in enumerate(self.states)}
        self.size = len(region.nonterminal)
        self.start = self.place[region.start]
        self.pairs = [(s, a) for s in self.states[: self.size] for a in region.allowed[s]]
        rows = [family.rows[s][a] for s, a in self.pairs]
        degrees = [max(int(chance.degrees()[k]) for row in rows for _, chance in row) for k in range(len(box))]
        self.shape = tuple(degree + 2 for degree in degrees)  # one more for the affine factor
        self.into = np.array([self.place[t] for row in rows for t, _ in row], dtype=np.int64)
        self.first = np.cumsum([0, *map(len, rows)])[:-1]
        self.owner = np.array([self.place[s] for s, _ in self.pairs], dtype=np.int64)
        entries = [local(chance, box) for row in rows for _, chance in row]
        self.scale = lcm(*(value.denominator for entry in entries for value in entry.values()))
        self.whole = np.zeros((len(entries), prod(self.shape)), dtype=object)
        for i, entry in enumerate(entries):
            for monomial, value in entry.items():
                self.whole[i, np.ravel_multi_index(tuple(map(int, monomial)), self.shape)] = int(value * self.scale)

    @cached_property
    def chances(self) -> Array:
        """P in doubles; (entries, monomials)."""
        return self.whole.astype(float) / float(self.scale)

    @cached_property
    def signs(self) -> Array:
        """From monomials to Bernstein coefficients times a positive integer; (monomials, coefficients)."""
        return _signs(self.shape)

    def nowhere_negative(self, polynomials: Array, strictly: bool = False) -> bool:
        """Exactly: their Bernstein coefficients, each of its own degree as the kernel takes them, are >= 0 (> 0)."""
        shaped = polynomials.reshape(-1, *self.shape) != 0
        axes = range(1, len(self.shape) + 1)
        lengths = [
            [1 + max(np.flatnonzero(row.any(axis=tuple(k - 1 for k in axes if k != axis))), default=0) for axis in axes]
            for row in shaped
        ]
        for own in {tuple(map(int, length)) for length in lengths}:
            rows = [i for i, length in enumerate(lengths) if tuple(length) == own]
            kept = polynomials[rows].reshape(-1, *self.shape)[(slice(None), *map(slice, own))].reshape(len(rows), -1)
            values = kept @ _signs(own)
            if not ((values > 0) if strictly else (values >= 0)).all():
                return False
        return True

    @cached_property
    def bernstein(self) -> Array:
        """The same without the integer, in doubles."""
        return self.signs.astype(float) / float(self.signs[0, 0])

    @cached_property
    def leading(self) -> Array:
        """The first pair of each nonterminal place."""
        return np.searchsorted(self.owner, np.arange(self.size))

    @cached_property
    def dense(self) -> Array:
        """The Bernstein coefficients of P in doubles; (pairs, places, coefficients)."""
        return self._by_place(self.chances @ self.bernstein)

    @cached_property
    def centre(self) -> Array:
        """P at the middle of the box in doubles; (pairs, places)."""
        middle = np.array([0.5 ** sum(m) for m in self._monomials])
        return self._by_place((self.chances @ middle)[:, None])[:, :, 0]

    @cached_property
    def rise(self) -> list[Array]:
        """Its derivative along each axis, in local coordinates; (pairs, places)."""
        return [
            self._by_place((self.chances @ self._derivative(axis))[:, None])[:, :, 0] for axis in range(len(self.box))
        ]

    @cached_property
    def _monomials(self) -> list[tuple[int, ...]]:
        """Their exponents, in order."""
        return list(product(*map(range, self.shape)))

    def _derivative(self, axis: int) -> Array:
        """Of each monomial along an axis, at the middle of the box."""
        return np.array([m[axis] * 0.5 ** (sum(m) - 1) if m[axis] else 0.0 for m in self._monomials])

    def _by_place(self, entries: Array) -> Array:
        """Dense: (pairs, places, columns)."""
        pair = np.repeat(np.arange(len(self.pairs)), np.diff(np.append(self.first, len(self.into))))
        table = np.zeros((len(self.pairs), len(self.states), entries.shape[1]))
        np.add.at(table, (pair, self.into), entries)
        return table

    def mean(self, chances: Array, values: Affine) -> Array:
        """sum_t P(t) value(t), a polynomial for each pair."""
        total = chances * values.constant[self.into, None]
        for axis, slope in enumerate(values.slopes):
            shaped = (chances * slope[self.into, None]).reshape(-1, *self.shape)
            total = total + np.roll(shaped, 1, axis=axis + 1).reshape(total.shape)  # times u_axis
        return np.add.reduceat(total, self.first, axis=0)

    def of_places(self, values: Affine) -> Array:
        """The values themselves as polynomials; (places, monomials)."""
        found = np.zeros((len(self.states), prod(self.shape)), dtype=values.constant.dtype)
        found[:, 0] = values.constant
        for axis, slope in enumerate(values.slopes):
            unit = tuple(int(k == axis) for k in range(len(self.shape)))
            found[:, np.ravel_multi_index(unit, self.shape)] = slope
        return found


@cache
def _signs(shape: tuple[int, ...]) -> Array:
    table = np.array([[1]], dtype=object)
    for length in shape:
        degree = length - 1
        common = lcm(*(comb(degree, j) for j in range(length)))
        shares = [common // comb(degree, j) for j in range(length)]  # comb(k, j) is 0 for j > k
        axis = [[comb(k, j) * shares[j] for k in range(length)] for j in range(length)]
        table = np.kron(table, np.array(axis, dtype=object))
    return table
