"""Each example, by the real commands: its report against what is expected of it, its certificate against the kernel.

Run: python -m tests.examples [--certificates FOLDER] [NAME ...]. The kernel runs without site-packages (python -S).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))
EXIT_CODES = {"verified": 0, "refuted": 1, "inapplicable": 3, "undecided": 3}
Document = Mapping[str, Any]


def instance_path(name: str) -> Path:
    """The example's instance file."""
    return EXAMPLES / f"{name}.toml"


def expected(name: str) -> dict[str, Any]:
    """What was written down for the example: verdict, conclusion, means, n, because, thresholds."""
    document: dict[str, Any] = json.loads((EXAMPLES / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return document


def differences(report: Document, wanted: Document) -> Iterator[str]:
    """Where the JSON report says something else than what was written down."""
    main = report["theorems"]["theorem-2"]
    for key in ("verdict", "conclusion", "means", "n"):
        if main[key] != wanted[key]:
            yield f"{key}: {main[key]}, expected {wanted[key]}"
    if report["verdict"] != main["verdict"]:
        yield f"the report's verdict is {report['verdict']}, that of theorem-2 {main['verdict']}"
    for state, thresholds in wanted["thresholds"].items():
        for kind, polynomial in thresholds.items():
            known = report["states"][state][kind]
            found = None if known is None else known["polynomial"]
            if found != polynomial:
                yield f"{kind} threshold of {state}: {found}, expected {polynomial}"


def problems(name: str, folder: Path) -> Iterator[str]:
    """Run verify and the bare kernel on one example; the certificate goes into the folder."""
    instance, certificate, wanted = instance_path(name), folder / f"{name}.json", expected(name)
    arguments = ["verify", str(instance), "--json", "--certificate", str(certificate)]
    verified = _run("-c", "from proofs.cli import main; main()", *arguments)
    if verified.returncode != EXIT_CODES[wanted["verdict"]]:
        yield f"verify exits with {verified.returncode}: {verified.stderr.strip()[-500:]}"
        return
    yield from differences(json.loads(verified.stdout), wanted)
    checked = _run("-S", "-m", "proofs.kernel", str(instance), str(certificate))
    if checked.returncode != 0:
        yield f"the kernel says: {' / '.join(checked.stdout.splitlines()[-2:])}"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)


def main() -> int:
    """Print a line for each example; 0 iff all are as expected."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME")
    parser.add_argument("--certificates", type=Path, help="keep the certificates in this folder")
    chosen, failed = parser.parse_args(), 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.certificates or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name in chosen.names:
            begin = time.monotonic()
            found, wanted = list(problems(name, folder)), expected(name)
            answer = f"{wanted['verdict']}, {wanted['conclusion']} ({wanted['means']}), n = {wanted['n']}; s VALID"
            print(f"{name}: {'; '.join(found) or answer} [{time.monotonic() - begin:.1f} s]", flush=True)
            failed += bool(found)
    print(f"{len(chosen.names)} examples, {failed} not as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
