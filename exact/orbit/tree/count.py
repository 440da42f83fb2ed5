"""An orbit of any size, counted by branch and bound on all cores; what is done can be saved, and gone on with.

The tree is cut into parts that are counted one after the other, each by itself; a file notes which are done.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from exact.digits import shown
from exact.errors import BadInstance
from exact.goals import check_length
from exact.instance.model import Instance
from exact.mdp import Rewards
from exact.orbit.count import OrbitCount
from exact.orbit.tree.walk import VERDICTS, Part, Walk
from exact.rational import discount

PARTS = 400  # about so many the tree is cut into
ALONE = 2_000  # closed parts, before other processes are worth their start
FORMAT = "gammastar-count/1"


@dataclass(frozen=True)
class PartlyCounted:
    """How many vectors of the orbit have each verdict, as far as they were counted; total: how many there are."""

    tally: Mapping[str, int]
    total: int

    @property
    def share(self) -> Fraction:
        """Of the vectors that were counted."""
        return Fraction(sum(self.tally.values()), self.total)

    @property
    def count(self) -> OrbitCount:
        """As if that were all."""
        inside = {said: self.tally.get(said, 0) for said in VERDICTS if said != "outside"}
        return OrbitCount(sum(inside.values()), self.tally.get("outside", 0), **inside)


def count_tree(
    instance: Instance,
    rewards: Rewards,
    gamma: Fraction,
    jobs: int | None = None,
    notes: Path | None = None,
) -> Iterator[PartlyCounted]:
    """What is counted so far, again and again; the last is the whole orbit. jobs: processes, None for one a core.

    notes: a file that says what is done; where it exists, counting goes on from there. It is removed at the end.
    Raises BadInstance where the file is about another orbit; NotADiscount; NotAGoalSet; OSError passes.
    """
    check_length(instance.mdp, rewards)
    walk = Walk(instance, rewards, discount(gamma))
    parts, tally = _cut(walk)
    about = sha256(repr((instance.source, rewards, gamma, PARTS)).encode()).hexdigest()
    done = _read(notes, about)
    for known in done.values():
        tally.update(known)
    missing = [number for number in range(len(parts)) if number not in done]
    yield PartlyCounted(dict(tally), walk.root.vectors)
    with closing(_counted(walk, (instance, rewards, gamma), parts, missing, jobs)) as counted:
        for number, found in counted:
            tally.update(found)
            done[number] = found
            _write(notes, about, done)
            yield PartlyCounted(dict(tally), walk.root.vectors)
    if notes is not None:
        notes.unlink(missing_ok=True)


def _cut(walk: Walk) -> tuple[list[Part], Counter[str]]:
    """Parts that are still open, the largest split until they are many; and what was closed on the way."""
    parts, tally = [walk.root], Counter[str]()
    while parts and len(parts) < PARTS:
        part = max(parts, key=lambda part: part.vectors)
        parts.remove(part)
        closed = walk.close(part)
        if closed is None:
            parts += walk.split(part)
        else:
            tally[closed.said] += part.vectors
    return parts, tally


_walks: dict[str, Walk] = {}  # of a process


def _begin(instance: Instance, rewards: Rewards, gamma: Fraction) -> None:
    _walks["this"] = Walk(instance, rewards, gamma)


def _one(part: Part) -> Counter[str]:
    return _walks["this"].tally(part)


def _counted(
    walk: Walk,
    about: tuple[Instance, Rewards, Fraction],
    parts: Sequence[Part],
    missing: Sequence[int],
    jobs: int | None,
) -> Generator[tuple[int, Counter[str]]]:
    """Each part by its number, in any order."""
    workers = jobs or os.cpu_count() or 1
    vectors = sum(parts[number].vectors for number in missing)
    if workers == 1 or vectors <= ALONE or len(missing) < workers:
        yield from ((number, walk.tally(parts[number])) for number in missing)
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin, initargs=about)
    try:
        waiting: dict[Future[Counter[str]], int] = {}
        rest = iter(missing)
        for number in rest:
            waiting[pool.submit(_one, parts[number])] = number
            if len(waiting) >= 4 * workers:
                yield from _finished(waiting)
        while waiting:
            yield from _finished(waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(waiting: dict[Future[Counter[str]], int]) -> Iterator[tuple[int, Counter[str]]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()


def _read(notes: Path | None, about: str) -> dict[int, Counter[str]]:
    """What an earlier run has counted."""
    if notes is None or not notes.exists():
        return {}
    remedy = "name another file, or remove this one"
    try:
        known = json.loads(notes.read_text("utf-8"))
        if known["format"] != FORMAT or known["about"] != about:
            raise BadInstance("it is about another orbit", remedy, str(notes))
        return {int(number): Counter(dict(entry)) for number, entry in known["done"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInstance("it says nothing about an orbit", remedy, str(notes)) from None


def _write(notes: Path | None, about: str, done: Mapping[int, Counter[str]]) -> None:
    if notes is None:
        return
    text = json.dumps({"format": FORMAT, "about": about, "done": done})
    beside = notes.with_name(f"{notes.name}.part")
    beside.write_text(text, "utf-8")
    beside.replace(notes)


def percent(share: Fraction) -> str:
    """Rounded down to hundredths."""
    hundredths = 10_000 * share.numerator // share.denominator
    return f"{shown(Fraction(hundredths // 100))}.{hundredths % 100:02d} %"
