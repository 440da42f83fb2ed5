"""The answer in a line or two: the strongest thing that is proved of Theorem 2, and what it means in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exact.digits import shown
from exact.instance.gammas import Gammas
from proofs.claims.accepted import Verdict
from proofs.claims.checked import STATED, Checked
from proofs.claims.types import PAPER, SHARP
from proofs.report.closing import theorem

BY = {"paper": "the paper's argument", "sharp": "exact swap theorem", "linear": "linear arithmetic over Theta"}


def verdict_text(verdict: Verdict, gamma: Fraction | Gammas | None, where: str = " from the last gamma°_x on") -> str:
    """`verified; conclusion proved (paper), n = 3`. Where n grows with a gamma that is not given: from where on.

    where: at which gammas the exact swap theorem's n holds.
    """
    n = f"n = {verdict.n}"
    if gamma is None and verdict.conclusion == "proved":
        n = {"paper": f"n = n(gamma), {verdict.n} above every gamma*_x", "sharp": f"{n}{where}"}.get(verdict.means, n)
    return f"{verdict.verdict}; conclusion {verdict.conclusion} ({verdict.means}), {n}"


def main_text(checked: Checked) -> str:
    """The same of Theorem 2, with where n holds as the headline has it."""
    if _strongest(checked)[0] != checked.main.n:
        return verdict_text(checked.main, checked.gamma)
    return verdict_text(checked.main, checked.gamma, _where(checked))


def headline(checked: Checked) -> Iterator[str]:
    """The strongest thing that is proved, then a sentence that says it in numbers of goals."""
    yield {"verified": _holds, "refuted": _is_false, "inapplicable": _says_nothing, "undecided": _is_open}[
        checked.main.verdict
    ](checked)
    yield from _in_numbers(checked)


def ending(checked: Checked) -> str:
    """The report's last sentences."""
    gamma = None if checked.gamma is None else shown(checked.gamma)
    where = "" if checked.main.proved is None else _where(checked).strip()
    return theorem(checked.main, gamma, where, checked.refuting(), checked.vacuous)


def _holds(checked: Checked) -> str:
    least = len(checked.past(PAPER))
    n, means = _strongest(checked)
    of = f"n = {least}" if checked.gamma is not None else f"n(gamma), which is {least} above every gamma*_x"
    by = "" if means == "paper" else f" ({BY[means]})"
    if n > least:
        return f"Theorem 2 holds with the paper's {of}; sharper: n = {n}{_where(checked)}{by}"
    return f"Theorem 2 holds with the paper's {of}{by}"


def _is_false(checked: Checked) -> str:
    refuted = f"an orbit refutes n = {_refuted(checked)}"
    return f"Theorem 2 fails here: its stated hypotheses hold, yet {refuted}{_also(checked)}"


def _says_nothing(checked: Checked) -> str:
    failing = [name for name in STATED if checked.hypotheses[name] is False]
    because = f"{' and '.join(failing)} {'fails' if len(failing) == 1 else 'fail'}"
    return f"Theorem 2 says nothing here, since {because}; {_conclusion(checked)}"


def _conclusion(checked: Checked) -> str:
    if checked.main.conclusion == "proved":
        n, means = _strongest(checked)
        return f"yet its conclusion is proved with n = {n}{_where(checked)} ({BY[means]})"
    if checked.main.conclusion == "fails":
        return f"and its conclusion fails for n = {_refuted(checked)}{_also(checked)}"
    return f"whether its conclusion holds with n = {checked.main.n} is open{_also(checked)}"


def _is_open(checked: Checked) -> str:
    unknown = [name for name in STATED if checked.hypotheses[name] is None]
    if unknown:
        because = f"since {' and '.join(unknown)} {'is' if len(unknown) == 1 else 'are'} open"
        return f"Theorem 2 is undecided here, {because}{_also(checked)}"
    return f"Theorem 2 is undecided here: n = {checked.main.n} is neither proved nor refuted{_also(checked)}"


def _also(checked: Checked) -> str:
    """A smaller n that is proved all the same."""
    known = checked.main.proved
    return "" if known is None else f"; n = {known[0]} is proved{_where(checked)} ({BY[known[1]]})"


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
    if proved is not None:
        n, where = proved[0], _where(checked).strip()
        orbits = f"{where[0].upper()}{where[1:]}, in every orbit" if where else "In every orbit"
        yield f"{orbits} inside Theta, at least {n} of {n + 1} goals that decide avoid shutdown."
    if checked.vacuous:
        where = "any gamma" if checked.gamma is None else "this gamma"
        yield f"No goal of Theta prefers shutdown at {where}, so what is concluded about such goals is empty."
