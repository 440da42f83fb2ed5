"""python -m proofs.kernel INSTANCE CERTIFICATE [--gamma Q]: check a certificate with nothing but Python."""

import sys
from pathlib import Path

from proofs.kernel.check import EXIT_CODES, Outcome, check
from proofs.kernel.decode import LARGEST_FILE, Malformed, expect
from proofs.kernel.instance import number

USAGE = "usage: python -m proofs.kernel INSTANCE CERTIFICATE [--gamma Q], 0 < Q < 1"


def say(text: str) -> None:
    """Print; what the terminal cannot show is spelled out, so that no name can stop the check."""
    print(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode(sys.stdout.encoding or "utf-8"))


def main(arguments: list[str]) -> int:
    """Print each claim and the verdicts; end in one `s ...` line. Returns the exit code."""
    gamma, data = None, []
    try:
        if len(arguments) == 4 and arguments[2] == "--gamma":
            gamma, arguments = number(arguments[3]), arguments[:2]
        expect(len(arguments) == 2 and (gamma is None or 0 < gamma < 1), "two files and no more, or a gamma")
        for path in arguments:
            with Path(path).open("rb") as file:
                data.append(file.read(LARGEST_FILE + 1))
        outcome = check(data[0], data[1], gamma, say)
    except (Malformed, OSError) as error:
        outcome = Outcome("MALFORMED", f"{error}; {USAGE}")
    for (name, reach), (verdict, conclusion, means, n) in outcome.theorems.items():
        say(f"{name} ({reach}): {verdict}; conclusion {conclusion} ({means}), n = {n}")
    for line in filter(None, [outcome.reason, *outcome.holes]):
        say(line)
    say(f"s {outcome.status}")
    return EXIT_CODES[outcome.status]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
