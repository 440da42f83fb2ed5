"""What two certificates state differently, for people and as JSON; where both were checked, the verdicts too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from exact.errors import NoRoot
from proofs.claims.checked import Checked
from proofs.claims.difference import CHANGED, ONLY_FIRST, ONLY_SECOND, Difference
from proofs.claims.roots import root
from proofs.claims.spelling import printable
from proofs.claims.types import PAPER, POSITIVE, SHARP, SURE, Certificate, OnBox, Retargeting, Threshold
from proofs.claims.words import question
from proofs.report.closing import REACHES
from proofs.report.headline import verdict_text
from proofs.report.numbers import Json
from proofs.report.terminal import Table, show_lines, show_paragraph

MOST_ROWS = 8
UNCHECKED = "Nothing of this was checked: with the instance files after them, gammastar diff asks the kernel too."
CHECKED = "The kernel has checked both."
NOT_SAID = "A difference says nothing of which of the two describes what one means."


Words = Mapping[tuple[str, str], str]  # by theorem and reading of "reachable"


@dataclass(frozen=True)
class Sides:
    """The two certificates; the verdicts that the kernel derives from them, in words, if their instances are given."""

    stated: tuple[Certificate, Certificate]
    checked: tuple[Words, Words] | None

    def theorems(self) -> dict[str, list[str]] | None:
        """By theorem and reading: its verdict in A and in B, in words."""
        if self.checked is None:
            return None
        left, right = self.checked
        said: dict[str, list[str]] = {}
        for name, reach in left:
            title = name if reach == POSITIVE else f"{name} ({SURE})"
            pair = [side.get((name, reach), "nothing") for side in (left, right)]
            if reach == POSITIVE or pair != said[name]:
                said[title] = pair
        return said


def words(checked: Checked) -> Words:
    """Each verdict on an instance."""
    return {key: verdict_text(verdict, checked.gamma) for key, verdict in checked.theorems.items()}


def document(sides: Sides, found: Sequence[Difference]) -> Json:
    """`gammastar-diff/1`."""
    left, right = sides.stated
    entries = [{"how": entry.how, "about": entry.about, "says": entry.says} for entry in found]
    same = {"same_instance": left.sha256 == right.sha256, "same_question": left.gamma == right.gamma}
    head: Json = {"format": "gammastar-diff/1", **same, "same": not found, "differences": entries}
    head["stated"] = {
        letter: list(filter(None, _stated(side))) for letter, side in zip("AB", sides.stated, strict=True)
    }
    theorems = sides.theorems()
    return head if theorems is None else head | {"theorems": theorems}


def show(sides: Sides, found: Sequence[Difference], console: Console) -> None:
    """Whether a verdict changed, how the certificates differ in all, the differences."""
    show_lines(console, map(printable, [*_theorems(sides), *_head(*sides.stated), *_counts(found)]))
    made = Table("Differences as they are stated", "", "about", "says", most=MOST_ROWS)
    for entry in found:
        made.row(entry.how, printable(entry.about), printable(entry.says))
    if found:
        console.print()
        console.print(made)
    show_paragraph(console, _ending(sides, found))


def _theorems(sides: Sides) -> Iterator[str]:
    """The answer: whether a verdict changed; unchecked, whether what is counted did."""
    known = sides.theorems()
    if known is None:
        pairs = zip(*map(_stated, sides.stated), strict=True)
        counts = [" -> ".join(dict.fromkeys(pair)) for pair in pairs if any(pair)]
        changed = "changes" if any("->" in text for text in counts) else "is the same"
        yield f"What is counted {changed}: {', '.join(counts)} (as stated)"
        return
    changed_ones = {name: pair for name, pair in known.items() if pair[0] != pair[1]}
    if not changed_ones:
        yield from ["No theorem's verdict changes.", f"theorem-2: {known['theorem-2'][0]}"]
    yield from (f"{_title(name, known)} changes: {before} -> {after}" for name, (before, after) in changed_ones.items())


def _title(name: str, known: Collection[str]) -> str:
    """With the reading of "reachable", where the two differ."""
    theorem = name.removesuffix(f" ({SURE})")
    reach = REACHES[POSITIVE if theorem == name else SURE]
    return f"{theorem} ({reach})" if f"{theorem} ({SURE})" in known else name


def _stated(side: Certificate) -> Iterator[str]:
    """n, n° and the n of Def. 4, as the claims have it."""
    for symbol, kind in (("n", PAPER), ("n°", SHARP)):
        yield f"{symbol} = {_count(side, kind)}"
    by_def4 = [len(claim.permutations) for claim in side.claims if isinstance(claim, Retargeting)]
    yield f"n = {max(by_def4)} by linear arithmetic" if by_def4 else ""


def _count(side: Certificate, kind: str) -> str:
    """How many thresholds are below the certificate's gamma; all of them where it has none."""
    claims = [claim for claim in side.claims if isinstance(claim, Threshold) and kind in claim.kinds]
    boxes = len({claim.box for claim in side.claims if isinstance(claim, OnBox) and claim.kind == kind})
    if isinstance(side.gamma, tuple):
        return f"the least over {boxes} {'box' if boxes == 1 else 'boxes'}"
    if side.gamma is None:
        return f"{len(claims)} above every threshold"
    try:
        roots = [root(claim) for claim in claims]
    except NoRoot:
        return "unknown"
    return str(sum(value < side.gamma or (kind == SHARP and value == side.gamma) for value in roots))


def _counts(found: Sequence[Difference]) -> Iterator[str]:
    by = Counter(entry.how for entry in found)
    said = [f"{by[how]} {how}" for how in (CHANGED, ONLY_FIRST, ONLY_SECOND) if by[how]]
    yield f"Facts: {', '.join(said)}" if said else "They state the same facts."


def _ending(sides: Sides, found: Sequence[Difference]) -> str:
    asked = "Compared: what two certificates claim, not the evidence for it."
    alike = "" if found else " They claim the same."
    return f"{asked}{alike} {UNCHECKED if sides.checked is None else CHECKED} {NOT_SAID if found else ''}".rstrip()


def _head(left: Certificate, right: Certificate) -> Iterator[str]:
    asked = "the same question" if left.gamma == right.gamma else "different questions"
    yield f"{asked}; {'the same instance file' if left.sha256 == right.sha256 else 'different instance files'}"
    for letter, side in (("A", left), ("B", right)):
        yield f"{letter}: {side.instance}, {question(side.gamma)}, {len(side.claims)} claims"
