"""The semantics matrix: Theorem 2 under every combination of readings, each with its own instance and certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from exact.errors import ExactError
from exact.instance import Instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from proofs.matrix.changes import absorbing, visited_once, written
from proofs.matrix.word import Judge
from proofs.theorems import POSITIVE, SURE, Verdict
from proofs.verification import verify

Key = tuple[str, ...]  # one value for each dimension, in their order
DIMENSIONS = {
    "reading": READINGS,
    "preference": PREFERENCES,
    "ties": TIES,
    "terminal": ("once", "absorbing"),
    "rewards": ("nonnegative", "any"),
    "reach": (POSITIVE, SURE),  # the last one: both are in the same certificate
}


@dataclass(frozen=True)
class Cell:
    """Theorem 2's verdict; None where the combination is not defined, which `why` explains.

    status, holes: the kernel's word; confirmed: it derived this verdict itself.
    """

    verdict: Verdict | None
    why: str = ""
    status: str = ""
    holes: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Evidence:
    """What one certificate is about."""

    instance: bytes
    certificate: str


@dataclass(frozen=True)
class Matrix:
    """cells: by the values of DIMENSIONS; evidence: by folder; own: the instance's cell (POSITIVE), if it is one."""

    instance: Instance
    cells: dict[Key, Cell]
    evidence: dict[str, Evidence]
    own: Key | None


def matrix(instance: Instance, judge: Judge, tell: Callable[[str], None] = lambda _: None) -> Matrix:
    """Verify every combination, let the judge check it. Raises EnginesDisagree, TooLarge (see verify)."""
    cells: dict[Key, Cell] = {}
    evidence: dict[str, Evidence] = {}
    own: Key | None = None
    settings = list(product(*list(DIMENSIONS.values())[:-1]))
    for number, setting in enumerate(settings):
        tell(f"{number + 1} of {len(settings)}: {folder(setting)}")
        try:
            changed = variant(instance, setting)
            data, read = written(changed, f"{instance.name}, {folder(setting)}")
        except ExactError as error:
            cells |= {(*setting, reach): Cell(None, str(error)) for reach in (POSITIVE, SURE)}
            continue
        own = (*setting, POSITIVE) if changed == instance else own
        found = verify(read)
        word = judge(data, found)
        evidence[folder(setting)] = Evidence(data, found.certificate)
        for reach in (POSITIVE, SURE):
            verdict = found.verdicts["theorem-2", reach]
            confirmed = word.confirms(found, reach)
            cells[*setting, reach] = Cell(verdict, "", word.status, word.holes, confirmed)
    return Matrix(instance, cells, evidence, own)


def variant(instance: Instance, setting: Key) -> Instance:
    """The instance under these readings. Raises NoShutdown if s_term cannot be visited once."""
    reading, preference, ties, terminal, rewards = setting
    changed = absorbing(instance) if terminal == "absorbing" else visited_once(instance)
    nonnegative = rewards == "nonnegative"
    goals = replace(changed.goals, reading=reading, preference=preference, nonnegative=nonnegative)
    return replace(changed, goals=goals, ties=ties)


def folder(key: Key) -> str:
    """Where the evidence of a combination lies: the dimension `reach` shares it."""
    return "-".join(key[: len(DIMENSIONS) - 1])


def named(key: Key) -> Iterator[tuple[str, str]]:
    """(dimension, value)."""
    return zip(DIMENSIONS, key, strict=True)
