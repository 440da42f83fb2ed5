"""Theta, the object: Theta at a rational gamma as a union of polyhedra, each a list of named inequalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from exact.instance import Instance
from exact.linear import Consequence, Constraint, Feasible, Infeasible, Point, System, interior_point
from exact.mdp import Rewards
from proofs.search.linear.row import RowName

Actions = tuple[tuple[int, int], ...]  # (state, action), states ascending


@dataclass(frozen=True)
class Statement:
    """One inequality of a piece: what FORMAT.md's `row` says once the values that are determined have been substituted.

    constraint: coprime integers; variables: theta(s) is s, the value W of the piece's i-th auxiliary state is d + i.
    then: what is done after the row's action at the states with a choice that it can lead to; Q*(s, a) is the greatest
    over all ways to choose there, so there is one statement for each way.
    """

    row: RowName
    constraint: Constraint
    then: Actions = ()


@dataclass(frozen=True)
class Region:
    """The theta for which `choices` are optimal, at the states outside training where the trained agent can come to
    and has to choose: those that satisfy all the statements, with some auxiliary values.

    auxiliary: states t with a variable W(t) >= V*(t); empty if the inequalities speak of theta alone.
    """

    choices: Actions
    auxiliary: tuple[int, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Piece(Region):
    """The same, judged.

    answer: a solution of all its statements, or multipliers of theirs that refute them. implied: the statements that
    follow from the others; compared: whether such were looked for.
    """

    answer: Feasible | Infeasible
    implied: Mapping[int, Consequence | Infeasible] = field(default_factory=dict)
    compared: bool = True

    @cached_property
    def needed(self) -> tuple[Statement, ...]:
        """The statements without those that follow from the others."""
        return tuple(statement for i, statement in enumerate(self.statements) if i not in self.implied)


@dataclass(frozen=True)
class GoalSet:
    """Theta = G_T (Def. 6) with nonnegativity and further inequalities: the union of `pieces`.

    pieces: not empty, and none inside another as far as was looked for; empty: choices that no theta of Theta makes
    optimal, each with its refutation; contained: how many pieces were left out because they lie in one of `pieces`.
    gamma: None where no value depends on it (reading `immediate`).
    """

    instance: Instance
    gamma: Fraction | None
    pieces: tuple[Piece, ...]
    empty: tuple[Piece, ...] = ()
    contained: int = 0

    @property
    def is_empty(self) -> bool:
        """No theta is in Theta; `empty` has a Farkas refutation of every piece."""
        return not self.pieces

    @property
    def point(self) -> Rewards | None:
        """Some theta of Theta."""
        answers = [piece.answer for piece in self.pieces]
        return next((self.theta(answer.point) for answer in answers if isinstance(answer, Feasible)), None)

    @cached_property
    def interior(self) -> Rewards | None:
        """A theta at which every inequality of a piece is strict (an `=` still equal); None if no piece has one.

        Without `=` among the further inequalities, None means that Theta has no interior.
        """
        for piece in self.pieces:
            answer = interior_point(system(self.dimension, piece.auxiliary, piece.needed))
            if isinstance(answer, Feasible):
                return self.theta(answer.point)
        return None

    def theta(self, point: Point) -> Rewards:
        """The reward vector of a point that may have auxiliary values behind it."""
        return point[: self.dimension]

    @property
    def dimension(self) -> int:
        """d, the number of states."""
        return len(self.instance.mdp)


def system(dimension: int, auxiliary: tuple[int, ...], statements: tuple[Statement, ...]) -> System:
    """The statements as a linear system over theta and the auxiliary values."""
    return System(dimension + len(auxiliary), tuple(statement.constraint for statement in statements))
