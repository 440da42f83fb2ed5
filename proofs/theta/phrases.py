"""Theta: what an inequality says, before it is spelled as text, LaTeX or SMT-LIB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from exact.linear import Constraint
from proofs.theta.model import GoalSet, Piece, Statement

Term = tuple[Fraction, int | None]  # positive coefficient, variable; None is the constant 1

HOLDS = {">=": ge, ">": gt, "=": eq, "<=": le, "<": lt}


@dataclass(frozen=True)
class Sides:
    """sum of `left` (relation) sum of `right`, relation one of ">=", ">", "=", with positive coefficients only."""

    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    def values(self, point: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
        """What both sides are worth at a point."""
        return _worth(self.left, point), _worth(self.right, point)

    def holds(self, point: Sequence[Fraction]) -> bool:
        """True iff the point satisfies it."""
        return bool(HOLDS[self.relation](*self.values(point)))


@dataclass(frozen=True)
class Comparison:
    """`better` is worth at least (or more than) `other` in `state`; better is None for an auxiliary value W(state)."""

    state: int
    better: int | None
    other: int


def sides(constraint: Constraint) -> Sides:
    """The same with every term on the side where its coefficient is positive."""
    terms: list[Term] = [*((c, j) for j, c in constraint.coefficients), (-constraint.bound, None)]
    relation = {"<=": ">=", "<": ">", "=": "="}[constraint.relation]
    left = tuple((-c, variable) for c, variable in terms if c < 0)
    right = tuple((c, variable) for c, variable in terms if c > 0)
    return Sides(right, relation, left) if relation == "=" and not left else Sides(left, relation, right)


def comparison(goals: GoalSet, piece: Piece, statement: Statement) -> Comparison | None:
    """Which actions the statement compares; None for the sign of a reward or a further inequality."""
    kind = statement.row[0]
    if kind not in ("trained", "super"):
        return None
    mdp, (name, action) = goals.instance.mdp, statement.row[-2:]
    state = mdp.state(name)
    better = goals.instance.trained[state] if kind == "trained" else dict(piece.choices).get(state)
    return Comparison(state, better, mdp.action(state, action))


def signs(piece: Piece) -> tuple[str, ...]:
    """The names of the states whose nonnegative reward is one of the needed statements."""
    return tuple(statement.row[1] for statement in piece.needed if statement.row[0] == "reward")


def others(piece: Piece) -> tuple[Statement, ...]:
    """The needed statements but for the signs of rewards."""
    return tuple(statement for statement in piece.needed if statement.row[0] != "reward")


def _worth(terms: Sequence[Term], point: Sequence[Fraction]) -> Fraction:
    return sum((c * (1 if variable is None else point[variable]) for c, variable in terms), Fraction(0))
