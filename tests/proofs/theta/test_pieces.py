"""How many polyhedra, which inequalities, what is left out, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from exact.errors import NotADiscount, NotAPolicy, TooLarge
from exact.instance import Instance, inequality, read_instance
from exact.linear import Infeasible, check_consequence, check_farkas
from exact.testing.strategies import instances
from proofs.theta.build import goal_set
from proofs.theta.member import membership
from proofs.theta.model import GoalSet, Piece, system
from proofs.theta.pieces import Limits
from proofs.theta.text import inequality_text
from tests.examples import instance_path
from tests.proofs.opinions.worked import FORK, OFF, instance
from tests.proofs.theta.worked import HALF, TWO_FORKS, asked, of


def printed(goals: GoalSet, piece: Piece) -> list[str]:
    """The needed inequalities but for the signs."""
    return [inequality_text(goals, piece, s) for s in piece.needed if s.row[0] != "reward"]


def test_union_of_two() -> None:
    """FORK: u is on the trained agent's way and has a choice, so Theta is a union and not convex."""
    goals = goal_set(asked(FORK, nonnegative=False), HALF)
    named = [{FORK.mdp.states[s]: FORK.mdp.actions[s][a] for s, a in piece.choices} for piece in goals.pieces]
    assert named == [{"u": "left"}, {"u": "right"}]
    assert [printed(goals, piece) for piece in goals.pieces] == [
        ["2*r(u) + r(p) >= 2*r(c)", "r(p) >= r(q)"],
        ["2*r(u) + r(q) >= 2*r(c)", "r(q) >= r(p)"],
    ]
    both, middle = (of(FORK, p=4, c=2), of(FORK, q=4, c=2)), of(FORK, p=2, q=2, c=2)
    assert all(membership(goals, theta).holds for theta in both)
    assert not membership(goals, middle).holds


def test_choices_of_actions_not_taken_make_no_pieces() -> None:
    """TWO_FORKS: v lies beyond an action that is not taken: two inequalities in each of the two pieces."""
    goals = goal_set(asked(TWO_FORKS, nonnegative=False), HALF)
    assert [len(piece.needed) for piece in goals.pieces] == [3, 3]
    assert [statement.then for statement in goals.pieces[0].needed[:2]] == [((2, 0),), ((2, 1),)]
    folded = goal_set(asked(TWO_FORKS, nonnegative=False), HALF, Limits(ways=1))
    assert [piece.auxiliary for piece in folded.pieces] == [(2,), (2,)]
    assert printed(folded, folded.pieces[0])[0] == "2*r(u) + r(p) >= 2*W(v)"


@pytest.mark.parametrize("reading", ["immediate", "on-training"])
def test_other_readings_are_one_piece(reading: str) -> None:
    """Outside training nothing is chosen under them."""
    goals = goal_set(asked(TWO_FORKS if reading == "immediate" else training_only(), reading=reading), HALF)
    assert len(goals.pieces) == 1
    assert not goals.pieces[0].auxiliary


def training_only() -> Instance:
    """TWO_FORKS with everything but s_new in training."""
    inside = frozenset(range(7))
    return replace(TWO_FORKS, training=inside, trained={0: 0, 1: 0, 2: 0})


def test_training_state_without_choice_asks_nothing() -> None:
    """Its one action may lead to states that choose: no pieces, no inequalities."""
    forced = instance(
        {"t": {"on": {"new": "1"}}, "new": {**OFF, "go": {"x": "1"}}, "x": {}, "term": {}},
        {"t": "on"},
    )
    goals = goal_set(forced, HALF)
    assert len(goals.pieces) == 1
    assert [statement.row[0] for statement in goals.pieces[0].needed] == ["reward"] * 4


def test_too_many_pieces() -> None:
    """Beyond the bound there is a message, at once."""
    steps = {f"u{i}": {"a": {f"u{i + 1}": "1"}, "b": {f"u{i + 1}": "1/2", "term": "1/2"}} for i in range(300)}
    long = instance(
        {"t": {"on": {"u0": "1"}, "off": {"term": "1"}}, **steps, "u300": {}, "new": OFF, "term": {}},
        {"t": "on"},
    )
    with pytest.raises(TooLarge, match="a union of more than 64 polyhedra"):
        goal_set(long, HALF)


def test_pieces_inside_others_are_left_out() -> None:
    """Two actions that do the same make two equal pieces; one is shown."""
    twin = instance(
        {
            "t": {"on": {"u": "1"}, "off": {"term": "1"}},
            "u": {"left": {"p": "1"}, "same": {"p": "1"}},
            "p": {},
            "new": OFF,
            "term": {},
        },
        {"t": "on"},
    )
    goals = goal_set(twin, HALF)
    assert (len(goals.pieces), goals.contained) == (1, 1)


def test_empty_with_its_refutation() -> None:
    """A strict preference over an equal action: no theta, and the combination that shows it is checked."""
    twin = instance(
        {"t": {"on": {"p": "1"}, "same": {"p": "1"}}, "p": {}, "new": OFF, "term": {}},
        {"t": "on"},
    )
    assert not goal_set(twin, HALF).is_empty
    goals = goal_set(asked(twin, preference="strict"), HALF)
    assert goals.is_empty
    assert (goals.point, goals.interior) == (None, None)
    (piece,) = goals.empty
    assert isinstance(piece.answer, Infeasible)
    check_farkas(system(goals.dimension, piece.auxiliary, piece.statements), piece.answer.multipliers)


def test_empty_by_a_further_inequality() -> None:
    """Nonnegative rewards with a negative sum."""
    goals = goal_set(asked(FORK, inequalities=(inequality("p + q + c <= -1", FORK.mdp, ""),)), HALF)
    assert goals.is_empty
    assert len(goals.empty) == 2


def test_no_interior() -> None:
    """Members, but none with room: r(p) is squeezed between 1 and 1."""
    squeezed = (inequality("p <= 1", FORK.mdp, ""), inequality("p >= 1", FORK.mdp, ""))
    goals = goal_set(asked(FORK, inequalities=squeezed), HALF)
    assert goals.point is not None
    assert goals.interior is None


@settings(max_examples=30, deadline=None)
@given(instances(max_states=5, max_inequalities=2))
def test_what_is_left_out_follows(given_instance: Instance) -> None:
    """Each inequality left out is a checked combination of those that are kept, and none of the kept ones follows."""
    goals = goal_set(given_instance, limits=Limits(pieces=200))
    for piece in goals.pieces:
        whole = system(goals.dimension, piece.auxiliary, piece.statements)
        for i, derivation in piece.implied.items():
            check_consequence(whole, whole.constraints[i], derivation.multipliers)
        assert len(piece.needed) + len(piece.implied) == len(piece.statements)


def test_gamma() -> None:
    """The question's, or the one given; `immediate` needs none; else it is asked for."""
    with pytest.raises(NotADiscount):
        goal_set(FORK)
    with pytest.raises(NotADiscount):
        goal_set(FORK, Fraction(1))
    assert goal_set(asked(FORK, reading="immediate")).gamma is None
    coinrun = read_instance(instance_path("coinrun"))
    assert goal_set(coinrun).gamma == Fraction(9, 10)
    assert goal_set(coinrun, HALF).gamma == HALF


def test_trained_action_that_leaves_training() -> None:
    """Under on-training it has to stay in S_train."""
    with pytest.raises(NotAPolicy):
        goal_set(asked(FORK, reading="on-training"), HALF)
