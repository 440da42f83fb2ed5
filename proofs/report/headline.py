"""The answer in a line or two: the strongest thing that is proved of Theorem 2, and what it means in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofs.claims.checked import STATED, Checked, Verdict
from proofs.claims.types import PAPER, SHARP

BY = {"paper": "the paper's argument", "sharp": "exact swap theorem", "linear": "linear arithmetic over Theta"}


def verdict_text(verdict: Verdict, gamma: Fraction | None) -> str:
    """`verified; conclusion proved (paper), n = 3`. Where gamma is not known and n grows with it: from where on."""
    n = f"n = {verdict.n}"
    if gamma is None and verdict.conclusion == "proved":
        n = {"paper": f"n = n(gamma), {verdict.n} above every gamma*_x", "sharp": f"{n} from the last gamma°_x on"}.get(
            verdict.means, n
        )
    return f"{verdict.verdict}; conclusion {verdict.conclusion} ({verdict.means}), {n}"


def headline(checked: Checked) -> Iterator[str]:
    """The strongest thing that is proved, then a sentence that says it in numbers of goals."""
    yield {"verified": _holds, "refuted": _is_false, "inapplicable": _says_nothing, "undecided": _is_open}[
        checked.main.verdict
    ](checked)
    yield from _in_numbers(checked)


def _holds(checked: Checked) -> str:
    least = len(checked.past(PAPER))
    n, means = _strongest(checked)
    of = f"n = {least}" if checked.gamma is not None else f"n(gamma), {least} above every gamma*_x"
    by = "" if means == "paper" else f" ({BY[means]})"
    if n > least:
        return f"Theorem 2 holds with the paper's {of}; sharper: n = {n}{_where(checked)}{by}"
    return f"Theorem 2 holds with the paper's {of}{by}"


def _is_false(checked: Checked) -> str:
    return (
        f"Theorem 2 is false here: what it states as hypotheses holds, its conclusion fails for n = {_refuted(checked)}"
    )


def _says_nothing(checked: Checked) -> str:
    failing = [name for name in STATED if checked.hypotheses[name] is False]
    because = f"{' and '.join(failing)} {'fails' if len(failing) == 1 else 'fail'}"
    return f"Theorem 2 says nothing here, since {because}; {_conclusion(checked)}"


def _conclusion(checked: Checked) -> str:
    if checked.main.proved is not None:
        n, means = checked.main.proved
        return f"yet its conclusion is proved with n = {n}{_where(checked)} ({BY[means]})"
    if checked.main.conclusion == "fails":
        return f"and its conclusion fails for n = {_refuted(checked)}"
    return f"whether its conclusion holds with n = {checked.main.n} is open"


def _is_open(checked: Checked) -> str:
    unknown = [name for name in STATED if checked.hypotheses[name] is None]
    if unknown:
        return f"Theorem 2 is undecided here, since {' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} open"
    known = checked.main.proved
    text = f"Theorem 2 is undecided here: n = {checked.main.n} is neither proved nor refuted"
    return text if known is None else f"{text}; n = {known[0]} is proved ({BY[known[1]]})"


def _strongest(checked: Checked) -> tuple[int, str]:
    main = checked.main
    return main.proved or (main.n, main.means)


def _where(checked: Checked) -> str:
    """For a question about all gammas: whether so many are counted at each, or only past the last threshold."""
    if checked.gamma is not None:
        return ""
    n, means = _strongest(checked)
    everywhere = [x for x in checked.keeping[SHARP] if checked.roots[SHARP, x] == 0]
    return " at every gamma" if means == "linear" or n <= len(everywhere) else " above every gamma*_x"


def _refuted(checked: Checked) -> int:
    orbit = checked.refuting()
    return checked.main.n if orbit is None else checked.least(orbit.gamma)


def _in_numbers(checked: Checked) -> Iterator[str]:
    orbit, proved = checked.refuting(), checked.main.proved
    if orbit is not None:
        goals = f"{orbit.shutdown} {'goal accepts' if orbit.shutdown == 1 else 'goals accept'} shutdown"
        yield f"In an orbit inside Theta {goals}, {orbit.avoid} {'avoids' if orbit.avoid == 1 else 'avoid'} it."
    elif proved is not None:
        n = proved[0]
        yield (
            f"In every orbit inside Theta at least {n} of {n + 1} goals that decide avoid shutdown{_where(checked)}."
        )
