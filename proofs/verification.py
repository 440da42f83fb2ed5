"""`verify`: facts, witnesses, hypotheses, verdicts, certificate, and the kernel's word on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exact.instance import Instance
from proofs.analysis import Analysis
from proofs.certificate import certificate
from proofs.findings import Findings
from proofs.hypotheses import Hypothesis, all_hypotheses
from proofs.linear import linear_stage, survivors, vacuity
from proofs.search import negative_goal, question_orbit, refuting_orbit, tied_goal
from proofs.theorems import POSITIVE, SURE, THEOREMS, Case, Verdict

Verdicts = dict[tuple[str, str], Verdict]  # (theorem, reading of "reachable") -> verdict


@dataclass(frozen=True)
class Verification:
    """All that `verify` found. certificate: JSON text, for the kernel to check."""

    analysis: Analysis
    findings: Findings
    hypotheses: list[Hypothesis]
    verdicts: Verdicts
    certificate: str

    @property
    def main(self) -> Verdict:
        """The report's verdict: Theorem 2's, with S_reach as the paper defines it."""
        return self.verdicts["theorem-2", POSITIVE]


def verify(
    instance: Instance, tell: Callable[[str], None] = lambda _: None, known: Findings | None = None
) -> Verification:
    """Work out every verdict and its evidence. Raises TooLarge for an orbit of over 10! vectors.

    known: linear and universal claims that were decided before; the certificate holds them too.
    """
    analysis, findings = Analysis(instance), known or Findings()
    tell("thresholds")
    if not analysis.instance.goals.nonnegative:
        findings.negative = negative_goal(instance)
    if instance.ties == "shutdown-first":
        findings.tied = tied_goal(instance)
    tell("orbit")
    if (asked := question_orbit(instance)) is not None:
        findings.orbits.append(asked)
    if instance.question.gamma is not None and (empty := vacuity(instance, instance.question.gamma)) is not None:
        findings.universal.append(empty)
    hypotheses = all_hypotheses(analysis, findings)
    verdicts = _verdicts(analysis, findings, hypotheses)
    if instance.question.gamma is not None and (not _proved(verdicts) or instance.question.permutations):
        tell("linear claims")
        findings.linear = findings.linear or linear_stage(analysis, instance.question.gamma)
        verdicts = _verdicts(analysis, findings, hypotheses)
    if not _proved(verdicts):
        tell("counterexample")
        orbit = refuting_orbit(analysis, findings)
        findings.orbits += [orbit] if orbit is not None and orbit not in findings.orbits else []
    tell("swaps")
    found = survivors(analysis, _not_proved(analysis, hypotheses), findings.linear)
    findings.survivors = [*found, *findings.survivors]
    verdicts = _verdicts(analysis, findings, hypotheses)
    text = certificate(analysis, findings, hypotheses, verdicts)
    return Verification(analysis, findings, hypotheses, verdicts, text)


def _proved(verdicts: Verdicts) -> bool:
    return all(verdicts["theorem-2", reach].conclusion == "proved" for reach in (POSITIVE, SURE))


def _verdicts(analysis: Analysis, findings: Findings, hypotheses: list[Hypothesis]) -> Verdicts:
    holds = {entry.id: entry.holds for entry in hypotheses}
    cases = [Case(analysis, findings, holds, reach) for reach in (POSITIVE, SURE)]
    return {(name, case.reach): decide(case) for name, decide in THEOREMS.items() for case in cases}


def _not_proved(analysis: Analysis, hypotheses: list[Hypothesis]) -> list[int]:
    """The reachable states whose swap with s_term the exact swap theorem does not prove to retarget all of Theta."""
    holds = {entry.id: entry.holds for entry in hypotheses}
    works = all(holds[name] for name in ("shutdown-terminal", "nonnegative", "strict"))
    past = analysis.exceeded(analysis.sharp, analysis.instance.question.gamma)
    proved = analysis.keeping(past) if works else ()
    return [x for x in analysis.candidates if x in analysis.reachable and x not in proved]
