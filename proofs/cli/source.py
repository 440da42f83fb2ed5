"""What a command reads, and how it prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from exact.errors import BadInstance
from exact.instance import Instance, instance_in
from exact.limits import LARGEST_FILE as LARGEST_INSTANCE
from exact.rational import discount
from proofs.claims.decode import LARGEST_FILE
from proofs.claims.read import certificate_in
from proofs.claims.types import Certificate
from proofs.cli import given
from proofs.cli.given import file_bytes, place, twice

if TYPE_CHECKING:
    from exact.family import Family


def either(path: Path, gamma: str | None = None) -> Instance | Family:
    """The instance, as `read` has it, or the family in a file that declares parameters; the file is read once.

    A family whose point is named by `--at` is an instance. Raises as `read` does.
    """
    data = file_bytes(path, LARGEST_INSTANCE)
    if b"parameters" in data and not given.point:  # most instances: without loading what families need
        from exact.family.read import family_in, is_family

        if is_family(data):
            return family_in(data, place(path))
    return _asked(_instance(data, place(path)), gamma)


def gammas_of(gamma: str | None, family: Family) -> tuple[Fraction, Fraction]:
    """The question's gammas: `--gamma Q` or `--gamma A:B`, or those of the file. Raises NotADiscount, NotExact."""
    from exact.family.read import gammas

    if gamma is None:
        return family.asked
    return gammas(gamma.split(":") if ":" in gamma else gamma, "--gamma")


def read(path: Path, gamma: str | None = None) -> tuple[bytes, Instance]:
    """The file's bytes, read once, and their instance; gamma of the command line replaces that of the question.

    Raises an ExactError whose place begins with the file's name, or is `--gamma`; OSError passes. An endless file is
    given up on.
    """
    asked = _asked(_instance(file_bytes(path, LARGEST_INSTANCE), place(path)), gamma)
    return asked.source, asked


def _asked(instance: Instance, gamma: str | None) -> Instance:
    return instance if gamma is None else instance.at(discount(gamma, "--gamma"))


def _instance(data: bytes, name: str) -> Instance:
    """The instance of a file; of a family's file that at the point of `--at`."""
    if not given.point:
        return instance_in(data, name)
    from exact.family.read import family_in

    return family_in(data, name).at(given.point)


def read_certificate(path: Path) -> tuple[bytes, Certificate]:
    """A certificate's bytes and what they say. Raises NotACertificate with the file's name; OSError passes."""
    data = file_bytes(path, LARGEST_FILE)
    return data, certificate_in(data, place(path))


def not_twice(*paths: Path | None) -> None:
    """Raises BadInstance if standard input is to be read for two of them."""
    if problem := twice(*paths):
        raise BadInstance(*problem.split("; "))


def at_a_gamma(instance: Instance, path: Path) -> Fraction:
    """The question's gamma. Raises BadInstance if there is none."""
    if instance.question.gamma is None:
        raise BadInstance(
            "there is no gamma", 'write gamma = "9/10" or give --gamma 9/10', f"{place(path)}: question.gamma"
        )
    return instance.question.gamma


def print_written(command: str, instance: Instance, output: Path | None, **more: object) -> None:
    """The JSON document of a command that writes a file."""
    from proofs.report.document import about

    target = None if output is None else str(output)
    print_json({"format": f"gammastar-{command}/1", "instance": about(instance), "output": target, **more})


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document; what the terminal's encoding cannot hold is written as JSON escapes."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(document, indent=1, ensure_ascii=narrow))
