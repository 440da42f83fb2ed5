"""The conditions of Def. 4 as JSON: `gammastar-retarget/1`. certified: the kernel has accepted the claim."""

from __future__ import annotations

from collections.abc import Sequence

from exact.digits import exact_text
from exact.permutation import Permutation, cycles
from proofs.claims.checked import Checked
from proofs.claims.spelling import linear_text
from proofs.report.document import about, asked
from proofs.report.numbers import Json
from proofs.search.goals import named
from proofs.search.linear.asked import Answer, NotAlways, Property, Undecided
from proofs.search.linear.pieces import Open, Stretch
from proofs.search.linear.retarget import Retargeting
from proofs.search.linear.throughout import Step, Throughout
from proofs.what_if.conditions import Conditions, conditions_of
from proofs.what_if.conditions_text import because, word


def document(found: Conditions, written: Checked | None = None) -> Json:
    """written: what the certificate holds, None if none was asked for; `kernel` is the kernel's word on it."""
    return {
        "format": "gammastar-retarget/1",
        "instance": about(found.instance),
        "gamma": asked(found.instance),
        "at_gamma": None if found.at_gamma is None else _at_gamma(found, found.at_gamma),
        "all_gamma": None if found.everywhere is None else _everywhere(found, found.everywhere),
        "kernel": None if written is None else {"status": written.status, "holes": list(written.holes)},
    }


def _at_gamma(found: Conditions, known: Retargeting) -> Json:
    conditions = [
        _about(found, phis, kind) | _answer(found, kind, phi, answer)
        for kind, phis, phi, answer in conditions_of(known.single, known.pairs, known.good)
    ]
    gamma = found.checked.gamma
    proved = gamma is not None and found.retargets((gamma, gamma), known.permutations)
    said: Json = {"n": known.n, "complete": known.complete, "certified": proved}
    return {**said, "permutations": _cycles(found, known.permutations), "conditions": conditions}


def _everywhere(found: Conditions, known: Throughout) -> Json:
    conditions = [
        _about(found, phis, kind) | {"pieces": [_piece(found, kind, phi, piece) for piece in given]}
        for kind, phis, phi, given in conditions_of(known.single, known.pairs, known.candidates)
    ]
    return {"conditions": conditions, "steps": [_step(found, step) for step in found.steps]}


def _step(found: Conditions, step: Step) -> Json:
    ends, n = [exact_text(step.low), exact_text(step.high)], len(step.permutations)
    said: Json = {"interval": ends, "n": n, "certified": found.proves(step)}
    return {**said, "permutations": _cycles(found, step.permutations)}


def _about(found: Conditions, phis: Sequence[Permutation], kind: Property) -> Json:
    named_phis = _cycles(found, phis)
    return {"condition": kind} | ({"permutation": named_phis[0]} if len(phis) == 1 else {"permutations": named_phis})


def _piece(found: Conditions, kind: Property, phi: Permutation, piece: Stretch) -> Json:
    """throughout: the goal refutes on all of the interval, which is computed; certified: it does at its gamma."""
    ends: Json = {"interval": [exact_text(piece.low), exact_text(piece.high)]}
    shown = {**ends, **_answer(found, kind, phi, piece.answer)}
    return {**shown, "throughout": piece.throughout} if isinstance(piece.answer, NotAlways) else shown


def _answer(found: Conditions, kind: Property, phi: Permutation, answer: Answer | Open) -> Json:
    if isinstance(answer, (Undecided, Open)):
        return {"answer": word(answer), "because": answer.why}
    shown: Json = {"answer": word(answer), "certified": found.certified(kind, phi, answer)}
    if not isinstance(answer, NotAlways):
        return shown
    theta = linear_text(found.instance.mdp.states, answer.rewards)
    rewards = {s: exact_text(r) for s, r in named(found.instance, answer.rewards).items()}
    witness = {"gamma": exact_text(answer.gamma), "theta": theta, "rewards": rewards}
    return {**shown, **witness, "because": because(found.instance, answer)}


def _cycles(found: Conditions, phis: Sequence[Permutation]) -> list[list[list[str]]]:
    return [cycles(found.instance.mdp, phi) for phi in phis]
