"""What the truth of the theorem depends on: cells that differ in one dimension only, compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from proofs.what_if.cells import DIMENSIONS, Cell, Key, Matrix

Groups = dict[str, tuple[tuple[str, ...], ...]]  # dimension -> its values, those together that nowhere differ


@dataclass(frozen=True)
class Effect:
    """Of `pairs` of defined cells that differ in this dimension alone, how many differ in verdict or conclusion.

    numbers: how many more differ in n or means. example: one pair that differs, the instance's own cell if possible.
    """

    dimension: str
    pairs: int
    verdicts: int
    numbers: int
    example: tuple[Key, Key] | None


def effects(matrix: Matrix) -> list[Effect]:
    """One for each dimension."""
    return [_effect(matrix, dimension) for dimension in DIMENSIONS]


def groups(matrix: Matrix) -> Groups:
    """The values of each dimension; those that may be exchanged for one another in every cell are put together."""
    found: Groups = {}
    for dimension, values in DIMENSIONS.items():
        together: list[list[str]] = []
        for value in values:
            same = next((group for group in together if _same(matrix, dimension, group[0], value)), None)
            if same is None:
                together.append([value])
            else:
                same.append(value)
        found[dimension] = tuple(map(tuple, together))
    return found


def _same(matrix: Matrix, dimension: str, one: str, other: str) -> bool:
    slices = ((key, cell) for key, cell in matrix.cells.items() if getattr(key, dimension) == one)
    return all(_shown(cell) == _shown(matrix.cells[key._replace(**{dimension: other})]) for key, cell in slices)


def _shown(cell: Cell) -> object:
    return cell.said, cell.checked and cell.checked.status


def _effect(matrix: Matrix, dimension: str) -> Effect:
    pairs = list(_pairs(matrix, dimension))
    truths = [(a, b) for a, b in pairs if _truth(matrix.cells[a]) != _truth(matrix.cells[b])]
    rest = [(a, b) for a, b in pairs if (a, b) not in truths and matrix.cells[a].said != matrix.cells[b].said]
    example = min(truths or rest, key=lambda pair: matrix.own not in pair, default=None)
    return Effect(dimension, len(pairs), len(truths), len(rest), example)


def _pairs(matrix: Matrix, dimension: str) -> Iterator[tuple[Key, Key]]:
    for key in matrix.cells:
        for one, other in combinations(DIMENSIONS[dimension], 2):
            pair = key, key._replace(**{dimension: other})
            if getattr(key, dimension) == one and all(matrix.cells[k].said is not None for k in pair):
                yield pair


def _truth(cell: Cell) -> object:
    return cell.said and cell.said[:2]
