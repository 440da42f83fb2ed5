"""Opinions: cvc5 on one script, the third opinion (an optional extra). Its bare `unsat` proves nothing either."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from proofs.errors import NoSolver
from proofs.opinions.by_z3 import SAT, UNKNOWN, UNSAT, Answer
from proofs.opinions.discount import NONLINEAR
from proofs.opinions.in_cvc5 import Values, solved
from proofs.opinions.scripts import Query

_PROCESS = Path(__file__).with_name("in_cvc5.py")


def solve(query: Query, seconds: float, rlimit: int = 0) -> Answer:
    """As `by_z3.solve`, by cvc5. A model that is not all rational is left out. Raises NoSolver."""
    try:
        import cvc5  # noqa: F401  # whether it is there
    except ImportError:
        raise NoSolver("cvc5 is not installed", "pip install cvc5") from None
    ask = _apart if query.logic == NONLINEAR else solved
    answer, values = ask(query.smt2, seconds, rlimit)
    if answer != SAT:
        return Answer(answer if answer == UNSAT else UNKNOWN)
    known = {symbol: Fraction(value) for symbol, value in values.items() if value is not None}
    exact = tuple(known[symbol] for symbol in query.reals if symbol in known)
    gamma = query.gamma if isinstance(query.gamma, Fraction) else known.get(query.gamma)
    return Answer(answer) if len(exact) < len(query.reals) or gamma is None else Answer(answer, exact, gamma)


def _apart(smt2: str, seconds: float, rlimit: int) -> tuple[str, Values]:
    """In a process that is ended with the time: of polynomials cvc5 may think without looking at the clock."""
    command = [sys.executable, "-P", str(_PROCESS)]
    task = json.dumps({"smt2": smt2, "seconds": seconds, "rlimit": rlimit}).encode()
    try:
        done = subprocess.run(command, input=task, capture_output=True, timeout=seconds, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return UNKNOWN, {}
    said = json.loads(done.stdout)
    return said["answer"], said["values"]
