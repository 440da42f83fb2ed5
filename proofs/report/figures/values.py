"""What shutting down is worth against the best alternative, for the question's rewards; who wins is decided exactly.

No claim of a certificate says it: the figure tells that it is computed, not certified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.algebraic import Algebraic
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import Mdp, Rewards
from exact.rational_function import RationalFunction
from proofs.report.figures.breakpoints import mark_breakpoints
from proofs.report.figures.canvas import legend, new_figure
from proofs.report.figures.curves import extent, points
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float
from proofs.report.figures.question import mark_question
from proofs.report.figures.style import BLUE, VERMILION
from proofs.report.figures.sweep import Piece, pieces, signs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RATIO = 50  # values further apart are drawn on a logarithmic scale
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


def values_figure(instance: Instance, columns: int) -> Figure:
    """Raises NothingToDraw without rewards, TooLarge for values that cannot be drawn."""
    if instance.question.rewards is None:
        raise NothingToDraw("there are no rewards", 'write rewards = { term = "1000" }', "question.rewards")
    known = duels(instance, instance.question.rewards)
    figure, axes = new_figure(columns)
    shown = _draw(axes, known)
    _scale(axes, *shown)
    decided = winners(known)
    for low, high, sign in decided:
        if sign > 0:
            look = {"facecolor": "none", "edgecolor": VERMILION, "alpha": 0.35, "hatch": "////", "linewidth": 0}
            label = "shutdown is best" if (low, high, sign) == next(w for w in decided if w[2] > 0) else "_"
            axes.axvspan(as_float(low), as_float(high), **look, zorder=0, label=label)  # type: ignore[arg-type]
    axes.set_ylabel(r"value in $s_\mathrm{new}$")
    mark_breakpoints(axes, {low: () for low, _, _ in decided}, columns)
    mark_question(axes, instance)
    legend(figure, axes, columns, "computed exactly, not certified")
    return figure


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


def _draw(axes: Axes, known: list[Duel]) -> tuple[list[float], list[float]]:
    """Both curves; returns their values."""
    gammas: list[float] = []
    stopped: list[float] = []
    best: list[float] = []
    for duel in known:
        places, values = points(duel.shutdown, duel.low, duel.high)
        gammas, stopped = gammas + places, stopped + values
        if duel.alternative is not None:
            best += points(duel.alternative, duel.low, duel.high)[1]
    axes.plot(gammas, stopped, color=VERMILION, linewidth=1.4, label="shutdown", zorder=3)
    if best:
        axes.plot(gammas, best, color=BLUE, linewidth=1.2, linestyle=(0, (4, 1.4)), label="best alternative", zorder=4)
    return stopped, best


def _scale(axes: Axes, stopped: list[float], best: list[float]) -> None:
    """What is finite in view: up to twice the shutdown's values; logarithmic if one value dwarfs the other."""
    least, most = extent(stopped + best)
    highest = max(abs(value) for value in stopped) or 1.0
    typical = sorted(abs(value) for value in best)[len(best) // 2] if best else highest
    if least >= 0 and typical > 0 and highest > _RATIO * typical:
        axes.set_yscale("log")
        positive = [value for value in (*stopped, *best) if value > 0]
        axes.set_ylim(max(min(positive), typical / 100), highest * 4)
        return
    bound = 2.2 * max(highest, typical)
    top, bottom = min(most, bound), max(least, -bound)
    room = 0.06 * (top - bottom) or 1.0
    axes.set_ylim(bottom - room, top + room)
