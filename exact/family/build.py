"""A family from Python, by names: what a file with `[parameters]` says, as arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exact.family.model import Family
from exact.family.read import Numbers, box_of, chances_of, parse_family
from exact.family.spelling import spelled
from exact.instance.build import Ends, Ways, instance
from exact.instance.write import text_of
from exact.mdp import Mdp, keyed

EXAMPLE, WAYS = '{"p": ("1/10", "9/10")}', '{"new": {"off": {"term": 1}}}'


def family(
    ways: Ways,
    states: Sequence[str] | None,
    parameters: Ends,
    shutdown: tuple[str, str],
    **more: Any,
) -> Family:
    """The family whose file says this: its text is the canonical one. Raises an ExactError that names the place."""
    ends = keyed(parameters, "parameters", EXAMPLE)
    names, box = box_of({name: list(pair) if isinstance(pair, tuple) else pair for name, pair in ends.items()})
    polynomials, numbers = chances_of(dict(keyed(ways, "mdp", WAYS)), names, box)
    middle = instance(Mdp.from_dict(_named(numbers) if states is None else states, numbers), shutdown, **more)
    mdp = middle.mdp

    def chances(s: int, a: int) -> list[str]:
        place = mdp.states[s], mdp.actions[s][a]
        return [spelled(polynomials[*place, mdp.states[t]]) for t, _ in mdp.rows[s][a]]

    return parse_family(text_of(middle, chances, list(zip(names, box, strict=True))).encode())


def _named(numbers: Numbers) -> list[str]:
    """In the order in which they are named: first those with actions."""
    rows = (row for actions in numbers.values() for row in actions.values())
    return list(dict.fromkeys([*numbers, *(t for row in rows for t in row)]))
