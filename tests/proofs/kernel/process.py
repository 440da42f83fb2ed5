"""The kernel as its users run it: a bare Python, in bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from proofs.kernel.check import EXIT_CODES

ROOT = Path(__file__).parents[3]
SECONDS, BYTES = 60, 2 << 30
STATUSES = tuple(EXIT_CODES)


def kernel(folder: Path, base: bytes, certificate: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """python -S -m proofs.kernel, within SECONDS and BYTES."""
    folder.joinpath("i.toml").write_bytes(base)
    folder.joinpath("c.json").write_bytes(certificate)
    command = [sys.executable, "-S", "-m", "proofs.kernel", str(folder / "i.toml"), str(folder / "c.json"), *options]
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))  # noqa: E731  (a def would be longer)
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False, preexec_fn=limit)


def ends(found: subprocess.CompletedProcess[bytes]) -> str:
    """The status, once the output is well formed: one `s` line, the last, and its exit code; nothing on stderr."""
    lines = found.stdout.decode().splitlines()
    assert [line for line in lines if line.startswith("s ")] == lines[-1:], [*lines[-3:], found.stderr[-300:].decode()]
    status = lines[-1].removeprefix("s ")
    assert (found.returncode, found.stderr) == (EXIT_CODES[status], b"")
    return status
