"""What the tests of theta share: instances whose training leads outside, and worked ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from exact import evaluate
from exact.instance import Goals, Instance
from exact.mdp import Rewards
from exact.testing.strategies import instances
from tests.proofs.opinions.worked import OFF, instance

HALF = Fraction(1, 2)

# t goes on to u (trained) or to v, both outside training and both with a choice that ends the episode.
TWO_FORKS = instance(
    {
        "t": {"on": {"u": "1"}, "aside": {"v": "1"}},
        "u": {"left": {"p": "1"}, "right": {"q": "1"}},
        "v": {"left": {"a": "1"}, "right": {"b": "1"}},
        "p": {},
        "q": {},
        "a": {},
        "b": {},
        "new": OFF,
        "term": {},
    },
    {"t": "on"},
)


@st.composite
def leaking(draw: st.DrawFn) -> Instance:
    """Reading `return`, and the trained agent does what is best for the question's rewards: Theta is not empty if the
    preference is weak. Training states have a choice; most lead outside, also by pi* itself."""
    drawn = draw(instances(max_states=6, readings=("return",), shutdown_loops=True, max_inequalities=0))
    gamma, theta = drawn.question.gamma, drawn.question.rewards
    assert gamma is not None
    assert theta is not None
    _, best = evaluate.optimal(drawn.mdp, theta, gamma)
    choosing = [s for s, rows in enumerate(drawn.mdp.rows) if len(rows) > 1]
    inside = frozenset(draw(st.sets(st.sampled_from(choosing), min_size=1, max_size=2)))
    return replace(drawn, training=inside, trained={s: best[s] for s in inside})


def of(given: Instance, **rewards: int | str) -> Rewards:
    """theta, unnamed states 0."""
    return tuple(Fraction(rewards.get(name, 0)) for name in given.mdp.states)


def asked(given: Instance, **changes: object) -> Instance:
    """The same with other goals."""
    return replace(given, goals=replace(Goals(), **changes))  # type: ignore[arg-type]
