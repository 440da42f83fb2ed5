"""`--at p=1/3`: the ordinary instance at a point of a family, for every command that reads an instance."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from proofs.cli import given

At = Annotated[
    list[str] | None, typer.Option("--at", metavar="NAME=Q", help="A point of a family: p=1/3, for each parameter.")
]


def at_a_point(*commands: Callable[..., None]) -> tuple[Callable[..., None], ...]:
    """The commands with one more option, which is noted for `proofs.cli.source.read` before they run."""
    return tuple(_with_option(command) for command in commands)


def _with_option(command: Callable[..., None]) -> Callable[..., None]:

    @wraps(command)
    def run(*arguments: Any, at: list[str] | None = None, **options: Any) -> None:
        if problem := given.set_point(at):
            raise typer.BadParameter(problem, param_hint="--at")
        try:
            command(*arguments, **options)
        finally:
            given.point.clear()

    hints = get_type_hints(command, include_extras=True)
    declared = [entry.replace(annotation=hints[name]) for name, entry in signature(command).parameters.items()]
    option = Parameter("at", Parameter.KEYWORD_ONLY, default=None, annotation=At)
    run.__annotations__ = hints | {"at": At}
    run.__signature__ = Signature([*declared, option])  # type: ignore[attr-defined]
    return run


__all__ = ["at_a_point"]
