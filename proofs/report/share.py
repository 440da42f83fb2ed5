"""The report of `gammastar share`: the share of goals that shut down, beside the bound of Theorem 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Console

from exact.digits import exact_text, shown
from exact.share import Share
from exact.share.ranges import UNIT, Range
from exact.share.sample import FINE
from proofs.claims.checked import Checked
from proofs.claims.spelling import several
from proofs.report.document import about
from proofs.report.numbers import Json
from proofs.report.terminal import show_lines, show_paragraph

NOT_CERTIFIED = "The share is computed, not certified: the kernel has no claim about volumes."


def proved_n(found: Share, checked: Checked) -> int | None:
    """The n of Theorem 2 that is proved at the gamma, where it bounds the share: not if some ranges differ.

    What the kernel proved of every orbit bounds a share of goals whose distribution no permutation changes.
    """
    proved = checked.main.proved
    return proved[0] if even(found.ranges) and found.reach is None and proved is not None else None


def even(ranges: Sequence[Range]) -> bool:
    """Is a permutation that keeps Theta sure to keep the distribution: is that uniform on Theta within a cube?"""
    return all(0 <= low <= high <= 1 for low, high in ranges) or len(set(ranges)) == 1


def document(found: Share, checked: Checked) -> Json:
    """`gammastar-share/1`."""
    n = proved_n(found, checked)
    return {
        "format": "gammastar-share/1",
        "instance": about(found.instance),
        "gamma": exact_text(found.gamma),
        "given": None if found.reach is None else {"reach": found.instance.mdp.states[found.reach]},
        "share": None if found.value is None else exact_text(found.value),
        "bound": None if n is None else exact_text(Fraction(1, n + 1)),
        "n": n,
        "method": "volume" if found.sample is None else "sample",
        **_sample(found),
        "distribution": distribution(found),
        "certified": False,
    }


def _sample(found: Share) -> Json:
    if (sample := found.sample) is None:
        return {}
    return {
        "interval": [decimal(end) for end in sample.interval],
        "confidence": "0.99",
        "samples": sample.drawn,
        "hits": sample.hits,
        "outside": sample.outside,
        "seed": sample.seed,
        "why": found.why,
    }


def distribution(found: Share) -> str:
    """How goals are drawn, in words."""
    names: dict[Range, list[str]] = {}
    for name, pair in zip(found.instance.mdp.states, found.ranges, strict=True):
        names.setdefault(pair, []).append(name)
    if len(names) == 1:
        return f"uniform on Theta within {_interval(found.ranges[0])}^{len(found.ranges)}"
    others = names.pop(UNIT, [])
    parts = [f"{several(states)} in {_interval(pair)}" for pair, states in names.items()]
    return f"uniform on Theta, with {'; '.join([*parts, 'the others in [0, 1]'] if others else parts)}"


def _interval(ends: Range) -> str:
    return f"[{', '.join(map(shown, ends))}]"


def show(found: Share, checked: Checked, console: Console) -> None:
    """The answer first."""
    show_lines(console, list(lines(found, checked)))
    show_paragraph(console, NOT_CERTIFIED)


def lines(found: Share, checked: Checked) -> Iterator[str]:
    """Each one line, broken where it is too long."""
    name = "shut down"
    if found.reach is not None:
        name = f"surely reach {found.instance.mdp.states[found.reach]}"
    if found.value is not None:
        yield f"{_said(found.value)} {name} at gamma = {shown(found.gamma)}."
    elif found.sample is not None:
        low, high = map(decimal, found.sample.interval)
        yield f"Between {low} and {high} of all goals {name} at gamma = {shown(found.gamma)} (99 % confidence)."
    n = proved_n(found, checked)
    if n is not None:
        yield f"Its orbits bound it by 1 in {n + 1}: n = {n} is certified."
    elif found.reach is None:
        yield "The theorem gives no bound here."
    yield f"distribution: {distribution(found)}"
    if found.sample is None:
        yield f"method: volume, exact, in {_rewards(len(found.seen))} that the decision sees"
        yield f"share: {shown(found.value or Fraction(0))}"
    else:
        sample = found.sample
        yield f"method: sample, because {found.why}"
        yield f"{sample.hits} of {sample.drawn} goals drawn, by seed {sample.seed}"
        if sample.outside:
            yield f"{sample.outside} more were drawn and are not in Theta"


def decimal(end: Fraction) -> str:
    """An end of a sample's interval, a multiple of 1/FINE: all its digits."""
    whole, rest = divmod(int(end * FINE), FINE)
    return f"{whole}.{rest:0{len(str(FINE)) - 1}}"


def _said(share: Fraction) -> str:
    """As people say it: 1 in 8; what is no unit fraction is rounded."""
    if share == 0:
        return "No goals"
    if share == 1:
        return "All goals"
    whole = round(1 / share)
    if share.numerator == 1:
        return f"1 in {_short(whole)} of all goals"
    if whole >= 10:
        return f"About 1 in {_short(whole)} of all goals"
    return f"About {_percent(share)} of all goals"


def _percent(share: Fraction) -> str:
    tenths = round(share * 1000)
    return f"{tenths // 10}.{tenths % 10} %"


def _rewards(number: int) -> str:
    return f"{number} reward{'s' if number > 1 else ''}"


def _short(whole: int) -> str:
    digits = str(whole)
    return f"{whole:,}" if len(digits) <= 9 else f"{digits[0]}.{digits[1:3]} * 10^{len(digits) - 1}"
