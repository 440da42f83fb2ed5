"""Random instances for which all stated hypotheses hold, and training can leave by actions that are not taken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from exact.instance import Instance, Question
from exact.mdp import Mdp, Row


def leaking(random: Random) -> Instance:
    """s_new, s_term, one or two rooms; one training state, whose trained action stays; an untaken one goes anywhere."""
    rooms = random.choice([1, 1, 2])
    x, t = range(2, 2 + rooms), 2 + rooms
    rows: list[tuple[Row, ...]] = [(_sure(1), _spread(random, [*x, 0])), ()]
    for state in x:
        onward = [_spread(random, [1, *x])] if random.random() < 0.4 else []
        rows.append((_sure(state), *onward))
    outside = random.choice([0, 1, *x])
    rows.append((_sure(t), _sure(outside) if random.random() < 0.7 else _spread(random, [outside, t])))
    names = ("new", "term", *(f"x{k}" for k in range(rooms)), "t")
    actions = tuple(tuple(f"a{k}" for k in range(len(given))) for given in rows)
    gamma = random.choice([Fraction(1, 2), Fraction(3, 4), Fraction(9, 10)])
    mdp = Mdp(names, actions, tuple(rows))
    return Instance(mdp, 0, 0, frozenset([t]), {t: 0}, question=Question(gamma))


def closed(instance: Instance) -> Instance:
    """Without the actions that lead out of training."""
    (t,) = instance.training
    return replace(instance, mdp=instance.mdp.without(t, 1))


def _sure(target: int) -> Row:
    return ((target, Fraction(1)),)


def _spread(random: Random, targets: list[int]) -> Row:
    """All to one, or half and half to two."""
    chosen = sorted(random.sample(targets, random.choice([1, 1, min(2, len(targets))])))
    return tuple((target, Fraction(1, len(chosen))) for target in chosen)
