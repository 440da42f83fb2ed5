"""`gammastar share`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exact.errors import BadInstance
from exact.instance import Instance
from exact.share import share
from proofs.cli.exits import VERIFIED, progress
from proofs.cli.source import at_a_gamma, print_json, read
from proofs.report.share import document, show
from proofs.report.table import Terminal
from proofs.verify import verify


def run(path: Path, gamma: str | None, given: Sequence[str], samples: int | None, seed: int, as_json: bool) -> int:
    """Print the share of Theta that shuts down at the question's gamma, or goes for a state. 0."""
    _, instance = read(path, gamma)
    at = at_a_gamma(instance, path, "a share is a number at one of them; `verify` bounds it at all of them")
    reach = _reach(instance, given)
    checked = verify(instance, progress)
    progress("the share")
    found = share(instance, at, reach, samples, seed)
    if as_json:
        print_json(document(found, checked))
    else:
        show(found, checked, Terminal())
    return VERIFIED


def _reach(instance: Instance, given: Sequence[str]) -> int | None:
    """The state of reach=STATE."""
    if not given:
        return None
    key, equals, name = given[0].partition("=")
    if len(given) > 1 or key != "reach" or not equals:
        raise BadInstance(f'"{" ".join(given)}" cannot be read', 'write one condition like "reach=STATE"', "--given")
    return instance.mdp.state(name, "--given")
