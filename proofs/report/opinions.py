"""What other engines say, for people: a line that counts their answers, and one for each that does not just agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proofs.claims.spelling import permutation_text

ANSWERS = {"unsat": "it holds", "sat": "it fails"}  # solvers are asked for a counterexample
Aside = Mapping[str, object]


def opinion_lines(asides: Sequence[Aside], verbose: bool = True) -> Iterator[str]:
    """asides: the `opinions` of the JSON report. verbose: what they say where they do not just agree."""
    engines = list(dict.fromkeys(str(aside["solver"]) for aside in asides))
    by = {name: [aside for aside in asides if aside["solver"] == name] for name in engines}
    if by:
        more = "" if verbose or all(aside["agrees"] for aside in asides) else "; --verbose says where not"
        yield f"Other engines, asked the same: {', '.join(_counted(*entry) for entry in by.items())}{more}"
    for name, given in by.items() if verbose else ():
        late = [aside for aside in given if aside["answer"] == "unknown"]
        if late:
            yield f"  {name} did not answer in time: {', '.join(dict.fromkeys(map(_asked, late)))}"
        for aside in given:
            if not aside["agrees"] and aside not in late:
                answer = ANSWERS.get(str(aside["answer"]), aside["answer"])
                swap = f", {_asked(aside)}" if aside["permutation"] else ""
                yield f"  {name} alone says so, unproved{swap}: {aside['question']} {answer}"


def _counted(name: str, asides: Sequence[Aside]) -> str:
    questions = "question" if len(asides) == 1 else "questions"
    return f"{name} agrees on {sum(bool(aside['agrees']) for aside in asides)} of {len(asides)} {questions}"


def _asked(aside: Aside) -> str:
    """The swap; the question where it is about none."""
    pair = aside["permutation"]
    return permutation_text([list(map(str, pair))]) if isinstance(pair, list) else str(aside["question"])
