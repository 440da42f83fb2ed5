"""Where to begin, and what words mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from proofs.cli.completion import terms
from proofs.cli.exits import finish
from proofs.cli.options import Json


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; - is standard output.")] = Path(
        "instance.toml"
    ),
    json: Json = False,
) -> None:
    """Write a commented instance to start from. A file that is there is not overwritten."""
    from proofs.cli.init import run

    finish(lambda: run(file, json))


def explain(
    term: Annotated[
        list[str] | None, typer.Argument(metavar="TERM", help="A word of the reports.", autocompletion=terms)
    ] = None,
    json: Json = False,
) -> None:
    """What a word of the output means; without TERM, the words that are explained."""
    from proofs.cli.explain import run

    finish(lambda: run(term or [], json))


COMMANDS = (init, explain)
