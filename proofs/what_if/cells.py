"""The semantics matrix: Theorem 2 under every combination of readings, each verified as an instance of its own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from exact.errors import ExactError
from exact.instance import Instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from exact.mdp import Rewards
from proofs.claims.accepted import Verdict
from proofs.claims.types import POSITIVE, SURE
from proofs.verify import Tell
from proofs.what_if.changes import absorbing, readable, visited_once
from proofs.what_if.settle import Found, brief, everywhere, refuting

Said = tuple[str, str, str, int]  # verdict, conclusion, means, n
INTERRUPTED = "not looked at: the work was interrupted"
DIMENSIONS = {
    "reading": READINGS,
    "preference": PREFERENCES,
    "ties": TIES,
    "terminal": ("once", "absorbing"),
    "rewards": ("nonnegative", "any"),
    "reach": (POSITIVE, SURE),  # the last one: both are in the same certificate
}


class Key(NamedTuple):
    """One value for each dimension."""

    reading: str
    preference: str
    ties: str
    terminal: str
    rewards: str
    reach: str


@dataclass(frozen=True)
class Cell:
    """What is proved of one combination; None where it is not defined, which `why` explains. reach: of "reachable"."""

    checked: Found | None
    reach: str
    why: str = ""

    @property
    def verdict(self) -> Verdict | None:
        """Theorem 2's."""
        return None if self.checked is None else self.checked.theorem("theorem-2", self.reach)

    @property
    def said(self) -> Said | None:
        """The verdict as the tables compare it."""
        found = self.verdict
        return None if found is None else (found.verdict, found.conclusion, found.means, found.n)


@dataclass(frozen=True)
class Matrix:
    """cells: by the values of DIMENSIONS; own: the instance's cell (POSITIVE), if it is one.

    missing: how many cells were not looked at, because the work was interrupted.
    """

    instance: Instance
    cells: dict[Key, Cell]
    own: Key | None
    missing: int = 0

    def evidence(self) -> dict[str, Found]:
        """By folder: the instance and certificate of each combination."""
        return {folder(key): cell.checked for key, cell in self.cells.items() if cell.checked is not None}


def matrix(instance: Instance, tell: Tell = lambda _: None, keep: bool = False) -> Matrix:
    """Verify every combination. keep: what was done before an interrupt is the answer. Raises EnginesDisagree."""
    cells: dict[Key, Cell] = {}
    tried: set[Rewards] = set()
    keys = [Key(*values) for values in product(*DIMENSIONS.values())]
    settings = [key for key in keys if key.reach == POSITIVE]
    try:
        for number, key in enumerate(settings):
            tell(f"{number + 1} of {len(settings)}: {folder(key)}")
            checked, why = _verified(instance, key, tried)
            cells |= {key._replace(reach=reach): Cell(checked, reach, why) for reach in DIMENSIONS["reach"]}
    except KeyboardInterrupt:
        if not (keep and cells):
            raise
    left = [key for key in keys if key not in cells]
    cells |= {key: Cell(None, key.reach, INTERRUPTED) for key in left}
    return Matrix(instance, cells, _own(instance, settings), len(left))


def _verified(instance: Instance, key: Key, tried: set[Rewards]) -> tuple[Found | None, str]:
    """The instance under these readings; or why it is not defined. tried: grows by the goals that refute."""
    try:
        read = readable(variant(instance, key), f"{instance.name}, {folder(key)}")
    except ExactError as error:
        return None, str(error)
    checked = brief(read, tried).result() if read.question.interval is None else everywhere(read)
    tried |= refuting(checked)
    return checked, ""


def _own(instance: Instance, settings: Iterable[Key]) -> Key | None:
    """The last combination that changes nothing."""
    own: Key | None = None
    for key in settings:
        with suppress(ExactError):
            if variant(instance, key) == instance:
                own = key
    return own


def variant(instance: Instance, key: Key) -> Instance:
    """The instance under these readings. Raises NoShutdown if s_term cannot be visited once."""
    changed = absorbing(instance) if key.terminal == "absorbing" else visited_once(instance)
    nonnegative = key.rewards == "nonnegative"
    goals = replace(changed.goals, reading=key.reading, preference=key.preference, nonnegative=nonnegative)
    return replace(changed, goals=goals, ties=key.ties)


def folder(key: Key) -> str:
    """Where the evidence of a combination lies: the dimension `reach` shares it."""
    return "-".join(key[:-1])
