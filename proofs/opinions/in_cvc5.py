"""Opinions: cvc5 on one script, here or in a process of its own, which by_cvc5 can end. Needs cvc5 and nothing else.

As a process: {"smt2", "seconds", "rlimit"} on standard input, {"answer", "values"} on standard output, as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

Values = dict[str, str | None]  # of the declared symbols: "1/2"; None: no rational, or longer than CPython reads


def solved(smt2: str, seconds: float, rlimit: int) -> tuple[str, Values]:
    """(the answer to the script's check-sat, what its model says). rlimit 0: no limit on steps."""
    import cvc5

    solver = cvc5.Solver()
    solver.setOption("produce-models", "true")
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    if rlimit:
        solver.setOption("rlimit", str(rlimit))
    symbols, answer = _run(cvc5, solver, smt2)
    if answer != "sat":
        return answer, {}
    return answer, {str(symbol).strip("|"): _rational(solver.getValue(symbol)) for symbol in symbols.getDeclaredTerms()}


def _run(cvc5: Any, solver: Any, text: str) -> tuple[Any, str]:
    """(the declared symbols, the answer to the script's last check-sat)."""
    symbols = cvc5.SymbolManager(solver.getTermManager())
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "script")
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, symbols)).strip() or answer
    return symbols, answer


def _rational(value: Any) -> str | None:
    try:
        return str(value.getRealValue()) if value.isRealValue() else None
    except ValueError:
        return None


if __name__ == "__main__":
    task = json.load(sys.stdin)
    said = solved(task["smt2"], task["seconds"], task["rlimit"])
    print(json.dumps(dict(zip(("answer", "values"), said, strict=True))))
