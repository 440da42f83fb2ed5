"""One command on several instances, one after the other."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import BUG, WORST, guarded
from proofs.cli.given import place, twice
from proofs.cli.target import print_json

FORMAT = "gammastar-several/1"


def each(paths: Sequence[Path], one: Callable[[Path], int], as_json: bool, only_one: object = None) -> int:
    """The work for each, and the worst of the exit codes; one that fails does not stop the others.

    as_json: several documents become one. only_one: what may be written for one instance only. Raises BadInstance.
    """
    if len(paths) == 1:
        return one(paths[0])
    if only_one is not None:
        raise BadInstance(f"{only_one} can hold the answer for one instance", "give one instance", "INSTANCE")
    problem, _, remedy = twice(*paths).partition("; ")
    if problem:
        raise BadInstance(problem, remedy, "INSTANCE")
    codes, documents = list[int](), list[object]()
    for number, path in enumerate(paths):
        if as_json:
            code, document = _document(path, one)
            documents.append(document)
        else:
            print(f"{chr(10) if number else ''}{place(path)}", flush=True)
            code = guarded(lambda path=path: one(path))  # type: ignore[misc]
        codes.append(code)
        if code >= BUG:
            return code
    if as_json:
        print_json({"format": FORMAT, "documents": documents})
    return max(codes, key=WORST.index)


def _document(path: Path, one: Callable[[Path], int]) -> tuple[int, object]:
    """What it prints, read again; null where it is refused."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = guarded(lambda: one(path))
    return code, json.loads(printed.getvalue() or "null")
