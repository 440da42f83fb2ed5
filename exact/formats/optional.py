"""Packages of other people that only some sources need: asked for by name, when they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from exact.errors import NotInstalled


def package(name: str, source: str) -> Any:
    """The module. Raises NotInstalled, with the command that installs it."""
    try:
        return import_module(name)
    except ImportError:
        top = name.partition(".")[0]
        raise NotInstalled(f"{source} needs {top}", f"pip install {top}") from None
