"""Hypothesis strategies for exact rationals, small MDPs and instances, for the property tests of any project.

    from hypothesis import given
    from exact.testing.strategies import instances, rewards

    @given(instances(max_states=5, training=True))
    def test_something(instance): ...

Everything that is drawn is valid and exact. Failures shrink towards few states, single successors, probability 1,
small integers and short names: state 0 is `new`, state 1 is `term`, the others `s1`, `s2`, ...; actions are `a`, `b`,
`c`, ... and `off`. Needs hypothesis, the optional extra `strategies`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

try:
    from hypothesis import strategies as st
except ImportError:
    raise ImportError("exact.testing needs hypothesis: pip install hypothesis") from None

from exact.instance.model import PREFERENCES, READINGS, TIES, Goals, Inequality, Instance, Question
from exact.mdp import Mdp, Rewards, Row
from exact.testing.shape import Chooser, Shape, named, with_shutdown

T = TypeVar("T")
_RELATIONS = ("<=", "<", "=")


@st.composite
def rationals(
    draw: st.DrawFn,
    low: int | Fraction = 0,
    high: int | Fraction = 10,
    max_denominator: int = 6,
    exclude_ends: bool = False,
) -> Fraction:
    """A rational of the interval with a small denominator; shrinks to integers near 0.

    The interval must hold a multiple of 1/max_denominator (not an end, if ends are excluded).
    """
    low, high = Fraction(low), Fraction(high)
    fitting = [d for d in range(1, max_denominator + 1) if _multiples(low, high, d, exclude_ends)]
    denominator = draw(st.sampled_from(fitting))
    multiples = _multiples(low, high, denominator, exclude_ends)
    return Fraction(draw(st.integers(multiples[0], multiples[-1])), denominator)


def _multiples(low: Fraction, high: Fraction, denominator: int, exclude_ends: bool) -> range:
    """The k with k / denominator in the interval."""
    first, last = -(-low * denominator // 1), high * denominator // 1
    if exclude_ends:
        first += first == low * denominator
        last -= last == high * denominator
    return range(int(first), int(last) + 1)


def discounts(max_denominator: int = 10) -> st.SearchStrategy[Fraction]:
    """gamma in (0, 1); shrinks to 1/2."""
    return rationals(0, 1, max_denominator, exclude_ends=True)


class _Drawn:
    """A Chooser (exact.testing.shape) that asks Hypothesis."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def integer(self, least: int, most: int) -> int:
        """One of these, ends included; shrinks to the least."""
        return self._draw(st.integers(least, most))

    def some(self, numbers: Sequence[int], most: int) -> list[int]:
        """From 1 to `most` of the numbers, each once; shrinks to the first alone."""
        return self._draw(st.lists(st.sampled_from(list(numbers)), min_size=1, max_size=most, unique=True))

    def several(self, make: Callable[[Chooser], T], least: int, most: int) -> list[T]:
        """So many things; shrinks to few."""
        return self._draw(st.lists(st.composite(lambda draw: make(_Drawn(draw)))(), min_size=least, max_size=most))


@st.composite
def distributions(draw: st.DrawFn, states: Sequence[int], max_support: int = 3, max_weight: int = 3) -> Row:
    """P(. | s, a) over some of the states (numbers, not empty); shrinks to probability 1 of the first of them.

    Probabilities are weights of at most `max_weight`, divided by their sum.
    """
    return Shape(max_support=max_support, max_weight=max_weight).distribution(_Drawn(draw), states)


@st.composite
def mdps(
    draw: st.DrawFn,
    min_states: int = 1,
    max_states: int = 6,
    max_actions: int = 3,
    max_support: int = 3,
    max_weight: int = 3,
) -> Mdp:
    """An MDP with no roles: any state may be terminal, loop or be unreachable."""
    size = draw(st.integers(min_states, max_states))
    row = distributions(range(size), max_support, max_weight)
    rows = [tuple(draw(st.lists(row, max_size=max_actions))) for _ in range(size)]
    return named(rows, [""] * size)


@st.composite
def instances(
    draw: st.DrawFn,
    max_states: int = 6,
    max_actions: int = 3,
    *,
    max_support: int = 3,
    max_weight: int = 3,
    alternatives: bool = True,
    training: bool = True,
    leaks: bool = True,
    shutdown_loops: bool = False,
    readings: Sequence[str] = READINGS,
    preferences: Sequence[str] = PREFERENCES,
    ties: Sequence[str] = TIES,
    nonnegative: bool | None = None,
    max_inequalities: int = 0,
) -> Instance:
    """An instance whose s_new is state 0 and whose s_term is state 1, asked about a gamma and a theta.

    max_actions counts a_sd too. alternatives: A1 is not empty. training: S_train may be nonempty (it is drawn from the
    states after s_term). leaks: transitions may cross between S_train and the rest, either way; without them the
    hypotheses `ood` and `training-closed` hold. shutdown_loops: s_term may have actions. nonnegative: as given, or
    drawn if None; then the question's rewards are negative only where the goals may be. Trained actions stay in
    S_train under `on-training`, as the file format demands.
    """
    size = draw(st.integers(2, max_states))
    inside = frozenset(s for s in range(2, size) if training and draw(st.booleans()))
    reading = draw(st.sampled_from(list(readings)))
    shape, choose = Shape(max_actions, max_support, max_weight, alternatives, shutdown_loops), _Drawn(draw)
    rows: list[list[Row]] = []
    trained: dict[int, int] = {}
    for state in range(size):
        side = [s for s in range(size) if leaks or (s in inside) == (state in inside)]
        drawn = shape.alternative_rows(choose, state, side)
        if state in inside and drawn:
            trained[state] = draw(st.integers(0, len(drawn) - 1))
            if reading == "on-training":
                drawn[trained[state]] = shape.distribution(choose, sorted(inside))
        rows.append(drawn)
    mdp = with_shutdown(rows)
    bounded = draw(st.booleans()) if nonnegative is None else nonnegative
    inequalities = draw(st.lists(_inequalities(size), max_size=max_inequalities))
    return Instance(
        mdp=mdp,
        shutdown_state=0,
        shutdown_action=0,
        training=inside,
        trained=trained,
        goals=Goals(reading, draw(st.sampled_from(list(preferences))), bounded, tuple(inequalities)),
        ties=draw(st.sampled_from(list(ties))),
        question=Question(draw(discounts()), draw(rewards(mdp, nonnegative=bounded))),
    )


def rewards(
    mdp: Mdp, nonnegative: bool = True, max_reward: int = 5, max_denominator: int = 2
) -> st.SearchStrategy[Rewards]:
    """theta: one reward for each state, often equal ones; shrinks to zeros."""
    low = 0 if nonnegative else -max_reward
    return st.tuples(*(rationals(low, max_reward, max_denominator) for _ in mdp.states))


@st.composite
def _inequalities(draw: st.DrawFn, size: int) -> Inequality:
    coefficients = tuple(Fraction(draw(st.integers(-2, 2))) for _ in range(size))
    return Inequality(coefficients, draw(st.sampled_from(_RELATIONS)), draw(rationals(-3, 10, 2)))
