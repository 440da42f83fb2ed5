"""One instance -> its row: what a worker does. It never raises, so that a broken instance is a row, not an end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.errors import ExactError
from exact.instance import parse_instance
from exact.instance.gammas import Gammas, spelled
from proofs.claims.checked import VALID, Checked
from proofs.errors import EnginesDisagree
from proofs.sweep.limit import OutOfTime, limited
from proofs.verify import verify

if TYPE_CHECKING:
    from exact.family import Family
    from proofs.families.session import CheckedFamily

FORMAT = "gammastar-sweep/1"
EXITS = {"verified": 0, "refuted": 1, "inapplicable": 3, "undecided": 3}
BROKEN, OPEN, DISAGREEMENT, BUG, NO_MEMORY = 2, 3, 4, 70, 71  # as the command exits

Row = dict[str, object]


@dataclass(frozen=True)
class Job:
    """An instance to do: the bytes of its file, so that workers need not have it."""

    instance: str
    data: bytes
    sha256: str
    asked: Fraction | Gammas | None  # gamma of the command line
    version: str
    seconds: int | None


def rows(jobs: list[Job]) -> list[Row]:
    """A batch, in the order given."""
    return [row(job) for job in jobs]


def row(job: Job) -> Row:
    """Its row; `error` says why there is no verdict."""
    start = time.monotonic_ns()
    try:
        with limited(job.seconds):
            found = _verified(job)
    except OutOfTime:
        found = broken(OPEN, f"no answer within {job.seconds} seconds", job.asked) | {"limit": job.seconds}
    except EnginesDisagree as error:
        found = broken(DISAGREEMENT, str(error), job.asked)
    except ExactError as error:
        found = broken(BROKEN, str(error), job.asked)
    except MemoryError:
        found = broken(NO_MEMORY, "out of memory", job.asked)
    except Exception as error:  # noqa: BLE001  # an error of this program is a row too
        found = broken(BUG, f"an error of this program: {type(error).__name__}: {error}", job.asked)
    seconds, rest = divmod((time.monotonic_ns() - start) // 10**6, 1000)
    return about(job) | found | {"seconds": f"{seconds}.{rest:03d}"}


def about(job: Job) -> Row:
    """What is known of it before."""
    about_it: Row = {"instance": job.instance, "sha256": job.sha256, "version": job.version}
    return {"format": FORMAT, **about_it, "asked": spelled(job.asked)}


def broken(code: int, error: str, gamma: Fraction | Gammas | None) -> Row:
    """The rest of a row without a verdict."""
    return {"gamma": spelled(gamma), "verdict": None, "conclusion": None, "n": None, "exit": code, "error": error}


def _verified(job: Job) -> Row:
    checked = _checked(job)
    main = checked.main
    code = OPEN if checked.status != VALID and main.verdict == "verified" else EXITS[main.verdict]
    asked = checked.instance.question.asked
    return {"gamma": spelled(asked), "verdict": main.verdict, "conclusion": main.conclusion, "n": main.n, "exit": code}


def _checked(job: Job) -> Checked | CheckedFamily:
    """Of an instance; of a family, with parameters or an interval of gammas: few sweeps need what these load."""
    if b"parameters" in job.data:
        from exact.family.read import is_family, parse_family

        if is_family(job.data):
            return _family(parse_family(job.data), job.asked)
    instance = parse_instance(job.data)
    instance = instance if job.asked is None else instance.at(job.asked)
    if instance.question.interval is None:
        return verify(instance)
    from exact.family import without_parameters

    return _family(without_parameters(instance), None)


def _family(family: Family, gamma: Fraction | Gammas | None) -> CheckedFamily:
    """At every point, and every gamma that is asked about."""
    from exact.family.read import ends
    from proofs.families.search import verify_family

    return verify_family(family, None if gamma is None else ends(gamma))
