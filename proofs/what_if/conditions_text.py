"""The conditions of Def. 4 for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from rich.console import Console

from exact.digits import exact_text, shown
from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE, when
from exact.instance.shown import theta
from exact.permutation import Permutation
from proofs.claims.spelling import goal_text, permutation_text
from proofs.report import closing
from proofs.report.terminal import Table, first, in_full, show_blocks, show_lines, show_paragraph
from proofs.search.goals import moves, named
from proofs.search.linear.asked import Always, Answer, NotAlways, Property, Undecided
from proofs.search.linear.pieces import Open, Stretch
from proofs.search.linear.retarget import Retargeting
from proofs.search.linear.throughout import Step, Throughout
from proofs.what_if.conditions import Conditions, conditions_of

MOST_PARTS = 2  # intervals with one answer that are listed
LONGEST_END = 9  # characters of an interval's end
NAMES: dict[Property, str] = {"retargets": "1 retargets", "stays": "2 stays in Theta", "never-both": "3 images differ"}
UNCERTIFIED = "computed, not certified"


def show(found: Conditions, console: Console) -> None:
    """The question, then the answer: how many permutations, and by which; then each condition."""
    everything = in_full(console)
    instance = found.instance
    show_lines(console, [f"{instance.name}: {len(instance.mdp)} states; Theta: {theta(instance)}"])
    show_lines(console, _answer(found, everything))
    if found.at_gamma is not None:
        show_blocks(console, [_at_gamma(found, found.at_gamma)])
        show_lines(console, _pairs(found, found.at_gamma))
        show_lines(console, first(list(_why(found, found.at_gamma)), everything))
    if found.everywhere is not None:
        made, reasons = _stretches(found, found.everywhere, everything)
        show_blocks(console, [made])
        show_lines(console, ["", *first(reasons, everything), *_unproved(reasons)])
    show_paragraph(console, " ".join(_ending(found)))


def _ending(found: Conditions) -> Iterator[str]:
    known, gamma = found.at_gamma, found.checked.gamma
    where = f"for {_gammas(found)}" if gamma is None else f"with discount gamma = {shown(gamma)}"
    yield closing.retargeting(where)
    if known is not None and gamma is not None:
        yield closing.retargeted(known.n, known.complete, found.retargets((gamma, gamma), known.permutations))
    if found.everywhere is not None:
        numbers = [len(step.permutations) for step in found.steps]
        yield closing.everywhere(_gammas(found), min(numbers), max(numbers), all(map(found.proves, found.steps)))
    yield closing.UNTRIED


def spelled(instance: Instance, phi: Permutation) -> str:
    """`(term x)`: the reward of each state moves to the next one of its cycle."""
    return permutation_text(moves(instance, phi))


def because(instance: Instance, found: NotAlways) -> str:
    """What the counterexample shows."""
    if found.violation is not None:
        return f"permuted it leaves Theta: {found.violation.describe(instance.mdp)}"
    decided = {"shutdown": "shutdown is preferred", "tie": "shutdown ties", "avoid": "shutdown is avoided"}
    return f"permuted it is in Theta and {decided[found.decision]}"


def word(answer: Answer | Open) -> str:
    """always, not always, or open."""
    return "always" if isinstance(answer, Always) else "not always" if isinstance(answer, NotAlways) else "open"


def _said(found: Conditions, kind: Property, phi: Permutation, answer: Answer | Open | None) -> str:
    """The word, and whether it is only computed."""
    if answer is None:
        return "not asked"
    decided = isinstance(answer, (Always, NotAlways)) and not found.certified(kind, phi, answer)
    return f"{word(answer)} ({UNCERTIFIED})" if decided else word(answer)


def _answer(found: Conditions, everything: bool) -> Iterator[str]:
    known, gamma = found.at_gamma, found.checked.gamma
    if known is not None and gamma is not None:
        least = "" if known.complete else " at least (something is open)"
        said = _by(found, known.permutations) or "; no permutation meets all the conditions"
        proved = found.retargets((gamma, gamma), known.permutations)
        yield f"gamma = {shown(gamma)}: n = {known.n}{least}{said}{'' if proved else f' ({UNCERTIFIED})'}"
    if found.everywhere is not None:
        yield "The largest n found on each interval of gamma, and by which permutations:"
        yield from first([f"  {_step(found, step)}" for step in found.steps], everything)


def _step(found: Conditions, step: Step) -> str:
    proved = "" if found.proves(step) else f" ({UNCERTIFIED})"
    n, by = len(step.permutations), _by(found, step.permutations)
    return f"gamma from {_end(step.low)} to {_end(step.high)}: n = {n}{by}{proved}"


def _by(found: Conditions, permutations: Sequence[Permutation]) -> str:
    by = ", ".join(spelled(found.instance, phi) for phi in permutations)
    return f" by {by}" if by else ""


def _at_gamma(found: Conditions, known: Retargeting) -> Table:
    title = "Def. 4 for every theta of Theta that shuts down"
    made = Table(title, "permutation", NAMES["retargets"], NAMES["stays"])
    kinds: tuple[Property, ...] = ("retargets", "stays")
    for phi in dict.fromkeys(phi for phi, _ in known.single):
        said = (_said(found, kind, phi, known.single.get((phi, kind))) for kind in kinds)
        made.row(spelled(found.instance, phi), *said)
    return made


def _pairs(found: Conditions, known: Retargeting) -> Iterator[str]:
    """Condition 3 for those that meet the other two."""
    if not known.pairs:
        return
    yield ""
    rows = [
        (_both(found, phis), _said(found, kind, phi, answer), answer)
        for kind, phis, phi, answer in conditions_of({}, known.pairs, known.good)
    ]
    proved = sum(said == "always" for _, said, _ in rows)
    yield f"Condition 3 (images differ): always for {proved} of {len(rows)} pairs of those that meet 1 and 2"
    yield from (f"{both}: {said}{_theta(found, answer)}" for both, said, answer in rows if said != "always")


def _both(found: Conditions, phis: Sequence[Permutation]) -> str:
    return " and ".join(spelled(found.instance, phi) for phi in phis)


def _why(found: Conditions, known: Retargeting) -> Iterator[str]:
    failing = [(key, answer) for key, answer in known.single.items() if not isinstance(answer, Always)]
    yield from [""] if failing else []
    for (phi, kind), answer in failing:
        yield f"{spelled(found.instance, phi)} {NAMES[kind]}: {word(answer)}{_theta(found, answer)}"


def _theta(found: Conditions, answer: Answer) -> str:
    if isinstance(answer, Undecided):
        return f", {answer.why}"
    if isinstance(answer, Always):
        return ""
    return f", theta = {_goal(found, answer)}: {because(found.instance, answer)}"


def _goal(found: Conditions, answer: NotAlways) -> str:
    return goal_text(found.instance.mdp.states, named(found.instance, answer.rewards))


def _stretches(found: Conditions, known: Throughout, everything: bool) -> tuple[Table, list[str]]:
    """The table, and why the answers are not `always`."""
    made = Table(f"The same for {_gammas(found)}", "permutation", "condition", "gamma", "answer")
    reasons = list[str]()
    for kind, phis, phi, given in conditions_of(known.single, known.pairs, known.candidates):
        reasons += _rows(made, found, _both(found, phis), kind, phi, given, everything)
    return made, reasons


def _gammas(found: Conditions) -> str:
    return when(found.instance.question.interval or EVERYWHERE)


def _unproved(reasons: Sequence[str]) -> Iterator[str]:
    if any("theta = " in line for line in reasons):
        yield f"Each theta refutes at its gamma, which is proved; on the rest of the interval: {UNCERTIFIED}"


def _rows(
    made: Table,
    found: Conditions,
    name: str,
    kind: Property,
    phi: Permutation,
    given: Sequence[Stretch],
    everything: bool,
) -> Iterator[str]:
    """Neighbours with the same answer are one row; with few words, all intervals with it are."""
    runs = [(said, list(alike)) for said, alike in groupby(given, lambda part: _said(found, kind, phi, part.answer))]
    words = list(dict.fromkeys(said for said, _ in runs))
    if everything or len(runs) <= 2 * len(words):
        shown_rows = [(said, [members]) for said, members in runs]
    else:
        shown_rows = [(word, [members for said, members in runs if said == word]) for word in words]
    for number, (said, parts) in enumerate(shown_rows):
        ends = ", ".join(map(interval, parts[:MOST_PARTS]))
        left = len(parts) - MOST_PARTS
        made.row(
            *((name, NAMES[kind]) if number == 0 else ("", "")),
            f"{ends} and {left} more" if left > 0 else ends,
            said,
        )
        widest = max(parts, key=lambda members: members[-1].high - members[0].low)
        if why := _reason(found, widest):
            yield f"{name} {NAMES[kind]}, {interval(widest)}: {why}"


def interval(given: Sequence[Stretch]) -> str:
    """Of neighbours with one answer: the ends of `always` count, unless they are 0 or 1; other ends do not."""
    low, high = given[0], given[-1]
    if low.low == high.high:
        return _end(low.low)
    begins, ends = (part.low == part.high or isinstance(part.answer, Always) for part in (low, high))
    first, last = "[" if begins and low.low > 0 else "(", "]" if ends and high.high < 1 else ")"
    return f"{first}{_end(low.low)}, {_end(high.high)}{last}"


def _end(value: Fraction) -> str:
    """Short numbers exactly, others to six digits."""
    text = exact_text(value)
    return text if len(text) <= LONGEST_END else f"~0.{round(value * 10**6):06d}"


def _reason(found: Conditions, given: Sequence[Stretch]) -> str:
    """Why it is open; or the goal that refutes on the largest part."""
    widest = max(given, key=lambda part: part.high - part.low)
    if isinstance(widest.answer, Open):
        return widest.answer.why
    if isinstance(widest.answer, Always):
        return ""
    more = ", and other goals elsewhere" if len(given) > 1 else ""
    return f"theta = {_goal(found, widest.answer)} at gamma = {shown(widest.answer.gamma)}{more}"
