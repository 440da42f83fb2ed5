"""G_T (Def. 6) as an object: Theta as named linear inequalities, membership with reasons, emptiness, printed forms."""

from proofs.goalset.build import goal_set
from proofs.goalset.member import Broken, Membership, Reason, membership
from proofs.goalset.model import GoalSet, Piece, Region, Statement
from proofs.goalset.pieces import Limits

__all__ = [
    "Broken",
    "GoalSet",
    "Limits",
    "Membership",
    "Piece",
    "Reason",
    "Region",
    "Statement",
    "goal_set",
    "membership",
]
