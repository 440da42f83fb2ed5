"""`gammastar check`: the kernel alone, and exactly what it says. The only command that runs the kernel itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from proofs.kernel.__main__ import lines
from proofs.kernel.__main__ import run as run_kernel
from proofs.kernel.axioms import axioms
from proofs.kernel.check import EXIT_CODES, Outcome
from proofs.kernel.facts import PAPER, SHARP
from proofs.kernel.hypotheses import POSITIVE, READINGS, hypotheses
from proofs.kernel.verdicts import IDS, Verdict


def run(instance: str, certificate: str, gamma: str | None, quiet: bool, as_json: bool) -> int:
    """Print what `python -m proofs.kernel` prints: all of it, its last line, or the same as data."""
    outcome = run_kernel([instance, certificate, *([] if gamma is None else ["--gamma", gamma])])
    if as_json:
        print(json.dumps(document(outcome), indent=1))
    else:
        for line in list(lines(outcome))[-1 if quiet else 0 :]:
            print(line)
    return EXIT_CODES[outcome.status]


def plainly(arguments: Sequence[str]) -> int | None:
    """The command without typer. None, and nothing done, where the arguments ask for help or are wrong."""
    files, flags, gamma, rest = list[str](), set[str](), None, list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("--quiet", "--json"):
            flags.add(word)
        elif word == "--gamma" and rest:
            gamma = rest.pop(0)
        elif word.startswith("-"):
            return None
        else:
            files.append(word)
    if len(files) != 2:
        return None
    instance, certificate = files
    return run(instance, certificate, gamma, "--quiet" in flags, "--json" in flags)


def document(outcome: Outcome) -> dict[str, object]:
    """`gammastar-check/1`. Where the kernel refuses, nothing is proved."""
    facts, theorems = outcome.facts, outcome.theorems
    known: dict[str, object] = {"proved": {}, "hypotheses": {}, "counted": {}, "theorems": {}, "axioms": []}
    if facts is not None:
        counted = {kind: facts.counted(kind, facts.gamma) for kind in (PAPER, SHARP)}
        used = axioms([*facts.used, *(answer.means for answer in theorems.values())])
        known = {"proved": Counter(facts.used), "hypotheses": hypotheses(facts, POSITIVE), "counted": counted}
        known |= {"theorems": {name: _theorem(outcome, name) for name in IDS}, "axioms": used}
    answer = {"status": outcome.status, "reason": outcome.reason or None, "holes": list(outcome.holes)}
    return {"format": "gammastar-check/1", **answer, **known}


def _theorem(outcome: Outcome, name: str) -> dict[str, object]:
    """As in the report of `verify`."""
    readings = {reach: _verdict(outcome.theorems[name, reach]) for reach in READINGS}
    return readings[POSITIVE] | {"readings": readings}


def _verdict(answer: Verdict) -> dict[str, object]:
    proved = None if answer.proved is None else dict(zip(("n", "means"), answer.proved, strict=True))
    return answer._asdict() | {"proved": proved}
