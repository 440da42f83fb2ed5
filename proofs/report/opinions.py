"""The second opinions for people: one line that counts them, and one for each that does not simply agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

ANSWERS = {"unsat": "it holds", "sat": "it fails"}  # each question is asked by looking for a counterexample


def opinion_lines(asides: Sequence[Mapping[str, object]]) -> list[Text]:
    """asides: the `opinions` of the JSON report."""
    if not asides:
        return []
    agreeing = [aside for aside in asides if aside["agrees"]]
    late = [aside for aside in asides if aside["answer"] == "unknown"]
    alone = [aside for aside in asides if aside not in agreeing and aside not in late]
    swaps = len({_swap(aside) for aside in asides})
    asked = f"z3 was asked {_count(len(asides), 'question')} on {_count(swaps, 'swap')} as a second opinion"
    counts = f"{len(agreeing)} answered, in agreement with the proof; {len(late)} not answered in time"
    lines = [f"{asked}: {counts}" + (f"; {len(alone)} that nothing here settles" if alone else "")]
    if late:
        lines.append(f"  not answered in time: {', '.join(dict.fromkeys(map(_swap, late)))}")
    lines += [f"  z3 alone, {_swap(aside)}: {aside['question']} {ANSWERS[str(aside['answer'])]}" for aside in alone]
    return [Text(line) for line in lines]


def _swap(aside: Mapping[str, object]) -> str:
    pair = aside["permutation"]
    return f"({' '.join(map(str, pair))})" if isinstance(pair, list) else str(pair)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
