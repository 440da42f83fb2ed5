"""The contract's exit codes, and the one place where errors become messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

VERIFIED, REFUTED, BAD_INPUT, OPEN, DISAGREEMENT = 0, 1, 2, 3, 4
INTERRUPTED, READER_LEFT = 130, 141  # 128 + SIGINT, 128 + SIGPIPE, as shells count: neither says anything of a theorem
BY_VERDICT = {"verified": VERIFIED, "refuted": REFUTED, "inapplicable": OPEN, "undecided": OPEN}


def guarded(work: Callable[[], int]) -> int:
    """Run the work; bad input is one line on standard error and exit code 2, disagreement of engines exit code 4."""
    from exact.errors import ExactError
    from proofs.errors import EnginesDisagree

    try:
        code = work()
        sys.stdout.flush()
        return code
    except EnginesDisagree as error:
        complain(f"ENGINES DISAGREE, please report this: {error}")
        return DISAGREEMENT
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except OSError as error:
        complain(f"{error.filename or 'standard output'}: {error.strerror}; check the path and its permissions")
        return BAD_INPUT
    except ExactError as error:
        complain(str(error))
        return BAD_INPUT
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    line = " ".join(message.split())
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    print(f"gammastar: {shown}", file=sys.stderr)
