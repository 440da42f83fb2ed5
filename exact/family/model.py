"""A family: an instance whose probabilities are polynomials in parameters over a closed box, positive on all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import fmpq_mpoly

from exact.digits import shown
from exact.errors import BadInstance, NotExact
from exact.family.bernstein import Box, Point, evaluate
from exact.family.shown import asked, html, text
from exact.family.shown import point as place
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.instance.model import Instance
from exact.instance.read import parse_instance
from exact.mdp import Mdp, suggestion
from exact.rational import Exact, rational

Row = tuple[tuple[int, fmpq_mpoly], ...]  # ((successor, probability in Q[parameters]), ...), successors ascending


@dataclass(frozen=True)
class Family:
    """parameters: their names; box: the closed interval of each; rows[s][a]: P(. | s, a) as polynomials, none 0.

    `centre` is the instance at the middle of the box: which transitions are possible, and so all that follows from the
    graph alone (reachability, recurrence, R_x), is the same at every point. `source` is the text of the file.
    """

    parameters: tuple[str, ...]
    box: Box
    rows: tuple[tuple[Row, ...], ...]
    centre: Instance
    source: bytes
    asked: Gammas = EVERYWHERE

    @property
    def sha256(self) -> str:
        """The digest of `source`."""
        return hashlib.sha256(self.source).hexdigest()

    def point(self, values: Mapping[str, Exact]) -> Point:
        """The point of the box with these coordinates. Raises NotExact, BadInstance where it is none."""
        for name in values:
            if name not in self.parameters:
                raise BadInstance(f'"{name}" is no parameter', suggestion(name, self.parameters), "at")
        found: list[Fraction] = []
        for name, (low, high) in zip(self.parameters, self.box, strict=True):
            if name not in values:
                raise BadInstance(f"{name} is not given", f"name a value in [{shown(low)}, {shown(high)}]", "at")
            value = rational(values[name], f"at {name}")
            if not low <= value <= high:
                problem = f"{name} = {shown(value)} is outside the box"
                raise NotExact(problem, f"it lies in [{shown(low)}, {shown(high)}]", "at")
            found.append(value)
        return tuple(found)

    def at(self, values: Mapping[str, Exact]) -> Instance:
        """The ordinary instance at a point of the box, with its own text. Raises what `point` does, and TooLarge."""
        point, made = self.point(values), self.centre
        if not self.parameters:
            return self.middle
        mdp = Mdp(made.mdp.states, made.mdp.actions, self.rows_at(point))
        question = made.question if self.asked == EVERYWHERE else made.question.about(self.asked)
        name = f"{made.name}, {place(self, point)}"
        return parse_instance(replace(made, mdp=mdp, question=question, name=name).source)

    @property
    def middle(self) -> Instance:
        """The centre, asked about these gammas; without parameters the instance of `source`."""
        made = self.centre.at(self.asked)
        return made if self.parameters else made.with_file(self.source)

    def rows_at(self, point: Point) -> tuple[tuple[tuple[tuple[int, Fraction], ...], ...], ...]:
        """The rows of the MDP at a point."""
        return tuple(
            tuple(tuple((t, evaluate(chance, point)) for t, chance in row) for row in rows) for rows in self.rows
        )

    def __str__(self) -> str:
        return text(self)

    def _repr_html_(self) -> str:
        """A table of the states, for notebooks."""
        return html(self)

    def __repr__(self) -> str:
        return f"<Family {self.centre.name}: {len(self.centre.mdp)} states, {asked(self)}>"

    def __hash__(self) -> int:
        return hash(self.source)
