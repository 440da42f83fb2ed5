"""Layer paper: n(gamma) and n°(gamma) as tables of intervals, read off the thresholds."""

from __future__ import annotations

from collections.abc import Iterator

from exact.algebraic import Algebraic
from proofs.paper.claims import PAPER, SHARP
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import DIGITS, fraction
from proofs.paper.sections.words import states
from proofs.paper.table import table

COLUMNS = [("", "l"), (r"$\gamma$ in", "0.32"), ("adds", "0.44"), ("count", "l")]


def lines(evidence: Evidence) -> Iterator[str]:
    """One table for both counts."""
    kinds = [kind for kind in (PAPER, SHARP) if any(key[0] == kind for key in evidence.thresholds)]
    rows = [row for kind in kinds for row in _rows(evidence, kind)]
    if rows:
        yield (
            r"Let $n(\gamma) = |\{x : \gamma > \gamma^*_x\}|$ and "
            r"$n^\circ(\gamma) = |\{x : \gamma \geq \gamma^\circ_x\}|$. They are step functions, zero before "
            rf"their first interval; decimals are the thresholds above, rounded to {DIGITS} places."
        )
        yield table(COLUMNS, rows)
    if rows and not all(_is_exact(evidence, kind) for kind in kinds):
        yield "Not every state is settled in the certificate, so that these counts are lower bounds."


def _rows(evidence: Evidence, kind: str) -> Iterator[list[str]]:
    groups = steps(evidence, kind)
    total, symbol = 0, "$n$" if kind == PAPER else r"$n^\circ$"
    sign = "" if _is_exact(evidence, kind) else r"\geq "
    for k, (value, added) in enumerate(groups):
        total += len(added)
        after = groups[k + 1][0] if k + 1 < len(groups) else None
        yield [symbol if k == 0 else "", _interval(kind, value, after), states(added), f"${sign}{total}$"]


def _is_exact(evidence: Evidence, kind: str) -> bool:
    return evidence.is_complete(kind) and all(v is not None for key, v in evidence.roots.items() if key[0] == kind)


def steps(evidence: Evidence, kind: str) -> list[tuple[Algebraic, list[str]]]:
    """(threshold, the states that it adds), ascending; equal numbers merged. Roots beyond the bound are left out."""
    merged: dict[Algebraic, list[str]] = {}
    for x in evidence.candidates:
        value = evidence.roots.get((kind, x))
        if value is not None:
            merged.setdefault(value, []).append(x)
    return [(value, merged[value]) for value in sorted(merged)]


def _interval(kind: str, low: Algebraic, high: Algebraic | None) -> str:
    """(low, high] for the paper's count, [low, high) for the sharp one."""
    left = "[" if kind == SHARP and low != 0 else "("
    right = "]" if kind == PAPER and high is not None else ")"
    return f"${left}{_end(low)},\\, {'1' if high is None else _end(high)}{right}$"


def _end(value: Algebraic) -> str:
    return fraction(value.rational) if value.rational is not None else value.decimal(DIGITS)
