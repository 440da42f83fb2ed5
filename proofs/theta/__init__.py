"""G_T (Def. 6) as an object: Theta as named linear inequalities, membership with reasons, emptiness, printed forms."""

from proofs.theta.build import goal_set
from proofs.theta.member import Broken, Membership, Reason, membership
from proofs.theta.model import GoalSet, Piece, Region, Statement
from proofs.theta.pieces import Limits

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
