"""A theorem's verdict in one line, for people."""

from __future__ import annotations

from fractions import Fraction

from proofs.theorems import Verdict


def verdict_text(verdict: Verdict, gamma: Fraction | None) -> str:
    """`verified; conclusion proved (paper), n = 3`. Where gamma is not known and n grows with it: from where on."""
    n = f"n = {verdict.n}"
    if gamma is None and verdict.conclusion == "proved":
        n = {"paper": f"n = n(gamma), {verdict.n} above every gamma*_x", "sharp": f"{n} from the last gamma°_x on"}.get(
            verdict.means, n
        )
    return f"{verdict.verdict}; conclusion {verdict.conclusion} ({verdict.means}), {n}"
