"""Names and maps over states, as claims write them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from proofs.kernel.decode import items, mapping, rational, string
from proofs.kernel.errors import Malformed
from proofs.kernel.instance import Model, Rewards

T = TypeVar("T")


def state(model: Model, value: object) -> str:
    """A state of the instance."""
    name = string(value)
    if name not in model.rows:
        raise Malformed(f"{name[:40]!r} is no state")
    return name


def action(model: Model, at: str, value: object) -> str:
    """An action of a state of the instance."""
    name = string(value)
    if name not in model.rows[at]:
        raise Malformed(f"{name[:40]!r} is no action of {at}")
    return name


def states(model: Model, value: object) -> list[str]:
    """A list of states without repetition."""
    names = [state(model, entry) for entry in items(value)]
    if len(set(names)) != len(names):
        raise Malformed("a state is repeated")
    return names


def over(model: Model, value: object, read: Callable[[object], T]) -> dict[str, T]:
    """A map over states."""
    return {state(model, name): read(entry) for name, entry in mapping(value).items()}


def rewards(model: Model, value: object) -> Rewards:
    """A reward vector; states that are not named have 0."""
    given = over(model, value, rational)
    return {name: given.get(name, Fraction(0)) for name in model.states}


def discount(value: object) -> Fraction:
    """A gamma in (0, 1)."""
    gamma = rational(value)
    if not 0 < gamma < 1:
        raise Malformed("gamma is not strictly between 0 and 1")
    return gamma
