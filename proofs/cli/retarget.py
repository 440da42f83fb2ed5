"""`gammastar retarget`: Def. 4 over Theta as it is, for the swaps with s_term and the permutations that one names."""

from __future__ import annotations

import shlex
from pathlib import Path

from exact.instance import Instance
from proofs.cli.exits import OPEN, REFUTED, VERIFIED
from proofs.cli.judge import at_a_gamma, judge, progress
from proofs.cli.source import print_json, read
from proofs.matrix.conditions import Conditions, conditions
from proofs.matrix.word import Word
from proofs.verification import verify


def run(path: Path, gamma: str | None, everywhere: bool, certificate: Path | None, as_json: bool) -> int:
    """Decide the conditions. 0 if some permutation meets them all, 1 if none does, 3 if that is open."""
    data, instance = read(path, gamma)
    if not everywhere:
        at_a_gamma(instance, path)
    found = conditions(instance, everywhere, progress)
    word = None if certificate is None else _certify(data, found, certificate)
    if as_json:
        from proofs.matrix.conditions_document import document

        print_json(document(found, None if word is None else {"status": word.status, "holes": list(word.holes)}))
    else:
        _print(found, word, path, certificate, gamma)
    return _code(found)


def _certify(data: bytes, found: Conditions, target: Path) -> Word:
    """What `verify` would write, with these claims; written once the kernel has checked it."""
    verified = verify(found.instance, progress, found.findings())
    word = judge(data, verified)
    target.write_text(verified.certificate, encoding="utf-8")
    return word


def _code(found: Conditions) -> int:
    known = found.at_gamma
    if known is None:
        return VERIFIED if any(step.permutations for step in found.steps()) else OPEN
    return VERIFIED if known.n else REFUTED if known.complete else OPEN


def _print(found: Conditions, word: Word | None, path: Path, certificate: Path | None, gamma: str | None) -> None:
    from proofs.matrix.conditions_text import show
    from proofs.report.table import Terminal

    instance = found.instance
    print(f"{instance.name}: {len(instance.mdp)} states; {_theta(instance)}")
    show(found, Terminal())
    if word is not None:
        for hole in word.holes:
            print(f"hole: {hole}")
        command = shlex.join([str(path), str(certificate), *([] if gamma is None else ["--gamma", gamma])])
        print(f"certificate: {certificate}; check it with: python -m proofs.kernel {command}")
        print(f"kernel: s {word.status}")


def _theta(instance: Instance) -> str:
    goals = instance.goals
    signs = "rewards >= 0" if goals.nonnegative else "rewards of any sign"
    further = f", {len(goals.inequalities)} inequalities" if goals.inequalities else ""
    return f"Theta: reading {goals.reading}, {goals.preference} preference, {signs}{further}"
