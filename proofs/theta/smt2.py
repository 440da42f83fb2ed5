"""Theta: Theta as SMT-LIB 2 with named assertions, for `z3 -smt2`: satisfiable iff Theta is not empty."""

from __future__ import annotations

from collections.abc import Mapping

from proofs.opinions.script import Script, any_of, number, weighted
from proofs.theta.model import Actions, GoalSet, Piece, Statement
from proofs.theta.phrases import Term, comparison, sides
from proofs.theta.text import PLAIN, heading


def smt2(goals: GoalSet) -> str:
    """A whole script; theta(s) is `r_` and the state's name. Several polyhedra: `piece` says which one is meant."""
    return _Writer(goals).text()


class _Writer:
    def __init__(self, goals: GoalSet) -> None:
        self.goals, self.script = goals, Script(goals.instance.mdp)
        self.script.comment(heading(goals))
        self.rewards = [self.script.real(f"r_{self.script.state(state)}") for state in range(goals.dimension)]

    def text(self) -> str:
        pieces = self.goals.pieces
        selector = self.script.real("piece") if len(pieces) > 1 else ""
        meant = [f"(= {selector} {number(k)})" for k in range(1, len(pieces) + 1)]
        if len(pieces) != 1:
            self.script.claim("one_of_the_pieces", any_of(meant))  # `false` if there is none
        for k, piece in enumerate(pieces):
            self._piece(piece, f"piece{k + 1}_" if selector else "", meant[k] if selector else "")
        return self.script.text("QF_LRA")

    def _piece(self, piece: Piece, prefix: str, meant: str) -> None:
        if piece.choices:
            self.script.comment(f"optimal here: {PLAIN.actions(self.goals, piece.choices)}")
        symbols = dict(enumerate(self.rewards))
        for i, state in enumerate(piece.auxiliary):
            symbols[self.goals.dimension + i] = self.script.real(f"{prefix}W_{self.script.state(state)}")
        for statement in piece.needed:
            meaning = PLAIN.meaning(self.goals, piece, statement)
            if meaning is not None:
                self.script.comment(meaning)
            compared = sides(statement.constraint)
            left, right = (_sum(terms, symbols) for terms in (compared.left, compared.right))
            formula = f"({compared.relation} {left} {right})"
            name = prefix + self._name(piece, statement)
            self.script.claim(name, f"(=> {meant} {formula})" if meant else formula)

    def _name(self, piece: Piece, statement: Statement) -> str:
        """`trained_t_stay_vs_go_then_x_a`, `nonnegative_x`, `inequality_0`, `value_x_from_a`."""
        kind, name = statement.row[:2]
        if kind == "inequality":
            return f"inequality_{name}"
        compared = comparison(self.goals, piece, statement)
        if compared is None:
            return f"nonnegative_{self.script.state(self.goals.instance.mdp.state(name))}"
        state, other = self.script.state(compared.state), self.script.action(compared.state, compared.other)
        if compared.better is None:
            return f"value_{state}_from_{other}"
        role = "trained" if kind == "trained" else "optimal"
        better = self.script.action(compared.state, compared.better)
        return f"{role}_{state}_{better}_vs_{other}{self._then(statement.then)}"

    def _then(self, then: Actions) -> str:
        named = [f"_{self.script.state(state)}_{self.script.action(state, action)}" for state, action in then]
        return f"_then{''.join(named)}" if named else ""


def _sum(terms: tuple[Term, ...], symbols: Mapping[int, str]) -> str:
    """Constants are written as they are: `weighted` would multiply them by a symbol."""
    constants = [number(c) for c, variable in terms if variable is None]
    linear = weighted((c, symbols[variable]) for c, variable in terms if variable is not None)
    if not constants:
        return linear
    return constants[0] if len(terms) == 1 else f"(+ {linear} {constants[0]})"
