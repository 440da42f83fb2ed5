"""What shutting down is worth against the best alternative, at every gamma at once; who wins is decided exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.evaluate.pieces import Piece, pieces, signs
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import Mdp, Rewards
from exact.rational_function import RationalFunction

Winner = tuple[Algebraic, Algebraic, int]  # on (a, b): 1 if shutdown is best, 0 if both are, -1 if the alternative is


@dataclass(frozen=True)
class Duel:
    """On (low, high): Q*(s_new, a_sd) and the greatest Q*(s_new, a) of A1 (None if A1 is empty)."""

    low: Algebraic
    high: Algebraic
    shutdown: RationalFunction
    alternative: RationalFunction | None


def duels(instance: Instance, rewards: Rewards) -> list[Duel]:
    """The two values for all gamma, piece by piece."""
    mdp, alternative = _with_first_step(instance.mdp, instance)
    here = rewards[instance.shutdown_state]
    sources = [instance.s_term, *([alternative] if instance.alternatives else [])]
    region = sorted(reachable(mdp, sources))
    return [_duel(piece, instance, alternative, here) for piece in pieces(mdp, (*rewards, here), region)]


def winners(known: list[Duel]) -> list[Winner]:
    """Who is best on which interval; neighbours with the same answer are one."""
    merged: list[Winner] = []
    for low, high, sign in _signs(known):
        if merged and merged[-1][2] == sign:
            low = merged.pop()[0]
        merged.append((low, high, sign))
    return merged


def _with_first_step(mdp: Mdp, instance: Instance) -> tuple[Mdp, int]:
    """The MDP with one more state, its last: s_new with A1 only. Its value is that of the best alternative."""
    s_new, names = instance.shutdown_state, mdp.states
    name = names[s_new] + "'"
    while name in names:
        name += "'"
    actions = tuple(mdp.actions[s_new][a] for a in instance.alternatives)
    rows = tuple(mdp.rows[s_new][a] for a in instance.alternatives)
    return Mdp((*names, name), (*mdp.actions, actions), (*mdp.rows, rows)), len(names)


def _duel(piece: Piece, instance: Instance, alternative: int, reward: Fraction) -> Duel:
    """reward: r(s_new). Shutdown is worth r(s_new) + gamma V*(s_term)."""
    numerators, below = piece.form.numerators, piece.form.denominator
    stopped = numerators[instance.s_term].left_shift(1) * reward.denominator + below * reward.numerator
    shutdown = RationalFunction(stopped, below * reward.denominator)
    other = RationalFunction(numerators[alternative], below) if instance.alternatives else None
    return Duel(piece.low, piece.high, shutdown, other)


def _signs(known: list[Duel]) -> Iterator[Winner]:
    for duel in known:
        if duel.alternative is None:
            yield duel.low, duel.high, 1
            continue
        one, other = duel.shutdown, duel.alternative
        lead = one.numerator * other.denominator - other.numerator * one.denominator
        turn = 1 if (one.denominator * other.denominator)[0] > 0 else -1  # neither has a zero in (0, 1)
        for low, high, sign in signs(lead, duel.low, duel.high):
            yield low, high, sign * turn
