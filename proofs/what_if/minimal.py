"""Which hypotheses the conclusion really needs on one instance: every subset of the switches is tried and proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from exact.instance import Instance
from proofs.findings import CountedOrbit, Survivor
from proofs.hypotheses import Hypothesis
from proofs.matrix.changes import written
from proofs.matrix.relaxations import NO_SWITCHES, SWITCHES, relaxed, why_not
from proofs.matrix.word import Judge, Word
from proofs.report.document import refuting
from proofs.verification import Verification, verify

Ids = frozenset[str]


@dataclass(frozen=True)
class Run:
    """The instance without these hypotheses. proved: the conclusion for the n of the unrelaxed instance."""

    relaxed: Ids
    instance: bytes
    found: Verification
    word: Word
    proved: bool

    @property
    def orbit(self) -> CountedOrbit | None:
        """The orbit that refutes the conclusion, if there is one."""
        return refuting(self.found)

    @property
    def survivor(self) -> Survivor | None:
        """A theta that a swap with s_term does not retarget inside Theta, best for a state that the theorem counts."""
        analysis = self.found.analysis
        counted = analysis.exceeded(analysis.paper, analysis.instance.question.gamma)
        return min(self.found.findings.survivors, key=lambda found: found.state not in counted, default=None)


@dataclass(frozen=True)
class Role:
    """A hypothesis here. switch: it holds and can be relaxed; else `why` says why not."""

    hypothesis: Hypothesis
    switch: bool
    why: str


@dataclass(frozen=True)
class Minimal:
    """runs: by what is relaxed. sets: the smallest sets of switches to keep; None if the conclusion is not proved."""

    roles: list[Role]
    runs: dict[Ids, Run]
    sets: list[Ids] | None

    @property
    def base(self) -> Run:
        """The instance as it is."""
        return self.runs[frozenset()]

    @property
    def switches(self) -> Ids:
        """The hypotheses that hold and can be relaxed."""
        return frozenset(role.hypothesis.id for role in self.roles if role.switch)

    def kept(self, ids: Ids) -> Run:
        """The run in which only these switches are kept."""
        return self.runs[self.switches - ids]


def minimal(instance: Instance, judge: Judge, tell: Callable[[str], None] = lambda _: None) -> Minimal:
    """Verify and judge every relaxation. Raises EnginesDisagree, TooLarge (see verify)."""
    work = _Work(instance, judge, tell)
    base = work.run(frozenset(), 1)
    runs = {base.relaxed: base}
    if not base.proved:
        return Minimal([_role(instance, entry, None) for entry in base.found.hypotheses], runs, None)
    alone = {id_: work.run(frozenset([id_]), base.found.main.n) for id_ in _possible(instance, base.found)}
    roles = [_role(instance, entry, alone.get(entry.id)) for entry in base.found.hypotheses]
    switches = [role.hypothesis.id for role in roles if role.switch]
    runs |= {frozenset([id_]): alone[id_] for id_ in switches}
    subsets = [frozenset(ids) for size in range(2, len(switches) + 1) for ids in combinations(switches, size)]
    for number, ids in enumerate(subsets):
        tell(f"{number + 1} of {len(subsets)}: without {', '.join(sorted(ids))}")
        runs[ids] = work.run(ids, base.found.main.n)
    return Minimal(roles, runs, list(_smallest(frozenset(switches), runs)))


@dataclass(frozen=True)
class _Work:
    instance: Instance
    judge: Judge
    tell: Callable[[str], None]

    def run(self, ids: Ids, n: int) -> Run:
        changed, name = relaxed(self.instance, ids), self.instance.name
        data, read = written(changed, f"{name} without {', '.join(sorted(ids))}" if ids else name)
        found = verify(read)
        word, main = self.judge(data, found), found.main
        proved = main.conclusion == "proved" and main.n >= n and word.confirms(found)
        return Run(ids, data, found, word, proved)


def _possible(instance: Instance, found: Verification) -> list[str]:
    """The hypotheses that hold and whose switch changes something."""
    holds = {entry.id for entry in found.hypotheses if entry.holds}
    return [switch.id for switch in SWITCHES if switch.id in holds and not why_not(switch, instance)]


def _role(instance: Instance, entry: Hypothesis, alone: Run | None) -> Role:
    switch = next((switch for switch in SWITCHES if switch.id == entry.id), None)
    if switch is None:
        return Role(entry, False, f"not a switch: {NO_SWITCHES.get(entry.id, 'it is part of the question')}")
    if not entry.holds:
        return Role(entry, False, "it fails already" if entry.holds is False else "it is open already")
    if alone is not None and next(h for h in alone.found.hypotheses if h.id == entry.id).holds is not True:
        return Role(entry, True, switch.says)
    return Role(entry, False, f"cannot be relaxed: {why_not(switch, instance) or _stays(instance, entry.id)}")


def _stays(instance: Instance, id_: str) -> str:
    """Why a hypothesis holds whatever the switch does."""
    if id_ == "training-closed":
        return f"under {instance.goals.reading} it holds all the same"
    return "the inequalities say it too" if id_ == "nonnegative" else "it holds all the same"


def _smallest(switches: Ids, runs: dict[Ids, Run]) -> Iterator[Ids]:
    """The sets that prove the conclusion, all else relaxed, and of which no subset does; short ones first."""
    found: list[Ids] = []
    for size in range(len(switches) + 1):
        for ids in map(frozenset, combinations(sorted(switches), size)):
            if runs[switches - ids].proved and not any(smaller <= ids for smaller in found):
                found.append(ids)
                yield ids


__all__ = ["Ids", "Minimal", "Role", "Run", "minimal"]
