"""Opinions: z3 on one script, and its model read back exactly. A bare `unsat` proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpz

from exact.digits import decimal_text, exact_text
from proofs.opinions.scripts import Query

UNSAT, SAT, UNKNOWN = "unsat", "sat", "unknown"
_PLACES = 12  # of a root in a model, for people


@dataclass(frozen=True)
class Root:
    """A real algebraic number of a model: a polynomial with this zero, low degree first, and decimals."""

    polynomial: tuple[int, ...]
    decimals: str


Number = Fraction | Root


@dataclass(frozen=True)
class Answer:
    """What a solver said within the time limit; the query's reals and gamma in its model, if it gave one."""

    answer: str
    reals: tuple[Number, ...] | None = None
    gamma: Number | None = None


def solve(query: Query, seconds: float, rlimit: int = 0) -> Answer:
    """Ask z3. rlimit, if positive, bounds its steps as well: unlike time, the same on every machine."""
    import z3

    solver = z3.SolverFor(query.logic)
    solver.set("timeout", max(1, int(seconds * 1000)))
    if rlimit:
        solver.set("rlimit", rlimit)
    solver.from_string(query.smt2)
    answer = str(solver.check())
    if answer != SAT:
        return Answer(answer)
    model = solver.model()
    reals = tuple(_value(model, symbol) for symbol in query.reals)
    return Answer(answer, reals, query.gamma if isinstance(query.gamma, Fraction) else _value(model, query.gamma))


def spelled(value: Number) -> str:
    """ "1/2", or "root of [-1, 0, 2], about 0.707106781186" (low degree first)."""
    if isinstance(value, Fraction):
        return exact_text(value)
    return f"root of [{', '.join(map(decimal_text, value.polynomial))}], about {value.decimals}"


def _value(model: Any, symbol: str) -> Number:
    """The model's value of a real; 0 where it does not matter."""
    import z3

    value = model.eval(z3.Real(symbol), model_completion=True)
    if not z3.is_algebraic_value(value):
        return Fraction(_integer(value.numerator()), _integer(value.denominator()))
    polynomial = tuple(_integer(coefficient) for coefficient in value.poly())
    return Root(polynomial, value.as_decimal(_PLACES).rstrip("?"))


def _integer(value: Any) -> int:
    """z3's decimal digits, however many: CPython refuses over 4,300."""
    return int(fmpz(str(value)))
