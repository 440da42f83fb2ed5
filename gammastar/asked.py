"""What the functions of this package take: an instance, a path, or a result, and certificates likewise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike
from typing import Any

from exact.digits import exact_text
from exact.errors import BadInstance, ExactError
from exact.instance import Instance, parse_instance, read_instance
from exact.instance.build import at
from exact.mdp import Mdp
from exact.rational import Exact
from gammastar.certificate import Certificate
from proofs.claims.checked import Checked

Given = Instance | Checked | str | PathLike[str]
Tell = Callable[[str], None]  # told the name of each stage
_OPTION = re.compile(r"--([a-z-]+)(?: (?=[A-Z]{2}))?")
Proof = bytes | Checked | str | PathLike[str]


def quiet(_: str) -> None:
    """Nobody is told of stages."""


def instance_of(given: Given, gamma: Exact | None = None) -> Instance:
    """An instance, one read from a file, or a result's; asked at gamma. Raises an ExactError; OSError passes."""
    if isinstance(given, Instance):
        return at(given, gamma)
    if isinstance(given, Checked):
        return at(given.instance, gamma)
    if isinstance(given, Mdp):
        raise BadInstance("an MDP alone is no instance", 'write gammastar.instance(mdp, shutdown=("new", "off"))')
    return at(read_instance(_path(given)), gamma)


def certificate_of(given: Proof) -> Certificate:
    """The bytes of a certificate, of a file, or of a result."""
    if isinstance(given, Checked):
        return Certificate(given.certificate)
    return Certificate(given) if isinstance(given, bytes) else Certificate.read(_path(given))


def asked_elsewhere(instance: Instance) -> str | None:
    """The question's gamma, if it is not the one that the instance's own file asks about."""
    gamma = instance.question.gamma
    own = parse_instance(instance.source).question.gamma
    return None if gamma is None or gamma == own else exact_text(gamma)


def need_gamma(instance: Instance) -> Instance:
    """Raises BadInstance if the question has none."""
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


def _path(given: Any) -> str:
    if not isinstance(given, (str, PathLike)):
        raise BadInstance(f"an instance or a path was expected, not {type(given).__name__}", "see gammastar.instance")
    return str(given)
