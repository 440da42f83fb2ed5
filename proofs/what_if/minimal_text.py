"""The minimal hypotheses for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from proofs.matrix.minimal import Ids, Minimal, Role, Run
from proofs.report.polynomials import linear_text
from proofs.report.table import row, table
from proofs.report.text import MARKS


def show(found: Minimal, console: Console) -> None:
    """The hypotheses, the smallest sets, and why no set can be smaller."""
    main = found.base.found.main
    console.print(Text(f"As it is: {main.verdict}; conclusion {main.conclusion} ({main.means}), n = {main.n}"))
    console.print()
    console.print(_roles(found))
    console.print()
    if found.sets is None:
        console.print(Text("The conclusion is not proved here, so no hypothesis can be said to be enough."))
        for line in witness_lines(found.base):
            console.print(Text(line))
        return
    console.print(_sets(found, found.sets))
    console.print()
    for line in _failures(found, found.sets):
        console.print(Text(line))


def outcome(run: Run, n: int) -> str:
    """What became of the conclusion for n."""
    main, hole = run.found.main, "" if run.word.status == "VALID" else "*"
    if run.proved:
        return f"proved for n = {main.n} ({main.means}){hole}"
    if main.conclusion == "proved":
        return f"proved for n = {main.n} only ({main.means}){hole}"
    return f"fails for n = {n}" if main.conclusion == "fails" else f"undecided{hole}"


def witness_lines(run: Run) -> Iterator[str]:
    """The orbit that refutes the conclusion, or a theta for which a swap fails."""
    instance = run.found.analysis.instance
    names = instance.mdp.states
    if (orbit := run.orbit) is not None:
        counts = f"{orbit.count.shutdown} shut down, {orbit.count.avoid} avoid it"
        yield f"the orbit of {linear_text(names, orbit.goal.rewards)} at gamma = {orbit.goal.gamma}: {counts}"
    elif (survivor := run.survivor) is not None:
        how = "shutdown stays" if survivor.how == "still-shutdown" else "it leaves Theta"
        goal = f"theta = {linear_text(names, survivor.goal.rewards)} at gamma = {survivor.goal.gamma}"
        yield f"the swap ({names[instance.s_term]} {names[survivor.state]}) fails for {goal}: {how}"
    if run.found.main.conclusion == "undecided":
        yield "neither a proof nor an orbit that refutes it was found"


def needed(found: Minimal, role: Role) -> str:
    """Is the switch in all of the smallest sets, in some, or in none?"""
    if found.sets is None or not role.switch:
        return ""
    inside = sum(role.hypothesis.id in ids for ids in found.sets)
    return "needed" if inside == len(found.sets) else "in some sets" if inside else "not needed"


def listed(ids: Ids) -> str:
    """Names in alphabetical order."""
    return ", ".join(sorted(ids)) or "none"


def _roles(found: Minimal) -> Table:
    made = table("Hypotheses", "hypothesis", "holds", "as a switch", "relaxed alone", "role")
    n = found.base.found.main.n
    for role in found.roles:
        entry = role.hypothesis
        alone = found.runs.get(frozenset([entry.id]))
        said = outcome(alone, n) if role.switch and alone is not None else ""
        row(made, entry.id, MARKS[entry.holds], role.why, said, needed(found, role) or _passive(found, role))
    return made


def _passive(found: Minimal, role: Role) -> str:
    """A hypothesis that fails already is not needed where the conclusion is proved."""
    return "not needed" if found.sets is not None and role.hypothesis.holds is False else ""


def _sets(found: Minimal, sets: list[Ids]) -> Table:
    made = table("Smallest sets of switches that prove the conclusion", "keep", "relax all of", "conclusion", "kernel")
    n = found.base.found.main.n
    for ids in sets:
        run = found.kept(ids)
        row(made, listed(ids), listed(run.relaxed), outcome(run, n), f"s {run.word.status}")
    return made


def _failures(found: Minimal, sets: list[Ids]) -> Iterator[str]:
    for ids in sets:
        for id_ in sorted(ids):
            run = found.kept(ids - {id_})
            said = "; ".join(witness_lines(run))
            yield f"Keep {listed(ids)}, but not {id_}: {outcome(run, found.base.found.main.n)}; {said}"
    holes = dict.fromkeys(hole for ids in sets for hole in found.kept(ids).word.holes)
    if holes:
        yield f"* Theorem 2 is proved, but the kernel finds a hole elsewhere: {'; '.join(holes)}"
