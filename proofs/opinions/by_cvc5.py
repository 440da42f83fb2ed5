"""Opinions: cvc5 on one script, the third opinion (an optional extra). Its bare `unsat` proves nothing either."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofs.errors import NoSolver
from proofs.opinions.by_z3 import SAT, UNKNOWN, UNSAT, Answer
from proofs.opinions.scripts import Query


def solve(query: Query, seconds: float, rlimit: int = 0) -> Answer:
    """As `by_z3.solve`, by cvc5. A model that is not all rational is left out. Raises NoSolver."""
    cvc5 = _imported()
    solver = cvc5.Solver()
    solver.setOption("produce-models", "true")
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    if rlimit:
        solver.setOption("rlimit", str(rlimit))
    symbols, outcome = _run(cvc5, solver, query.smt2)
    answer = outcome if outcome in (SAT, UNSAT) else UNKNOWN
    if answer != SAT:
        return Answer(answer)
    known = {str(symbol).strip("|"): _rational(solver.getValue(symbol)) for symbol in symbols.getDeclaredTerms()}
    rewards = [known.get(symbol) for symbol in query.rewards]
    gamma = query.gamma if isinstance(query.gamma, Fraction) else known.get(query.gamma)
    exact = tuple(value for value in rewards if value is not None)
    return Answer(answer) if len(exact) < len(rewards) or gamma is None else Answer(answer, exact, gamma)


def _imported() -> Any:
    try:
        import cvc5
    except ImportError:
        raise NoSolver("cvc5 is not installed", "pip install cvc5") from None
    return cvc5


def _run(cvc5: Any, solver: Any, text: str) -> tuple[Any, str]:
    """(the declared symbols, the answer to the script's last check-sat)."""
    symbols = cvc5.SymbolManager(solver.getTermManager())
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "script")
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, symbols)).strip() or answer
    return symbols, answer


def _rational(value: Any) -> Fraction | None:
    """The value of a real in a model; None if it is no rational, or longer than CPython reads."""
    try:
        return Fraction(value.getRealValue()) if value.isRealValue() else None
    except ValueError:
        return None
