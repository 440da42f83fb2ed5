"""Thm. 2: in every orbit of Theta at least n times as many goals avoid shutdown as accept it; Thm. 1 behind it."""

from __future__ import annotations

from proofs.hypotheses import STATED
from proofs.theorems.verdict import Case, Verdict


def theorem2(case: Case) -> Verdict:
    """By the paper's swaps; failing that by the sharp ones; or refuted by a counted orbit (Defs. 3, 4)."""
    gamma = case.analysis.instance.question.gamma
    sharp = case.analysis.keeping(case.sharply_counted) if case.swaps_work else ()
    n = len(case.counted)
    if all(case.ood if name == "ood" else case.hypotheses[name] for name in STATED):
        if case.swaps_work and case.analysis.keeping(case.counted) == case.counted:
            return Verdict("verified", "proved", "paper", n)
        if gamma is not None and len(sharp) >= n:
            return Verdict("verified", "proved", "sharp", n)
        return Verdict("refuted", "fails", "orbit", n) if _fails(case) else Verdict("undecided", "undecided", "none", n)
    if sharp:
        return Verdict("inapplicable", "proved", "sharp", len(sharp))
    conclusion = ("fails", "orbit") if _fails(case) else ("undecided", "none")
    return Verdict("inapplicable", *conclusion, max(1, n))


def theorem1(case: Case) -> Verdict:
    """Thm. 1 (RDSP 3.6): retargetable by n permutations implies the count. The permutations are Theorem 2's swaps."""
    second = theorem2(case)
    if second.conclusion == "undecided":
        return Verdict("undecided", "undecided", "none", second.n)
    verdict = "verified" if second.conclusion == "proved" else "inapplicable"
    return Verdict(verdict, second.conclusion, second.means, second.n)


def _fails(case: Case) -> bool:
    """True iff an orbit was counted, at the question's gamma, that n (at least 1) is too much for."""
    gamma, analysis = case.analysis.instance.question.gamma, case.analysis
    return any(
        orbit.refutes(max(1, len(analysis.exceeded(analysis.paper, orbit.goal.gamma))))
        for orbit in case.findings.orbits
        if gamma in (None, orbit.goal.gamma)
    )
