"""The JSON report of `verify`, `gammastar-report/1`. Exact numbers are strings; only counts are JSON integers."""

from __future__ import annotations

from exact.instance import Instance
from exact.thresholds import Threshold
from proofs.analysis import Analysis
from proofs.findings import CountedOrbit, Goal, Survivor
from proofs.hypotheses import named_rewards
from proofs.report.numbers import rational_function, root, steps
from proofs.theorems import POSITIVE, SURE, THEOREMS, Verdict
from proofs.verification import Verification

Json = dict[str, object]


def report(found: Verification, kernel: Json, opinions: list[Json]) -> Json:
    """kernel: what the kernel said of the certificate; opinions: the solvers' answers."""
    instance = found.analysis.instance
    gamma = instance.question.gamma
    return {
        "format": "gammastar-report/1",
        "instance": about(instance),
        "verdict": found.main.verdict,
        "conclusion": found.main.conclusion,
        "gamma": None if gamma is None else str(gamma),
        "hypotheses": [
            {"id": h.id, "stated": h.stated, "holds": h.holds, "witness": dict(h.witness), "because": h.because}
            for h in found.hypotheses
        ],
        "states": states(found.analysis),
        "retargeting": retargeting(found.analysis),
        "theorems": {name: theorem(found, name) for name in THEOREMS},
        "orbit": _question_orbit(found),
        "counterexample": _counterexample(found),
        "survivors": [_survivor(found, survivor) for survivor in found.findings.survivors],
        "kernel": kernel,
        "opinions": opinions,
    }


def about(instance: Instance) -> Json:
    """Which instance file this is."""
    return {"name": instance.name, "sha256": instance.sha256, "states": len(instance.mdp)}


def theorem(found: Verification, name: str) -> Json:
    """The verdict with "reachable" read as positive probability, and under both readings."""
    readings = {reach: _verdict(found.verdicts[name, reach]) for reach in (POSITIVE, SURE)}
    return readings[POSITIVE] | {"readings": readings}


def refuting(found: Verification) -> CountedOrbit | None:
    """The orbit that makes the conclusion of Theorem 2 fail, if it does."""
    verdict = found.main
    orbits = found.findings.orbits if verdict.conclusion == "fails" else []
    return next((orbit for orbit in orbits if orbit.refutes(max(1, verdict.n))), None)


def orbit_counts(orbit: CountedOrbit) -> Json:
    """The counts of an orbit; `ratio` is avoid / shutdown."""
    count = orbit.count
    counts = {"size": count.size, "outside": count.outside, "shutdown": count.shutdown, "avoid": count.avoid}
    return {**counts, "tie": count.tie, "ratio": None if count.ratio is None else str(count.ratio)}


def _verdict(verdict: Verdict) -> Json:
    answer = {"verdict": verdict.verdict, "conclusion": verdict.conclusion, "means": verdict.means}
    return {**answer, "n": verdict.n}


def states(analysis: Analysis) -> Json:
    """What is known of each state."""
    return {name: _state(analysis, s) for s, name in enumerate(analysis.instance.mdp.states)}


def retargeting(analysis: Analysis) -> Json:
    """n and the permutations at the question's gamma; the steps if it has none."""
    gamma = analysis.instance.question.gamma
    if gamma is None:
        return retargeting_steps(analysis)
    return {kind: _swaps(analysis, analysis.exceeded(known, gamma)) for kind, known in _kinds(analysis)}


def retargeting_steps(analysis: Analysis) -> Json:
    """n(gamma) and n°(gamma), each interval with its permutations."""
    return {
        kind: [{"interval": interval, **_swaps(analysis, xs)} for interval, xs in steps(known.values(), kind)]
        for kind, known in _kinds(analysis)
    }


def _kinds(analysis: Analysis) -> list[tuple[str, dict[int, Threshold]]]:
    return [("paper", analysis.paper), ("sharp", analysis.sharp)]


def _state(analysis: Analysis, state: int) -> Json:
    return {
        "reachable": state in analysis.reachable,
        "reached_almost_surely": state in analysis.sure,
        "recurrent": state in analysis.recurrent,
        **{kind: _threshold(analysis, known.get(state)) for kind, known in _kinds(analysis)},
    }


def _threshold(analysis: Analysis, threshold: Threshold | None) -> Json | None:
    if threshold is None or threshold.value is None or threshold.policy is None or threshold.visits is None:
        return None
    entry: Json = {**root(threshold.value), "policy": analysis.instance.mdp.name_policy(threshold.policy)}
    entry["visits"] = rational_function(threshold.visits)
    return entry if threshold.frequency is None else entry | {"frequency": str(threshold.frequency)}


def _swaps(analysis: Analysis, counted: tuple[int, ...]) -> Json:
    names, s_term = analysis.instance.mdp.states, analysis.instance.s_term
    permutations = [[names[s_term], names[x]] for x in counted]
    return {"n": len(counted), "permutations": permutations, "keeping_theta": len(analysis.keeping(counted))}


def _question_orbit(found: Verification) -> Json | None:
    question = found.analysis.instance.question
    if question.gamma is None or question.rewards is None:
        return None
    return orbit_counts(found.findings.orbits[0])


def _counterexample(found: Verification) -> Json | None:
    orbit = refuting(found)
    if orbit is None:
        return None
    return {**_goal(found.analysis.instance, orbit.goal), "n": max(1, found.main.n), "orbit": orbit_counts(orbit)}


def _survivor(found: Verification, survivor: Survivor) -> Json:
    instance = found.analysis.instance
    swap = [instance.mdp.states[instance.s_term], instance.mdp.states[survivor.state]]
    return {**_goal(instance, survivor.goal), "permutation": swap, "how": survivor.how}


def _goal(instance: Instance, goal: Goal) -> Json:
    return {"gamma": str(goal.gamma), "rewards": named_rewards(instance, goal.rewards)}
