"""Environments by their Gymnasium id, such as `FrozenLake-v1?map_name=8x8&is_slippery=true`."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from inspect import signature
from typing import Any
from urllib.parse import unquote

from exact.errors import NotAModel
from exact.formats.imported import Imported
from exact.formats.optional import package
from exact.formats.toy_text import from_toy_text

_LONGEST = 200  # characters of what Gymnasium says
_WORDS: dict[str, Any] = {"true": True, "false": False, "none": None}


def from_gymnasium(identifier: str, **options: Any) -> Imported:
    """A toy-text environment by its id. Raises NotInstalled, NotAModel, and what from_toy_text does."""
    gymnasium = package("gymnasium", "gymnasium:")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            environment = gymnasium.make(identifier, **options)
    except Exception as error:  # noqa: BLE001  # strangers' code; whatever it says is the reason
        said = " ".join(str(error).split()).rstrip(".")
        kind = "" if isinstance(error, gymnasium.error.Error) else f"{type(error).__name__}: "
        problem = f"gymnasium cannot make {identifier}: {kind}{said[:_LONGEST]}"
        raise NotAModel(problem, _remedy(gymnasium, identifier)) from None
    given = "".join(f", {key}={value}" for key, value in options.items())
    found = replace(from_toy_text(environment, identifier), description=f"Gymnasium's {identifier}{given}")
    steps = getattr(environment.spec, "max_episode_steps", None)
    return found if steps is None else found.noted(f"the time limit of {steps} steps is no part of the MDP: dropped")


def _remedy(gymnasium: Any, identifier: str) -> str:
    """The environment's options; where there is none of that id, those that have tables."""
    try:
        known = signature(gymnasium.envs.registration.load_env_creator(gymnasium.spec(identifier).entry_point))
    except Exception:  # noqa: BLE001  # strangers' code again
        ids = sorted(name for name, spec in gymnasium.registry.items() if "toy_text" in str(spec.entry_point))
        return f"known: {', '.join(ids)}" if ids else "see its documentation"
    return f"its options: {', '.join(known.parameters)}"


def split(source: str) -> tuple[str, dict[str, Any]]:
    """`ID?key=value&key=value` -> the id and its options. Raises NotAModel."""
    identifier, _, query = source.partition("?")
    return identifier, options([part for part in query.split("&") if part])


def options(given: list[str]) -> dict[str, Any]:
    """`key=value` each; values are JSON, or words. Raises NotAModel."""
    found = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise NotAModel(f'"{text}" is no option', "write key=value", "--option")
        found[unquote(key)] = _value(unquote(value))
    return found


def _value(text: str) -> Any:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return json.loads(text)
    except ValueError:
        return text
