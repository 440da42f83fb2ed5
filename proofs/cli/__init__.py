"""The command `gammastar`. Each subcommand is one file, and imports only what it uses."""

from __future__ import annotations


def main() -> None:
    """Run the command and exit with the contract's exit code."""
    from proofs.cli.app import run

    run()
