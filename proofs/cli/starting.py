"""`gammastar init` and `explain`: where to begin, and what words mean."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from exact.errors import BadInstance
from proofs.cli.command import command
from proofs.cli.completion import terms
from proofs.cli.exits import VERIFIED
from proofs.cli.given import STANDARD_INPUT
from proofs.cli.options import Json, argument
from proofs.cli.target import check_target, print_json


@command
def init(
    file: Annotated[Path, argument("FILE", "A new file; - is standard output.")] = Path("instance.toml"),
    json: Json = False,
) -> int:
    """Write a commented instance to start from. A file that is there is not overwritten."""
    text = files("proofs.cli").joinpath("commented.toml").read_text("utf-8")
    if str(file) == STANDARD_INPUT:
        if json:
            raise BadInstance("the instance and the JSON cannot both go to standard output", "name a file", "--json")
        sys.stdout.write(text)
        return VERIFIED
    check_target(file)
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise BadInstance("it is there already, and would be lost", "name another file", str(file)) from None
    if json:
        print_json({"format": "gammastar-init/1", "output": str(file)})
    else:
        print(f"{file}: a small instance, each part explained; next: gammastar verify {file}")
    return VERIFIED


@command
def explain(
    term: Annotated[list[str] | None, argument("TERM", "A word of the reports.", autocompletion=terms)] = None,
    json: Json = False,
) -> int:
    """What a word of the output means; without TERM, the words that are explained."""
    from proofs.report.glossary import entries, explained, listed
    from proofs.report.terminal import Terminal, show_lines, show_paragraph

    found = [explained(" ".join(term))] if term else list(entries())
    if json:
        said = [{"term": e.names[0], "also": list(e.names[1:]), "group": e.group, "text": e.text} for e in found]
        print_json({"format": "gammastar-explain/1", "entries": said})
    elif term:
        first, *others = found[0].names
        console = Terminal()
        show_lines(console, [f"{first} (also: {', '.join(others)})" if others else first])
        show_paragraph(console, found[0].text)
    else:
        show_lines(Terminal(), [*listed(), "", "gammastar explain TERM says what one of them means."])
    return VERIFIED
