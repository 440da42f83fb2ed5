"""exact.mdp: what is refused, what is derived, and that building costs no more than reading."""

from __future__ import annotations

import pickle
from fractions import Fraction
from math import lcm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.errors import BadInstance, DuplicateState, ExactError, NotStochastic, TooLarge
from exact.mdp import Mdp, Row
from exact.testing.strategies import mdps

ONE = Fraction(1)


def line(length: int) -> Mdp:
    """Each state leads to the next or stays, the last is terminal."""
    names = tuple(f"s{i}" for i in range(length))
    rows: list[tuple[Row, ...]] = [(((i, ONE),), ((i + 1, ONE),)) for i in range(length - 1)]
    return Mdp(names, (*(("stay", "go"),) * (length - 1), ()), (*rows, ()))


@settings(max_examples=60, deadline=None)
@given(mdps(), st.data())
def test_without_takes_one_action_away(mdp: Mdp, data: st.DataObject) -> None:
    """The result is what the constructor accepts and builds; the MDP itself stays."""
    state = data.draw(st.integers(0, len(mdp) - 1))
    action = data.draw(st.integers(0, 3))
    smaller = mdp.without(state, action)
    assert smaller == Mdp(smaller.states, smaller.actions, smaller.rows)
    assert hash(smaller) == hash(Mdp(smaller.states, smaller.actions, smaller.rows))
    assert len(mdp.rows[state]) - len(smaller.rows[state]) == int(action < len(mdp.rows[state]))
    for s in range(len(mdp)):
        kept = [a for a in range(len(mdp.rows[s])) if (s, a) != (state, action)]
        assert smaller.actions[s] == tuple(mdp.actions[s][a] for a in kept)
        assert smaller.rows[s] == tuple(mdp.rows[s][a] for a in kept)
        assert smaller.state(mdp.states[s]) == s


@settings(max_examples=60, deadline=None)
@given(mdps())
def test_integer_rows(mdp: Mdp) -> None:
    """The rows again, over the least common denominator; they do not travel."""
    for rows, integers in zip(mdp.rows, mdp.integer_rows, strict=True):
        for row, (scale, successors, weights) in zip(rows, integers, strict=True):
            assert row == tuple((t, Fraction(w, scale)) for t, w in zip(successors, weights, strict=True))
            assert scale == sum(weights) == lcm(*(p.denominator for _, p in row))
    assert pickle.loads(pickle.dumps(mdp)) == mdp
    assert "integer_rows" not in vars(pickle.loads(pickle.dumps(mdp)))


def test_nothing_is_built_again_without_an_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other states' rows are the same objects, and no row is validated a second time."""
    mdp = line(2000)
    monkeypatch.setattr(Mdp, "__post_init__", lambda _: pytest.fail("it is validated again"))
    fewer = mdp.without(399, 0)
    assert [len(actions) for actions in fewer.actions[398:402]] == [2, 1, 2, 2]
    assert all(old is new for s, (old, new) in enumerate(zip(mdp.rows, fewer.rows, strict=True)) if s != 399)


def test_refused() -> None:
    """Each with the error that names the mathematics."""
    tenth = Fraction(1, 10)
    cases: list[tuple[type[ExactError], tuple[str, ...], tuple[tuple[str, ...], ...], tuple[tuple[Row, ...], ...]]] = [
        (BadInstance, (), (), ()),
        (DuplicateState, ("a", "b", "a"), ((), (), ()), ((), (), ())),
        (BadInstance, ("a",), ((), ()), ((),)),
        (BadInstance, ("a",), (("x", "x"),), ((((0, ONE),), ((0, ONE),)),)),
        (BadInstance, ("a",), (("x",),), ((((1, ONE),),),)),
        (BadInstance, ("a", "b"), (("x",), ()), ((((1, tenth), (0, 1 - tenth)),), ())),
        (NotStochastic, ("a",), (("x",),), ((((0, tenth),),),)),
        (NotStochastic, ("a", "b"), (("x",), ()), ((((0, 1 + tenth), (1, -tenth)),), ())),
        (NotStochastic, ("a",), (("x",),), (((),),)),
    ]
    for error, states, actions, rows in cases:
        with pytest.raises(error):
            Mdp(states, actions, rows)


def test_messages_hold_numbers_of_any_length() -> None:
    """The sum of a row, and a probability, of more digits than CPython writes."""
    small = Fraction(1, 3**10_000)
    for rows in ({"a": {"x": {"a": small, "b": small}}}, {"a": {"x": {"a": 1 + small}}}):
        with pytest.raises(NotStochastic, match="characters"):
            Mdp.from_dict(["a", "b"], rows)


def test_rows_without_a_common_denominator_of_any_use() -> None:
    """Refused before it is computed."""
    row = {f"s{i}": Fraction(1, 10**2000 + i) for i in range(100)}
    with pytest.raises(TooLarge, match=r"^s0\.x: a common denominator of over 100000 digits"):
        Mdp.from_dict(list(row), {"s0": {"x": row}})
