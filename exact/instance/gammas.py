"""What a question asks about: one gamma, or an interval of them; as files, command lines and callers write it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.digits import exact_text, shown
from exact.errors import NotADiscount
from exact.rational import Exact, discount, rational

Gammas = tuple[Fraction, Fraction]  # the ends of a closed interval within [0, 1]; its gammas of (0, 1)
Asked = Exact | Sequence[Exact]  # what callers may write: one gamma, "9/10:1" or ["9/10", "1"]
EVERYWHERE: Gammas = (Fraction(0), Fraction(1))


def asked(given: object, where: str = "gamma") -> Fraction | Gammas:
    """One gamma, or an interval: `A:B`, or its two ends. Equal ends are one gamma. Raises NotADiscount, NotExact.

    >>> asked("1/2"), asked("9/10:1"), asked(["1/2", "0.5"])
    (Fraction(1, 2), (Fraction(9, 10), Fraction(1, 1)), Fraction(1, 2))
    """
    ends = given.split(":") if isinstance(given, str) and ":" in given else given
    return interval(ends, where) if isinstance(ends, (list, tuple)) else discount(ends, where)


def interval(ends: Sequence[object], where: str) -> Fraction | Gammas:
    """The same from the two ends, exact numbers. Raises NotADiscount, NotExact."""
    if len(ends) != 2:
        raise NotADiscount(f"{len(ends)} ends", 'an interval of gammas has two: ["9/10", "1"], or 9/10:1', where)
    low, high = (rational(end, where) for end in ends)
    if low == high:
        return discount(low, where)
    if not 0 <= low < high <= 1:
        raise NotADiscount(f"[{shown(low)}, {shown(high)}]", "an interval of gammas lies in [0, 1], low < high", where)
    return low, high


def spelled(given: Fraction | Gammas | None) -> str | None:
    """As a command line takes it: `9/10`, `9/10:1`."""
    if isinstance(given, tuple):
        return ":".join(map(exact_text, given))
    return None if given is None else exact_text(given)


def when(gammas: Gammas) -> str:
    """`every gamma in [9/10, 1)`; `gamma = 1/2` where the ends are equal."""
    low, high = gammas
    if low == high:
        return f"gamma = {shown(low)}"
    left, right = "[" if low > 0 else "(", "]" if high < 1 else ")"
    return f"every gamma in {left}{shown(low)}, {shown(high)}{right}"
