"""The conditions of Def. 4 as JSON: `gammastar-retarget/1`."""

from __future__ import annotations

from proofs.hypotheses import named_rewards
from proofs.matrix.conditions import Conditions, Everywhere
from proofs.matrix.conditions_text import because, word
from proofs.report.document import about
from proofs.report.polynomials import linear_text
from proofs.universal.claim import Answer, NotAlways, Undecided, cycles_of
from proofs.universal.parametric import Open, Piece
from proofs.universal.retarget import Retargeting
from proofs.universal.space import Permutation

Json = dict[str, object]


def document(found: Conditions, kernel: Json | None) -> Json:
    """kernel: its word on the certificate, null if none was asked for."""
    gamma = found.instance.question.gamma
    return {
        "format": "gammastar-retarget/1",
        "instance": about(found.instance),
        "gamma": None if gamma is None else str(gamma),
        "at_gamma": None if found.at_gamma is None else _at_gamma(found, found.at_gamma),
        "all_gamma": None if found.everywhere is None else _everywhere(found, found.everywhere),
        "kernel": kernel,
    }


def _at_gamma(found: Conditions, known: Retargeting) -> Json:
    conditions = [
        {"permutation": _cycles(found, phi), "condition": asked, **_answer(found, answer)}
        for (phi, asked), answer in known.single.items()
    ]
    pairs = [
        {"permutations": [_cycles(found, known.good[k]) for k in pair], "condition": "never-both"}
        | _answer(found, answer)
        for pair, answer in known.pairs.items()
    ]
    chosen = [_cycles(found, phi) for phi in known.permutations]
    return {"n": known.n, "complete": known.complete, "permutations": chosen, "conditions": [*conditions, *pairs]}


def _everywhere(found: Conditions, known: Everywhere) -> Json:
    conditions: list[Json] = [
        {"permutation": _cycles(found, phi), "condition": asked, "pieces": [_piece(found, piece) for piece in given]}
        for (phi, asked), given in known.single.items()
    ]
    for pair, given in known.pairs.items():
        both = [_cycles(found, found.candidates[k]) for k in pair]
        shown = [_piece(found, piece) for piece in given]
        conditions.append({"permutations": both, "condition": "never-both", "pieces": shown})
    steps = [
        {"interval": [str(step.low), str(step.high)], "n": len(step.permutations)}
        | {"permutations": [_cycles(found, phi) for phi in step.permutations]}
        for step in found.steps()
    ]
    return {"conditions": conditions, "steps": steps}


def _piece(found: Conditions, piece: Piece) -> Json:
    ends: Json = {"interval": [str(piece.low), str(piece.high)]}
    if isinstance(piece.answer, Open):
        return {**ends, "answer": "open", "because": piece.answer.why}
    shown = {**ends, **_answer(found, piece.answer)}
    return {**shown, "throughout": piece.throughout} if isinstance(piece.answer, NotAlways) else shown


def _answer(found: Conditions, answer: Answer) -> Json:
    shown: Json = {"answer": word(answer)}
    if isinstance(answer, Undecided):
        return {**shown, "because": answer.why}
    if not isinstance(answer, NotAlways):
        return shown
    rewards = named_rewards(found.instance, answer.rewards)
    theta = linear_text(found.instance.mdp.states, answer.rewards)
    witness = {"gamma": str(answer.gamma), "theta": theta, "rewards": rewards}
    return {**shown, **witness, "because": because(found.instance, answer)}


def _cycles(found: Conditions, permutation: Permutation) -> list[list[str]]:
    return cycles_of(found.instance, permutation)
