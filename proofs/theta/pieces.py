"""Theta: the statements of one piece, from FORMAT.md's rows by substituting the values that are determined.

Where the trained agent can come to, the value is that of the policy that the piece says is optimal,
V = (I - gamma P)^-1 theta. That policy is optimal iff some superharmonic W, equal to V there, shows no action of those
states to be better. Elsewhere the least such W is the best of the ways to go on: one statement for each of them, or,
where these are many, a variable for each state with a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.instance import Instance
from exact.linear import Constraint
from exact.linear.program import integer_row
from proofs.search.linear.row import Row, RowName
from proofs.search.linear.rows import goal_rows, trained_against
from proofs.search.linear.space import training_copy
from proofs.theta.model import Actions, Region, Statement
from proofs.theta.phrases import HOLDS
from proofs.theta.policies import Chosen, World
from proofs.theta.values import Form, added, value_forms


@dataclass(frozen=True)
class Limits:
    """pieces: the most polyhedra; ways: the most statements of a piece that compare actions, before auxiliary values
    are used; compared: the most statements of a piece among which redundant ones are looked for."""

    pieces: int = 64
    ways: int = 200
    compared: int = 300


class Maker:
    """Makes the pieces of one instance at one gamma (None: reading `immediate`, where no value depends on it)."""

    def __init__(self, instance: Instance, gamma: Fraction | None, limits: Limits) -> None:
        self.instance, self.limits = instance, limits
        self.gamma = Fraction(0) if gamma is None else gamma
        self.copy = training_copy(instance)
        space, rows = goal_rows(instance)
        self.rows: Mapping[RowName, Row] = {row.name: row for row in rows}
        self.world = World(instance.mdp, space.copies.get(self.copy, {}))  # none under `immediate`
        self.owner = {
            space.variable(self.copy, state): state for state, actions in self.world.allowed.items() if actions
        }

    def ways(self) -> list[Chosen] | None:
        """What is done where the trained agent can come to from the training states that have a choice."""
        choosing = [s for s in sorted(self.instance.trained) if trained_against(self.instance, s)]
        if self.instance.goals.reading == "immediate":
            return [{state: self.instance.trained[state] for state in choosing}]
        return self.world.completions(choosing, self.instance.trained, self.limits.pieces)

    def region(self, chosen: Chosen) -> Region:
        """The theta for which this is optimal."""
        compared = self._compared(chosen)
        auxiliary: tuple[int, ...] = ()
        values = self.instance.goals.reading != "immediate"
        forms = value_forms(self.instance.mdp, chosen, self.gamma) if values else {}
        statements = self._explicit(chosen, compared, forms)
        if statements is None:
            auxiliary, statements = self._with_auxiliary(chosen, compared, forms)
        on_theta = [row for row in self.rows.values() if row.name[0] == "inequality"]
        on_theta += [row for row in self.rows.values() if row.name[0] == "reward"]
        statements += [Statement(row.name, coprime(row.at(self.gamma))) for row in on_theta]
        choices = tuple((s, chosen[s]) for s in sorted(chosen) if self._is_choice(s))
        return Region(choices, auxiliary, tuple(informative(statements)))

    def _is_choice(self, state: int) -> bool:
        return state not in self.instance.trained and len(self.world.allowed.get(state, ())) > 1

    def _compared(self, chosen: Chosen) -> list[tuple[RowName, int, int]]:
        """(row, state, action) for the other actions of the states where something is chosen."""
        mdp, found = self.instance.mdp, list[tuple[RowName, int, int]]()
        for state in sorted(chosen):
            name = mdp.states[state]
            kind: RowName = ("super", self.copy)
            actions = tuple(action for action in self.world.allowed.get(state, ()) if action != chosen[state])
            if state in self.instance.trained:
                kind, actions = ("trained",), trained_against(self.instance, state)
            found += [((*kind, name, mdp.actions[state][action]), state, action) for action in actions]
        return found

    def _explicit(
        self, chosen: Chosen, compared: list[tuple[RowName, int, int]], forms: Mapping[int, Form]
    ) -> list[Statement] | None:
        """One statement for each way to go on after the action, until it comes back; None if these are too many."""
        if self.instance.goals.reading == "immediate":
            return [Statement(name, coprime(self.rows[name].at(self.gamma))) for name, _, _ in compared]
        statements: list[Statement] = []
        for name, state, action in compared:
            left = self.limits.ways - len(statements)
            ways = self.world.completions(self.world.successors(state, action), chosen, left)
            if ways is None:
                return None
            for way in ways:
                values = {**forms, **value_forms(self.instance.mdp, way, self.gamma, forms)}
                then = tuple((s, way[s]) for s in sorted(way) if s not in chosen and self._is_choice(s))
                statements.append(self._statement(name, values, then))
        return statements

    def _with_auxiliary(
        self, chosen: Chosen, compared: list[tuple[RowName, int, int]], forms: Mapping[int, Form]
    ) -> tuple[tuple[int, ...], list[Statement]]:
        """A variable for each state with a choice where only other actions lead; lone actions are substituted."""
        mdp = self.instance.mdp
        outside = sorted(self.world.met(chosen) - chosen.keys())
        auxiliary = tuple(state for state in outside if self._is_choice(state))
        values = {**forms, **{state: {len(mdp) + i: Fraction(1)} for i, state in enumerate(auxiliary)}}
        forced, _ = self.world.followed([state for state in outside if state not in values], chosen)
        lone = {state: action for state, action in forced.items() if state in outside}
        values |= value_forms(mdp, lone, self.gamma, values)
        statements = [self._statement(name, values) for name, _, _ in compared]
        for state in auxiliary:
            names = [("super", self.copy, mdp.states[state], mdp.actions[state][a]) for a in self.world.allowed[state]]
            statements += [self._statement(name, values) for name in names]
        return auxiliary, statements

    def _statement(self, name: RowName, values: Mapping[int, Form], then: Actions = ()) -> Statement:
        """The row with the values substituted."""
        row, form = self.rows[name].at(self.gamma), dict[int, Fraction]()
        for variable, coefficient in row.coefficients:
            state = self.owner.get(variable)
            form = added(form, {variable: Fraction(1)} if state is None else values[state], coefficient)
        return Statement(name, coprime(Constraint.of(form, row.relation, row.bound)), then)


def coprime(constraint: Constraint) -> Constraint:
    """The same half-space in coprime integers."""
    row, bound, _ = integer_row(constraint)
    return Constraint(tuple((j, Fraction(c)) for j, c in row.items()), constraint.relation, Fraction(bound))


def informative(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Without those that every theta satisfies, and each half-space once."""
    seen: set[Constraint] = set()
    for statement in statements:
        known = statement.constraint
        empty = not known.coefficients and HOLDS[known.relation](0, known.bound)
        if not empty and known not in seen:
            seen.add(known)
            yield statement
