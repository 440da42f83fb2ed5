"""The matrix as JSON: `gammastar-matrix/1`."""

from __future__ import annotations

from dataclasses import asdict

from proofs.matrix.cells import DIMENSIONS, Cell, Key, Matrix, folder, named
from proofs.matrix.depends import Effect, effects, groups
from proofs.report.document import about

Json = dict[str, object]


def document(found: Matrix) -> Json:
    """Every cell; `own` is the combination that the file itself asks for, null if it is none of them."""
    gamma = found.instance.question.gamma
    return {
        "format": "gammastar-matrix/1",
        "instance": about(found.instance),
        "gamma": None if gamma is None else str(gamma),
        "dimensions": {name: list(values) for name, values in DIMENSIONS.items()},
        "alike": {name: [list(part) for part in parts] for name, parts in groups(found).items()},
        "depends": [_effect(effect) for effect in effects(found)],
        "own": None if found.own is None else dict(named(found.own)),
        "cells": [_cell(key, cell) for key, cell in found.cells.items()],
    }


def _effect(effect: Effect) -> Json:
    example = None if effect.example is None else [dict(named(key)) for key in effect.example]
    counts = {"pairs": effect.pairs, "verdict": effect.verdicts, "n_or_means": effect.numbers}
    return {"dimension": effect.dimension, **counts, "example": example}


def _cell(key: Key, cell: Cell) -> Json:
    about_it: Json = {**dict(named(key)), "folder": folder(key)}
    if cell.verdict is None:
        return {**about_it, "verdict": None, "because": cell.why}
    kernel = {"status": cell.status, "holes": list(cell.holes), "derives_it": cell.confirmed}
    return {**about_it, **asdict(cell.verdict), "kernel": kernel}
