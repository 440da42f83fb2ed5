"""Every discount at once: the phases of the question's rewards, their breakpoints, the Blackwell discount factor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from exact.algebraic import Algebraic
from proofs.claims.checked import Checked
from proofs.claims.phases import Decided, Known, blackwell, decided, known_phases, whole
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import DIGITS, function, listed, polynomial, rewards, root
from proofs.report.latex.words import S_NEW, entries, where
from proofs.report.radicals import digits_apart

Symbols = Mapping[Algebraic, str]  # 0, 1, and the breakpoints between
SAID = {"shutdown": "shuts down", "avoid": "avoids shutdown", "tie": "ties"}


def lines(checked: Checked) -> Iterator[str]:
    """The decision first, then the phases one by one; nothing where no phase was accepted."""
    known = known_phases(checked)
    if not known:
        return
    symbols = _symbols(known)
    yield (
        rf"For the goal {rewards(known[0].claim.rewards)}, on each interval of $\gamma$ below the policy that the "
        rf"certificate names is optimal in every state that ${S_NEW}$ can reach, and at each breakpoint $\gamma_k$ the "
        "optimal values become other functions."
    )
    yield from _decisions(known, symbols)
    factor = blackwell(checked)
    if factor is not None:
        yield f"The Blackwell discount factor is ${symbols[factor]}$: beyond it, one policy is optimal throughout."
    if not whole(known):
        yield "These intervals are not all of $(0,1)$: on the rest nothing is certified."
    yield entries(_phase(checked, phase, symbols) for phase in known)
    yield from _breakpoints(checked, known, symbols)


def _symbols(known: list[Known]) -> Symbols:
    ends = {end for phase in known for end in (phase.low, phase.high)}
    inside = sorted(end for end in ends if 0 < end < 1)
    named = {end: rf"\gamma_{{{number}}}" for number, end in enumerate(inside, 1)}
    return named | {Algebraic.of(0): "0", Algebraic.of(1): "1"}


def _interval(part: Known | Decided, symbols: Symbols) -> str:
    return rf"({symbols[part.low]},\allowbreak\, {symbols[part.high]})"


def _decisions(known: list[Known], symbols: Symbols) -> Iterator[str]:
    """The union of intervals for each decision."""
    for decision, said in SAID.items():
        parts = [part for part in decided(known) if part.decision == decision]
        if parts:
            but = defaultdict[str, list[str]](list)
            for there, gammas in (entry for part in parts for entry in part.but().items()):
                but[SAID.get(there or "", "perhaps")] += [_place(gamma, symbols) for gamma in gammas]
            others = "".join(f", but {there} at {listed(places)}" for there, places in but.items())
            intervals = listed([f"${_interval(part, symbols)}$" for part in parts])
            yield rf"The goal {said} for $\gamma$ in {intervals}{others}."


def _place(gamma: Algebraic, symbols: Symbols) -> str:
    """A breakpoint by its name, or another number."""
    return f"${symbols[gamma]}$" if gamma in symbols else rf"$\gamma {root(gamma)}$"


def _phase(checked: Checked, phase: Known, symbols: Symbols) -> str:
    s_new = checked.s_new
    takes = f"{name(phase.policy[s_new])} in {name(s_new)}"
    value = "" if phase.value is None else rf", $V^*({S_NEW}) = {function(phase.value, stacked=False)}$"
    return rf"${_interval(phase, symbols)}$: {takes}{value} (claim~{checked.number(phase.claim)})."


def _breakpoints(checked: Checked, known: list[Known], symbols: Symbols) -> Iterator[str]:
    """Each in closed form if it has a short one, and what it is a root of."""
    claims = {end: phase.claim for phase in known for end in (phase.low, phase.high)}
    inside = sorted(end for end in claims if 0 < end < 1)
    if not inside:
        return
    yield "The breakpoints; decimals are rounded."
    digits = digits_apart(inside, DIGITS)
    yield entries(f"${symbols[end]} {root(end, digits)}${_solved(end, where(checked, claims[end]))}." for end in inside)


def _solved(end: Algebraic, where: str) -> str:
    """The polynomial that an irrational one is a root of. where: of one that is too long to be written."""
    return "" if end.rational is not None else f", a root of ${polynomial(end.polynomial, where, descending=True)}$"
