"""The reports of `gammastar phases`: every discount at once, for a terminal and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import pairwise

from rich.console import Console

from exact.algebraic import Algebraic
from exact.digits import exact_text, shown
from proofs.claims.checked import Checked
from proofs.claims.phases import Decided, Known, Stretch, blackwell, decided, known_phases, whole
from proofs.claims.spelling import SHORT, function_text, polynomial_text, root_text, several
from proofs.report import closing
from proofs.report.document import about
from proofs.report.headline import headline
from proofs.report.hypotheses import hypotheses
from proofs.report.numbers import Json, function, root
from proofs.report.radicals import digits_apart
from proofs.report.terminal import Table, show_blocks, show_lines, show_paragraph

LONGEST = 300  # characters of a polynomial
WORDS = {"shutdown": "shuts down", "avoid": "avoids shutdown", "tie": "ties"}


def show_phases(checked: Checked, stretches: list[Stretch], console: Console) -> None:
    """As `gammastar phases` prints it."""
    known = known_phases(checked)
    show_lines(console, lines(checked, known, stretches))
    blocks = [theorem_table(stretches)]
    show_blocks(console, [phases_table(known), *blocks] if known else blocks)
    asked = checked.instance.question.rewards is not None
    single = any(part.there for part in stretches)
    show_paragraph(console, closing.phases(asked, whole(known), bool(stretches[1:]), single))


def lines(checked: Checked, known: list[Known], stretches: list[Stretch]) -> Iterator[str]:
    """The answer: for which gammas the question's goal shuts down, and the Blackwell discount factor."""
    name = checked.instance.name
    if checked.instance.question.rewards is None:
        yield f"{name}: no rewards are given under `question`, so only the theorem is told over gamma"
        yield from _at_single_gammas(stretches)
        return
    yield f"{name}: {len(known)} {'phase' if len(known) == 1 else 'phases'} of the question's rewards"
    yield ""
    parts, factor = decided(known), blackwell(checked)
    for part in parts:
        yield f"{WORDS[part.decision]} for {_open(part)}"
    if factor is not None:
        beyond = "one policy is optimal at every gamma" if factor == 0 else "beyond it one policy is optimal throughout"
        yield f"Blackwell discount factor: {root_text(factor)}: {beyond}"
    named = {*([] if factor is None else [factor]), *(end for part in parts for end in (part.low, part.high))}
    yield from map(_spelled_out, sorted(end for end in named if "degree" in root_text(end)))
    yield f"hypotheses that depend on gamma: {several(depends(stretches)) or 'none'}"
    yield from _at_single_gammas(stretches)
    if not whole(known):
        yield "not all of (0, 1) is certified: some phase was beyond what the certificate or the kernel holds"
    yield from (f"not certified: {entry}" for entry in checked.aside.tried)


def _spelled_out(value: Algebraic) -> str:
    """What an end is exactly, where only its degree was said."""
    decimals, _, degree = root_text(value).partition(", ")
    text = polynomial_text(value.polynomial)
    return f"{decimals}: a root of {text if len(text) <= LONGEST else f'a polynomial of {degree} that --json holds'}"


def _open(part: Decided) -> str:
    but = (
        f", but {WORDS.get(said or '', 'perhaps')} at {several(list(map(root_text, at)))}"
        for said, at in part.but().items()
    )
    return f"gamma in ({root_text(part.low)}; {root_text(part.high)}){''.join(but)}"


def _at_single_gammas(stretches: list[Stretch]) -> Iterator[str]:
    """What is known of Theorem 2 where it is not known on the whole stretch."""
    gammas = defaultdict[str, list[str]](list)
    for there in (part.there for part in stretches if part.there is not None):
        why = several([given.because for given in hypotheses(there) if given.stated and given.holds is False])
        said = f"Theorem 2 is inapplicable, as {why}" if why else next(headline(there))
        gammas[said].append(shown(there.gamma or 0))
    yield from (f"at gamma = {several(at)}: {said}" for said, at in gammas.items())


