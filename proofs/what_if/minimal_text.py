"""The minimal hypotheses for people: the sets, the roles, what the switches do, why no set is smaller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console

from exact.digits import shown
from proofs.claims.spelling import goal_text, permutation_text
from proofs.claims.words import HOW
from proofs.families.session import CheckedFamily
from proofs.report import closing
from proofs.report.headline import verdict_text
from proofs.report.tables import MARKS
from proofs.report.terminal import Table, show_blocks, show_lines, show_paragraph
from proofs.what_if.minimal import BY_THIS_PROOF, NEEDED, NOT_NEEDED, SOMETIMES, Ids, Minimal, Run
from proofs.what_if.settle import FAILS, OPEN

MEANING = {
    NEEDED: "every set without it is shown to fail",
    BY_THIS_PROOF: "no set without it is proved, and some are open",
    SOMETIMES: "a set without it is proved, and a proved set is not proved without it",
    NOT_NEEDED: "whatever is proved with it is proved without it",
}
ITS_OWN = (
    "Each set is an instance of its own: its switches add actions and states, or change Theta. So a set says nothing "
    "of a larger or a smaller one, and what fails with one switch may be proved again with two."
)


def show(found: Minimal, console: Console) -> None:
    """The question, then the answer."""
    instance = found.base.checked.instance
    about = f"{instance.name}: {len(instance.mdp)} states, {instance.question.gammas}"
    show_lines(console, [about, *_answer(found)])
    show_blocks(console, [_roles(found)])
    show_lines(console, (*_meanings(found), *_switches(found), *_failures(found)))
    show_paragraph(console, closing.minimal(None if found.sets is None else len(found.sets), found.n))


def said(run: Run) -> str:
    """What became of the conclusion for n: `proved for n = 3 (linear)`, `fails for n = 3`, `open for n = 3`."""
    most = run.checked.main.proved
    if most is not None and most[0] >= run.n:
        return f"proved for n = {most[0]} ({most[1]})"
    return f"{run.outcome} for n = {run.n}" + (f", proved for n = {most[0]}" if most is not None else "")


def witness_lines(run: Run) -> Iterator[str]:
    """The orbit that refutes the conclusion, or a theta for which a swap fails."""
    checked = run.checked
    if isinstance(checked, CheckedFamily):
        yield from (f"it fails at gamma = {shown(gamma)}" for _, gamma in checked.failing)
        return
    names = checked.instance.mdp.states
    if (orbit := run.orbit) is not None:
        theta = goal_text(names, orbit.rewards)
        yield f"the orbit of theta = {theta}: {orbit.shutdown} shut down, {orbit.avoid} avoid it"
    elif (survivor := run.survivor) is not None:
        x, claim = survivor
        moved = permutation_text([(checked.s_term, x)])
        yield f"the swap {moved} fails for theta = {goal_text(names, claim.rewards)}: {HOW[claim.how]}"


def listed(ids: Iterable[str]) -> str:
    """Names in alphabetical order."""
    return ", ".join(sorted(ids)) or "none"


def _answer(found: Minimal) -> Iterator[str]:
    checked = found.base.checked
    if found.missing:
        total = found.missing + len(found.runs)
        yield f"Interrupted: {found.missing} of {total} sets are missing, and what follows is about the others."
    if found.sets is None:
        yield "The conclusion is not proved here, so no hypothesis can be said to be enough."
    else:
        yield f"The conclusion for n = {found.n} is proved with any one of these sets, all else relaxed:"
        yield from (f"- {listed(ids)}: {_standing(found, ids)}" for ids in found.sets)
    yield ""
    yield f"As it is: {verdict_text(checked.main, checked.instance.question.asked)}"
    if found.sets is None:
        yield from witness_lines(found.base)


def _standing(found: Minimal, ids: Ids) -> str:
    """How it is proved, and that no proper subset is."""
    run, failing, open_ = found.kept(ids), found.subsets(ids, FAILS), found.subsets(ids, OPEN)
    text = f"{said(run)}, kernel: s {run.checked.status}"
    if failing:
        text += f"; {len(failing)} proper subset{' fails' if len(failing) == 1 else 's fail'}"
    if open_:
        text += f"; open: {', '.join(f'{{{listed(less)}}}' for less in open_)}"
    return text


def _roles(found: Minimal) -> Table:
    made = Table("Hypotheses", "hypothesis", "holds", "role", "relaxed alone")
    for entry in found.hypotheses:
        alone = said(found.runs[frozenset([entry.id])]) if entry.switch else entry.why
        made.row(entry.id, MARKS[entry.holds], found.role(entry.id), alone)
    return made


def _meanings(found: Minimal) -> Iterator[str]:
    yield from [""] if found.switches else []
    used = {found.role(id_) for id_ in found.switches}
    yield from (f"{word}: {meaning}" for word, meaning in MEANING.items() if word in used)


def _switches(found: Minimal) -> Iterator[str]:
    if found.switches:
        yield ""
        yield "What each switch does when its hypothesis is relaxed:"
        yield from (f"- {entry.id}: {entry.why}" for entry in found.hypotheses if entry.switch)
        yield ITS_OWN


def _failures(found: Minimal) -> Iterator[str]:
    """Why no member of a minimal set can be left out."""
    lines = [line for ids in found.sets or () for id_ in sorted(ids) for line in _without(found, ids, id_)]
    if lines:
        yield ""
        yield f"Why none can be left out ({found.base.checked.instance.question.gammas}):"
        yield from lines


def _without(found: Minimal, ids: Ids, id_: str) -> Iterator[str]:
    rest = ids - {id_}
    if not found.tried(rest):
        return
    run = found.kept(rest)
    yield f"- without {id_}{f' ({listed(rest)} kept)' if rest else ''}: {'; '.join([said(run), *witness_lines(run)])}"
