"""gammastar: how large a share of goals shuts down, as an object."""

from __future__ import annotations

from fractions import Fraction

from rich.console import Console

from exact.rational import Exact
from exact.share import Share
from exact.share import share as share_of
from gammastar.asked import Given, instance_of, need_gamma
from gammastar.notebook import Answer
from proofs.claims.checked import Checked
from proofs.report import share as report
from proofs.report.numbers import Json
from proofs.verify import verify


class ShareResult(Answer):
    """`.value`: the exact share, or None; then `.interval` holds it with 99 % confidence. `.n`: certified, or None."""

    def __init__(self, found: Share, checked: Checked) -> None:
        self.found, self.checked = found, checked
        self.value = found.value
        self.interval = None if found.sample is None else found.sample.interval
        self.n = report.proved_n(found, checked)

    def show(self, console: Console) -> None:
        """As `gammastar share` prints it."""
        report.show(self.found, self.checked, console)

    def to_dict(self) -> Json:
        """`gammastar share --json`."""
        return report.document(self.found, self.checked)

    def __repr__(self) -> str:
        return f"<Share of {self.found.instance.name}: {self.interval if self.value is None else self.value}>"


def share(
    given: Given, gamma: Exact | None = None, reach: str | None = None, samples: int | None = None, seed: int = 1
) -> ShareResult:
    """The share of Theta within [0, 1]^d that shuts down, at one gamma; with `reach`, that surely gets to that state.

    Exact where the goals are a polytope within reach, else from a sample; `samples` asks for one. Not certified, but
    for the n of the bound 1/(n + 1). Raises BadInstance without gamma, NotAGoalSet, UnknownState.

    >>> import gammastar as gs
    >>> gs.share("examples/star-3.toml").value
    Fraction(1, 4000)
    """
    instance = need_gamma(instance_of(given, gamma))
    target = None if reach is None else instance.mdp.state(reach)
    found = share_of(instance, instance.question.gamma or Fraction(0), target, samples, seed)
    return ShareResult(found, verify(instance))
