"""Linear search, the relaxation: the rows of one question on a branch of the tree, at one gamma, as a linear program.

Left out are the values W_c(s) of states that the question does not look at: whatever the others are, V* satisfies
theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from exact.linear import Constraint, Feasible, Infeasible, System, decide, likely_highest
from exact.mdp import Rewards
from proofs.search.linear import against, rows
from proofs.search.linear.against import Violation
from proofs.search.linear.asked import OF_THETA, Asked
from proofs.search.linear.row import Row, opposed
from proofs.search.linear.space import Space, copies_of, training_copy

Choice = tuple[str, int, int]  # (copy, state, action): a split chose the action there
Pairs = list[tuple[Row, Constraint]]  # rows, and what they are at the discount

_TIED = {"super", "optimal", "image-optimal", "shuts", "image-shuts", "tight", "agrees"}  # together they are equalities


@dataclass(frozen=True)
class Branch:
    """Where in the tree we are: the splits' choices, the action that an `only` chose, the violation being shown."""

    choices: tuple[Choice, ...] = ()
    only: int | None = None
    violation: Violation | None = None

    def chose(self, *choices: Choice) -> Branch:
        """The branch below further splits."""
        return replace(self, choices=(*self.choices, *choices))


@dataclass(frozen=True)
class Refuted:
    """A branch without a solution. multipliers: (row, lambda > 0, or any sign at an equality), as Infeasible says."""

    multipliers: tuple[tuple[Row, Fraction], ...]


