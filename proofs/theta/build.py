"""Theta, top: an instance and a rational gamma in, Theta as polyhedra out, emptiness and redundancy decided."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.errors import NotADiscount, NotAPolicy, TooLarge
from exact.instance import Instance
from exact.linear import Feasible, Infeasible, System, decide, implied, redundant
from exact.linear.check import first_violated
from exact.rational import discount
from proofs.theta.model import GoalSet, Piece, Region, system
from proofs.theta.pieces import Limits, Maker

LIMITS = Limits()


def goal_set(instance: Instance, gamma: Fraction | None = None, limits: Limits = LIMITS) -> GoalSet:
    """Theta at gamma (the question's, if none is given; `immediate` needs none).

    Raises NotADiscount without a gamma; NotAPolicy if a trained action leaves training under `on-training`; TooLarge if
    Theta is a union of more polyhedra than `limits` allows.
    """
    asked = instance.question.gamma if gamma is None else gamma
    if instance.goals.reading == "immediate":
        asked = None
    elif asked is None:
        raise NotADiscount("there is no gamma", 'write gamma = "9/10" under [question] or give one', "gamma")
    else:
        asked = discount(asked)
    _check_policy(instance)
    maker = Maker(instance, asked, limits)
    ways = maker.ways()
    if ways is None:
        raise TooLarge(
            f"Theta is a union of more than {limits.pieces} polyhedra: the trained agent can come to many states "
            "outside training that have a choice",
            "allow more by Limits(pieces=...), or read Def. 6 as on-training",
        )
    pieces = [_judged(len(instance.mdp), maker.region(chosen), limits) for chosen in ways]
    full = [piece for piece in pieces if isinstance(piece.answer, Feasible)]
    kept = _maximal(len(instance.mdp), full)
    empty = tuple(piece for piece in pieces if isinstance(piece.answer, Infeasible))
    return GoalSet(instance, asked, tuple(kept), empty, len(full) - len(kept))


def _check_policy(instance: Instance) -> None:
    for state, action in instance.trained.items() if instance.goals.reading == "on-training" else ():
        if any(successor not in instance.training for successor, _ in instance.mdp.rows[state][action]):
            remedy = "under on-training the trained actions stay in S_train"
            raise NotAPolicy("the trained action can leave training", remedy, f"policy.{instance.mdp.states[state]}")


def _judged(dimension: int, region: Region, limits: Limits) -> Piece:
    """With its answer, and with what follows from the rest."""
    whole = system(dimension, region.auxiliary, region.statements)
    answer = decide(whole)
    if isinstance(answer, Infeasible) or len(region.statements) > limits.compared:
        return Piece(**vars(region), answer=answer, compared=False)
    return Piece(**vars(region), answer=answer, implied=redundant(whole, together=True))


def _maximal(dimension: int, pieces: Sequence[Piece]) -> list[Piece]:
    """Without the pieces that lie inside another one that is kept."""
    kept: list[Piece] = []
    for piece in pieces:
        if not any(_inside(dimension, piece, other) for other in kept):
            kept = [*(other for other in kept if not _inside(dimension, other, piece)), piece]
    return kept


def _inside(dimension: int, piece: Piece, other: Piece) -> bool:
    """Every statement of `other` follows from those of `piece`. False, undecided, if `other` has auxiliary values."""
    if other.auxiliary or not isinstance(piece.answer, Feasible):
        return False
    own = [s.constraint for s in other.needed if s.row[0] not in ("inequality", "reward")]  # those are shared
    if first_violated(System(len(piece.answer.point), tuple(own)), piece.answer.point) is not None:
        return False
    within = system(dimension, piece.auxiliary, piece.needed)
    return not any(isinstance(implied(within, constraint), Feasible) for constraint in own)
