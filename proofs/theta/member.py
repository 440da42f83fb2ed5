"""Theta: is one theta in Theta, with all the reasons: by Def. 6 itself, and by the inequalities of each piece.

`exact.goals` judges it by itself, the reasons are the conditions at V*, the polyhedra have no values: all must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact import evaluate
from exact.goals import violation
from exact.mdp import Rewards
from proofs.errors import EnginesDisagree
from proofs.search.linear.row import RowName
from proofs.search.linear.rows import goal_rows, taught, trained_against
from proofs.search.linear.space import Space, training_copy
from proofs.theta.model import GoalSet, Piece, Statement
from proofs.theta.phrases import HOLDS, sides

_ANY = Fraction(1, 2)  # a gamma, where no value depends on it (reading `immediate`)


@dataclass(frozen=True)
class Reason:
    """One condition of Theta and its two values: left (relation) right.

    row: ("reward", s): theta(s) and 0; ("inequality", k): left side and bound;
    ("trained", s, a): the expected reward, under the reading, of pi*(s) and of a.
    """

    row: RowName
    left: Fraction
    relation: str
    right: Fraction

    @property
    def holds(self) -> bool:
        """True iff theta satisfies the condition."""
        return bool(HOLDS[self.relation](self.left, self.right))


@dataclass(frozen=True)
class Broken:
    """A needed inequality of a piece that theta does not satisfy, with the values of its two sides."""

    piece: Piece
    statement: Statement
    left: Fraction
    right: Fraction


@dataclass(frozen=True)
class Membership:
    """reasons: every condition, the violated ones first. piece: the number of a piece that holds theta, if any does.

    broken: where none does, the inequalities of all the pieces that theta violates.
    """

    rewards: Rewards
    reasons: tuple[Reason, ...]
    piece: int | None
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        """True iff theta is in Theta."""
        return self.piece is not None


def membership(goals: GoalSet, rewards: Rewards) -> Membership:
    """Decide theta in Theta. Raises NotAGoalSet for another length; EnginesDisagree if the ways to decide it differ."""
    instance = goals.instance
    inside = violation(instance, rewards, goals.gamma or _ANY) is None
    space, _ = goal_rows(instance)
    point = _point(goals, space, rewards)
    reasons = sorted(_reasons(goals, space, point), key=lambda reason: reason.holds)
    by_piece = [tuple(_broken(goals, space, piece, point)) for piece in goals.pieces]
    piece = next((number for number, broken in enumerate(by_piece) if not broken), None)
    if not inside == all(reason.holds for reason in reasons) == (piece is not None):
        raise EnginesDisagree("Def. 6 and the polyhedra of Theta judge one theta differently", "keep the instance")
    broken = () if piece is not None else tuple(entry for found in by_piece for entry in found)
    return Membership(rewards, tuple(reasons), piece, broken)


def _point(goals: GoalSet, space: Space, rewards: Rewards) -> dict[int, Fraction]:
    """theta, and V* of what training looks at: if any W satisfies the rows, V* does."""
    point, copy, mdp = dict(enumerate(rewards)), training_copy(goals.instance), goals.instance.mdp
    if copy in space.copies and goals.gamma is not None:
        best, _ = evaluate.optimal(mdp, rewards, goals.gamma, allowed=space.copies[copy])
        variables = {space.variable(copy, state): best[state] for state in space.copies[copy]}
        point |= {variable: value for variable, value in variables.items() if variable is not None}
    return point


def _reasons(goals: GoalSet, space: Space, point: Mapping[int, Fraction]) -> Iterator[Reason]:
    """pi*(s) against every other action that the reading looks at; the inequalities; the signs."""
    instance, mdp = goals.instance, goals.instance.mdp
    relation, gamma = ">" if instance.goals.preference == "strict" else ">=", goals.gamma or _ANY

    def worth(state: int, action: int) -> Fraction:
        terms = taught(space, False, state, action).items()
        return sum(((c0 + c1 * gamma) * point[j] for j, (c0, c1) in terms), Fraction(0))

    for state, trained in sorted(instance.trained.items()):
        for other in trained_against(instance, state):
            row = ("trained", mdp.states[state], mdp.actions[state][other])
            yield Reason(row, worth(state, trained), relation, worth(state, other))
    for position, entry in enumerate(instance.goals.inequalities):
        left = sum((c * point[s] for s, c in enumerate(entry.coefficients)), Fraction(0))
        yield Reason(("inequality", str(position)), left, entry.relation, entry.bound)
    for state, name in enumerate(mdp.states if instance.goals.nonnegative else ()):
        yield Reason(("reward", name), point[state], ">=", Fraction(0))


def _broken(goals: GoalSet, space: Space, piece: Piece, point: Mapping[int, Fraction]) -> Iterator[Broken]:
    """By the optimal values in place of the auxiliary ones."""
    auxiliary = (space.variable(training_copy(goals.instance), state) for state in piece.auxiliary)
    whole = [*(point[s] for s in range(goals.dimension)), *(point[j] for j in auxiliary if j is not None)]
    for statement in piece.needed:
        compared = sides(statement.constraint)
        if not compared.holds(whole):
            yield Broken(piece, statement, *compared.values(whole))
