"""A family with some of its parameters held at a value: again a family, with a text of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exact.conversion import flint
from exact.errors import BadInstance
from exact.family.bernstein import centre
from exact.family.expression import ring
from exact.family.model import Family
from exact.family.read import parse_family
from exact.family.spelling import spelled
from exact.instance.write import text_of
from exact.rational import Exact, rational


def held(family: Family, values: Mapping[str, Exact]) -> Family:
    """The family over the parameters that are not named; its name says where the others are held.

    Raises what `Family.point` does, and BadInstance where no parameter is left.
    """
    if not values:
        return family
    middle = dict(zip(family.parameters, centre(family.box), strict=True))
    point = family.point(middle | {name: rational(value, f"at {name}") for name, value in values.items()})
    box = [(name, ends) for name, ends in zip(family.parameters, family.box, strict=True) if name not in values]
    if not box:
        raise BadInstance("every parameter is held at a value", "leave one out, over which to look", "at")
    left = ring([name for name, _ in box])
    places = dict(zip(family.parameters, point, strict=True))
    constants = {name: left.constant(flint(value)) for name, value in places.items()}
    moved = (constants | dict(zip(left.names(), left.gens(), strict=True))).values()
    said = ", ".join(f"{name} = {value}" for name, value in places.items() if name in values)
    made = replace(family.centre, name=f"{family.centre.name}, {said}")

    def chances(s: int, a: int) -> list[str]:
        return [spelled(chance.compose(*moved)) for _, chance in family.rows[s][a]]

    return replace(parse_family(text_of(made, chances, box).encode()), asked=family.asked)
