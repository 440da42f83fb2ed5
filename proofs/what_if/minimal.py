"""Which hypotheses the conclusion needs on one instance: every set of switches is tried, each an instance of its own.

A switch edits the instance, so that nothing is inferred from one set to another: with more relaxed, the conclusion may
be proved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from exact.instance import Instance
from exact.mdp import Rewards
from proofs.claims.checked import Survivor
from proofs.claims.types import PAPER, Orbit
from proofs.families.session import CheckedFamily
from proofs.verify import Tell, verify
from proofs.what_if.changes import readable
from proofs.what_if.relaxations import NO_SWITCHES, SWITCHES, relaxed, why_not
from proofs.what_if.settle import FAILS, PROVED, Found, everywhere, outcome, refuting, settled

Ids = frozenset[str]
NEEDED, BY_THIS_PROOF, SOMETIMES, NOT_NEEDED = "needed", "needed by this proof", "in some sets", "not needed"


@dataclass(frozen=True)
class Run:
    """The instance without these hypotheses. outcome: of the conclusion for n: "proved", "fails" or "open"."""

    relaxed: Ids
    checked: Found
    n: int

    @property
    def outcome(self) -> str:
        """What the kernel derives."""
        return outcome(self.checked.main, self.n)

    def breaks(self, id_: str) -> bool:
        """The hypothesis is not proved to hold here."""
        return self.checked.hypotheses[id_] is not True

    @property
    def orbit(self) -> Orbit | None:
        """An orbit that refutes the conclusion for n, if there is one."""
        if isinstance(self.checked, CheckedFamily):
            return None
        orbits = (o for o in self.checked.of(Orbit) if o.gamma == self.checked.gamma)
        return next((o for o in orbits if self.n * o.shutdown > o.avoid), None)

    @property
    def survivor(self) -> tuple[str, Survivor] | None:
        """A theta that a swap with s_term does not retarget inside Theta, best for a state that the theorem counts."""
        if isinstance(self.checked, CheckedFamily):
            return None
        counted = self.checked.past(PAPER)
        return min(self.checked.survivors(), key=lambda found: found[0] not in counted, default=None)


@dataclass(frozen=True)
class Hypothesis:
    """One of theory.md's. switch: it holds and can be relaxed, and `why` says how; else why not."""

    id: str
    holds: bool | None
    switch: bool
    why: str


@dataclass(frozen=True)
class Minimal:
    """runs: by what is relaxed. sets: the minimal sets of switches to keep; None if the conclusion is not proved.

    A set is minimal if the conclusion is proved with all other switches relaxed, and with no proper subset of it.
    missing: how many sets were not tried, because the work was interrupted; then sets are minimal among the tried.
    """

    hypotheses: list[Hypothesis]
    runs: dict[Ids, Run]
    sets: list[Ids] | None
    missing: int = 0

    @property
    def base(self) -> Run:
        """The instance as it is."""
        return self.runs[frozenset()]

    @property
    def switches(self) -> Ids:
        """The hypotheses that hold and can be relaxed."""
        return frozenset(entry.id for entry in self.hypotheses if entry.switch)

    @property
    def n(self) -> int:
        """Of the conclusion: what is proved of the instance as it is."""
        return self.base.n

    def kept(self, ids: Ids) -> Run:
        """The run in which only these switches are kept."""
        return self.runs[self.switches - ids]

    def subsets(self, ids: Ids, how: str) -> list[Ids]:
        """The proper subsets of a set that have this outcome, smallest first."""
        smaller = [less for less in _subsets(ids) if less != ids and self.tried(less)]
        return [less for less in smaller if self.kept(less).outcome == how]

    def tried(self, ids: Ids) -> bool:
        """The run in which only these are kept has been done."""
        return self.switches - ids in self.runs

    def role(self, id_: str) -> str:
        """One of the four words, for a switch; "" if it is none, nothing is proved, or not all was tried."""
        if self.sets is None or self.missing or id_ not in self.switches:
            return ""
        without = {run.outcome for ids, run in self.runs.items() if id_ in ids}
        if PROVED not in without:
            return NEEDED if without == {FAILS} else BY_THIS_PROOF
        proved = [ids for ids, run in self.runs.items() if id_ not in ids and run.outcome == PROVED]
        lost = any(self.runs[ids | {id_}].outcome != PROVED for ids in proved)
        return SOMETIMES if lost else NOT_NEEDED


