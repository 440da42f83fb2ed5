"""Every bound stands in FORMAT.md; exact/limits.py has the same."""

from __future__ import annotations

import re
from pathlib import Path

from exact import limits as theirs
from proofs.kernel import limits

FORMAT = Path(limits.__file__).with_name("FORMAT.md").read_text("utf-8")
MINE = {name: value for name, value in vars(limits).items() if name.isupper()}


def test_the_format_names_every_bound() -> None:
    """In the table of limits, in digits."""
    table = FORMAT[FORMAT.index("## Limits") : FORMAT.index("## Instance")]
    numbers = {int(n.replace(",", "")) for n in re.findall(r"[0-9][0-9,]*", table)}
    sizes = {int(n) << 20 for n in re.findall(r"([0-9]+) MiB", table)}
    assert set(MINE.values()) <= numbers | sizes


SAME = {  # exact/limits.py -> the kernel's
    "LARGEST_FILE": "INSTANCE_BYTES",
    "MOST_DOTS": "LINE_DOTS",
    "ALL_DOTS": "DOTS",
    "MOST_INEQUALITIES": "INEQUALITY_ENTRIES",
    "MOST_STATES": "STATES",
    "LONGEST_NUMBER": "NUMBER_CHARACTERS",
    "LARGEST_EXPONENT": "EXPONENT",
    "LONGEST_INEQUALITY": "INEQUALITY_CHARACTERS",
    "MOST_PARAMETERS": "PARAMETERS",
    "HIGHEST_DEGREE": "DEGREE",
    "DEEPEST_EXPRESSION": "NESTING",
    "MOST_HALVINGS": "HALVINGS",
    "MOST_READING": "READING",
    "MOST_DIGITS": "DIGITS",
}


def test_exact_has_the_same_bounds() -> None:
    """What an instance may be is the same for both readers; the orbits that `exact` counts may be larger."""
    assert {name: getattr(theirs, name) for name in SAME} == {name: MINE[mine] for name, mine in SAME.items()}
    assert theirs.MOST_VECTORS >= limits.VECTORS
