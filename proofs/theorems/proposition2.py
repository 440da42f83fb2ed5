"""Prop. 2: the visit count of a reach-and-revisit policy has a pole at 1, the long-run frequency its residue."""

from __future__ import annotations

from proofs.theorems.verdict import Case, Verdict, over


def proposition2(case: Case) -> Verdict:
    """Each policy that attains a gamma*_x has a simple pole at 1, with a positive exact residue."""
    return over(sum(threshold.frequency is not None for threshold in case.analysis.paper.values()))