class Relaxation:
    """The rows of a question on any branch, at one discount."""

    def __init__(self, asked: Asked, gamma: Fraction) -> None:
        self.asked, self.gamma = asked, gamma
        self.space = Space(asked.instance, copies_of(asked.instance, asked.kind not in OF_THETA), asked.permutation)
        self._regions = {copy: self._region(copy) for copy in self.space.copies}
        self._base = self._constrained(self._of_theta())
        self._violating: dict[tuple[str, ...], Pairs] = {}

    def at_once(self, branch: Branch) -> Refuted | None:
        """Why a violation is impossible, if one row of Theta says the opposite, or a few rows are enough."""
        violation = branch.violation
        if violation is None or branch.choices:
            return None
        for row, _ in self._base:
            if (factor := opposed(violation.row, row)) is not None:
                return Refuted(((violation.row, Fraction(factor.denominator)), (row, Fraction(factor.numerator))))
        answer = self._decide(self._near(violation)) if violation.copy.startswith("image") else None
        return answer if isinstance(answer, Refuted) else None

    def solve(self, branch: Branch) -> Feasible | Refuted:
        """A solution of the branch's rows, or why there is none."""
        return self._decide(self._rows(branch))

    def rows_of(self, branch: Branch) -> list[Row]:
        """The rows of a branch."""
        return [row for row, _ in self._rows(branch)]

    def looked_at(self, branch: Branch) -> dict[str, frozenset[int]]:
        """copy -> the states whose W are in the branch's rows."""
        violation = branch.violation
        if violation is None or violation.action is None:
            return self._regions
        return {**self._regions, violation.copy: self.space.acting(violation.copy, [violation.action[0]])}

    def inner(self, branch: Branch, largest: Fraction) -> Rewards | None:
        """Rewards of the branch well inside its inequalities, so that they mean the same at other discounts nearby.

        Entries of at most that size; half as far inside as they can be, which leaves room for short numbers.
        """
        room, given = self.space.variables, [constraint for _, constraint in self._rows(branch)]
        moved = [_moved(c, room) if row.name[0] not in _TIED else c for row, c in self._rows(branch)]
        for state in range(len(self.space.inverse)):
            moved += [Constraint.of({state: sign}, "<=", largest) for sign in (1, -1)]
        most = likely_highest(System(room + 1, (*moved, Constraint.of({room: 1}, "<=", largest))), {room: 1})
        if most is None or most <= 0:
            return None
        half = Constraint.of({room: -1}, "<=", -most / 2)
        answer = decide(System(room + 1, (*moved, *given, half)))
        return self.theta(answer) if isinstance(answer, Feasible) else None

    def theta(self, answer: Feasible) -> Rewards:
        """The rewards of a solution."""
        return answer.point[: len(self.space.inverse)]

    def _decide(self, given: Pairs) -> Feasible | Refuted:
        answer = decide(System(self.space.variables, tuple(constraint for _, constraint in given)))
        if isinstance(answer, Infeasible):
            return Refuted(tuple((given[i][0], y) for i, y in answer.multipliers.items()))
        return answer

    def _rows(self, branch: Branch) -> Pairs:
        given = [*self._base, *(self._of_violation(branch.violation) if branch.violation else ())]
        given += self._constrained(against.failing_rows(self.space, self.asked.kind, branch.only))
        return given + self._constrained(rows.tight_row(self.space, *choice) for choice in branch.choices)

    def _constrained(self, given: Iterable[Row]) -> Pairs:
        return [(row, row.at(self.gamma)) for row in given]

    def _of_theta(self) -> list[Row]:
        """theta is in Theta and A0 is preferred for it, where that is asked; and for `never-both` the same of phi."""
        space, kind = self.space, self.asked.kind
        given = [*rows.theta_rows(space), *rows.training_rows(space, False, self._trained_region(False))]
        if kind != "nonnegative":
            given += rows.prefers_rows(space)
        if kind == "never-both":
            given += against.image_rows(space, self._trained_region(True))
        return [*given, *self._supers(self._regions)]

    def _trained_region(self, image: bool) -> frozenset[int]:
        return self._regions.get(training_copy(self.asked.instance, image), frozenset())

    def _of_violation(self, violation: Violation) -> Pairs:
        """The row, the values that it speaks of, and where those of the image agree with those of the goal."""
        if violation.row.name not in self._violating:
            given = [violation.row]
            if violation.action is not None:
                states = self.space.acting(violation.copy, [violation.action[0]])
                given += self._supers({violation.copy: states - self._regions[violation.copy]})
                given += self._agreeing(violation, states & self._regions[training_copy(self.asked.instance)])
            self._violating[violation.row.name] = self._constrained(given)
        return self._violating[violation.row.name]

    def _agreeing(self, violation: Violation, states: Iterable[int]) -> list[Row]:
        if not violation.copy.startswith("image"):
            return []
        both = (training_copy(self.asked.instance), violation.copy)
        return [row for copy in both for row in rows.agree_rows(self.space, copy, frozenset(states))]

    def _supers(self, regions: dict[str, frozenset[int]]) -> list[Row]:
        return [row for copy, states in regions.items() for row in rows.super_rows(self.space, copy, states)]

    def _region(self, copy: str) -> frozenset[int]:
        """The states whose W are needed on every branch, closed under the copy's actions."""
        instance, kind, image = self.asked.instance, self.asked.kind, copy.startswith("image")
        seeds: set[int] = set()
        if (copy == "goal" and kind != "nonnegative") or (copy == "image" and kind in against.DECIDED):
            seeds.add(instance.shutdown_state)
        looked_at = copy == training_copy(instance, image) and instance.goals.reading != "immediate"
        if looked_at and (not image or kind == "never-both"):
            seeds |= {s for s in instance.trained if rows.trained_against(instance, s)}
        return self.space.acting(copy, seeds)

    def _near(self, violation: Violation) -> Pairs:
        """What training must not say of an action for phi theta, what it says for theta, and where values agree."""
        instance, given = self.asked.instance, [violation.row]
        given += [row for row, _ in self._base if row.name == ("trained", *violation.row.name[1:])]
        if violation.action is not None:
            state, action = violation.action
            taken = (action, instance.trained[state])
            given += self._agreeing(violation, {t for one in taken for t, _ in instance.mdp.rows[state][one]})
        return self._constrained(given)


def _moved(constraint: Constraint, room: int) -> Constraint:
    """The inequality with something to spare, which is what the variable `room` says."""
    if constraint.relation == "=":
        return constraint
    return Constraint.of({**dict(constraint.coefficients), room: Fraction(1)}, "<=", constraint.bound, constraint.name)
