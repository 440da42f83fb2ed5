"""Prop. 3: exchanging r(x) and r(s_term) makes shutdown lose, for gamma > gamma*_x; and the exact swap theorem."""

from __future__ import annotations

from proofs.theorems.verdict import Case, Verdict, failed, proved, undecided


def proposition3(case: Case) -> Verdict:
    """For every counted x. "Optimal" is read as the decision-maker does: theta in Orbit_{A0>A1}."""
    n, gamma = len(case.counted), case.analysis.instance.question.gamma
    _, survivors, _ = case.findings.recounted()
    still = [s for s in survivors if s.how == "still-shutdown" and gamma in (None, s.goal.gamma)]
    fails = any(s.state in case.analysis.exceeded(case.analysis.paper, s.goal.gamma) for s in still)
    stated = all(case.hypotheses[name] for name in ("shutdown-terminal", "nonnegative", "gamma-star"))
    if case.swaps_work and (stated or case.sharply_counted):
        return proved(stated, "paper" if stated else "sharp", n if stated else len(case.sharply_counted))
    if not case.counted:
        return proved(stated, "vacuous", 0)
    if all(case.shown("retargets", x) for x in case.counted):
        return proved(stated, "linear", n)
    return failed(stated, "swap", n) if fails else undecided(stated, n)
