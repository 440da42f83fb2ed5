"""How a function becomes a command: its arguments are declared by its annotations, as typer reads them.

What a command imports, it imports when it runs. A name that Python keeps for itself ends in "_".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, NoReturn, get_type_hints

import typer

from proofs.cli import given
from proofs.cli.exits import finish

Command = Callable[..., NoReturn]
At = Annotated[
    list[str] | None, typer.Option("--at", metavar="NAME=Q", help="A point of a family: p=1/3, for each parameter.")
]


def command(work: Callable[..., int]) -> Command:
    """It ends with the exit code that the work returns, or with that of the error. Raises Done."""

    @wraps(work)
    def run(*arguments: Any, **options: Any) -> NoReturn:
        finish(lambda: work(*arguments, **options))

    return run


def at_a_point(work: Callable[..., int]) -> Command:
    """The same with `--at p=1/3`: the ordinary instance at a point of a family, noted for `proofs.cli.source`."""

    @wraps(work)
    def run(*arguments: Any, at: list[str] | None = None, **options: Any) -> NoReturn:
        if problem := given.set_point(at):
            raise typer.BadParameter(problem, param_hint="--at")
        try:
            finish(lambda: work(*arguments, **options))
        finally:
            given.point.clear()

    hints = get_type_hints(work, include_extras=True)
    declared = [entry.replace(annotation=hints[name]) for name, entry in signature(work).parameters.items()]
    option = Parameter("at", Parameter.KEYWORD_ONLY, default=None, annotation=At)
    run.__annotations__ = hints | {"at": At}
    run.__signature__ = Signature([*declared, option])  # type: ignore[attr-defined]
    return run
