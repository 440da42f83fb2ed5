"""Layer smt: z3 on one script, and its model read back exactly. A bare `unsat` proves nothing (engines.md)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs.smt.discount import Root, value_at
from proofs.smt.questions import Query

UNSAT, SAT, UNKNOWN = "unsat", "sat", "unknown"
Number = Fraction | Root  # of a model: exact, or a zero of a polynomial inside an interval

_FINEST = 400  # binary digits after which an interval that still has no sign change is given up


@dataclass(frozen=True)
class Answer:
    """What z3 said, within the time limit; the rewards and gamma of its model, if it gave one."""

    answer: str
    seconds: float
    rewards: tuple[Number, ...] | None = None
    gamma: Number | None = None


def solve(query: Query, seconds: float, rlimit: int = 0) -> Answer:
    """Ask z3. rlimit, if positive, bounds its steps as well: unlike time, the same on every machine."""
    import z3

    started = time.monotonic()
    solver = z3.SolverFor(query.logic)
    solver.set("timeout", max(1, int(seconds * 1000)))
    if rlimit:
        solver.set("rlimit", rlimit)
    solver.from_string(query.smt2)
    answer = str(solver.check())
    spent = time.monotonic() - started
    if answer != SAT:
        return Answer(answer, spent)
    model = solver.model()
    rewards = tuple(_value(model, symbol) for symbol in query.rewards)
    gamma = query.gamma if isinstance(query.gamma, Fraction) else _value(model, query.gamma)
    return Answer(answer, spent, rewards, gamma)


def _value(model: Any, symbol: str) -> Number:
    """The model's value of a real; 0 where it does not matter."""
    import z3

    value = model.eval(z3.Real(symbol), model_completion=True)
    return _root(value) if z3.is_algebraic_value(value) else _fraction(value)


def _fraction(value: Any) -> Fraction:
    return Fraction(value.numerator_as_long(), value.denominator_as_long())


def _root(value: Any) -> Root:
    """z3's polynomial and an interval at whose ends its sign differs, narrow enough that z3 knows the root by it."""
    import z3

    polynomial = tuple(int(str(coefficient)) for coefficient in value.poly())
    precision = 20
    while True:
        low, high = (
            _fraction(z3.RatNumRef(end(value.ctx_ref(), value.as_ast(), precision), value.ctx))
            for end in (z3.Z3_get_algebraic_number_lower, z3.Z3_get_algebraic_number_upper)
        )
        if value_at(polynomial, low) * value_at(polynomial, high) < 0 or precision > _FINEST:
            return polynomial, (low, high)
        precision *= 2


def spelled(value: Number) -> str:
    """ "1/2", or "root of [-1, 0, 2] in [7/10, 71/100]" (low degree first)."""
    if isinstance(value, Fraction):
        return str(value)
    polynomial, (low, high) = value
    return f"root of {list(polynomial)} in [{low}, {high}]"
