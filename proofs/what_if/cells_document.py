"""The matrix as JSON: `gammastar-matrix/1`."""

from __future__ import annotations

from proofs.report.document import about, asked
from proofs.report.numbers import Json
from proofs.what_if.cells import DIMENSIONS, Cell, Key, Matrix, folder
from proofs.what_if.depends import Effect, effects, groups


def document(found: Matrix) -> Json:
    """Every cell; `own` is the combination that the file itself asks for, null if it is none of them."""
    return {
        "format": "gammastar-matrix/1",
        "instance": about(found.instance),
        "gamma": asked(found.instance),
        "dimensions": {name: list(values) for name, values in DIMENSIONS.items()},
        "alike": {name: [list(part) for part in parts] for name, parts in groups(found).items()},
        "depends": [_effect(effect) for effect in effects(found)],
        "own": None if found.own is None else found.own._asdict(),
        "cells": [_cell(key, cell) for key, cell in found.cells.items()],
        **({"missing": found.missing} if found.missing else {}),
    }


def _effect(effect: Effect) -> Json:
    example = None if effect.example is None else [key._asdict() for key in effect.example]
    counts = {"pairs": effect.pairs, "verdict": effect.verdicts, "n_or_means": effect.numbers}
    return {"dimension": effect.dimension, **counts, "example": example}


def _cell(key: Key, cell: Cell) -> Json:
    about_it: Json = {**key._asdict(), "folder": folder(key)}
    if cell.checked is None or cell.said is None:
        return {**about_it, "verdict": None, "because": cell.why}
    said = dict(zip(("verdict", "conclusion", "means", "n"), cell.said, strict=True))
    kernel = {"status": cell.checked.status, "holes": list(cell.checked.holes), "derives_it": True}
    return {**about_it, **said, "kernel": kernel}
