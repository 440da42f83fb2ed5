"""The rows of a sweep as a table for people, and as CSV."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from statistics import median_low

from rich.console import Console

from exact.rational import rational
from proofs.report import closing
from proofs.report.terminal import Table, show_lines, show_paragraph
from proofs.sweep.row import FORMAT, Row

COLUMNS = ("instance", "sha256", "version", "gamma", "verdict", "conclusion", "n", "exit", "seconds", "error")
_ORDER = ("verified", "refuted", "inapplicable", "undecided", None)


def verdict_table(rows: list[Row]) -> Table:
    """How many of each verdict, with the (lower) medians of the n that are proved, and of the time."""
    made = Table(
        "1 instance" if len(rows) == 1 else f"{len(rows)} instances",
        "verdict",
        "instances",
        "least proved n",
        "median",
        "most",
        "median seconds",
    )
    for verdict in _ORDER:
        of = [entry for entry in rows if entry.get("verdict") == verdict]
        if of:
            numbers = sorted(_proved(of))
            spread = (str(numbers[0]), str(median_low(numbers)), str(numbers[-1])) if numbers else ("-", "-", "-")
            seconds = sorted((str(entry.get("seconds", "0")) for entry in of), key=rational)
            made.row(verdict or "no answer", str(len(of)), *spread, median_low(seconds))
    return made


def _proved(rows: Iterable[Row]) -> Iterator[int]:
    """The n of those whose conclusion is proved: else it is one that fails, or is open."""
    yield from (n for entry in rows if entry.get("conclusion") == "proved" and isinstance(n := entry.get("n"), int))


def failure_lines(rows: Iterable[Row], most: int = 20) -> Iterator[str]:
    """The errors, those that read the same together, the commonest first."""
    found: dict[str, list[str]] = {}
    for entry in rows:
        if entry.get("error") is not None:
            found.setdefault(str(entry["error"]), []).append(str(entry.get("instance")))
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    for error, instances in ordered[:most]:
        others = f" and {len(instances) - 1} more" if len(instances) > 1 else ""
        yield f"{instances[0]}{others}: {error}"
    if len(ordered) > most:
        yield f"{len(ordered) - most} further errors: see the rows"


def show(rows: list[Row], console: Console) -> None:
    """The table, the errors, and what that means."""
    console.print(verdict_table(rows))
    show_lines(console, failure_lines(rows))
    counts = Counter(str(entry.get("verdict")) for entry in rows)
    show_paragraph(console, closing.sweep(len(rows), counts, sum(entry.get("error") is not None for entry in rows)))


def summary(rows: list[Row]) -> dict[str, object]:
    """The same as one JSON document."""
    verdicts = Counter(str(entry.get("verdict") or "none") for entry in rows)
    n = Counter(map(str, _proved(rows)))
    failures = [{key: entry.get(key) for key in ("instance", "error", "exit")} for entry in rows if entry.get("error")]
    kind = FORMAT.replace("sweep", "sweep-summary")
    return {"format": kind, "instances": len(rows), "verdicts": verdicts, "n": n, "failures": failures}


def as_csv(rows: Iterable[Row]) -> str:
    """One line a row, the columns named first; what is not known is empty."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([entry.get(column) for column in COLUMNS] for entry in rows)
    return text.getvalue()
