"""What the commands that read certificates share: the kernel's word on one, and what to say where it refuses."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import BY_STATUS, failed
from proofs.verify import Refused


def refused(error: Refused, certificate: Path) -> int:
    """One line on why the kernel does not accept the certificate; the exit code."""
    return failed(BY_STATUS[error.status], f"{certificate}: {error}")
