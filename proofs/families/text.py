"""What is proved of a family, for people: the answer first, what it means, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.digits import shown
from exact.family import Family
from proofs.claims.checked import STATED
from proofs.families.session import CheckedFamily, Gammas
from proofs.report.closing import ONLY_COUNTED
from proofs.report.headline import BY


def lines(checked: CheckedFamily) -> Iterator[str]:
    """The report."""
    yield f"{checked.family.centre.name}, sha256 {checked.family.sha256}"
    yield f"family: {where(checked.family)}"
    yield ""
    yield from _headline(checked)
    yield ""
    yield from _hypotheses(checked)
    for symbol, kind, theorem in (("n", "paper", "the paper's count"), ("n°", "sharp", "exact swap theorem")):
        n, states = checked.counted[kind] or (0, ())
        if n:
            alike = f": {', '.join(states)}" if len(states) == n else ", not the same states everywhere"
            yield f"least {symbol} ({theorem}) over the box and these gammas: {n}{alike}"
    for (name, reach), verdict in checked.theorems.items():
        if reach == "positive-probability":
            yield f"{name}: {verdict.verdict}; conclusion {verdict.conclusion} ({verdict.means}), n = {verdict.n}"
    yield from (f"hole: {hole}" for hole in checked.holes)
    yield ""
    yield _ending(checked)


def where(family: Family) -> str:
    """`p in [1/10, 9/10], q in [0, 1/2]`."""
    sides = zip(family.parameters, family.box, strict=True)
    return ", ".join(f"{name} in [{shown(low)}, {shown(high)}]" for name, (low, high) in sides)


def when(asked: Gammas) -> str:
    """The gammas of a question."""
    low, high = asked
    if low == high:
        return f"gamma = {shown(low)}"
    left, right = "[" if low > 0 else "(", "]" if high < 1 else ")"
    return f"every gamma in {left}{shown(low)}, {shown(high)}{right}"


def point(family: Family, values: Sequence[Fraction]) -> str:
    """`p = 1/2, q = 1/3`."""
    return ", ".join(f"{name} = {shown(value)}" for name, value in zip(family.parameters, values, strict=True))


def _headline(checked: CheckedFamily) -> Iterator[str]:
    main, everywhere = checked.main, f"for every {where(checked.family)} and {when(checked.asked)}"
    if main.conclusion == "proved":
        by = BY.get(main.means, main.means)
        says = {"verified": "Theorem 2 holds", "inapplicable": "Theorem 2's conclusion holds"}.get(main.verdict, "")
        yield f"{says} {everywhere}: n >= {main.n} ({by})"
        goals = f"at least {main.n} of {main.n + 1} goals that decide avoid shutdown"
        yield f"At every such point, in every orbit inside Theta, {goals}."
    elif main.conclusion == "fails":
        place, gamma = checked.failing[0] if checked.failing else ((), Fraction(0))
        said = f" at {point(checked.family, place)}, gamma = {shown(gamma)}" if place else ""
        yield f"Theorem 2's conclusion does not hold {everywhere}: it fails{said}"
    else:
        yield f"Open whether Theorem 2's conclusion holds {everywhere}"
        yield "`gammastar regions` shows for which parameters and gammas it does."


def _hypotheses(checked: CheckedFamily) -> Iterator[str]:
    for holds, word in ((True, "hold"), (False, "fail at some point"), (None, "are open")):
        names = [name + ("" if name in STATED else " (silent)") for name, v in checked.hypotheses.items() if v is holds]
        if names:
            yield f"hypotheses that {word}: {', '.join(names)}"


def _ending(checked: CheckedFamily) -> str:
    asked = f"Asked: is it so for every {where(checked.family)} and {when(checked.asked)}, not for one of them alone?"
    if checked.main.conclusion == "proved":
        n = checked.main.n
        found = f"Proved, and checked by the kernel: nowhere there do more than 1 in {n + 1} goals accept shutdown."
    elif checked.main.conclusion == "fails":
        found = "Refuted at one point, which is enough."
    else:
        found = "Neither proved nor refuted: no hint either way."
    return " ".join([asked, found, ONLY_COUNTED])


__all__ = ["lines", "point", "when", "where"]
