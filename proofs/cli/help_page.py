"""Help pages in the field's words alone: typer would add the names of Python's types, and braces."""

from __future__ import annotations

from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup


class OneCommand(TyperCommand):
    """The page of a command."""

    def get_params(self, ctx: Any) -> Any:
        """Arguments and options, without types."""
        return [_plain(parameter) for parameter in super().get_params(ctx)]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """`INSTANCE...`, not `{INSTANCE}...`."""
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]


class Several(TyperGroup):
    """The page of all commands."""

    def get_params(self, ctx: Any) -> Any:
        """Options, without types."""
        return [_plain(parameter) for parameter in super().get_params(ctx)]


def _plain(parameter: Any) -> Any:
    if isinstance(parameter, TyperArgument):
        parameter.display_type_rich = lambda ctx: None  # type: ignore[method-assign]
    elif parameter.metavar is None:
        parameter.metavar = ""
    return parameter
