"""Numbers and names as matplotlib's mathtext: breakpoints in closed form where that is short, names as they are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.algebraic import Algebraic
from proofs.report.radicals import decimals, radical

LONGEST_FRACTION = 9  # characters
LONGEST_NAME = 28
LONGEST_BREAKPOINT = 10  # characters of the names at a breakpoint
MOST_NAMES = 4
DIGITS = 4


def number_label(value: Algebraic) -> str:
    r"""`$1/2$`, `$(\sqrt{5}-1)/2$`, `$\sqrt[3]{1/2}$`, else `$\approx 0.6823$`."""
    text = radical(value) if value.rational is None else fraction_text(value.rational)
    return f"${text}$" if text else rf"$\approx {decimals(value, DIGITS)}$"


def fraction_text(value: Fraction) -> str:
    """The fraction if it is short, else nothing."""
    short = max(abs(value.numerator), value.denominator) < 10**LONGEST_FRACTION
    return str(value) if short and len(str(value)) <= LONGEST_FRACTION else ""


def as_float(value: Algebraic) -> float:
    """For placing ink only."""
    narrow = value.refined(Fraction(1, 1 << 40))
    return float((narrow.low + narrow.high) / 2)


def name_text(name: str, longest: int = LONGEST_NAME) -> str:
    """A state's name: printable, not too long, no mathematics."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return (line if len(line) <= longest else f"{line[: longest - 1]}…").replace("$", r"\$")


def names_text(names: Sequence[str]) -> str:
    """A few names, and how many more."""
    shown = ", ".join(name_text(name) for name in names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}, {len(names) - MOST_NAMES} more"


def breakpoint_text(names: Sequence[str]) -> str:
    """The states whose threshold it is: as many as fit, and how many more; nothing for none."""
    if not names:
        return ""
    texts = [name_text(name, LONGEST_BREAKPOINT) for name in names]
    fit = max(k for k in range(1, len(texts) + 1) if k == 1 or len(", ".join(texts[:k])) <= LONGEST_BREAKPOINT)
    more = len(texts) - fit
    return ", ".join(texts[:fit]) + (f" +{more}" if more else "")
