"""Universal claims, the relaxation: the rows of one claim at one gamma, cut down to what can matter.

Left out are the values W_c(s) of states that the claim does not look at: whatever the others are, V* satisfies theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from exact.linear import Constraint, Feasible, Infeasible, Optimum, System, decide, maximize
from exact.mdp import Rewards
from proofs.universal import rows
from proofs.universal.claim import Claim
from proofs.universal.row import Row
from proofs.universal.space import Space, copies_of, training_copy

Choice = tuple[str, int, int]  # (copy, state, action): a split chose the action there
_TIED = {"super", "optimal", "image-optimal", "shuts", "image-shuts", "tight", "agrees"}  # together they are equalities


def _moved(constraint: Constraint, room: int) -> Constraint:
    """The inequality with something to spare, which is what the variable `room` says."""
    if constraint.relation == "=":
        return constraint
    return Constraint.of({**dict(constraint.coefficients), room: Fraction(1)}, "<=", constraint.bound, constraint.name)


@dataclass(frozen=True)
class Branch:
    """Where in the tree we are: the splits' choices, the action that an `only` chose, the violation being shown."""

    choices: tuple[Choice, ...] = ()
    only: int | None = None
    violation: rows.Violation | None = None


@dataclass(frozen=True)
class Refuted:
    """A branch without a solution. multipliers: (row, lambda > 0, or any sign at an equality), as Infeasible says."""

    multipliers: tuple[tuple[Row, Fraction], ...]


