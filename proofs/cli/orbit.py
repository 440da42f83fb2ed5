"""`gammastar orbit`."""

from __future__ import annotations

import sys
from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json, read
from proofs.report.document import about, orbit_counts
from proofs.search import question_orbit


def run(path: Path, gamma: str | None, as_json: bool) -> int:
    """Count the orbit of the question's rewards inside Theta at the question's gamma."""
    _, instance = read(path, gamma)
    if instance.question.rewards is None:
        raise BadInstance("there are no rewards", 'write rewards = { term = "1000" }', f"{path}: question.rewards")
    if instance.question.gamma is None:
        raise BadInstance("there is no gamma", 'write gamma = "9/10" or give --gamma 9/10', f"{path}: question.gamma")
    orbit = question_orbit(instance, _progress if sys.stderr.isatty() else None)
    counts = {} if orbit is None else orbit_counts(orbit)
    if as_json:
        document = {"format": "gammastar-orbit/1", "instance": about(instance), "gamma": str(instance.question.gamma)}
        print_json({**document, "orbit": counts})
    else:
        print(f"gamma = {instance.question.gamma}")
        for key, value in counts.items():
            print(f"{key}: {'no goal shuts down' if value is None else value}")
    return VERIFIED


def _progress(done: int, total: int) -> None:
    print(f"\rgammastar: {done} of {total} vectors", end="\n" if done == total else "", file=sys.stderr)
