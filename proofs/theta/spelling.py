"""Theta: one way to spell names, numbers and sums; text and LaTeX differ in nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from exact.digits import exact_text
from proofs.theta.model import Actions, GoalSet, Piece, Statement
from proofs.theta.phrases import Sides, Term, comparison


@dataclass(frozen=True)
class Spelling:
    """name: how a state's or an action's name is written; the patterns are format strings of {state}, {action},
    {then} and {symbol}."""

    name: Callable[[str], str]
    reward: str
    value: str
    action_value: str
    action_value_then: str
    decided: str
    product: str
    relations: Mapping[str, str]
    symbols: Mapping[str, str]  # reading -> what the worth of an action is called

    def variable(self, goals: GoalSet, piece: Piece, variable: int) -> str:
        """theta(s), or W(s) of an auxiliary state."""
        known = variable < goals.dimension
        state = variable if known else piece.auxiliary[variable - goals.dimension]
        return (self.reward if known else self.value).format(state=self.name(goals.instance.mdp.states[state]))

    def total(self, goals: GoalSet, piece: Piece, terms: Sequence[Term]) -> list[str]:
        """The terms of a sum; the first has no sign before it. 0 is one term."""
        spelled = [self._term(goals, piece, term) for term in terms] or ["0"]
        return [spelled[0], *(f"+ {term}" for term in spelled[1:])]

    def _term(self, goals: GoalSet, piece: Piece, term: Term) -> str:
        coefficient, variable = term
        if variable is None:
            return exact_text(coefficient)
        symbol = self.variable(goals, piece, variable)
        return symbol if coefficient == 1 else self.product.format(factor=exact_text(coefficient), symbol=symbol)

    def inequality(self, goals: GoalSet, piece: Piece, compared: Sides) -> tuple[list[str], str, list[str]]:
        """The terms of the left side, the relation, the terms of the right side."""
        left, right = (self.total(goals, piece, terms) for terms in (compared.left, compared.right))
        return left, self.relations[compared.relation], right

    def meaning(self, goals: GoalSet, piece: Piece, statement: Statement) -> str | None:
        """`Q*(t, stay) >= Q*(t, go)`, with what follows `go`; None for what speaks for itself."""
        compared = comparison(goals, piece, statement)
        if compared is None:
            return None
        strict = statement.constraint.relation == "<"
        left = self.action(goals, compared.state, compared.better)
        right = self.action(goals, compared.state, compared.other, statement.then)
        return f"{left} {self.relations['>' if strict else '>=']} {right}"

    def action(self, goals: GoalSet, state: int, action: int | None, then: Actions = ()) -> str:
        """`Q*(t, go)`; `W(t)` for no action; `Q(t, go; then x: a)` for one way to go on."""
        mdp, names = goals.instance.mdp, self.name
        if action is None:
            return self.value.format(state=names(mdp.states[state]))
        pattern = self.action_value_then if then else self.action_value
        decided = self.actions(goals, then)
        symbol = self.symbols[goals.instance.goals.reading]
        named = {"state": names(mdp.states[state]), "action": names(mdp.actions[state][action])}
        return pattern.format(**named, then=decided, symbol=symbol)

    def actions(self, goals: GoalSet, chosen: Actions) -> str:
        """`x: stay, y: go`."""
        mdp = goals.instance.mdp
        named = [(self.name(mdp.states[s]), self.name(mdp.actions[s][a])) for s, a in chosen]
        return ", ".join(self.decided.format(state=state, action=action) for state, action in named)
