"""What the functions of this package take: an instance, a path, or a result, and certificates likewise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike

from exact.errors import BadInstance, ExactError, NotADiscount
from exact.family import Family
from exact.family.read import either_in, ends, without_parameters
from exact.instance import Instance
from exact.instance.build import at
from exact.instance.gammas import Asked, asked
from exact.instance.read import read_file
from exact.mdp import Mdp
from gammastar.certificate import Certificate
from proofs.claims.checked import Checked
from proofs.families.session import CheckedFamily

Path = str | PathLike[str]
Given = Instance | Checked | Path
GivenFamily = Family | CheckedFamily
Tell = Callable[[str], None]  # told the name of each stage
_OPTION = re.compile(r"--([a-z-]+)(?: (?=[A-Z]{2}))?")
Proof = bytes | Checked | CheckedFamily | Path


def quiet(_: str) -> None:
    """Nobody is told of stages."""


def instance_of(given: Given | GivenFamily, gamma: Asked | None = None) -> Instance:
    """An instance, one read from a file, or a result's; asked at gamma. Raises an ExactError; OSError passes."""
    found = any_of(given, gamma)
    if isinstance(found, Family):
        if not found.parameters:
            return found.middle
        name = found.parameters[0]
        raise BadInstance("this is a family of instances", f'name a point of it: family.at({{"{name}": "1/3"}})')
    return found


def family_of(given: Given | GivenFamily, gamma: Asked | None = None) -> Family:
    """A family, one read from a file, or a result's. Raises an ExactError; OSError passes."""
    found = any_of(given, gamma)
    if not isinstance(found, Family) or not found.parameters:
        raise BadInstance("there are no parameters", 'declare them: parameters={"p": ("1/10", "9/10")}', "parameters")
    return found


def any_of(given: Given | GivenFamily, gamma: Asked | None = None) -> Instance | Family:
    """Either. Raises an ExactError; OSError passes."""
    if isinstance(given, Mdp):
        raise BadInstance("an MDP alone is no instance", 'write gammastar.instance(mdp, shutdown=("new", "off"))')
    if isinstance(given, (str, PathLike)):
        given = read_any(given)
    if isinstance(given, CheckedFamily):
        given = replace(given.family, asked=given.asked)
    if isinstance(given, Family):
        return given if gamma is None else replace(given, asked=ends(asked(gamma)))
    instance = given.instance if isinstance(given, Checked) else given
    if not isinstance(instance, Instance):
        raise _unexpected(given)
    found = at(instance, gamma)
    return found if found.question.interval is None else without_parameters(found)


def read_any(path: Path) -> Instance | Family:
    """What the file says."""
    return either_in(read_file(str(path)), str(path))


def certificate_of(given: Proof) -> Certificate:
    """The bytes of a certificate, of a file, or of a result."""
    if isinstance(given, (Checked, CheckedFamily)):
        return Certificate(given.certificate)
    if isinstance(given, bytes):
        return Certificate(given)
    if not isinstance(given, (str, PathLike)):
        raise _unexpected(given)
    return Certificate.read(given)


def need_gamma(instance: Instance) -> Instance:
    """Raises BadInstance if the question has none; NotADiscount where it is an interval."""
    if instance.question.interval is not None:
        raise NotADiscount(f"{instance.question.gammas}: this is asked at one of them", 'give gamma="9/10"', "gamma")
    if instance.question.gamma is None:
        raise BadInstance("there is no gamma", 'give gamma="9/10"', "gamma")
    return instance


@contextmanager
def spelled() -> Iterator[None]:
    """Errors speak of `shutdown=`, not of the command's `--shutdown`."""
    try:
        yield
    except ExactError as error:
        where = _OPTION.sub(_argument, error.where).rstrip("=").replace("= ", "=")
        raise type(error)(error.problem, _OPTION.sub(_argument, error.remedy), where) from None


def _argument(option: re.Match[str]) -> str:
    return f"{option[1].replace('-', '_')}="


def _unexpected(given: object) -> BadInstance:
    return BadInstance(f"an instance or a path was expected, not {type(given).__name__}", "see gammastar.instance")
