"""The best of all policies for every gamma at once: (0, 1) cut exactly into intervals, on each one policy optimal.

On an interval the values are rational functions of gamma, so every comparison is the sign of a polynomial.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from flint import fmpz_poly

from exact.algebraic import Algebraic, real_roots
from exact.closed_form import ClosedForm, closed_form
from exact.evaluate import Allowed, optimal
from exact.linear.simplest import Interval, simplest
from exact.mdp import Mdp, Policy, Rewards, Row

ZERO, ONE = Algebraic.of(0), Algebraic.of(1)


@dataclass(frozen=True)
class Piece:
    """On (low, high) the policy is optimal in every state of the region, with these values."""

    low: Algebraic
    high: Algebraic
    form: ClosedForm
    policy: Policy


def pieces(mdp: Mdp, rewards: Rewards, region: Sequence[int]) -> list[Piece]:
    """Ascending, and together all of (0, 1) but finitely many points. region: closed under all actions.

    Each round takes the best policy at a rational gamma and keeps the whole interval about it where no action is
    better; a round that hits a breakpoint may keep none and only cuts there. Breakpoints are finitely many.
    """
    allowed: Allowed = {s: tuple(range(len(mdp.rows[s]))) for s in region}
    found, waiting = [], [(ZERO, ONE)]
    while waiting:
        low, high = waiting.pop()
        middle = between(low, high)
        _, policy = optimal(mdp, rewards, middle, None, allowed)
        form = closed_form(mdp, policy, rewards, region)
        left, right = _kept([gain for *_, gain in gains(mdp, policy, form)], low, high, middle)
        if left < right:
            found.append(Piece(left, right, form, policy))
        waiting += [part for part in ((low, left), (right, high)) if part[0] < part[1]]
    return sorted(found, key=lambda piece: piece.low)


def signs(polynomial: fmpz_poly, low: Algebraic, high: Algebraic) -> Iterator[tuple[Algebraic, Algebraic, int]]:
    """(a, b, sign) of the polynomial between its neighbouring roots inside (low, high)."""
    inner = [] if polynomial.is_zero() else real_roots(polynomial, Fraction(0), Fraction(1))
    ends = [low, *(root for root in inner if low < root < high), high]
    for a, b in pairwise(ends):
        yield a, b, Algebraic.of(between(a, b)).sign_of(polynomial)


def between(low: Algebraic, high: Algebraic) -> Fraction:
    """A simple rational strictly between two numbers, low < high."""
    width = Fraction(1, 8)
    while low.high >= high.low:
        low, high, width = low.refined(width), high.refined(width), width / 8
    return simplest(Interval(low.high, high.low, low_open=True, high_open=True))


def onward(row: Row, form: ClosedForm, factor: int) -> fmpz_poly:
    """factor * sum_t P(t) N_t; `factor` clears the denominators."""
    return sum((form.numerators[t] * int(p * factor) for t, p in row), fmpz_poly([]))


def gains(mdp: Mdp, policy: Policy, form: ClosedForm) -> Iterator[tuple[int, int, fmpz_poly]]:
    """(state, action, what it gains over the policy's, times D > 0 and a positive number) for each other action."""
    for state in form.numerators:
        for action, row in enumerate(mdp.rows[state]):
            if action != policy[state]:
                taken = mdp.rows[state][policy[state]]
                factor = lcm(*(p.denominator for _, p in (*row, *taken)))
                yield state, action, onward(row, form, factor) - onward(taken, form, factor)


def _kept(gains: Sequence[fmpz_poly], low: Algebraic, high: Algebraic, middle: Fraction) -> tuple[Algebraic, Algebraic]:
    """The largest interval about the middle where no gain is positive."""
    left, right = low, high
    for gain in gains:
        for a, b, sign in signs(gain, low, high):
            if sign > 0 and b <= middle:
                left = max(left, b)
            elif sign > 0:
                right = min(right, a)
    return left, right
