"""Opinions: the policy of a threshold as a Markov chain, from the instance and the claim's policy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.graph import closure
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

    def row(state: str) -> Row:
        return checked.row(state, claim.policy[state]) if state in claim.policy else {}

    start = row(checked.s_new)
    counted = {claim.state, checked.s_term} if claim.kind == SHARP else {claim.state}
    return Chain(start, {state: row(state) for state in sorted(closure(start, row))}, frozenset(counted))
