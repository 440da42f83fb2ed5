"""Numbers and whole certificates as kernel/FORMAT.md spells them. CPython does not write long integers at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from exact.digits import decimal_text

FORMAT = "gammastar-certificate/2"


def certificate(name: str, sha256: str, gamma: object, claims: Iterable[str]) -> str:
    """The whole document, a claim a line. name, sha256: of the instance; gamma: asked about; claims: their texts."""
    about = {"name": name, "sha256": sha256}
    question = {"gamma": gamma}
    head = f'"format": "{FORMAT}",\n "instance": {json.dumps(about, ensure_ascii=False)}'
    rows = ",\n  ".join(claims)
    return f'{{{head},\n "question": {json.dumps(question)},\n "claims": [\n  {rows}\n ]}}\n'


def integers(given: Sequence[int]) -> list[str]:
    """Each as a string."""
    return [decimal_text(entry) for entry in given]


def exact(value: Fraction) -> str:
    """A rational in lowest terms."""
    top = decimal_text(value.numerator)
    return top if value.denominator == 1 else f"{top}/{decimal_text(value.denominator)}"


def rewards(theta: Mapping[str, Fraction]) -> dict[str, str]:
    """Without the zeros."""
    return {s: exact(r) for s, r in theta.items() if r}
