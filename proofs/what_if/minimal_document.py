"""The minimal hypotheses as JSON: `gammastar-minimal/1`."""

from __future__ import annotations

from dataclasses import asdict

from exact.instance import Instance
from proofs.findings import Goal
from proofs.hypotheses import named_rewards
from proofs.matrix.minimal import Ids, Minimal, Role, Run
from proofs.matrix.minimal_text import needed
from proofs.report.document import about, orbit_counts

Json = dict[str, object]


def document(found: Minimal) -> Json:
    """Every subset that was tried; `sets` is null if the conclusion is not proved as the instance is."""
    instance = found.base.found.analysis.instance
    return {
        "format": "gammastar-minimal/1",
        "instance": about(instance),
        "gamma": str(instance.question.gamma),
        "n": found.base.found.main.n,
        "hypotheses": [_role(found, role) for role in found.roles],
        "sets": None if found.sets is None else [_set(found, ids) for ids in found.sets],
        "runs": [_run(run) for run in found.runs.values()],
    }


def _role(found: Minimal, role: Role) -> Json:
    entry = role.hypothesis
    about_it: Json = {"id": entry.id, "holds": entry.holds, "switch": role.switch, "because": role.why}
    return {**about_it, "role": needed(found, role) or None}


def _set(found: Minimal, ids: Ids) -> Json:
    failures = {id_: _run(found.kept(ids - {id_})) for id_ in sorted(ids)}
    return {"keep": sorted(ids), "proof": _run(found.kept(ids)), "without": failures}


def _run(run: Run) -> Json:
    instance = run.found.analysis.instance
    orbit, survivor = run.orbit, run.survivor
    counted = None if orbit is None else {**_goal(instance, orbit.goal), "orbit": orbit_counts(orbit)}
    swapped = None
    if survivor is not None:
        swap = [instance.mdp.states[instance.s_term], instance.mdp.states[survivor.state]]
        swapped = {**_goal(instance, survivor.goal), "permutation": swap, "how": survivor.how}
    return {
        "relaxed": sorted(run.relaxed),
        "proved": run.proved,
        **asdict(run.found.main),
        "kernel": {"status": run.word.status, "holes": list(run.word.holes)},
        "counterexample": counted,
        "survivor": swapped,
    }


def _goal(instance: Instance, goal: Goal) -> Json:
    return {"gamma": str(goal.gamma), "rewards": named_rewards(instance, goal.rewards)}
