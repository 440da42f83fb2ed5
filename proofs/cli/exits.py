"""The contract's exit codes, and the one place where errors become messages."""

from __future__ import annotations

import sys
from collections.abc import Callable

VERIFIED, REFUTED, BAD_INPUT, OPEN, DISAGREEMENT = 0, 1, 2, 3, 4
BY_VERDICT = {"verified": VERIFIED, "refuted": REFUTED, "inapplicable": OPEN, "undecided": OPEN}


def guarded(work: Callable[[], int]) -> int:
    """Run the work; bad input is one line on standard error and exit code 2, disagreement of engines exit code 4."""
    from exact.errors import ExactError
    from proofs.errors import EnginesDisagree

    try:
        return work()
    except EnginesDisagree as error:
        print(f"gammastar: ENGINES DISAGREE, please report this: {error}", file=sys.stderr)
        return DISAGREEMENT
    except (ExactError, OSError) as error:
        print(f"gammastar: {_one_line(error)}", file=sys.stderr)
        return BAD_INPUT


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}; give the path of a readable file"
    return " ".join(str(error).split())
