"""Layer smt: cvc5 on one script, the third opinion (an optional extra). Its bare `unsat` proves nothing here."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

from proofs.errors import NoSolver
from proofs.smt.questions import Query
from proofs.smt.solve import SAT, UNKNOWN, UNSAT, Answer


def solve_cvc5(query: Query, seconds: float, rlimit: int = 0) -> Answer:
    """As `proofs.smt.solve.solve`, by cvc5. A model that is not all rational is left out. Raises NoSolver."""
    cvc5 = _imported()
    started = time.monotonic()
    solver = cvc5.Solver()
    solver.setOption("produce-models", "true")
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    if rlimit:
        solver.setOption("rlimit", str(rlimit))
    symbols, outcome = _run(cvc5, solver, query.smt2)
    answer = outcome if outcome in (SAT, UNSAT) else UNKNOWN
    spent = time.monotonic() - started
    if answer != SAT:
        return Answer(answer, spent)
    known = {str(symbol): _rational(solver.getValue(symbol)) for symbol in symbols.getDeclaredTerms()}
    rewards = [known.get(_bare(symbol)) for symbol in query.rewards]
    gamma = query.gamma if isinstance(query.gamma, Fraction) else known.get(_bare(query.gamma))
    exact = tuple(value for value in rewards if value is not None)
    if len(exact) < len(rewards) or gamma is None:
        return Answer(answer, spent)
    return Answer(answer, spent, exact, gamma)


def _imported() -> Any:
    try:
        import cvc5
    except ImportError:
        remedy = "pip install cvc5"
        raise NoSolver("cvc5 is not installed", remedy) from None
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
    """The value of a real in a model, None if it is no rational."""
    return Fraction(value.getRealValue()) if value.isRealValue() else None


def _bare(symbol: str) -> str:
    return symbol.strip("|")
