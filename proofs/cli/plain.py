"""Well-formed calls without typer's own parser: with pydantic it takes longer to load than most instances to verify.

What the commands declare is read here once more; a call that asks for help or has a mistake in it is left to typer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import Parameter, signature
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from proofs.cli.command import Command

MOST_DIGITS = 9  # of a number that is read here


@dataclass(frozen=True)
class Declared:
    """One parameter. kind: bool, int, str or Path; names: of an option, none of an argument."""

    name: str
    kind: type
    names: tuple[str, ...]
    many: bool
    required: bool
    info: ArgumentInfo | OptionInfo


def parsed(command: Command, arguments: Sequence[str]) -> dict[str, Any] | None:
    """The command's parameters by name, as typer would give them; None: let typer answer."""
    declared = list(_declared(command))
    options = {name: entry for entry in declared for name in entry.names}
    found: dict[str, Any] = {}
    files, rest = list[str](), iter(arguments)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            files.append(word)
        elif (entry := options.get(word)) is None:
            return None
        elif entry.kind is bool:
            found[entry.name] = True
        elif (value := _value(entry, next(rest, None))) is None:
            return None
        else:
            found[entry.name] = [*found.get(entry.name, []), value] if entry.many else value
    for entry in (entry for entry in declared if not entry.names):
        taken = files if entry.many else files[:1]  # a list takes all that is left, and is declared last
        files = files[len(taken) :]
        if taken:
            values = [entry.kind(word) for word in taken]
            found[entry.name] = values if entry.many else values[0]
    complete = not files and all(entry.name in found for entry in declared if entry.required)
    return found if complete else None


def _value(entry: Declared, word: str | None) -> Any:
    """None: it is none of that kind."""
    if word is None or entry.kind is not int:
        return None if word is None else entry.kind(word)
    number = int(word) if word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS else -1
    low, high = entry.info.min or 0, entry.info.max
    return number if number >= low and (high is None or number <= high) else None


def _declared(command: Command) -> Iterator[Declared]:
    hints = get_type_hints(command, include_extras=True)
    for name, parameter in signature(command).parameters.items():
        kind, info = _annotated(hints[name])
        many = get_origin(kind) is list
        names = _names(name, info) if isinstance(info, OptionInfo) else ()
        required = parameter.default is Parameter.empty
        yield Declared(name, get_args(kind)[0] if many else kind, names, many, required, info)


def _names(name: str, info: OptionInfo) -> tuple[str, ...]:
    """typer keeps the first name of an annotated option as its default."""
    given = tuple(entry for entry in (info.default, *(info.param_decls or ())) if isinstance(entry, str))
    return given or (f"--{name.replace('_', '-')}",)


def _annotated(hint: Any) -> tuple[Any, ArgumentInfo | OptionInfo]:
    """`Annotated[kind | None, info]`: the kind and the info."""
    kind, info = get_args(hint)
    parts = get_args(kind)
    return (next(part for part in parts if part is not NoneType) if NoneType in parts else kind), info
