"""Theta: a membership for people: the violated inequality, and every condition with its two values."""

from __future__ import annotations

from collections.abc import Iterator

from exact.digits import exact_text
from proofs.claims.spelling import linear_text
from proofs.theta.member import Membership, Reason
from proofs.theta.model import GoalSet
from proofs.theta.phrases import sides
from proofs.theta.text import PLAIN, inequality_text


def member_lines(goals: GoalSet, found: Membership) -> Iterator[str]:
    """The answer, then the conditions with their two values, the violated first."""
    names = goals.instance.mdp.states
    yield f"theta = {linear_text(names, found.rewards)}: {'in Theta' if found.holds else 'not in Theta'}"
    for broken in found.broken:
        where = "" if len(goals.pieces) == 1 else f" (of polyhedron {goals.pieces.index(broken.piece) + 1})"
        shown = inequality_text(goals, broken.piece, broken.statement)
        relation = sides(broken.statement.constraint).relation
        left, right = exact_text(broken.left), exact_text(broken.right)
        yield f"  violated inequality{where}: {shown}: {left} {relation} {right} is false"
    for reason in found.reasons:
        if reason.row[0] != "reward" or not reason.holds:
            yield f"  {reason_text(goals, reason)}"
    if goals.instance.goals.nonnegative:
        signs = [reason.holds for reason in found.reasons if reason.row[0] == "reward"]
        yield f"  holds: r(s) >= 0 for {'every' if all(signs) else 'every other'} state s"


def reason_text(goals: GoalSet, reason: Reason) -> str:
    """`holds: Q*(train_1, right) = 59049/100000 >= 531441/1000000 = Q*(train_1, left)`."""
    verdict = "holds" if reason.holds else "fails"
    if reason.row[0] == "inequality":
        return f"{verdict}: {_given(goals, reason)}"
    left, right = _named(goals, reason)
    shown = f"{left} = {exact_text(reason.left)} {reason.relation} {exact_text(reason.right)}"
    return f"{verdict}: {shown} = {right}" if right else f"{verdict}: {shown}"


def _given(goals: GoalSet, reason: Reason) -> str:
    """A further inequality, written with >= where that saves the signs."""
    coefficients = goals.instance.goals.inequalities[int(reason.row[1])].coefficients
    sign = -1 if all(c <= 0 for c in coefficients) else 1
    relation = reason.relation if sign == 1 else reason.relation.replace("<", ">")
    left = linear_text([f"r({state})" for state in goals.instance.mdp.states], [sign * c for c in coefficients])
    return f"{left} = {exact_text(sign * reason.left)} {relation} {exact_text(sign * reason.right)}"


def _named(goals: GoalSet, reason: Reason) -> tuple[str, str]:
    instance, (kind, name) = goals.instance, reason.row[:2]
    if kind == "reward":
        return f"r({name})", ""
    state = instance.mdp.state(name)
    other = instance.mdp.action(state, reason.row[2])
    return PLAIN.action(goals, state, instance.trained[state]), PLAIN.action(goals, state, other)