def phases_table(known: list[Known]) -> Table:
    """One row a phase."""
    title = "Phases; of each policy, what differs from the row before" if len(known) > 1 else "Phases"
    made = Table(title, "from", "to", "decision", "policy", "V*(s_new)")
    before: Mapping[str, str] = {}
    ends = _spelled({gamma for phase in known for gamma in (phase.low, phase.high)})
    for phase in known:
        changed = {s: a for s, a in phase.policy.items() if before.get(s) != a}
        policy = several([f"{s}={a}" for s, a in changed.items()]) or "the same"
        made.row(ends[phase.low], ends[phase.high], phase.decision, policy, _value(phase))
        before = phase.policy
    return made


def _spelled(ends: Set[Algebraic]) -> dict[Algebraic, str]:
    """Short fractions, else as many decimals as tell them apart."""
    digits = digits_apart(ends, 6)
    exact = {value: root_text(value) for value in ends if value.rational is not None}
    return {v: exact[v] if v in exact and len(exact[v]) <= digits else v.decimal(digits) for v in ends}


def _value(phase: Known) -> str:
    if phase.value is None:
        return "not certified"
    text = function_text(phase.value)
    above, below = phase.value.coefficients()
    return text if len(text) <= 2 * SHORT else f"degrees {len(above) - 1}/{len(below) - 1}"


def theorem_table(stretches: list[Stretch]) -> Table:
    """n, n° and the verdict, stretch by stretch."""
    made = Table("Theorem 2 over gamma", "from", "to", "n", "n°", "verdict", "hypotheses that fail or are open")
    ends = _spelled({gamma for part in stretches for gamma in (part.low, part.high)})
    for part in stretches:
        there = part.there
        holds = part.hypotheses if there is None else there.hypotheses
        names = several([name for name in holds if not holds[name]])
        numbers = ("open" if n is None else str(n) for n in (part.n, part.n_sharp))
        verdict = part.verdict if there is None else f"{there.main.verdict} at {shown(there.gamma or 0)}"
        made.row(ends[part.low], ends[part.high], *numbers, verdict, names or "none")
    return made


def document(checked: Checked, stretches: list[Stretch]) -> Json:
    """`gammastar-phases/1`."""
    known, factor = known_phases(checked), blackwell(checked)
    return {
        "format": "gammastar-phases/1",
        "instance": about(checked.instance),
        "pieces": [_piece(phase) for phase in known],
        "decisions": [
            {
                "from": root(d.low),
                "to": root(d.high),
                "decision": d.decision,
                "but": list(map(root, d.between)),
                "there": list(d.there),
            }
            for d in decided(known)
        ],
        "blackwell": None if factor is None else root(factor),
        "certified": whole(known),
        "tried": list(checked.aside.tried),
        "theorem": [
            {
                "from": root(part.low),
                "to": root(part.high),
                "n": part.n,
                "n_sharp": part.n_sharp,
                "verdict": part.verdict,
                "hypotheses": dict(part.hypotheses),
                "there": None if part.there is None else _there(part.there),
            }
            for part in stretches
        ],
        "depends_on_gamma": depends(stretches),
    }


def _there(known: Checked) -> Json:
    return {
        "gamma": exact_text(known.gamma or 0),
        "verdict": known.main.verdict,
        "hypotheses": dict(known.hypotheses),
    }


def depends(stretches: list[Stretch]) -> list[str]:
    """The hypotheses that hold at some gammas and not at others."""
    names = stretches[0].hypotheses if stretches else {}
    return [name for name in names if any(a.hypotheses[name] != b.hypotheses[name] for a, b in pairwise(stretches))]


def _piece(phase: Known) -> Json:
    return {
        "from": root(phase.low),
        "to": root(phase.high),
        "decision": phase.decision,
        "policy": dict(phase.policy),
        "value": None if phase.value is None else function(phase.value),
        "touches": list(map(root, phase.touches)),
    }
