"""`gammastar verify INSTANCE --certificate OUT --seconds 0` in this process, and how long of it the kernel takes.

Its text is run by tests.benchmarks.verify in any checkout, also of format 1, where the kernel judged once at the end.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout, suppress
from importlib import import_module
from time import process_time
from typing import Any


def main(instance: str, certificate: str) -> None:
    """Print {"seconds": in all, "kernel": of them}."""
    try:
        home, name = import_module("proofs.verify"), "accept"
    except ModuleNotFoundError:
        home, name = import_module("proofs.cli.judge"), "check"
    judge, spent = getattr(home, name), 0.0

    def timed(*arguments: Any) -> Any:
        nonlocal spent
        begin = process_time()
        try:
            return judge(*arguments)
        finally:
            spent += process_time() - begin

    setattr(home, name, timed)
    command = import_module("proofs.cli")
    for part in ("proofs.cli.verify", "proofs.cli.source", "proofs.report.text"):  # what loads before the work
        with suppress(ModuleNotFoundError):
            import_module(part)
    sys.argv = ["gammastar", "verify", instance, "--certificate", certificate, "--seconds", "0"]
    begin = process_time()
    with redirect_stdout(io.StringIO()), suppress(SystemExit):
        command.main()
    print(json.dumps({"seconds": process_time() - begin, "kernel": spent}))


if __name__ == "__main__":
    main(*sys.argv[1:])
