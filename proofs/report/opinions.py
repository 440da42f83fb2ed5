"""The second opinions for people: one line that counts them, and one for each that does not simply agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

ANSWERS = {"unsat": "it holds", "sat": "it fails"}  # each question is asked by looking for a counterexample


def opinion_lines(asides: Sequence[Mapping[str, object]]) -> list[Text]:
    """asides: the `opinions` of the JSON report."""
    solvers = dict.fromkeys(str(aside["solver"]) for aside in asides)
    return [line for name in solvers for line in _lines(name, [aside for aside in asides if aside["solver"] == name])]


def _lines(solver: str, asides: Sequence[Mapping[str, object]]) -> list[Text]:
    agreeing = [aside for aside in asides if aside["agrees"]]
    late = [aside for aside in asides if aside["answer"] == "unknown"]
    alone = [aside for aside in asides if aside not in agreeing and aside not in late]
    swaps = len({_swap(aside) for aside in asides})
    rank = "second" if solver == "z3" else "third"
    asked = f"{solver} was asked {_count(len(asides), 'question')} on {_count(swaps, 'swap')} as a {rank} opinion"
    parts = {"in agreement with the proof": agreeing, "not answered in time": late, "that nothing here settles": alone}
    lines = [f"{asked}: {'; '.join(f'{len(some)} {what}' for what, some in parts.items() if some)}"]
    if late:
        lines.append(f"  not answered in time: {', '.join(dict.fromkeys(map(_swap, late)))}")
    for aside in alone:
        answer = ANSWERS[str(aside["answer"])]
        lines.append(f"  {solver} alone says so, unproved, {_swap(aside)}: {aside['question']} {answer}")
    return [Text(line) for line in lines]


def _swap(aside: Mapping[str, object]) -> str:
    pair = aside["permutation"]
    return f"({' '.join(map(str, pair))})" if isinstance(pair, list) else str(pair)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
