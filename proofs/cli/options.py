"""The arguments that several commands share. typer reads the annotations at run time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FLAG = ""  # newer versions of typer show <bool>, as if a word followed
InstancePath = Annotated[Path, typer.Argument(metavar="INSTANCE", help="An instance file (TOML); - is standard input.")]
InstancePaths = Annotated[
    list[Path], typer.Argument(metavar="INSTANCE", help="Instance files (TOML); - is standard input.")
]
Everything = Annotated[bool, typer.Option("--all", metavar=FLAG, help="Print long lists in full.")]
Verbose = Annotated[bool, typer.Option("--verbose", metavar=FLAG, help="Print more of how it was found.")]
Gamma = Annotated[
    str | None,
    typer.Option("--gamma", metavar="Q|A:B", help='The discount, exactly: "9/10"; or an interval: "9/10:1".'),
]
OneGamma = Annotated[str | None, typer.Option("--gamma", metavar="Q", help='The discount, exactly: "9/10".')]
Figure = Annotated[Path, typer.Option("--output", "-o", metavar="FIGURE", help="The file; its ending is the format.")]
Columns = Annotated[int, typer.Option(metavar="N", min=1, max=2, help="Columns of print: 3.3 or 6.9 inches.")]
Json = Annotated[bool, typer.Option("--json", metavar=FLAG, help="Print one JSON document and nothing else.")]
Certificate = Annotated[Path | None, typer.Option(metavar="OUT", help="Write the certificate here.")]
