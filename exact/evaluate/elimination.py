"""Layer: exact values, doubles: (I - gamma P) x = right for several right sides, in tiles small enough for one thread.

Larger products wake the threads of numpy's BLAS; where the machine is busy, these wait for each other up to 100 times
longer than the product takes. No pivots: the matrix is diagonally dominant, and stays so.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

_TILE = 62  # OpenBLAS begins to use threads at 64^3


class Eliminated:
    """Block elimination of a square matrix, which is overwritten."""

    def __init__(self, matrix: Vector) -> None:
        size = len(matrix)
        count = -(-size // _TILE)
        ends = [size * k // count for k in range(count + 1)]
        self.matrix, self.parts = matrix, [slice(*part) for part in pairwise(ends)]
        self.inverses: list[Vector] = []
        for k, here in enumerate(self.parts):
            self.inverses.append(_inverse(matrix[here, here]))
            for right in self.parts[k + 1 :]:
                matrix[here, right] = self.inverses[k] @ matrix[here, right]
            for below in self.parts[k + 1 :]:
                for right in self.parts[k + 1 :]:
                    matrix[below, right] -= matrix[below, here] @ matrix[here, right]

    def solve(self, right: Vector) -> Vector:
        """x with matrix x = right, which is one vector (size,) or several (size, count)."""
        if right.ndim > 1 and right.shape[1] > _TILE:
            tiles = range(0, right.shape[1], _TILE)
            return np.hstack([self.solve(right[:, first : first + _TILE]) for first in tiles])
        found = right.copy()
        for k, here in enumerate(self.parts):
            found[here] = self.inverses[k] @ found[here]
            for below in self.parts[k + 1 :]:
                found[below] -= self.matrix[below, here] @ found[here]
        for k in reversed(range(len(self.parts))):
            for later in self.parts[k + 1 :]:
                found[self.parts[k]] -= self.matrix[self.parts[k], later] @ found[later]
        return found


def _inverse(tile: Vector) -> Vector:
    try:
        return np.asarray(np.linalg.inv(tile), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.full_like(tile, np.nan)
