"""Opinions: a process of its own, where sympy counts with Python's integers, and FLINT is not loaded at all.

Reads one JSON list of tasks from standard input; writes one JSON string for each, a line: what is wrong with the claim,
"" if nothing. Run by path, so that nothing of the project is imported. Integers are hexadecimal, rationals pairs.
"""

import json
import sys
from typing import Any

from sympy import QQ, ZZ, Poly, Symbol
from sympy.external.gmpy import GROUND_TYPES
from sympy.polys.matrices import DomainMatrix

GAMMA = Symbol("gamma")
RING = QQ[GAMMA]


def problem(task: dict[str, Any]) -> str:
    """The count over QQ(gamma) by sympy's own linear algebra, against N / D; and where it crosses 1."""
    above, below = count(task["rows"], task["start"], task["counted"])
    n, d = (polynomial(task[part]) for part in ("numerator", "denominator"))
    if above * d != below * n:
        return "the policy's count is another function than N / D"
    above, below = above.cancel(below, include=True)
    excess = above - below if below.eval(0) > 0 else below - above  # the sign of v - 1 on (0, 1), where v increases
    low, high = map(rational, task["interval"])
    if high:
        once = excess.count_roots(0, 1) == excess.count_roots(low, high) == 1
        return "" if once else "the count is 1 elsewhere, or not just once"
    if excess.is_zero:
        return "the count is 1 for every gamma" if task["kind"] == "paper" else ""
    _, excess = excess.terms_gcd()
    return "" if excess.eval(0) > 0 and not excess.count_roots(0, 1) else "the count is less than 1 near gamma = 0"


def count(rows: list[list[Any]], start: list[Any], counted: list[int]) -> tuple[Poly, Poly]:
    """Numerator and denominator of start (I - gamma P)^-1 theta. rows, start: [[state, probability], ...]."""
    size = len(rows)
    matrix = [[RING.one if i == j else RING.zero for j in range(size)] for i in range(size)]
    for i, row in enumerate(rows):
        for j, p in row:
            matrix[i][j] -= RING.gens[0] * rational(p)
    theta = [[RING.one if i in counted else RING.zero] for i in range(size)]
    solved, below = DomainMatrix(matrix, (size, size), RING).solve_den(DomainMatrix(theta, (size, 1), RING))
    total = sum((solved[j, 0].element * rational(p) for j, p in start), RING.zero)
    above, below = (Poly.from_list(part.to_dense() or [QQ.zero], GAMMA, domain=QQ) for part in (total, below))
    return above, below


def polynomial(coefficients: list[str]) -> Poly:
    """Low degree first."""
    return Poly.from_list([ZZ(int(c, 16)) for c in reversed(coefficients)] or [ZZ.zero], GAMMA, domain=QQ)


def rational(pair: list[str]) -> Any:
    """p/q."""
    return QQ(int(pair[0], 16), int(pair[1], 16))


if __name__ == "__main__":
    if GROUND_TYPES != "python":
        sys.exit("sympy does not count with Python's integers")
    for given in json.load(sys.stdin):
        print(json.dumps(problem(given)), flush=True)
