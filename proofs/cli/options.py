"""The arguments that several commands share, and how the others are declared. typer reads annotations at run time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def argument(metavar: str, text: str, **more: Any) -> Any:
    """A word of its own. text: its help; more: of typer's."""
    return typer.Argument(metavar=metavar, help=text, **more)


def option(metavar: str, text: str, *names: str, **more: Any) -> Any:
    """An option with a value. names: those that are not the parameter's."""
    return typer.Option(*names, metavar=metavar, help=text, **more)


def flag(name: str, text: str, **more: Any) -> Any:
    """An option without a value. Newer versions of typer show <bool> where there is no metavar."""
    return typer.Option(name, metavar="", help=text, **more)


InstancePath = Annotated[Path, argument("INSTANCE", "An instance file (TOML); - is standard input.")]
InstancePaths = Annotated[list[Path], argument("INSTANCE", "Instance files (TOML); - is standard input.")]
Everything = Annotated[bool, flag("--all", "Print long lists in full.")]
Verbose = Annotated[bool, flag("--verbose", "Print more of how it was found.")]
Gamma = Annotated[str | None, option("Q|A:B", 'The discount, exactly: "9/10"; or an interval: "9/10:1".', "--gamma")]
OneGamma = Annotated[str | None, option("Q", 'The discount, exactly: "9/10".', "--gamma")]
Figure = Annotated[Path, option("FIGURE", "The file; its ending is the format.", "--output", "-o")]
Columns = Annotated[int, option("N", "Columns of print: 3.3 or 6.9 inches.", min=1, max=2)]
Json = Annotated[bool, flag("--json", "Print one JSON document and nothing else.")]
Certificate = Annotated[Path | None, option("OUT", "Write the certificate here.")]
Phases = Annotated[bool, flag("--phases", "Prove every discount at once for the question's rewards too.")]
