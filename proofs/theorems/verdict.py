"""What is said of a theorem, and what it is said from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from proofs.analysis import Analysis
from proofs.findings import Findings
from proofs.swaps import swap
from proofs.training import keeps_theta
from proofs.universal.row import Property

POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable" in Def. 7 and Prop. 1


@dataclass(frozen=True)
class Verdict:
    """verdict: verified | refuted | inapplicable | undecided; conclusion: proved | fails | undecided, for `n`."""

    verdict: str
    conclusion: str
    means: str
    n: int


@dataclass(frozen=True)
class Case:
    """The premises: facts of the instance, witnesses found, which hypotheses hold, how "reachable" is read."""

    analysis: Analysis
    findings: Findings
    hypotheses: Mapping[str, bool | None]
    reach: str = POSITIVE

    @property
    def swaps_work(self) -> bool:
        """True iff a swap past its threshold retargets every goal: shutdown ends the episode, theta >= 0, no ties."""
        return all(self.hypotheses[name] for name in ("shutdown-terminal", "nonnegative", "strict"))

    @property
    def counted(self) -> tuple[int, ...]:
        """The x with gamma > gamma*_x at the question; all with a gamma*_x if it has no gamma."""
        return self.analysis.exceeded(self.analysis.paper, self.analysis.instance.question.gamma)

    @property
    def sharply_counted(self) -> tuple[int, ...]:
        """The same for gamma >= gamma°_x."""
        return self.analysis.exceeded(self.analysis.sharp, self.analysis.instance.question.gamma)

    def keeping(self, states: Iterable[int]) -> tuple[int, ...]:
        """Those whose swap with s_term keeps Theta (Condition 2): by closure and symmetry, or by a universal claim."""
        return tuple(x for x in states if keeps_theta(self.analysis.instance, x) or self.shown("stays", x))

    def shown(self, asked: Property, x: int) -> bool:
        """A universal claim proves this condition of Def. 4 of the swap of x and s_term, for the question."""
        instance = self.analysis.instance
        return self.findings.shown(asked, swap(instance, x), instance.question.gamma)

    @property
    def ood(self) -> bool:
        """S_reach, as read here, is disjoint from S_train."""
        reached = self.analysis.reachable if self.reach == POSITIVE else self.analysis.sure
        return not self.analysis.instance.training & reached


def proved(stated: bool, means: str, n: int) -> Verdict:
    """The conclusion holds; stated: what the paper states as premises holds too."""
    return Verdict("verified" if stated else "inapplicable", "proved", means, n)


def failed(stated: bool, means: str, n: int) -> Verdict:
    """The conclusion fails."""
    return Verdict("refuted" if stated else "inapplicable", "fails", means, n)


def undecided(stated: bool, n: int) -> Verdict:
    """Neither proof nor witness."""
    return Verdict("undecided" if stated else "inapplicable", "undecided", "none", n)


def over(states: int) -> Verdict:
    """The verdict on a claim about each of these states, all of them proved."""
    return Verdict("verified", "proved", "paper", states) if states else Verdict("inapplicable", "proved", "vacuous", 0)
