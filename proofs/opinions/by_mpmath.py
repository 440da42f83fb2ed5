"""Opinions: mpmath's interval arithmetic, 50 digits: the count on both sides of a threshold, and its residue at 1.

States are eliminated one by one. Each step replaces a state by what it leads to, so that only sums of products of
nonnegative numbers and division by 1 - a_ss occur, and enclosures stay narrow.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from exact.digits import shown
from proofs.claims.types import PAPER, Poly, Threshold
from proofs.opinions.chain import Chain, Row

DIGITS, SHOWN = 50, 20  # of the arithmetic; of a number in a message
NEAR = Fraction(1, 10**20)  # how far from the threshold the count is looked at
SMALL = Fraction(1, 1000)  # where it is looked at if the threshold is 0


class TimeIsUp(Exception):
    """The deadline has passed."""


def crossing(known: Chain, claim: Threshold, frequency: Fraction | None, deadline: float) -> str | None:
    """What mpmath finds wrong with the claim; "" if nothing, None if its enclosures do not tell. Raises TimeIsUp.

    frequency: lim (1 - gamma) v for gamma -> 1, of the paper's thresholds. deadline: by time.monotonic().
    """
    from mpmath.ctx_iv import MPIntervalContext

    iv = MPIntervalContext()
    iv.dps = DIGITS
    unsure = False
    for gamma, above in _sides(claim):
        count = _count(iv, known, gamma, deadline)
        apart = count > 1 if above else count < 1
        if (count < 1 if above else count > 1) or _apart(count, _stated(iv, claim, gamma)):
            return f"the count at gamma = {shown(gamma)} lies in {iv.nstr(count, SHOWN)}"
        unsure |= apart is not True and (PAPER in claim.kinds or any(claim.interval))  # gamma°_x = 0: at least 1
    if frequency is not None:
        residue = _residue(iv, known, claim.state, deadline)
        if _apart(residue, _exact(iv, frequency)):
            return f"(1 - gamma) times the count tends to a number in {iv.nstr(residue, SHOWN)}"
    return None if unsure else ""


def _sides(claim: Threshold) -> Iterator[tuple[Fraction, bool]]:
    """(gamma, is the count above 1 there?): just below the threshold, where that is not 0, and just above it."""
    low, high = claim.interval
    if low:
        yield max(low - NEAR, low / 2), False
    yield (min(high + NEAR, (high + 1) / 2) if high else SMALL), True


def _stated(iv: Any, claim: Threshold, gamma: Fraction) -> Any:
    """N / D at gamma; everything where D is 0 there."""
    above, below = _value(claim.numerator, gamma), _value(claim.denominator, gamma)
    return _exact(iv, above / below) if below else iv.mpf(["-inf", "inf"])


def _value(polynomial: Poly, gamma: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in reversed(polynomial):
        total = total * gamma + coefficient
    return total


def _count(iv: Any, known: Chain, gamma: Fraction, deadline: float) -> Any:
    """An enclosure of the visit count at gamma."""
    factor = _exact(iv, gamma)
    rows = {s: {t: factor * _exact(iv, p) for t, p in row.items()} for s, row in known.rows.items()}
    right = {s: iv.mpf(int(s in known.counted)) for s in known.rows}
    return _eliminated(iv, rows, right, known.start, deadline)


def _residue(iv: Any, known: Chain, x: str, deadline: float) -> Any:
    """lim (1 - gamma) v_x: every state reaches x, so it is 1 over the expected time of return to x."""
    rows = {s: {t: _exact(iv, p) for t, p in row.items() if t != x} for s, row in known.rows.items() if s != x}
    onward = {t: p for t, p in known.rows[x].items() if t != x}
    time_away = _eliminated(iv, rows, {s: iv.mpf(1) for s in rows}, onward, deadline)
    return 1 / (1 + time_away)


def _eliminated(iv: Any, rows: Mapping[str, dict[str, Any]], right: dict[str, Any], start: Row, deadline: float) -> Any:
    """sum_t start[t] M_t, where M = right + rows M, all entries nonnegative and the system regular."""
    before: dict[str, set[str]] = {s: set() for s in rows}
    system = {s: dict(row) for s, row in rows.items()} | {"": {t: _exact(iv, p) for t, p in start.items()}}
    total = right | {"": iv.mpf(0)}
    for s, row in system.items():
        for t in row:
            before[t].add(s)
    while before:
        if time.monotonic() > deadline:
            raise TimeIsUp
        state = min(before, key=lambda s: len(before[s]) * len(system[s]))
        row, known = system.pop(state), total.pop(state)
        back = 1 / (1 - row.pop(state, iv.mpf(0)))
        for t in row:
            before[t].discard(state)
        for s in before.pop(state) - {state}:
            weight = system[s].pop(state) * back
            total[s] += weight * known
            for t, entry in row.items():
                system[s][t] = system[s].get(t, 0) + weight * entry
                before[t].add(s)
    return total[""]


def _exact(iv: Any, value: Fraction) -> Any:
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


def _apart(one: Any, other: Any) -> bool:
    """No number lies in both."""
    return bool(one < other) or bool(one > other)
