"""Theta: Theta and memberships as JSON, `gammastar-goals/1`. Exact numbers are strings."""

from __future__ import annotations

from collections.abc import Iterable

from exact.digits import exact_text
from exact.linear import Infeasible
from exact.mdp import Rewards
from proofs.report.document import about
from proofs.report.numbers import Json
from proofs.theta.member import Broken, Membership, Reason
from proofs.theta.model import Actions, GoalSet, Piece, Statement
from proofs.theta.text import inequality_text


def document(goals: GoalSet, members: Iterable[Membership] = ()) -> Json:
    """The whole answer. `auxiliary` holds the coefficients of the W(s)."""
    asked = goals.instance.goals
    return {
        "format": "gammastar-goals/1",
        "instance": about(goals.instance),
        "gamma": None if goals.gamma is None else exact_text(goals.gamma),
        "reading": asked.reading,
        "preference": asked.preference,
        "nonnegative": asked.nonnegative,
        "empty": goals.is_empty,
        "pieces": [_piece(goals, piece) for piece in goals.pieces],
        "refuted": [_refuted(goals, piece) for piece in goals.empty],
        "contained": goals.contained,
        "point": _rewards(goals, goals.point),
        "interior": _rewards(goals, goals.interior),
        "members": [_member(goals, found) for found in members],
    }


def _piece(goals: GoalSet, piece: Piece) -> Json:
    return {
        "choices": _actions(goals, piece.choices),
        "auxiliary": [goals.instance.mdp.states[state] for state in piece.auxiliary],
        "inequalities": [_statement(goals, piece, statement) for statement in piece.needed],
        "implied": [list(piece.statements[i].row) for i in piece.implied],
        "compared": piece.compared,
    }


def _statement(goals: GoalSet, piece: Piece, statement: Statement) -> Json:
    constraint, names = statement.constraint, goals.instance.mdp.states
    beyond = [(j - goals.dimension, c) for j, c in constraint.coefficients]
    return {
        "row": list(statement.row),
        "then": _actions(goals, statement.then),
        "coefficients": {names[j]: exact_text(c) for j, c in constraint.coefficients if j < goals.dimension},
        "auxiliary": {names[piece.auxiliary[i]]: exact_text(c) for i, c in beyond if i >= 0},
        "relation": constraint.relation,
        "bound": exact_text(constraint.bound),
        "text": inequality_text(goals, piece, statement),
    }


def _refuted(goals: GoalSet, piece: Piece) -> Json:
    """The Farkas combination: multipliers of the inequalities whose sum is a contradiction."""
    used = piece.answer.multipliers if isinstance(piece.answer, Infeasible) else {}
    statements = piece.statements
    return {
        "choices": _actions(goals, piece.choices),
        "multipliers": [
            {**_statement(goals, piece, statements[i]), "multiplier": exact_text(y)} for i, y in used.items()
        ],
    }


def _member(goals: GoalSet, found: Membership) -> Json:
    return {
        "rewards": _rewards(goals, found.rewards),
        "member": found.holds,
        "piece": found.piece,
        "reasons": [_reason(reason) for reason in found.reasons],
        "violated": [_broken(goals, broken) for broken in found.broken],
    }


def _reason(reason: Reason) -> Json:
    values = {"left": exact_text(reason.left), "relation": reason.relation, "right": exact_text(reason.right)}
    return {"row": list(reason.row), **values, "holds": reason.holds}


def _broken(goals: GoalSet, broken: Broken) -> Json:
    shown = _statement(goals, broken.piece, broken.statement)
    place = goals.pieces.index(broken.piece)
    return {"piece": place, **shown, "left": exact_text(broken.left), "right": exact_text(broken.right)}


def _actions(goals: GoalSet, chosen: Actions) -> Json:
    mdp = goals.instance.mdp
    return {mdp.states[state]: mdp.actions[state][action] for state, action in chosen}


def _rewards(goals: GoalSet, rewards: Rewards | None) -> dict[str, str] | None:
    return None if rewards is None else dict(zip(goals.instance.mdp.states, map(exact_text, rewards), strict=True))