class Relaxation:
    """The rows of a claim on any branch, at one discount. agree: with the rows ["agrees", c, s]."""

    def __init__(self, claim: Claim, gamma: Fraction, agree: bool = False) -> None:
        instance = claim.instance
        self.claim, self.gamma, self.agree = claim, gamma, agree
        self.space = Space(instance, claim.permutation, copies_of(instance))
        self._both = claim.asked == "never-both"
        self._regions = {copy: self._region(copy) for copy in self.space.copies}
        self._base = self._constrained([*self._of_theta(False), *(self._of_theta(True) if self._both else ())])
        self._base += self._constrained(self._supers(self._regions))
        self._violating: dict[rows.Violation, list[tuple[Row, Constraint]]] = {}

    def solve(self, branch: Branch) -> Feasible | Refuted:
        """A solution of the branch's rows, or why there is none. A few rows may be enough: they are tried first."""
        if self.agree and branch.violation is not None:
            answer = self._decide(self._near(branch.violation))
            if isinstance(answer, Refuted):
                return answer
        return self._decide(self._rows(branch))

    def rows_of(self, branch: Branch) -> list[Row]:
        """The rows of a branch."""
        return [row for row, _ in self._rows(branch)]

    def looked_at(self, branch: Branch) -> dict[str, frozenset[int]]:
        """copy -> the states whose W are in the branch's rows."""
        regions = dict(self._regions)
        violation, immediate = branch.violation, self.claim.instance.goals.reading == "immediate"
        if violation is not None and violation[0] == "violates" and not immediate:
            copy = training_copy(self.claim.instance, True)
            regions[copy] = self._with_actions(copy, [violation[1]])
        return regions

    def inner(self, branch: Branch, largest: Fraction) -> Rewards | None:
        """Rewards of the branch well inside its inequalities, so that they mean the same at other discounts nearby.

        Entries of at most that size; half as far inside as they can be, which leaves room for short numbers.
        """
        room, given = self.space.variables, [constraint for _, constraint in self._rows(branch)]
        moved = [_moved(c, room) if row.name[0] not in _TIED else c for row, c in self._rows(branch)]
        for state in range(len(self.claim.instance.mdp)):
            moved += [Constraint.of({state: sign}, "<=", largest) for sign in (1, -1)]
        best = maximize(System(room + 1, (*moved, Constraint.of({room: 1}, "<=", largest))), {room: 1})
        if not isinstance(best, Optimum) or best.value <= 0:
            return None
        half = Constraint.of({room: -1}, "<=", -best.value / 2)
        answer = decide(System(room + 1, (*moved, *given, half)))
        return self.theta(answer) if isinstance(answer, Feasible) else None

    def theta(self, answer: Feasible) -> Rewards:
        """The rewards of a solution."""
        return answer.point[: len(self.claim.instance.mdp)]

    def _decide(self, given: list[tuple[Row, Constraint]]) -> Feasible | Refuted:
        answer = decide(System(self.space.variables, tuple(constraint for _, constraint in given)))
        if isinstance(answer, Infeasible):
            return Refuted(tuple((given[i][0], y) for i, y in answer.multipliers.items()))
        return answer

    def _rows(self, branch: Branch) -> list[tuple[Row, Constraint]]:
        """The rows of the branch, with what they are at the discount."""
        given = list(self._base)
        if branch.violation is not None:
            given += self._of_violation(branch.violation)
        if self.claim.asked == "retargets":
            given += self._constrained(rows.kept_rows(self.space, branch.only))
        return given + self._constrained(rows.tight_row(self.space, *choice) for choice in branch.choices)

    def _constrained(self, given: Iterable[Row]) -> list[tuple[Row, Constraint]]:
        return [(row, row.at(self.gamma)) for row in given]

    def _of_theta(self, image: bool) -> list[Row]:
        """theta (or phi theta) is in Theta and A0 is preferred for it."""
        region = self._regions.get(training_copy(self.claim.instance, image))
        linear = rows.inequality_rows(self.space, True) if image else rows.theta_rows(self.space)
        training = rows.training_rows(self.space, image, region)
        return [*linear, *training, *rows.prefers_rows(self.space, image)]

    def _of_violation(self, violation: rows.Violation) -> list[tuple[Row, Constraint]]:
        """phi theta leaves Theta in this way: the row, the values that it speaks of, and where they agree with W."""
        if violation not in self._violating:
            given = [rows.violation_row(self.space, violation)]
            if violation[0] == "violates" and self.claim.instance.goals.reading != "immediate":
                copy = training_copy(self.claim.instance, True)
                image = {copy: self._with_actions(copy, [violation[1]])}
                given += self._supers(image)
                if self.agree:
                    both = (training_copy(self.claim.instance), copy)
                    known = self._regions[both[0]] & image[copy]
                    given += [row for name in both for row in rows.agree_rows(self.space, name, known)]
            self._violating[violation] = self._constrained(given)
        return self._violating[violation]

    def _supers(self, regions: dict[str, frozenset[int]]) -> list[Row]:
        return [row for copy, states in regions.items() for row in rows.super_rows(self.space, copy, states)]

    def _region(self, copy: str) -> frozenset[int]:
        """The states whose W are needed, closed under the copy's actions."""
        instance, image = self.claim.instance, copy.startswith("image")
        seeds: set[int] = set()
        if copy == "goal" or (copy == "image" and self.claim.asked != "stays"):
            seeds.add(instance.shutdown_state)
        looked_at = copy == training_copy(instance, image) and instance.goals.reading != "immediate"
        if looked_at and (not image or self._both):
            seeds |= {s for s in instance.trained if rows.trained_against(instance, s)}
        return self._with_actions(copy, seeds)

    def _with_actions(self, copy: str, seeds: Iterable[int]) -> frozenset[int]:
        actions = self.space.copies[copy].actions
        return frozenset(s for s in self.space.reachable(copy, seeds) if actions[s])

    def _near(self, violation: rows.Violation) -> list[tuple[Row, Constraint]]:
        """The violation, what training says of the same action, and where values agree: no leak needs more."""
        given = [rows.violation_row(self.space, violation)]
        if violation[0] == "violates":
            goal, image = (training_copy(self.claim.instance, which) for which in (False, True))
            name = ("trained", *given[0].name[1:])
            given += [row for row, _ in self._base if row.name == name]
            taken = (int(violation[2]), self.claim.instance.trained[violation[1]])
            near = {t for action in taken for t, _ in self.claim.instance.mdp.rows[violation[1]][action]}
            given += [row for copy in (goal, image) for row in rows.agree_rows(self.space, copy, near)]
        return self._constrained(given)
