"""What is proved of a family, for people: the answer first, what it means, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exact.digits import shown
from exact.family.shown import point, where
from exact.instance.gammas import when
from proofs.claims.accepted import Verdict
from proofs.claims.checked import STATED
from proofs.claims.spelling import several
from proofs.claims.types import POSITIVE
from proofs.families.session import CheckedFamily
from proofs.report.closing import ONLY_COUNTED, part
from proofs.report.headline import BY

OF_GOALS = ("nonnegative", "strict")  # hypotheses that linear claims settle


def lines(checked: CheckedFamily, opinions: Iterable[str] = (), everything: bool = False) -> Iterator[str]:
    """The report. opinions: the lines on what other engines say. everything: long lists in full."""
    yield from [*headline(checked), ""]
    yield f"{checked.family.centre.name}, sha256 {checked.family.sha256}"
    if checked.family.parameters:
        yield f"family: {where(checked.family)}"
    yield from ["", *_details(checked, everything)]
    yield from (f"tried: {entry}" for entry in checked.tried)
    yield from opinions
    yield from (f"hole: {hole}" for hole in checked.holes)
    yield from ["", ending(checked)]


def body(checked: CheckedFamily) -> Iterator[str]:
    """The answer, the hypotheses, what is counted, the verdicts."""
    yield from [*headline(checked), "", *_details(checked)]


def _details(checked: CheckedFamily, everything: bool = False) -> Iterator[str]:
    yield from _hypotheses(checked)
    for symbol, kind, theorem in (("n", "paper", "the paper's count"), ("n°", "sharp", "exact swap theorem")):
        n, states = checked.counted[kind] or (0, ())
        if n:
            alike = f": {several(states, everything)}" if len(states) == n else ", not the same states everywhere"
            over = "the box and these gammas" if checked.family.parameters else "these gammas"
            yield f"least {symbol} ({theorem}) over {over}: {n}{alike}"
    for (name, reach), verdict in checked.theorems.items():
        if reach == POSITIVE:
            said = f"{name}: {verdict.verdict}; conclusion {verdict.conclusion} ({verdict.means})"
            yield said + _about(checked, verdict)


def _about(checked: CheckedFamily, verdict: Verdict) -> str:
    """Which n: one for all of the box and the gammas, or that of the place where an orbit refutes it."""
    if verdict.conclusion != "fails" or verdict.means != "orbit":
        return f", n = {verdict.n}"
    if len(checked.failing) > 1:
        return f": refuted for n = {verdict.n}, the least of the n at the places found"
    return f": refuted for n = {verdict.n}, the n at that {_place(checked)}"


def _place(checked: CheckedFamily) -> str:
    return "point" if checked.family.parameters else "gamma"


def everywhere(checked: CheckedFamily) -> str:
    """`for every p in [1/10, 9/10] and every gamma in [1/2, 1)`."""
    box = f"every {where(checked.family)} and " if checked.family.parameters else ""
    return f"for {box}{when(checked.asked)}"


def headline(checked: CheckedFamily) -> Iterator[str]:
    """The strongest thing that is proved, in a sentence or two."""
    main, family = checked.main, checked.family
    if main.conclusion == "proved":
        by = BY.get(main.means, main.means)
        says = {"verified": "Theorem 2 holds", "inapplicable": "Theorem 2's conclusion holds"}.get(main.verdict, "")
        n, means = (main.n, main.means) if main.proved is None else main.proved
        sharper = f"; sharper: n >= {n} ({BY.get(means, means)})" if n > main.n else ""
        yield f"{says} {everywhere(checked)}: n >= {main.n} ({by}){sharper}"
        goals = f"at least {n} of {n + 1} goals that decide avoid shutdown"
        yield f"At every such {_place(checked)}, in every orbit inside Theta, {goals}."
    elif main.conclusion == "fails":
        failing = (filter(None, [point(family, place), f"gamma = {shown(g)}"]) for place, g in checked.failing)
        said = next((f" at {', '.join(words)}" for words in failing), "")
        yield f"Theorem 2's conclusion does not hold {everywhere(checked)}: it fails{said}"
    else:
        yield f"Open whether Theorem 2's conclusion holds {everywhere(checked)}"
        if family.parameters:
            yield "`gammastar regions` shows for which parameters and gammas it does."
        else:
            yield "`gammastar thresholds` shows from which gamma on a state is counted."


def _hypotheses(checked: CheckedFamily) -> Iterator[str]:
    failing = f"fail at some {_place(checked)}"
    for holds, word in ((True, "hold"), (False, failing), (None, "are open")):
        names = [name + ("" if name in STATED else " (silent)") for name, v in checked.hypotheses.items() if v is holds]
        if names:
            yield f"hypotheses that {word}: {', '.join(names)}"
    for name in OF_GOALS:
        if checked.hypotheses[name] is None and checked.family.parameters:
            yield f"{name} takes a linear claim about all goals, and there is none about parameters: choose a point"


def ending(checked: CheckedFamily) -> str:
    """The last sentences."""
    asked = f"Asked: is it so {everywhere(checked)}, not for one of them alone?"
    if checked.main.conclusion == "proved":
        n = checked.main.n if checked.main.proved is None else checked.main.proved[0]
        found = f"Proved, and checked by the kernel: {part(n, f'at every such {_place(checked)}')}."
    elif checked.main.conclusion == "fails":
        found = f"Refuted at one {_place(checked)}, which is enough."
    else:
        found = "Neither proved nor refuted: no hint either way."
    return " ".join([asked, found, ONLY_COUNTED])
