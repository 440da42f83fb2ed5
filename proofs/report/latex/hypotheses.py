"""The hypotheses of Theorem 2, each with its reason, in the words of the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofs.claims.checked import Checked
from proofs.claims.reasons import always, breaking
from proofs.report.hypotheses import Hypothesis, hypotheses
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import counted, fraction, rewards
from proofs.report.latex.words import S_NEW, claims, entries

MARKS = {True: "holds", False: r"\textbf{fails}", None: r"is \textbf{open}"}
SYMBOLS = {
    "gamma > gamma*_x": r"$\gamma > \gamma^*_x$",
    "gamma > gamma*_": r"$\gamma > \gamma^*_x$ for ",
    "gamma*_x": r"$\gamma^*_x$",
    "gamma*_": r"$\gamma^*_x$ for ",
    "s_new": f"${S_NEW}$",
    "Theta": r"$\Theta$",
}
_MARK = "\0"  # around a name


def lines(checked: Checked) -> Iterator[str]:
    """A list with an entry for each hypothesis."""
    known = hypotheses(checked, lambda text: f"{_MARK}{text}{_MARK}")
    stated, silent = ([entry for entry in known if entry.stated == side] for side in (True, False))
    yield (
        f"The paper states {counted(len(stated))} hypotheses, of which {_holding(stated)} here. It leaves "
        f"{counted(len(silent))} silent, of which {_holding(silent)}."
    )
    yield entries(_entry(checked, entry) for entry in known)


def _holding(known: Sequence[Hypothesis]) -> str:
    many = sum(entry.holds is True for entry in known)
    return f"{'all' if many == len(known) else counted(many)} {'holds' if many == 1 else 'hold'}"


def _entry(checked: Checked, entry: Hypothesis) -> str:
    pieces = entry.because.split(_MARK)
    because = "".join(name(piece) if k % 2 else _prose(piece) for k, piece in enumerate(pieces))
    of_theta = entry.id in ("nonnegative", "strict")
    if of_theta and entry.holds and (proof := always(checked, entry.id)):
        because += f" ({claims(checked, [proof])})"
    if of_theta and entry.holds is False and (broken := breaking(checked, entry.id)):
        because += rf": {rewards(broken.rewards)} at $\gamma = {fraction(broken.gamma)}$"
    return f"{name(entry.id)} ({'stated' if entry.stated else 'silent'}) {MARKS[entry.holds]}: {because}."


def _prose(text: str) -> str:
    """Our words, with the symbols among them."""
    return re.sub("|".join(map(re.escape, SYMBOLS)), lambda found: SYMBOLS[found[0]], text)
