"""Layer goalset: is one theta in Theta, with all the reasons: by Def. 6 itself, and by the inequalities of each piece.

The two are independent (policy iteration; the polyhedra), and must agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact import evaluate
from exact.goals import check_length, training_actions
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.errors import EnginesDisagree
from proofs.goalset.model import GoalSet, Piece, Statement
from proofs.goalset.phrases import HOLDS, sides
from proofs.universal.row import RowName
from proofs.universal.rows import trained_against


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
        if self.relation in ("<=", "<"):
            return bool(HOLDS[{"<=": ">=", "<": ">"}[self.relation]](self.right, self.left))
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
    """Decide theta in Theta. Raises NotAGoalSet for another length; EnginesDisagree if the two ways differ."""
    check_length(goals.instance.mdp, rewards)
    reasons = sorted(_reasons(goals, rewards), key=lambda reason: reason.holds)
    by_piece = [tuple(_broken(goals, piece, rewards)) for piece in goals.pieces]
    piece = next((number for number, broken in enumerate(by_piece) if not broken), None)
    if all(reason.holds for reason in reasons) != (piece is not None):
        raise EnginesDisagree("Def. 6 and the polyhedra of Theta judge one theta differently", "keep the instance")
    broken = () if piece is not None else tuple(entry for found in by_piece for entry in found)
    return Membership(rewards, tuple(reasons), piece, broken)


def _reasons(goals: GoalSet, rewards: Rewards) -> Iterator[Reason]:
    instance = goals.instance
    yield from _compared(instance, goals.gamma, rewards)
    for position, entry in enumerate(instance.goals.inequalities):
        left = sum((c * r for c, r in zip(entry.coefficients, rewards, strict=True)), Fraction(0))
        yield Reason(("inequality", str(position)), left, entry.relation, entry.bound)
    for state, reward in enumerate(rewards if instance.goals.nonnegative else ()):
        yield Reason(("reward", instance.mdp.states[state]), reward, ">=", Fraction(0))


def _compared(instance: Instance, gamma: Fraction | None, rewards: Rewards) -> Iterator[Reason]:
    """pi*(s) against every other action that the reading looks at, in each training state."""
    mdp, relation = instance.mdp, ">" if instance.goals.preference == "strict" else ">="
    best = _best(instance, gamma, rewards)
    for state, trained in sorted(instance.trained.items()):
        if best is None or gamma is None:
            worth = [sum((p * rewards[t] for t, p in row), Fraction(0)) for row in mdp.rows[state]]
        else:
            worth = evaluate.action_values(mdp, best, rewards, gamma, state)
        for other in trained_against(instance, state):
            row = ("trained", mdp.states[state], mdp.actions[state][other])
            yield Reason(row, worth[trained], relation, worth[other])


def _best(instance: Instance, gamma: Fraction | None, rewards: Rewards) -> list[Fraction] | None:
    """V* of what the reading looks at; None where it looks at the next reward only."""
    if gamma is None or instance.goals.reading == "immediate":
        return None
    mdp, cut = instance.mdp, instance.goals.reading == "on-training"
    allowed = training_actions(instance) if cut else evaluate.every_action(mdp)
    return evaluate.optimal(mdp, rewards, gamma, allowed=allowed)[0]


def _broken(goals: GoalSet, piece: Piece, rewards: Rewards) -> Iterator[Broken]:
    """By the optimal values in place of the auxiliary ones: if any W will do, V* does."""
    point = list(rewards)
    best = _best(goals.instance, goals.gamma, rewards) if piece.auxiliary else None
    point += [best[state] for state in piece.auxiliary] if best is not None else []
    for statement in piece.needed:
        compared = sides(statement.constraint)
        if not compared.holds(point):
            yield Broken(piece, statement, *compared.values(point))
