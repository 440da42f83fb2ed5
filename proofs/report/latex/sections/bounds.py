"""How much of Theorem 2 is proved: an n, and the swaps that prove it."""

from __future__ import annotations

from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, SHARP
from proofs.report.latex.numbers import fraction
from proofs.report.latex.sections.words import MEANS

Bound = tuple[int, str]  # n, and by what means it is proved


def used(checked: Checked, bound: Bound) -> tuple[str, ...]:
    """The x whose exchanges with s_term prove it; none where other permutations do."""
    if bound[1] not in (PAPER, SHARP):
        return ()
    if _by_all_counted(checked, bound):
        return tuple(checked.past(PAPER))
    keeping = checked.keeping[SHARP]
    return keeping if checked.gamma is not None else tuple(x for x in keeping if checked.roots[SHARP, x] == 0)


def grows(checked: Checked, bound: Bound) -> bool:
    """It is n(gamma), which depends on gamma, and n is only its largest value."""
    return checked.gamma is None and _by_all_counted(checked, bound)


def said(checked: Checked, bound: Bound) -> str:
    """`$n = 3$, by the argument of the paper`; where gamma is not fixed, and n grows with it, how far."""
    n, means = bound
    size = rf"$n = n(\gamma)$, which is ${n}$ above every $\gamma^*_x$" if grows(checked, bound) else f"$n = {n}$"
    return f"{size}, by {MEANS[means]}"


def failing(checked: Checked) -> str:
    """The n for which the conclusion fails; where gamma is not fixed, at which it does."""
    orbit = checked.refuting()
    if orbit is None:
        return f"$n = {checked.main.n}$"
    at = rf" at $\gamma = {fraction(orbit.gamma)}$" if checked.gamma is None else ""
    return f"$n = {checked.least(orbit.gamma)}${at}"


def _by_all_counted(checked: Checked, bound: Bound) -> bool:
    """By all of N, at each gamma by those that count there. The kernel calls it sharp if a stated hypothesis fails."""
    counted, (n, means) = len(checked.past(PAPER)), bound
    keep = len(checked.keeping[PAPER]) == counted == n
    return n > 0 and keep and (means == PAPER or (means == SHARP and checked.gamma is None))
