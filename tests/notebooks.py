"""The notebooks of examples/, run anew: python -m tests.notebooks [--write] [NAME ...].

Without --write they are compared with what they hold; with it they are written as they come out. Read the difference.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbclient
import nbformat

from tests.examples import EXAMPLES

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.ipynb"))
SECONDS = 300  # for one cell
QUIET = {"COLUMNS": "80", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
Notebook = Any  # nbformat's nodes have no types


def path_of(name: str) -> Path:
    """The notebook's file."""
    return EXAMPLES / f"{name}.ipynb"


def read(name: str) -> Notebook:
    """The notebook as it is committed."""
    return nbformat.read(path_of(name), as_version=4)


def run(name: str) -> Notebook:
    """The same, executed in its own folder, without what differs between machines and days."""
    notebook = read(name)
    with tempfile.TemporaryDirectory() as scratch, patch.dict(os.environ, QUIET | {"IPYTHONDIR": scratch}):
        client = nbclient.NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(EXAMPLES)}},
        )
        client.execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def _joined(outputs: list[Any]) -> list[Any]:
    """Where a stream is cut into pieces is chance."""
    found: list[Any] = []
    for output in outputs:
        if found and output.output_type == "stream" and (last := found[-1]).get("name") == output.name:
            last.text += output.text
        else:
            found.append(output)
    return found


def texts(notebook: Notebook) -> Iterator[tuple[int, list[str]]]:
    """What each code cell shows as text, by its number. Figures may differ by a font: of these, that there is one."""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            yield number, [shown for output in cell.outputs for shown in _shown(output)]


def _shown(output: Notebook) -> Iterator[str]:
    if output.output_type == "stream":
        yield output.text
        return
    data = output.get("data", {})
    if any(kind.startswith("image/") for kind in data):
        yield "a figure"
        return
    kinds = sorted(data.keys() - {"text/html"})  # the words of whole reports are what tests/golden is for
    yield from (f"{kind}: {data[kind]}" for kind in kinds)


def differences(name: str, ran: Notebook) -> Iterator[str]:
    """Cells whose text is not what is committed."""
    for (number, known), (_, found) in zip(texts(read(name)), texts(ran), strict=True):
        if "".join(known) != "".join(found):
            yield f"{name}, cell {number}: {known} became {found}"


def main() -> int:
    """Run all the notebooks, or those named. 1 iff one differs and is not written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME")
    parser.add_argument("--write", action="store_true", help="keep what comes out")
    chosen, failed = parser.parse_args(), 0
    for name in chosen.names:
        ran = run(name)
        found = list(differences(name, ran))
        if chosen.write:
            nbformat.write(ran, path_of(name))
        print("\n".join(found) or f"{name}: as it was")
        failed += bool(found)
    return 1 if failed and not chosen.write else 0


if __name__ == "__main__":
    sys.exit(main())
