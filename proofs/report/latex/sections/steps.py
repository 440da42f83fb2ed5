"""n(gamma) and n°(gamma) as tables of intervals."""

from __future__ import annotations

from collections.abc import Iterator

from exact.algebraic import Algebraic
from proofs.claims.checked import Checked
from proofs.claims.steps import Step
from proofs.claims.types import PAPER, SHARP
from proofs.report.latex.numbers import DIGITS, fraction
from proofs.report.latex.sections.words import states
from proofs.report.latex.table import table
from proofs.report.radicals import decimals

COLUMNS = [("", "l"), (r"$\gamma$ in", "0.32"), ("adds", "0.44"), ("count", "l")]
SYMBOLS = {PAPER: "$n$", SHARP: r"$n^\circ$"}


def lines(checked: Checked) -> Iterator[str]:
    """One table for both counts."""
    rows = [row for kind in SYMBOLS for row in _rows(checked, kind)]
    if rows:
        yield (
            r"Let $n(\gamma) = |\{x : \gamma > \gamma^*_x\}|$ and "
            r"$n^\circ(\gamma) = |\{x : \gamma \geq \gamma^\circ_x\}|$. They are step functions, zero before "
            rf"their first interval; decimals are the thresholds above, rounded to {DIGITS} places."
        )
        yield table(COLUMNS, rows)
    if rows and not all(map(checked.settled, SYMBOLS)):
        yield "Not every state is settled in the certificate, so that these counts are lower bounds."


def _rows(checked: Checked, kind: str) -> Iterator[list[str]]:
    sign = "" if checked.settled(kind) else r"\geq "
    for k, step in enumerate(checked.steps(kind)):
        yield [SYMBOLS[kind] if k == 0 else "", _interval(step), states(step.states), f"${sign}{step.n}$"]


def _interval(step: Step) -> str:
    """(low, high] for the paper's count, [low, high) for the sharp one."""
    left = "[" if step.kind == SHARP and step.after != 0 else "("
    right = "]" if step.kind == PAPER and step.to is not None else ")"
    return f"${left}{_end(step.after)},\\, {'1' if step.to is None else _end(step.to)}{right}$"


def _end(value: Algebraic) -> str:
    return decimals(value, DIGITS) if value.rational is None else fraction(value.rational)
