"""What a command reads."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from exact.digits import exact_text, shown
from exact.errors import BadInstance, ExactError, NotADiscount
from exact.instance import Instance, instance_in
from exact.instance.gammas import Gammas, asked
from exact.limits import LARGEST_FILE
from proofs.cli import given
from proofs.cli.given import file_bytes, place, twice

if TYPE_CHECKING:
    from exact.family import Family


def either(path: Path, gamma: str | None = None) -> Instance | Family:
    """The instance, as `read` has it, or a family: there are parameters, or an interval of gammas is asked about.

    The file is read once. A family whose point is named by `--at` is an instance. Raises as `read` does.
    """
    return either_in(file_bytes(path, LARGEST_FILE), place(path), gamma)


def either_in(data: bytes, name: str, gamma: str | None = None) -> Instance | Family:
    """The same of a file's bytes."""
    found = _instance_or_family(data, name)
    if not isinstance(found, Instance):
        return found
    instance = _asked(found, gamma)
    if instance.question.interval is None:
        return instance
    from exact.family import without_parameters

    return without_parameters(instance)


def gammas_of(gamma: str | None, family: Family) -> Gammas:
    """The question's gammas: `--gamma Q` or `--gamma A:B`, or those of the file. Raises NotADiscount, NotExact."""
    from exact.family.read import ends

    return family.asked if gamma is None else ends(asked(gamma, "--gamma"))


def read(path: Path, gamma: str | None = None) -> Instance:
    """The instance, read once; gamma of the command line replaces that of the question.

    Raises an ExactError whose place begins with the file's name, or is `--gamma`; OSError passes. An endless file is
    given up on.
    """
    return _asked(_instance(file_bytes(path, LARGEST_FILE), place(path)), gamma)


def _instance_or_family(data: bytes, name: str) -> Instance | Family:
    """Most instances without loading what families need."""
    if b"parameters" not in data or given.point:
        return _instance(data, name)
    from exact.family.read import either_in as either_of

    return either_of(data, name)


def _asked(instance: Instance, gamma: str | None) -> Instance:
    return instance if gamma is None else instance.at(asked(gamma, "--gamma"))


def _instance(data: bytes, name: str) -> Instance:
    """The instance of a file; of a family's file that at the point of `--at`."""
    if not given.point:
        return instance_in(data, name)
    from exact.family.read import either_in as either_of

    family = either_of(data, name)
    if isinstance(family, Instance):
        raise BadInstance(f"{name} has no parameters", "leave it out", "--at")
    try:
        return family.at(given.point)
    except ExactError as error:
        raise error.inside("--", "") from None


def not_twice(*paths: Path | None) -> None:
    """Raises BadInstance if standard input is to be read for two of them."""
    if problem := twice(*paths):
        raise BadInstance(*problem.split("; "))


def at_a_gamma(instance: Instance, path: Path, why: str = "") -> Fraction:
    """The question's gamma. Raises BadInstance if there is none; NotADiscount for an interval, whose ends it names.

    why: what is asked at one gamma alone.
    """
    one_gamma(instance, f"{place(path)}: question.gamma", why)
    if instance.question.gamma is None:
        raise BadInstance(
            "there is no gamma", 'write gamma = "9/10" or give --gamma 9/10', f"{place(path)}: question.gamma"
        )
    return instance.question.gamma


def one_gamma(instance: Instance, where: str, why: str) -> None:
    """Raises NotADiscount for an interval of gammas. why: what is asked at one gamma alone, and what of an interval."""
    if instance.question.interval is not None:
        low, high = instance.question.interval
        gamma = low if low > 0 else high if high < 1 else Fraction(1, 2)
        raise NotADiscount(
            f"{instance.question.gammas}: {why}", f"choose one, such as --gamma {exact_text(gamma)}", where
        )


def a_point_of(family: Family) -> str:
    """An option that names one: `--at p=1/2,q=1/2`. Nothing where there are no parameters."""
    from exact.family.bernstein import centre

    middle = zip(family.parameters, centre(family.box), strict=True)
    return f"--at {','.join(f'{name}={shown(value)}' for name, value in middle)}" if family.parameters else ""
