"""The command: `gammastar` and `python -m gammastar`."""

from __future__ import annotations

import sys

from gammastar.shadow import Shadowed, check


def main() -> None:
    """Run the command and exit with the contract's exit code; 2, with one line, where our packages are hidden."""
    try:
        check()
    except Shadowed as error:
        print(f"gammastar: {error}", file=sys.stderr)
        sys.exit(2)
    from proofs.cli import main as command

    command()


if __name__ == "__main__":
    main()
