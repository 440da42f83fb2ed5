"""What was verified or checked, as an object that speaks names: `Checked`, which every report reads, with handles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console

from exact.errors import BadInstance, ExactError
from exact.mdp import suggestion
from gammastar.certificate import Certificate
from gammastar.notebook import Answer, Json, as_kind
from gammastar.number import Number, Thresholds
from proofs.claims.accepted import Accepted, Verdict
from proofs.claims.checked import Checked
from proofs.claims.slack import slack_of
from proofs.claims.types import PAPER, POSITIVE, SHARP, SURE, Orbit
from proofs.families.session import CheckedFamily
from proofs.report.document import orbit as orbit_document
from proofs.report.document import report
from proofs.report.document import thresholds as thresholds_document
from proofs.report.headline import headline, main_text
from proofs.report.slack import document as slack_document
from proofs.report.slack import show_slack
from proofs.report.terminal import show_lines
from proofs.report.text import show, show_orbit, show_thresholds

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from gammastar.drawing import Graph

SYMBOLS = {PAPER: "gamma*", SHARP: "gamma°"}


class NoSuchTheorem(ExactError, KeyError):
    """A name that is none of the theorems'."""

    __str__ = ExactError.__str__


class Judged(Answer, Accepted):
    """`.verdict`, `.conclusion` and `.n` are Theorem 2's, with "reachable" read as with positive probability."""

    certificate: Certificate

    @classmethod
    def made_of(cls, found: Checked | CheckedFamily) -> Self:
        """The same data."""
        return as_kind(cls, found, certificate=Certificate(found.certificate))

    @property
    def verdict(self) -> str:
        """Of Theorem 2: "verified", "refuted", "inapplicable" or "undecided"."""
        return self.main.verdict

    @property
    def conclusion(self) -> str:
        """Of Theorem 2: "proved", "fails" or "undecided"."""
        return self.main.conclusion

    @property
    def n(self) -> int:
        """Theorem 2's: what is proved; where its conclusion is not, the n that fails or is open."""
        return self.main.n

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """The verdict on "proposition-1", -2, -3, "theorem-1" or -2. reach: the reading of "reachable", POSITIVE
        ("positive-probability") or "probability-1". Raises NoSuchTheorem.
        """
        if (name, reach) not in self.theorems:
            known = sorted({known for known, _ in self.theorems}) if reach in (POSITIVE, SURE) else [POSITIVE, SURE]
            wrong = name if reach in (POSITIVE, SURE) else reach
            raise NoSuchTheorem(f'"{wrong}" is not known', suggestion(wrong, known))
        return self.theorems[name, reach]


class Result(Judged, Checked):
    """Everything that the kernel accepted, and what it derives. Prints as on the terminal, as tables in a notebook.

    >>> import gammastar as gs
    >>> found = gs.verify("examples/corridor-3.toml")
    >>> found.verdict, found.n, found.status
    ('verified', 3, 'VALID')
    >>> print(found.gamma_star["r3"], found.gamma_star["r3"] < "9/10", found.theorem("proposition-3").verdict)
    (-1 + sqrt(5))/2 True verified
    """

    @property
    def says(self) -> str:
        """The answer in a sentence or two."""
        return "\n".join(headline(self))

    @cached_property
    def gamma_star(self) -> Thresholds:
        """gamma*_x by state (Prop. 3): Numbers, None where it does not exist; open ones are in `.open`."""
        return self._by_state(PAPER)

    @cached_property
    def gamma_sharp(self) -> Thresholds:
        """gamma°_x by state (exact swap theorem), likewise."""
        return self._by_state(SHARP)

    def _by_state(self, kind: str) -> Thresholds:
        open_ = self.unsettled(kind)
        settled: dict[str, Number | None] = {x: None for x in self.candidates if x not in open_}
        settled |= {x: Number.made_of(value) for (of, x), value in self.roots.items() if of == kind}
        return Thresholds(SYMBOLS[kind], settled, open_)

    def graph(self, columns: int = 2, leave_out: Collection[str] = (), within: int | None = None) -> Graph:
        """The MDP with its roles. See gammastar.graph."""
        from gammastar.drawing import graph

        return graph(self, columns, leave_out, within)

    def plot(self, what: str = "steps", columns: int = 1) -> Figure:
        """A figure over gamma. See gammastar.plot."""
        from gammastar.drawing import plot

        return plot(self, what, columns)

    def to_networkx(self) -> Any:
        """The MDP as a networkx.MultiDiGraph. See gammastar.to_networkx."""
        from gammastar.drawing import to_networkx

        return to_networkx(self.instance)

    def show(self, console: Console) -> None:
        """As `gammastar verify` prints it, without second opinions."""
        show(self, console)
        show_lines(console, [f"kernel: s {self.status}"])

    def to_dict(self) -> Json:
        """`gammastar verify --json`, without second opinions."""
        return report(self)

    def __repr__(self) -> str:
        said = main_text(self)
        return f"<{type(self).__name__} {self.instance.name}: {said}, s {self.status}>"


class ThresholdsResult(Result):
    """What `gammastar.thresholds` found; of the theorems, only what follows from thresholds."""

    at_gamma = False  # whether it was asked what is counted at the question's gamma

    def show(self, console: Console) -> None:
        """As `gammastar thresholds` prints it."""
        show_thresholds(self, console, self.at_gamma)

    def to_dict(self) -> Json:
        """`gammastar thresholds --json`."""
        return thresholds_document(self, self.at_gamma)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.instance.name}>"


class OrbitResult(Result):
    """What `gammastar.orbit` counted."""

    show = show_orbit
    to_dict = orbit_document

    @property
    def counts(self) -> Orbit:
        """.size (of the orbit inside Theta), .outside, .shutdown, .avoid, .tie."""
        found = self.question_orbit or self.aside.orbit
        if found is None:
            raise BadInstance("nothing was counted", "give rewards and a gamma", self.instance.name)
        return found

    @property
    def certified(self) -> bool:
        """The kernel has accepted the count."""
        return self.question_orbit is not None

    @property
    def ratio(self) -> Fraction | None:
        """How many goals avoid shutdown for each that prefers it; None where none does."""
        return Fraction(self.counts.avoid, self.counts.shutdown) if self.counts.shutdown else None

    def __repr__(self) -> str:
        counts = self.counts
        return f"<{type(self).__name__} {self.instance.name}: {counts.avoid} avoid, {counts.shutdown} shut down>"


class SlackResult(Result):
    """What `gammastar.slack` found."""

    show = show_slack
    to_dict = slack_document

    @property
    def least_ratio(self) -> Fraction | None:
        """Of goals that avoid shutdown to goals that accept it, the least that was found; None where none accepts."""
        return slack_of(self).ratio

    @property
    def rewards(self) -> Mapping[str, Fraction]:
        """A goal of the orbit that has it; states that are not named have 0."""
        orbit = slack_of(self).orbit
        return {} if orbit is None else orbit.rewards

    @property
    def tight(self) -> bool:
        """The least ratio is the n that is proved, and the kernel has accepted both. False: not known."""
        return slack_of(self).tight

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.instance.name}: {self.least_ratio}{', tight' if self.tight else ''}>"
