"""The public functions that prove: search proposes, the kernel decides, a Result comes out."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path as File
from typing import Any, overload

from exact.errors import BadInstance
from exact.family import Family
from exact.instance import Instance
from exact.instance.gammas import Asked
from exact.rational import Exact
from gammastar.asked import (
    Given,
    GivenFamily,
    Path,
    Proof,
    Tell,
    any_of,
    certificate_of,
    family_of,
    instance_of,
    need_gamma,
    quiet,
    read_any,
)
from gammastar.family import FamilyResult
from gammastar.result import OrbitResult, Result, SlackResult, ThresholdsResult
from proofs import verify as session
from proofs.claims.checked import Checked
from proofs.families.search import verify_family
from proofs.families.session import recheck as recheck_family

Interval = tuple[Exact, Exact] | list[Exact]  # of gammas


def read(path: str | PathLike[str], at: Mapping[str, Exact] | None = None) -> Any:
    """Read an instance file (TOML): an Instance; where it declares parameters, a Family.

    at: a point of the family, {"p": "1/3"}, whose Instance is wanted. Raises an ExactError whose place begins with the
    file's name; OSError passes.

    >>> import gammastar as gs
    >>> gs.read("examples/corridor-3.toml").mdp.states
    ('new', 'r1', 'r2', 'r3', 'term')
    >>> gs.read("examples/families/retry.toml", at={"p": "1/3"}).mdp.rows[0][1]
    ((0, Fraction(2, 3)), (1, Fraction(1, 3)))
    """
    return read_any(path) if at is None else family_of(path).at(at)


def write(instance: Instance | Family, path: str | PathLike[str]) -> File:
    """Write an instance file: the bytes that certificates name it by. Raises NotExact, NotAGoalSet; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> retry = gs.read("examples/retry.toml")
    >>> gs.read(gs.write(retry, tempfile.mkdtemp() + "/retry.toml")) == retry
    True
    """
    target = File(path)
    target.write_bytes(instance.source)
    return target


@overload
def verify(given: Instance | Checked, gamma: Exact | None = None, tell: Tell = quiet) -> Result: ...


@overload
def verify(given: Instance | Checked, gamma: Interval, tell: Tell = quiet) -> FamilyResult: ...


@overload
def verify(given: GivenFamily, gamma: Asked | None = None, tell: Tell = quiet) -> FamilyResult: ...


@overload
def verify(given: Path, gamma: Asked | None = None, tell: Tell = quiet) -> Any: ...


def verify(given: Given | GivenFamily, gamma: Asked | None = None, tell: Tell = quiet) -> Result | FamilyResult:
    """Prove or refute Props. 1 to 3, Thm. 1 and Thm. 2: hypotheses, thresholds, n, verdicts, and a checked certificate.

    given: an instance or the path of one. gamma: instead of the question's; strictly between 0 and 1, exact. tell:
    called with the name of each stage. Of a family, or with an interval of gammas ("9/10", 1) or "9/10:1": Thm. 2 at
    every point of its box and every gamma of the question, a FamilyResult. Raises an ExactError for bad input;
    EnginesDisagree, one of them, is a bug.

    >>> import gammastar as gs
    >>> found = gs.verify("examples/corridor-3.toml")
    >>> print(found.says)
    Theorem 2 holds with the paper's n = 3
    In every orbit inside Theta, at least 3 of 4 goals that decide avoid shutdown.
    """
    return verify_any(any_of(given, gamma), tell)


def verify_any(found: Instance | Family, tell: Tell = quiet, phases: bool = False) -> Result | FamilyResult:
    """The same of what was read, of an instance with its phases if they are asked for."""
    if not isinstance(found, Family):
        return Result.made_of(session.verify(found, tell, with_phases=phases))
    if phases:
        raise BadInstance(
            "phases are those of one MDP with rewards", "give a point of the family, at one gamma", "phases"
        )
    return FamilyResult.made_of(verify_family(found, None, tell))


@overload
def check(given: Instance | Checked, certificate: Proof, gamma: Exact | None = None) -> Result: ...


@overload
def check(given: Instance | Checked, certificate: Proof, gamma: Interval) -> FamilyResult: ...


@overload
def check(given: GivenFamily, certificate: Proof, gamma: Asked | None = None) -> FamilyResult: ...


@overload
def check(given: Path, certificate: Proof, gamma: Asked | None = None) -> Any: ...


def check(given: Given | GivenFamily, certificate: Proof, gamma: Asked | None = None) -> Result | FamilyResult:
    """The kernel alone: what the certificate proves of the instance, by the rules of proofs/kernel/FORMAT.md.

    certificate: bytes, a path, or a result. gamma: the one that it was made for, if not the question's. The result's
    status is "VALID" or "HOLEY" (with `holes`). Raises Refused, with its `status` "INVALID" or "MALFORMED" and its
    `reason`, where the kernel does not accept it; ExactError, OSError for what cannot be read.

    >>> import gammastar as gs
    >>> corridor = gs.read("examples/corridor-3.toml")
    >>> gs.check(corridor, gs.verify(corridor).certificate).status
    'VALID'
    """
    return check_any(any_of(given, gamma), certificate)


def check_any(found: Instance | Family, certificate: Proof) -> Result | FamilyResult:
    """The same of what was read."""
    data = certificate_of(certificate)
    if isinstance(found, Family):
        return FamilyResult.made_of(recheck_family(found, data, found.asked))
    return Result.made_of(session.recheck(found, data))


def thresholds(given: Given, gamma: Asked | None = None, tell: Tell = quiet) -> ThresholdsResult:
    """gamma*_x (Prop. 3) and gamma°_x (exact swap theorem) of each state, and the steps of n(gamma) on (0, 1).

    The result's `gamma_star` and `gamma_sharp` give a Number by state, or None where there is no threshold. gamma: what
    is counted there, or at every gamma of an interval, is told too. Raises an ExactError.

    >>> import gammastar as gs
    >>> gs.thresholds("examples/retry.toml").gamma_sharp["x"]
    (3 - sqrt(5))/2
    """
    instance = instance_of(given, gamma)
    found = ThresholdsResult.made_of(session.thresholds(instance, tell))
    found.__dict__["at_gamma"] = gamma is not None or instance.question.interval is not None
    return found


def orbit(given: Given, gamma: Exact | None = None, tell: Tell = quiet) -> OrbitResult:
    """Count the orbit of the question's rewards inside Theta (Defs. 1 to 3), at one gamma.

    The counts are of goals: how many prefer shutdown, avoid it, or tie. Raises BadInstance without rewards or gamma.
    An orbit of any size is counted; `certified` says whether the kernel has checked it.

    >>> import gammastar as gs
    >>> orbit = gs.orbit("examples/corridor-3.toml")
    >>> orbit.counts.avoid, orbit.counts.shutdown, orbit.certified
    (15, 5, True)
    """
    instance = need_gamma(instance_of(given, gamma))
    if instance.question.rewards is None:
        raise BadInstance("there are no rewards", 'give rewards={"term": 1000}', "rewards")
    return OrbitResult.made_of(session.orbit(instance, tell))


def slack(given: Given, gamma: Exact | None = None, tell: Tell = quiet) -> SlackResult:
    """The least ratio of an orbit that a bounded search finds at one gamma, beside the n that is proved for all.

    Raises BadInstance without a gamma, and other ExactErrors.

    >>> import gammastar as gs
    >>> found = gs.slack("examples/corridor-3.toml")
    >>> found.least_ratio, found.rewards, found.tight
    (Fraction(3, 1), {'term': Fraction(1, 1)}, True)
    """
    return SlackResult.made_of(session.slack(need_gamma(instance_of(given, gamma)), tell))
