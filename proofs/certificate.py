"""The certificate writer: what was found, as the claims of kernel/FORMAT.md. It says nothing that a claim does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic
from exact.graph import AlmostSure
from exact.instance import Instance
from exact.mdp import Policy
from exact.thresholds import Threshold, steps
from proofs.analysis import Analysis
from proofs.findings import CountedOrbit, Findings, Goal, Survivor, Universal
from proofs.hypotheses import Hypothesis, named_rewards
from proofs.swaps import swap
from proofs.theorems import Verdict
from proofs.universal.claim import Always, Answer, cycles_of
from proofs.universal.retarget import Retargeting, between
from proofs.universal.row import Property
from proofs.universal.space import Permutation

FORMAT = "gammastar-certificate/1"
_BESIDE = Fraction(1, 1 << 32)
Claim = dict[str, object]


def certificate(
    analysis: Analysis,
    findings: Findings,
    hypotheses: Sequence[Hypothesis],
    verdicts: Mapping[tuple[str, str], Verdict],
) -> str:
    """The JSON text. verdicts: by (theorem, reading of "reachable")."""
    instance = analysis.instance
    gamma = None if instance.question.gamma is None else str(instance.question.gamma)
    claims = [*_facts(analysis), *_goals(analysis, findings)]
    claims += [_hypothesis(entry) for entry in hypotheses if entry.holds is not None]
    for (name, reach), verdict in verdicts.items():
        answer = {"verdict": verdict.verdict, "conclusion": verdict.conclusion, "means": verdict.means}
        claims.append({"claim": "theorem", "id": name, "reach": reach, "gamma": gamma, **answer, "n": str(verdict.n)})
    about = {"name": instance.name, "sha256": instance.sha256}
    rows = ",\n  ".join(json.dumps(claim, ensure_ascii=False) for claim in claims)
    head = f'"format": "{FORMAT}",\n "instance": {json.dumps(about, ensure_ascii=False)}'
    return f'{{{head},\n "claims": [\n  {rows}\n ]}}\n'


def polynomial(coefficients: fmpz_poly | Sequence[int]) -> list[str]:
    """Integers as strings, low degree first."""
    entries = coefficients.coeffs() if isinstance(coefficients, fmpz_poly) else coefficients
    return [str(int(entry)) for entry in entries]


def interval(value: Algebraic) -> list[str]:
    """The isolating interval as strings."""
    return [str(end) for end in inner_interval(value)]


def inner_interval(value: Algebraic) -> tuple[Fraction, Fraction]:
    """An isolating interval inside (0, 1), unless the number is 0."""
    while value.rational is None and not 0 < value.low < value.high < 1:
        value = value.refined((value.high - value.low) / 4)
    return value.low, value.high


def _facts(analysis: Analysis) -> Iterator[Claim]:
    for x in analysis.candidates:
        yield _reach(analysis, analysis.reach[x])
    for thresholds in (analysis.paper, analysis.sharp):
        for threshold in thresholds.values():
            yield from _threshold(analysis, threshold)
    gamma = analysis.instance.question.gamma
    for thresholds in (analysis.paper, analysis.sharp):
        if thresholds and gamma is not None:
            yield _count(analysis, thresholds, gamma, gamma)
        for low, high in _between_steps(list(thresholds.values())) if thresholds else ():
            yield _count(analysis, thresholds, low, high)


def _reach(analysis: Analysis, sure: AlmostSure) -> Claim:
    mdp = analysis.instance.mdp
    ranked = sorted(sure.ranks.items(), key=lambda entry: (entry[1][0], entry[0]))
    ranks = [[mdp.states[s], mdp.actions[s][action]] for s, (_, action) in ranked]
    removed = [[mdp.states[s] for s in sorted(layer)] for layer in sure.removed]
    return {"claim": "reach", "state": mdp.states[sure.target], "ranks": ranks, "removed": removed}


def _threshold(analysis: Analysis, threshold: Threshold) -> Iterator[Claim]:
    states, kind = analysis.instance.mdp.states, threshold.kind
    name = states[threshold.state]
    if threshold.bound is not None:
        bound = {states[s]: str(value) for s, value in threshold.bound.items()}
        yield {"claim": "no-threshold", "state": name, "bound": bound}
    elif threshold.value is not None and threshold.policy is not None:
        yield _closed_form(analysis, threshold, threshold.policy)
        claim: Claim = {"claim": "threshold", "kind": kind, "state": name, "closed-form": f"{kind} {name}"}
        claim |= {"polynomial": polynomial(threshold.value.polynomial), "interval": interval(threshold.value)}
        yield claim | ({"frequency": str(threshold.frequency)} if kind == "paper" else {})


def _closed_form(analysis: Analysis, threshold: Threshold, policy: Policy) -> Claim:
    mdp, form = analysis.instance.mdp, threshold.form
    counted = [threshold.state, *([analysis.instance.s_term] if threshold.kind == "sharp" else [])]
    rows = {} if form is None else {s: form.numerators[s] for s in form.numerators if not mdp.is_terminal(s)}
    return {
        "claim": "closed-form",
        "name": f"{threshold.kind} {mdp.states[threshold.state]}",
        "policy": {mdp.states[s]: mdp.actions[s][policy[s]] for s in rows},
        "rewards": {mdp.states[s]: "1" for s in counted},
        "denominator": [] if form is None else polynomial(form.denominator),
        "values": {mdp.states[s]: polynomial(row) for s, row in rows.items()},
    }


def _count(analysis: Analysis, thresholds: Mapping[int, Threshold], low: Fraction, high: Fraction) -> Claim:
    kind, inside = next(iter(thresholds.values())).kind, (low + high) / 2
    states = [analysis.instance.mdp.states[x] for x in analysis.exceeded(dict(thresholds), inside)]
    return {"claim": "count", "kind": kind, "from": str(low), "to": str(high), "states": states}


def _between_steps(thresholds: list[Threshold]) -> Iterator[tuple[Fraction, Fraction]]:
    """The intervals of (0, 1) on which n is constant, up to an isolating interval around each step."""
    low = Fraction(0)
    for step in steps(thresholds):
        value = step.after
        if value.rational is None:
            before, after = inner_interval(value)
        else:  # paper counts above its threshold, sharp from it on
            before, after = value.low - (_BESIDE if step.attained else 0), value.low + (0 if step.attained else _BESIDE)
        if value != 0:
            if low <= before:
                yield low, before
            low = after
    if low < 1:
        yield low, Fraction(1)


def _goals(analysis: Analysis, findings: Findings) -> Iterator[Claim]:
    orbits, survivors, left = findings.recounted()
    yield from (_orbit(analysis, orbit) for orbit in orbits)
    yield from (_survivor(analysis, survivor) for survivor in survivors)
    yield from _failures(analysis, findings, left)
    if findings.linear is not None:
        yield from _linear(analysis, findings.linear)
    yield from (_universal(analysis.instance, entry) for entry in findings.universal)
    for goal in (findings.negative, findings.tied):
        if goal is not None:
            rewards = named_rewards(analysis.instance, goal.rewards)
            yield {"claim": "member", "gamma": str(goal.gamma), "rewards": rewards, "holds": True}


def _failures(analysis: Analysis, findings: Findings, left: int) -> Iterator[Claim]:
    """What breaks a condition of Def. 4, as far as the kernel's work reaches.

    A swap after which shutdown is not avoided is among the survivors, from which the verdict on Prop. 3 is taken.
    """
    instance, swaps = analysis.instance, {swap(analysis.instance, x) for x in analysis.candidates}
    known = {(entry.goal, swap(instance, entry.state)) for entry in findings.survivors}
    left -= sum(entry.work for entry in findings.universal)
    for entry in findings.failed():
        new = (entry.goal, entry.permutation) not in known
        if new and entry.goal.work(1) <= left and (entry.decided == "avoid" or entry.permutation not in swaps):
            left -= entry.goal.work(1)
            yield _failure(instance, entry.goal, cycles_of(instance, entry.permutation), entry.how)


def _orbit(analysis: Analysis, orbit: CountedOrbit) -> Claim:
    count = orbit.count
    numbers = {"size": count.size, "outside": count.outside, "shutdown": count.shutdown, "avoid": count.avoid}
    claim: Claim = {"claim": "orbit", "gamma": str(orbit.goal.gamma)}
    claim["rewards"] = named_rewards(analysis.instance, orbit.goal.rewards)
    return claim | {key: str(number) for key, number in (numbers | {"tie": count.tie}).items()}


def _survivor(analysis: Analysis, survivor: Survivor) -> Claim:
    instance, names = analysis.instance, analysis.instance.mdp.states
    cycles = [[names[instance.s_term], names[survivor.state]]]
    return _failure(instance, survivor.goal, cycles, survivor.how)


def _failure(instance: Instance, goal: Goal, cycles: list[list[str]], how: str) -> Claim:
    claim: Claim = {"claim": "swap-fails", "gamma": str(goal.gamma), "rewards": named_rewards(instance, goal.rewards)}
    return claim | {"permutation": cycles, "how": how}


def _linear(analysis: Analysis, found: Retargeting) -> Iterator[Claim]:
    """Each condition that was proved for a permutation, and the set for which all three hold together."""
    instance, chosen = analysis.instance, set(found.permutations)
    pairs = {(between(found.good[i], found.good[j]), i, j): answer for (i, j), answer in found.pairs.items()}
    asked: list[tuple[Permutation, Property, Answer]] = [(phi, name, a) for (phi, name), a in found.single.items()]
    asked += [(phi, "never-both", a) for (phi, i, j), a in pairs.items() if {found.good[i], found.good[j]} <= chosen]
    for phi, name, answer in asked:
        if isinstance(answer, Always):
            yield _universal(instance, Universal(name, phi, answer))
    if found.permutations and instance.question.gamma is not None:
        at = str(instance.question.gamma)
        permutations = [cycles_of(instance, phi) for phi in found.permutations]
        yield {"claim": "retargeting", "interval": [at, at], "permutations": permutations}


def _universal(instance: Instance, entry: Universal) -> Claim:
    claim: Claim = {
        "claim": "universal",
        "property": entry.asked,
        "permutation": cycles_of(instance, entry.permutation),
    }
    return claim | {"interval": [str(entry.answer.low), str(entry.answer.high)], "proof": entry.answer.proof}


def _hypothesis(entry: Hypothesis) -> Claim:
    return {"claim": "hypothesis", "id": entry.id, "holds": entry.holds}
