"""python -m proofs.kernel INSTANCE CERTIFICATE [--gamma Q or A:B]: check a certificate with nothing but Python."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from proofs.kernel.axioms import axioms
from proofs.kernel.check import EXIT_CODES, Outcome
from proofs.kernel.errors import Malformed, expect
from proofs.kernel.facts import PAPER, SHARP
from proofs.kernel.family.check import check_asked
from proofs.kernel.family.model import asked
from proofs.kernel.limits import CERTIFICATE_BYTES

USAGE = "usage: python -m proofs.kernel INSTANCE CERTIFICATE [--gamma Q or A:B], 0 < Q < 1"

UNWRITABLE, INTERRUPTED, READER_LEFT = 74, 130, 141  # no outcome was said: a full disk, Ctrl-C, closed output


def lines(outcome: Outcome) -> Iterator[str]:
    """What is printed, as FORMAT.md specifies it."""
    if outcome.theorems:
        yield from _proved(outcome)
        for (name, reach), answer in outcome.theorems.items():
            said = f"{answer.verdict}; conclusion {answer.conclusion} ({answer.means}), n = {answer.n}"
            yield f"{name} ({reach}): {said}"
        means = [answer.means for answer in outcome.theorems.values()]
        yield f"axioms used: {'; '.join(axioms([*outcome.used, *means]))}"
    yield from filter(None, [outcome.reason])
    yield from (f"hole: {hole}" for hole in outcome.holes)
    yield f"s {outcome.status}"


def _proved(outcome: Outcome) -> Iterator[str]:
    yield from (f"{kind}: {count} proved" for kind, count in Counter(outcome.used).items())
    words = {True: "holds", False: "fails", None: "open"}
    yield from (f"hypothesis {name}: {words[holds]}" for name, holds in outcome.holds.items())
    for symbol, kind in (("n", PAPER), ("n°", SHARP)):
        found = outcome.counted[kind]
        yield f"{symbol}: open" if found is None else " ".join([f"{symbol}: {found[0]}", *found[1]])


def run(arguments: list[str]) -> Outcome:
    """The outcome for a command line."""
    files, question = arguments[:2], arguments[2:]
    try:
        fits = len(files) == 2 and (not question or question[:-1] == ["--gamma"])
        expect(fits, "two files and no more, or a gamma")
        return check_asked(*map(_read, files), *map(asked, question[1:]))
    except (Malformed, OSError) as error:
        return Outcome("MALFORMED", f"{error}; {USAGE}")
    except MemoryError:
        return Outcome("HOLEY", "", ["not enough memory"])


def _read(path: str) -> bytes:
    """The file, or as much of it as shows that it is too large."""
    with Path(path).open("rb") as file:
        return file.read(CERTIFICATE_BYTES + 1)


def main(arguments: list[str]) -> int:
    """Print the outcome; returns the exit code. What the terminal cannot show is spelled out."""
    if sys.stdout is None:
        return READER_LEFT
    try:
        outcome, encoding = run(arguments), sys.stdout.encoding or "utf-8"
        for line in lines(outcome):
            print(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        return _unsaid(READER_LEFT)
    except OSError:
        return _unsaid(UNWRITABLE)
    except KeyboardInterrupt:
        return _unsaid(INTERRUPTED)
    return EXIT_CODES[outcome.status]


def _unsaid(code: int) -> int:
    """Without standard output, to which Python would try to write what is left when it ends."""
    del sys.stdout
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
