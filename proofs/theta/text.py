"""Theta: Theta for people, as plain lines: each inequality with what it compares; a membership, with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.digits import exact_text
from exact.linear import Infeasible
from proofs.claims.spelling import MOST_NAMES, linear_text
from proofs.theta.member import Membership, Reason
from proofs.theta.model import GoalSet, Piece, Statement
from proofs.theta.phrases import others, sides, signs
from proofs.theta.spelling import Spelling

PLAIN = Spelling(
    name=lambda name: name,
    reward="r({state})",
    value="W({state})",
    action_value="{symbol}({state}, {action})",
    action_value_then="Q({state}, {action}; then {then})",
    decided="{state}: {action}",
    product="{factor}*{symbol}",
    relations={">=": ">=", ">": ">", "=": "="},
    symbols={"return": "Q*", "on-training": "Q*", "immediate": "R"},
)

NOTATION = {
    "return": "r(s) is the reward of s, Q*(s, a) the best discounted return after a in s",
    "immediate": "r(s) is the reward of s, R(s, a) the expected reward of the state that a leads to from s",
    "on-training": "r(s) is the reward of s, Q*(s, a) the best discounted return after a in s inside S_train",
}


def inequality_text(goals: GoalSet, piece: Piece, statement: Statement) -> str:
    """One inequality: `9*r(train_3) + 10*r(train_4) >= 10*r(train_1)`."""
    left, relation, right = PLAIN.inequality(goals, piece, sides(statement.constraint))
    return f"{' '.join(left)} {relation} {' '.join(right)}"


def heading(goals: GoalSet) -> str:
    """Which Theta this is."""
    asked, gamma = goals.instance.goals, "every gamma" if goals.gamma is None else f"gamma = {exact_text(goals.gamma)}"
    sign = "rewards >= 0" if asked.nonnegative else "rewards of any sign"
    return f"{goals.instance.name}: Theta at {gamma}, reading {asked.reading}, {asked.preference} preference, {sign}"


def sign_text(goals: GoalSet, piece: Piece) -> str:
    """`r(s) >= 0 for every state s`, or for those where it does not follow from the rest."""
    named = signs(piece)
    if len(named) == goals.dimension:
        return "r(s) >= 0 for every state s"
    if 2 * len(named) <= goals.dimension:
        return f"r(s) >= 0 for s = {', '.join(named)}"
    rest = ", ".join(name for name in goals.instance.mdp.states if name not in named)
    return f"r(s) >= 0 for every state s but {rest} (there it follows)"


def refutation(goals: GoalSet, piece: Piece) -> Iterator[str]:
    """Why no theta is in this piece: its inequalities, added up with multipliers, are a contradiction."""
    used = piece.answer.multipliers if isinstance(piece.answer, Infeasible) else {}
    chosen = f", with {PLAIN.actions(goals, piece.choices)} optimal," if piece.choices else ""
    yield f"  these inequalities{chosen} add up to a contradiction:"
    for i, multiplier in used.items():
        yield f"    {exact_text(multiplier)} times {inequality_text(goals, piece, piece.statements[i])}"


def lines(goals: GoalSet) -> Iterator[str]:
    """The whole description."""
    yield heading(goals)
    yield NOTATION[goals.instance.goals.reading]
    if goals.is_empty:
        yield "No theta is in Theta:"
        for piece in goals.empty:
            yield from refutation(goals, piece)
    if len(goals.pieces) > 1:
        yield f"theta is in Theta iff it is in one of {len(goals.pieces)} polyhedra:"
    for number, piece in enumerate(goals.pieces, start=1):
        yield from _piece(goals, piece, f"Polyhedron {number}" if len(goals.pieces) > 1 else "theta is in Theta iff")
    if goals.empty and goals.pieces:
        yield f"Other optimal choices outside training are refuted for every theta of Theta: {len(goals.empty)}"
    yield from _inside(goals)
    if goals.contained:
        yield f"Polyhedra left out because they lie inside another: {goals.contained}"


def _untold(goals: GoalSet, piece: Piece) -> int:
    """How many statements follow from the rest; without the signs of rewards where `sign_text` names them."""
    named = 2 * len(signs(piece)) > goals.dimension
    return sum(not named or piece.statements[i].row[0] != "reward" for i in piece.implied)


def _inside(goals: GoalSet) -> Iterator[str]:
    names = goals.instance.mdp.states
    if goals.interior is not None:
        yield f"Inside, every inequality strict: {_theta(names, goals.interior)}"
    elif goals.point is not None:
        yield f"No theta makes every inequality strict; one of Theta: {_theta(names, goals.point)}"


def _theta(names: Sequence[str], rewards: Sequence[Fraction]) -> str:
    """`theta = x + y`; of very many states those whose reward is not the commonest."""
    common, times = Counter(rewards).most_common(1)[0]
    if times <= MOST_NAMES:
        return f"theta = {linear_text(names, rewards)}"
    others = [f"{exact_text(r)} in {x}" for x, r in zip(names, rewards, strict=True) if r != common]
    where = f"every state but {', '.join(others)}" if others else "every state"
    return f"theta is {exact_text(common)} in {where}"


def _piece(goals: GoalSet, piece: Piece, title: str) -> Iterator[str]:
    yield title + (f", with {PLAIN.actions(goals, piece.choices)} optimal:" if piece.choices else ":")
    if piece.auxiliary:
        values = ", ".join(PLAIN.action(goals, state, None) for state in piece.auxiliary)
        yield f"  for some {values}"
    for statement in others(piece):
        meaning = PLAIN.meaning(goals, piece, statement)
        if meaning is not None:
            yield f"  {meaning}:"
        yield f"  {'' if meaning is None else '  '}{inequality_text(goals, piece, statement)}"
    if signs(piece):
        yield f"  {sign_text(goals, piece)}"
    if not piece.needed:
        yield "  (nothing is asked: every theta)"
    more = _untold(goals, piece)
    if more:
        yield f"  ({more} more {'follows' if more == 1 else 'follow'} from these)"
    if not piece.compared:
        yield "  (too many to look for those that follow from others)"


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
