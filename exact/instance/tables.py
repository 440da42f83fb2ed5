"""Checked access to TOML tables: every error says the place, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from exact.errors import BadInstance
from exact.mdp import suggestion

Table = Mapping[str, object]


def table(value: object, where: str) -> Table:
    """A TOML table. Raises BadInstance."""
    if not isinstance(value, dict):
        raise BadInstance("a table was expected", f"write [{where}] and its keys below", where)
    return cast(Table, value)


def only(keys: Table, allowed: Sequence[str], where: str) -> None:
    """Refuse unknown keys, suggesting the nearest."""
    for key in keys:
        if key not in allowed:
            raise BadInstance(f'unknown key "{key}"', suggestion(key, allowed), where)


def readable(names: Iterable[str], what: str, where: str) -> None:
    """Raises BadInstance for names that do not fit into messages and reports of one line each."""
    if any(not name.strip() or not name.isprintable() for name in names):
        raise BadInstance(f"the name of {what} is empty or not printable", "use letters, digits, marks", where)


def string(keys: Table, key: str, where: str, default: str | None = None) -> str:
    """A string, or the default."""
    value = keys.get(key, default)
    place = f"{where}.{key}" if where else key
    if value is None:
        raise BadInstance("it is missing", f'write {key} = "..."', place)
    if not isinstance(value, str):
        raise BadInstance("a string was expected", f'write {key} = "..."', place)
    return value


def choice(keys: Table, key: str, where: str, options: Sequence[str]) -> str:
    """One of a few words; the first is the default."""
    value = string(keys, key, where, options[0])
    if value not in options:
        raise BadInstance(f'"{value}" is not known', f"one of {', '.join(options)}", f"{where}.{key}")
    return value


def boolean(keys: Table, key: str, where: str, default: bool) -> bool:
    """true or false."""
    value = keys.get(key, default)
    if not isinstance(value, bool):
        raise BadInstance("true or false was expected", f"write {key} = {str(default).lower()}", f"{where}.{key}")
    return value


def strings(keys: Table, key: str, where: str) -> list[str]:
    """A list of strings; empty if the key is not there."""
    value = keys.get(key, [])
    place = f"{where}.{key}" if where else key
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise BadInstance("a list of strings was expected", f'write {key} = ["...", "..."]', place)
    return cast(list[str], value)