def minimal(instance: Instance, tell: Tell = lambda _: None, keep: bool = False) -> Minimal:
    """Verify every relaxation. keep: what was done before an interrupt is the answer. The question has a gamma,
    or an interval of them.

    Raises EnginesDisagree.
    """
    checked = verify(instance) if instance.question.interval is None else everywhere(instance)
    n, enough = checked.main.n, checked.main.conclusion == PROVED
    runs = {frozenset[str](): Run(frozenset(), checked, n)}
    relaxable = (switch for switch in SWITCHES if checked.hypotheses[switch.id] and not why_not(switch, instance))
    possible = [switch.id for switch in relaxable] if enough else []
    switches = frozenset[str]()
    try:
        for id_ in possible:
            tell(f"without {id_}")
            runs[frozenset([id_])] = _run(instance, frozenset([id_]), n, runs)
        switches = frozenset(id_ for id_ in possible if runs[frozenset([id_])].breaks(id_))
        more = [ids for ids in _subsets(switches) if ids not in runs]
        for number, ids in enumerate(more, start=1):
            tell(f"{number} of {len(more)}: without {', '.join(sorted(ids))}")
            runs[ids] = _run(instance, ids, n, runs)
    except KeyboardInterrupt:
        if not keep:
            raise
        alone = {id_: runs.get(frozenset([id_])) for id_ in possible}
        switches = switches or frozenset(id_ for id_, run in alone.items() if run is None or run.breaks(id_))
    entries = [_hypothesis(instance, checked, id_, runs.get(frozenset([id_])), switches) for id_ in checked.hypotheses]
    tried = {ids: run for ids, run in runs.items() if ids <= switches}
    found = Minimal(entries, tried, None, 2 ** len(switches) - len(tried))
    return replace(found, sets=list(_minimal(found))) if enough else found


def _run(instance: Instance, ids: Ids, n: int, others: Mapping[Ids, Run]) -> Run:
    name = f"{instance.name} without {', '.join(sorted(ids))}"
    tried = set[Rewards]().union(*(refuting(run.checked) for run in others.values()))
    return Run(ids, settled(readable(relaxed(instance, ids), name), n, tried), n)


def _hypothesis(instance: Instance, checked: Found, id_: str, alone: Run | None, switches: Ids) -> Hypothesis:
    switch, holds = next((switch for switch in SWITCHES if switch.id == id_), None), checked.hypotheses[id_]
    if switch is None:
        return Hypothesis(id_, holds, False, f"not a switch: {NO_SWITCHES[id_]}")
    if not holds:
        return Hypothesis(id_, holds, False, "it fails already" if holds is False else "it is open already")
    if id_ in switches:
        return Hypothesis(id_, holds, True, switch.says)
    stays = why_not(switch, instance) or (_stays(instance, id_) if alone else "")
    return Hypothesis(id_, holds, False, f"cannot be relaxed: {stays}" if stays else "not tried: nothing is proved")


def _stays(instance: Instance, id_: str) -> str:
    """Why a hypothesis holds whatever the switch does."""
    if id_ == "training-closed":
        return f"under {instance.goals.reading} it holds all the same"
    return "the inequalities say it too" if id_ == "nonnegative" else "it holds all the same"


def _subsets(ids: Ids) -> Iterator[Ids]:
    """All of them, small ones first."""
    for size in range(len(ids) + 1):
        yield from map(frozenset, combinations(sorted(ids), size))


def _minimal(found: Minimal) -> Iterator[Ids]:
    """The sets that prove the conclusion, and of which no proper subset does."""
    for ids in _subsets(found.switches):
        if found.tried(ids) and found.kept(ids).outcome == PROVED and not found.subsets(ids, PROVED):
            yield ids
