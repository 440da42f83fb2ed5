"""The conditions of Def. 4 for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from exact.instance import Instance
from proofs.matrix.conditions import Conditions, Step
from proofs.report.polynomials import linear_text
from proofs.report.table import row, table
from proofs.universal.claim import Always, Answer, NotAlways, Undecided, cycles_of
from proofs.universal.parametric import Open, Piece
from proofs.universal.retarget import Retargeting
from proofs.universal.space import Permutation

LONGEST_END = 9  # characters of an interval's end
NAMES = {"retargets": "1 retargets", "stays": "2 stays in Theta", "never-both": "3 images differ"}


def show(found: Conditions, console: Console) -> None:
    """At the question's gamma, and then on (0, 1)."""
    instance = found.instance
    if found.at_gamma is not None:
        console.print(_at_gamma(instance, found.at_gamma))
        for line in _pair_lines(instance, found.at_gamma):
            console.print(Text(line))
        console.print()
        for line in _why(instance, found.at_gamma):
            console.print(Text(line))
        console.print(Text(_count(instance, found.at_gamma)))
    if found.everywhere is not None:
        console.print()
        console.print(_pieces(found))
        console.print()
        console.print(Text("The largest n proved, and by which permutations:"))
        for step in found.steps():
            console.print(Text(f"  {_step(instance, step)}"))


def spelled(instance: Instance, permutation: Permutation) -> str:
    """`(term x)`: the reward of each state moves to the next one of its cycle."""
    return "".join(f"({' '.join(cycle)})" for cycle in cycles_of(instance, permutation)) or "()"


def because(instance: Instance, found: NotAlways) -> str:
    """What the counterexample shows."""
    if found.violation is not None:
        return f"permuted it leaves Theta: {found.violation.describe(instance.mdp)}"
    decided = {"shutdown": "shutdown is preferred", "tie": "shutdown ties", "avoid": "shutdown is avoided"}
    return f"permuted it is in Theta and {decided[found.decision]}"


def word(answer: Answer | Open) -> str:
    """always, not always, or open."""
    return "always" if isinstance(answer, Always) else "not always" if isinstance(answer, NotAlways) else "open"


def _at_gamma(instance: Instance, found: Retargeting) -> Table:
    title = f"Def. 4 for every theta of Theta that shuts down, gamma = {instance.question.gamma}"
    made = table(title, "permutation", NAMES["retargets"], NAMES["stays"])
    for phi in dict.fromkeys(phi for phi, _ in found.single):
        known = [found.single.get((phi, "retargets")), found.single.get((phi, "stays"))]
        row(made, spelled(instance, phi), *("not asked" if answer is None else word(answer) for answer in known))
    return made


def _pair_lines(instance: Instance, found: Retargeting) -> Iterator[str]:
    """Condition 3 for those that meet the other two."""
    if not found.pairs:
        return
    yield ""
    always = sum(isinstance(answer, Always) for answer in found.pairs.values())
    yield f"Condition 3 (images differ): always for {always} of {len(found.pairs)} pairs of those that meet 1 and 2"
    for (i, j), answer in found.pairs.items():
        if not isinstance(answer, Always):
            both = " and ".join(spelled(instance, found.good[k]) for k in (i, j))
            yield f"{both}: {word(answer)}{_theta(instance, answer)}"


def _why(instance: Instance, found: Retargeting) -> Iterator[str]:
    for (phi, asked), answer in found.single.items():
        if not isinstance(answer, Always):
            yield f"{spelled(instance, phi)} {NAMES[asked]}: {word(answer)}{_theta(instance, answer)}"


def _theta(instance: Instance, answer: Answer) -> str:
    if isinstance(answer, Undecided):
        return f", {answer.why}"
    if isinstance(answer, Always):
        return ""
    return f", theta = {linear_text(instance.mdp.states, answer.rewards)}: {because(instance, answer)}"


def _count(instance: Instance, found: Retargeting) -> str:
    by = ", ".join(spelled(instance, phi) for phi in found.permutations)
    least = "" if found.complete else " at least (something is open)"
    return f"n = {found.n}{least}" + (f" by {by}" if by else "; no permutation meets all the conditions")


def _pieces(found: Conditions) -> Table:
    made = table("The same on all of (0, 1)", "permutation", "condition", "gamma", "answer", "theta, or why it is open")
    if found.everywhere is None:
        return made
    for (phi, asked), given in found.everywhere.single.items():
        _rows(made, found.instance, spelled(found.instance, phi), NAMES[asked], given)
    for (i, j), given in found.everywhere.pairs.items():
        both = " and ".join(spelled(found.instance, found.candidates[k]) for k in (i, j))
        _rows(made, found.instance, both, NAMES["never-both"], given)
    return made


def _rows(made: Table, instance: Instance, name: str, condition: str, given: Sequence[Piece]) -> None:
    """Neighbours with the same answer are one row."""
    for number, (said, alike) in enumerate(groupby(given, lambda piece: word(piece.answer))):
        first = (name, condition) if number == 0 else ("", "")
        members = list(alike)
        row(made, *first, interval(members), said, _shown(instance, members))


def interval(given: Sequence[Piece]) -> str:
    """Of neighbours with one answer: the ends of `always` count, unless they are 0 or 1; other ends do not."""
    low, high = given[0], given[-1]
    if low.low == high.high:
        return _end(low.low)
    begins, ends = (piece.low == piece.high or isinstance(piece.answer, Always) for piece in (low, high))
    first, last = "[" if begins and low.low > 0 else "(", "]" if ends and high.high < 1 else ")"
    return f"{first}{_end(low.low)}, {_end(high.high)}{last}"


def _end(value: Fraction) -> str:
    """Short numbers exactly, others to six digits."""
    if len(str(value)) <= LONGEST_END:
        return str(value)
    return f"~0.{round(value * 10**6):06d}"


def _shown(instance: Instance, given: Sequence[Piece]) -> str:
    """Why it is open; or the goal that refutes on the largest part."""
    widest = max(given, key=lambda piece: piece.high - piece.low)
    if isinstance(widest.answer, Open):
        return widest.answer.why
    if isinstance(widest.answer, Always):
        return ""
    theta = linear_text(instance.mdp.states, widest.answer.rewards)
    everywhere = widest.throughout and len(given) == 1 and widest.low < widest.high
    more = ", and other goals elsewhere" if len(given) > 1 else ""
    return theta if everywhere else f"{theta} at gamma = {widest.answer.gamma}{more}"


def _step(instance: Instance, step: Step) -> str:
    by = ", ".join(spelled(instance, phi) for phi in step.permutations)
    return f"gamma from {_end(step.low)} to {_end(step.high)}: n = {len(step.permutations)}" + (
        f" by {by}" if by else ""
    )
