"""z3's second opinions: what defines G_T, and the swap of Prop. 3, as SMT-LIB 2. z3 itself is imported when asked."""

from proofs.smt.opinion import (
    Opinion,
    acceptance_opinion,
    compare,
    exclusion_opinion,
    permutation_opinion,
    swap_opinion,
)
from proofs.smt.questions import RETARGETS, STAYS

__all__ = [
    "RETARGETS",
    "STAYS",
    "Opinion",
    "acceptance_opinion",
    "compare",
    "exclusion_opinion",
    "permutation_opinion",
    "swap_opinion",
]
