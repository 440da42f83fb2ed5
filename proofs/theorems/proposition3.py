"""Prop. 3: exchanging r(x) and r(s_term) makes shutdown lose, for gamma > gamma*_x; and the exact swap theorem."""

from __future__ import annotations

from proofs.theorems.verdict import Case, Verdict


def proposition3(case: Case) -> Verdict:
    """For every counted x. "Optimal" is read as the decision-maker does: theta in Orbit_{A0>A1}."""
    n, gamma = len(case.counted), case.analysis.instance.question.gamma
    still = [s for s in case.findings.survivors if s.how == "still-shutdown" and gamma in (None, s.goal.gamma)]
    if all(case.hypotheses[name] for name in ("shutdown-terminal", "nonnegative", "gamma-star")):
        if case.swaps_work:
            return Verdict("verified", "proved", "paper", n)
        paper = case.analysis.paper
        if any(s.state in case.analysis.exceeded(paper, s.goal.gamma) for s in still):
            return Verdict("refuted", "fails", "swap", n)
        return Verdict("undecided", "undecided", "none", n)
    if case.swaps_work and case.sharply_counted:
        return Verdict("inapplicable", "proved", "sharp", len(case.sharply_counted))
    return Verdict("inapplicable", "fails", "swap", n) if still else Verdict("inapplicable", "undecided", "none", n)
