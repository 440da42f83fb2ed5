"""What the words of the reports mean: `glossary.md`, read entry by entry. The documentation shows the same file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from exact.errors import ExactError

MOST_NEAR = 4  # suggestions for a word that has no entry
_OF_A_STATE = re.compile(r"^(gamma[*°]|v)_\S+$")


class UnknownTerm(ExactError):
    """A word that the glossary does not have."""


@dataclass(frozen=True)
class Entry:
    """names: the term and its other spellings. text: one paragraph."""

    group: str
    names: tuple[str, ...]
    text: str


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, in the order of the page."""
    return tuple(_read(files("proofs.report").joinpath("glossary.md").read_text("utf-8")))


def explained(term: str) -> Entry:
    """The entry of a word, whatever its case; of one state's symbol (`gamma*_r3`), the symbol's. Raises UnknownTerm."""
    for alike in (str, str.casefold):
        named = {alike(name): entry for entry in reversed(entries()) for name in entry.names}
        for spelled in _spellings(term):
            if (found := named.get(alike(spelled))) is not None:
                return found
    known = {name.casefold(): name for entry in entries() for name in entry.names}
    near = [known[name] for name in get_close_matches(term.strip().casefold(), known, MOST_NEAR)]
    meant = f"did you mean {' or '.join(near)}?" if near else "gammastar explain lists the words that have one"
    raise UnknownTerm(f'"{term}" has no entry', meant, "explain")


def listed() -> Iterator[str]:
    """The terms, group by group."""
    for group in dict.fromkeys(entry.group for entry in entries()):
        yield f"{group}: {', '.join(entry.names[0] for entry in entries() if entry.group == group)}"


def _spellings(term: str) -> Iterator[str]:
    plain = " ".join(term.split()).strip("\"'.:;")
    symbol = _OF_A_STATE.match(plain)
    yield plain
    yield plain.replace(" ", "-")
    yield f"{symbol[1]}_x" if symbol else plain.removesuffix("s")


def _read(page: str) -> Iterator[Entry]:
    group = ""
    for block in re.split(r"^(?=##)", page, flags=re.MULTILINE)[1:]:
        heading, _, text = block.partition("\n")
        marks, _, title = heading.partition(" ")
        if marks == "##":
            group = title
        else:
            yield Entry(group, tuple(title.split(", ")), " ".join(text.replace("`", "").split()))
