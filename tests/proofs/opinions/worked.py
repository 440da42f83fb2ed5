"""Worked instances for the tests of opinions, and the exact swap theorem by hand: brute force, no engine."""

from __future__ import annotations

from fractions import Fraction

from exact.algebraic import Algebraic
from exact.instance import Goals, Instance
from exact.mdp import Mdp
from proofs.opinions.discount import Between
from tests.reference.brute_orbit import q_values, whole

ZERO, ONE = Algebraic.of(0), Algebraic.of(1)
GOLDEN = Algebraic((-1, 1, 1), Fraction(1, 2), Fraction(3, 4))  # (sqrt 5 - 1) / 2
EVERYWHERE = Between(ZERO, ONE)


def instance(
    transitions: dict[str, dict[str, dict[str, str]]],
    trained: dict[str, str] | None = None,
    goals: Goals = Goals(),  # noqa: B008  (immutable)
) -> Instance:
    """s_new is `new`, a_sd is `off`; every state has an entry; trained: the action of each training state."""
    mdp = Mdp.from_dict(list(transitions), transitions)
    policy = {mdp.state(s): mdp.action(mdp.state(s), a) for s, a in (trained or {}).items()}
    s_new = mdp.state("new")
    return Instance(mdp, s_new, mdp.action(s_new, "off"), frozenset(policy), policy, goals)


OFF = {"off": {"term": "1"}}
RING = instance({"new": {**OFF, "go": {"m": "1"}}, "m": {"back": {"new": "1"}}, "term": {}})
RETRY = instance({"new": {**OFF, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": "1"}}, "term": {}})
STAIRS = instance(
    {"new": {**OFF, "go": {"m": "1"}}, "m": {"go": {"x": "1"}}, "x": {"stay": {"x": "1"}}, "term": {}},
)
HALF_OFF = instance({"new": {**OFF, "go": {"x": "1/2", "term": "1/2"}}, "x": {"stay": {"x": "1"}}, "term": {}})
CORRIDOR = instance(
    {
        "new": {**OFF, "go": {"r1": "1"}},
        "r1": {"stay": {"r1": "1"}, "go": {"r2": "1"}},
        "r2": {"stay": {"r2": "1"}, "go": {"r3": "1"}},
        "r3": {"stay": {"r3": "1"}},
        "term": {},
    }
)
LOOPING_SHUTDOWN = instance(
    {"new": {**OFF, "go": {"m": "1"}}, "m": {"go": {"x": "1"}}, "x": {"s": {"x": "1"}}, "term": {"s": {"term": "1"}}},
)


# t (training) may take c, or go on to u, which lies outside training and chooses between p and q.
FORK = instance(
    {
        "t": {"on": {"u": "1"}, "take": {"c": "1"}},
        "u": {"left": {"p": "1"}, "right": {"q": "1"}},
        "p": {},
        "q": {},
        "c": {},
        "new": OFF,
        "term": {},
    },
    {"t": "on"},
)


def leak(goals: Goals) -> Instance:
    """theory.md's instance for `training-closed`: t -go-> s_new, an action that the trained agent does not take."""
    rows = {
        "t": {"stay": {"t": "1"}, "go": {"new": "1"}},
        "new": {**OFF, "go": {"x": "1"}},
        "x": {"stay": {"x": "1"}},
        "term": {},
    }
    return instance(rows, {"t": "stay"}, goals)


def swap_holds(given: Instance, state: int, gamma: Fraction) -> bool:
    """The exact swap theorem: shutdown is not strictly optimal for the reward vector 1[x] + 1[s_term]."""
    unit = tuple(Fraction(s in (state, given.s_term)) for s in range(len(given.mdp)))
    worth = q_values(whole(given), unit, gamma)[given.shutdown_state]
    off = worth.pop(given.shutdown_action)
    return any(other >= off for other in worth.values())


def at(bound: str | Algebraic) -> Algebraic:
    """A rational end of an interval as a number."""
    return Algebraic.of(Fraction(bound)) if isinstance(bound, str) else bound
