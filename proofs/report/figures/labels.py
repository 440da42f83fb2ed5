"""Numbers and names as matplotlib's mathtext: numbers in closed form where that is short, names as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from exact.algebraic import Algebraic
from proofs.report.figures.style import NAMES, OTHER_NAMES, ROMAN, SMALL
from proofs.report.radicals import decimals, radical

LONGEST_FRACTION = 9  # characters
LONGEST_NAME = 28
DIGITS = 4
SPELLED = {"_": r"\_", " ": r"\ ", "-": r"\mathrm{-}"}  # in mathematics


def number_label(value: Algebraic, digits: int = DIGITS) -> str:
    r"""`$1/2$`, `$(\sqrt{5}-1)/2$`, `$\sqrt[3]{1/2}$`, else `$\approx 0.6823$`."""
    text = closed(value)
    return f"${text}$" if text else rf"$\approx {decimals(value, digits)}$"


def closed(value: Algebraic) -> str:
    """A short fraction or radical, if there is one, without the dollar signs."""
    return radical(value) if value.rational is None else fraction_text(value.rational)


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
    return (line if len(line) <= longest else f"{line[: longest - 2]}..").replace("$", r"\$")


def names_text(names: Sequence[str], room: int = LONGEST_NAME) -> str:
    """As many of them as fit into so many characters, at least one, and how many more."""
    texts = [name_text(name, room) for name in names]
    fit = max(k for k in range(1, len(texts) + 1) if k == 1 or len(", ".join(texts[:k])) <= room)
    more = len(texts) - fit
    return ", ".join(texts[:fit]) + (f" +{more}" if more else "")


def words(text: str) -> str:
    """Words of ours, in roman type among names."""
    return rf"$\mathrm{{{text.replace(' ', chr(92) + ' ')}}}$"


def type_of(text: str, size: float = SMALL) -> dict[str, Any]:
    """The type for a text that holds names."""
    return {"fontfamily": NAMES if text.isascii() else OTHER_NAMES, "fontsize": size}


def mathtt(name: str, longest: int = LONGEST_NAME) -> str:
    """A state's or a parameter's name in typewriter type within a text of ours, where that type has its characters."""
    text = name_text(name, longest)
    if not re.fullmatch(r"[\w .-]+", text, re.ASCII):
        return text
    return rf"$\mathtt{{{re.sub('([_ -])', lambda found: SPELLED[found[1]], text)}}}$"


def width_of(text: str, size: float = SMALL, names: bool = True) -> float:
    """How wide the text is drawn in the type of names, or in that of all else, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=type_of(text)["fontfamily"] if names else ROMAN, size=size)
    plain = text.replace(r"\$", "$")
    ismath = text.replace(r"\$", "").count("$") > 0
    width: float = text_to_path.get_text_width_height_descent(text if ismath else plain, font, ismath)[0]
    return width
