"""Prop. 1: a state that is reached and recurrent has a reach-and-revisit policy."""

from __future__ import annotations

from proofs.theorems.verdict import POSITIVE, Case, Verdict, over


def proposition1(case: Case) -> Verdict:
    """True where "reachable" means with probability 1; a state reached less surely refutes the other reading."""
    found = case.analysis.recurrent & case.analysis.sure
    lost = case.analysis.recurrent & case.analysis.reachable - case.analysis.sure
    if lost and case.reach == POSITIVE:
        return Verdict("refuted", "fails", "graph", len(lost))
    return over(len(found))
