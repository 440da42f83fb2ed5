"""Write the golden reports anew: python -m tests.golden.regenerate [NAME ...]. Read the difference, then keep it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.examples import NAMES
from tests.reports import GOLDEN, as_text, report_of


def main(names: Sequence[str]) -> None:
    """All the examples, or those named; golden reports of examples that are gone are removed."""
    for name in names or NAMES:
        path, text = GOLDEN / f"{name}.json", as_text(report_of(name))
        known = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(text, encoding="utf-8")
        print(f"{name}: {'as it was' if text == known else 'written'}")
    for path in GOLDEN.glob("*.json"):
        if path.stem not in NAMES:
            path.unlink()
            print(f"{path.stem}: removed")


if __name__ == "__main__":
    main(sys.argv[1:])
