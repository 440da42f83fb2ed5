"""`gammastar explain`: what a word of the output means."""

from __future__ import annotations

from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json
from proofs.report.glossary import Entry, entries, explained, listed
from proofs.report.table import Terminal
from proofs.report.text import show_lines, show_paragraph


def run(words: list[str], as_json: bool) -> int:
    """Print the entry of a term; without one, all the terms. Raises UnknownTerm with those that are spelled alike."""
    term = " ".join(words)
    if as_json:
        print_json(
            {"format": "gammastar-explain/1", "entries": [*map(_document, [explained(term)] if term else entries())]}
        )
    elif term:
        console, entry = Terminal(), explained(term)
        show_lines(console, [_named(entry)])
        show_paragraph(console, entry.text)
    else:
        show_lines(Terminal(), [*listed(), "", "gammastar explain TERM says what one of them means."])
    return VERIFIED


def _document(entry: Entry) -> dict[str, object]:
    return {"term": entry.names[0], "also": list(entry.names[1:]), "group": entry.group, "text": entry.text}


def _named(entry: Entry) -> str:
    return entry.names[0] + (f" (also: {', '.join(entry.names[1:])})" if len(entry.names) > 1 else "")
