"""Opinions: the policy of a threshold as a Markov chain, from the instance and the claim's policy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from proofs.claims.checked import Checked
from proofs.claims.types import SHARP, Threshold

Row = Mapping[str, Fraction]  # P(. | s)


@dataclass(frozen=True)
class Chain:
    """start: where s_new leads; rows: of every state that can follow, empty where it is terminal; counted: theta = 1.

    The visit count (Def. 9) is sum_t start[t] M_t, where M = theta + gamma P M.
    """

    start: Row
    rows: Mapping[str, Row]
    counted: frozenset[str]


def chain(checked: Checked, claim: Threshold) -> Chain:
    """What the policy of the claim does after s_new; counted is x, and for gamma°_x s_term too."""
    start = checked.row(checked.s_new, claim.policy[checked.s_new])
    rows: dict[str, Row] = {}
    todo = list(start)
    while todo:
        state = todo.pop()
        if state not in rows:
            rows[state] = checked.row(state, claim.policy[state]) if state in claim.policy else {}
            todo += rows[state]
    counted = {claim.state, checked.s_term} if claim.kind == SHARP else {claim.state}
    return Chain(start, rows, frozenset(counted))
