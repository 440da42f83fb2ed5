"""The reports of `gammastar slack`: the bound and the least ratio of an orbit, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console

from exact.digits import exact_text, shown
from proofs.claims.checked import STATED, Checked
from proofs.claims.slack import Slack, slack_of
from proofs.claims.spelling import goal_text, several
from proofs.claims.write import rewards
from proofs.report import closing
from proofs.report.document import about, orbit_counts
from proofs.report.numbers import Json
from proofs.report.terminal import show_lines, show_paragraph


def show_slack(checked: Checked, console: Console) -> None:
    """As `gammastar slack` prints it."""
    found = slack_of(checked)
    show_lines(console, _lines(checked, found))
    show_paragraph(console, closing.slack(found.proved, found.orbit is not None, found.certified, found.tight))


def _lines(checked: Checked, found: Slack) -> Iterator[str]:
    yield f"{checked.instance.name}: gamma = {shown(checked.gamma or 0)}: {_answer(found)}"
    yield ""
    for name, number in (("n", found.n), ("n°", found.n_sharp)):
        yield f"{name}: {'open' if number is None else number}"
    failing = [name for name in STATED if not checked.hypotheses.get(name)]
    because = f"; the paper's hypotheses that fail or are open: {several(failing)}" if failing else ""
    yield f"proved here: {found.proved or 'no n'}{because}"
    if found.orbit is not None and found.ratio is not None:
        yield f"least ratio found: {ratio_text(found.ratio)}"
        yield f"its goal: {goal_text(checked.instance.mdp.states, found.orbit.rewards) or '0'}"
        counted = f"{found.orbit.avoid} avoid shutdown, {found.orbit.shutdown} shut down, {found.orbit.tie} tie"
        yield f"its orbit: {counted}, {found.orbit.outside} outside Theta"
        yield f"certified: {'yes' if found.certified else f'no, computed only: {checked.aside.why}'}"
    yield from (f"tried: {entry}" for entry in checked.aside.tried)


def _answer(found: Slack) -> str:
    if found.ratio is None:
        return "no orbit was found in which a goal shuts down, so there is no ratio"
    if found.tight:
        return f"tight: an orbit has the ratio {found.proved} that is proved for all"
    if not found.proved:
        return f"no n is proved, and the least ratio found is {ratio_text(found.ratio)}"
    if found.ratio == found.proved:
        return f"an orbit was counted with the ratio {found.proved} that is proved for all, but it is not certified"
    return f"not known to be tight: n = {found.proved} is proved, the least ratio found is {ratio_text(found.ratio)}"


def ratio_text(ratio: Fraction) -> str:
    """A fraction with two decimals, cut off."""
    hundredths = 100 * ratio.numerator // ratio.denominator
    decimals = f"{shown(Fraction(hundredths // 100))}.{hundredths % 100:02d}"
    return exact_text(ratio) if ratio.denominator == 1 else f"{exact_text(ratio)}, about {decimals}"


def document(checked: Checked) -> Json:
    """`gammastar-slack/1`."""
    found = slack_of(checked)
    orbit = found.orbit
    return {
        "format": "gammastar-slack/1",
        "instance": about(checked.instance),
        "gamma": exact_text(checked.gamma or Fraction(0)),
        "n": found.n,
        "n_sharp": found.n_sharp,
        "proved": found.proved,
        "least_ratio": None if found.ratio is None else exact_text(found.ratio),
        "rewards": None if orbit is None else rewards(orbit.rewards),
        "orbit": None if orbit is None else orbit_counts(orbit) | {"certified": found.certified},
        "orbit_note": None if found.certified else checked.aside.why,
        "tight": found.tight,
        "tried": list(checked.aside.tried),
    }
