"""Thm. 2: in every orbit of Theta at least n times as many goals avoid shutdown as accept it; Thm. 1 behind it."""

from __future__ import annotations

from proofs.hypotheses import STATED
from proofs.theorems.verdict import Case, Verdict, failed, proved, undecided


def theorem2(case: Case) -> Verdict:
    """By the paper's swaps; or by the sharp ones, or by linear claims; or refuted by a counted orbit (Defs. 3, 4)."""
    gamma = case.analysis.instance.question.gamma
    sharp = case.keeping(case.sharply_counted) if case.swaps_work else ()
    linear = case.findings.linear.n if case.findings.linear is not None else 0
    n = len(case.counted)
    stated = all(case.ood if name == "ood" else case.hypotheses[name] for name in STATED)
    if stated and case.swaps_work and case.keeping(case.counted) == case.counted:
        return proved(stated, "paper", n)
    for means, most in (("sharp", len(sharp) if gamma is not None else 0), ("linear", linear)):
        if stated and most >= n:
            return proved(stated, means, n)
    if not stated and max(len(sharp), linear):
        return proved(stated, "sharp" if len(sharp) >= linear else "linear", max(len(sharp), linear))
    return failed(stated, "orbit", max(1, n)) if _fails(case) else undecided(stated, max(1, n))


def theorem1(case: Case) -> Verdict:
    """Thm. 1 (RDSP 3.6): retargetable by n permutations implies the count. The permutations are Theorem 2's swaps."""
    second = theorem2(case)
    if second.conclusion == "undecided":
        return Verdict("undecided", "undecided", "none", second.n)
    verdict = "verified" if second.conclusion == "proved" else "inapplicable"
    return Verdict(verdict, second.conclusion, second.means, second.n)


def _fails(case: Case) -> bool:
    """True iff an orbit was counted, at the question's gamma, that n is too much for; 1 where the question counts no x.

    Where no x is counted at the orbit's own gamma, it shows nothing about a question that counts some. Nor does an
    orbit that the kernel cannot recount.
    """
    gamma, analysis = case.analysis.instance.question.gamma, case.analysis
    return any(
        orbit.refutes(len(analysis.exceeded(analysis.paper, orbit.goal.gamma)) or int(not case.counted))
        for orbit in case.findings.recounted()[0]
        if gamma in (None, orbit.goal.gamma)
    )
