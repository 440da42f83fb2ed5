"""Hypothesis strategies for instances that brute force can still enumerate."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from exact.instance import Instance
from exact.mdp import Mdp, Row


@st.composite
def rows(draw: st.DrawFn, size: int) -> Row:
    """P(. | s, a) with at most three successors and small denominators."""
    weights = draw(st.dictionaries(st.integers(0, size - 1), st.integers(1, 3), min_size=1, max_size=3))
    total = sum(weights.values())
    return tuple((target, Fraction(weight, total)) for target, weight in sorted(weights.items()))


@st.composite
def instances(draw: st.DrawFn, most: int = 4) -> Instance:
    """State 0 is s_new, the last one s_term; the others have at most two actions, s_new two besides the shutdown."""
    size = draw(st.integers(2, most))
    choices: list[tuple[Row, ...]] = [tuple(draw(st.lists(rows(size), max_size=2))) for _ in range(size - 1)]
    off: Row = ((size - 1, Fraction(1)),)
    table = ((*choices[0], off), *choices[1:], ())
    names = tuple(f"s{state}" for state in range(size))
    actions = tuple(tuple(f"a{action}" for action in range(len(state_rows))) for state_rows in table)
    return Instance(Mdp(names, actions, table), 0, len(choices[0]))
