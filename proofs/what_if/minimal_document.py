"""The minimal hypotheses as JSON: `gammastar-minimal/1`."""

from __future__ import annotations

from proofs.report.document import about, asked, goal, orbit_counts, survivor
from proofs.report.numbers import Json
from proofs.what_if.minimal import Ids, Minimal, Run
from proofs.what_if.settle import FAILS, OPEN, PROVED


def document(found: Minimal) -> Json:
    """Every set that was tried; `sets` is null if the conclusion is not proved as the instance is."""
    instance = found.base.checked.instance
    return {
        "format": "gammastar-minimal/1",
        "instance": about(instance),
        "gamma": asked(instance),
        "n": found.n,
        "hypotheses": [
            {"id": entry.id, "holds": entry.holds, "switch": entry.switch, "because": entry.why}
            | {"role": found.role(entry.id) or None}
            for entry in found.hypotheses
        ],
        "sets": None if found.sets is None else [_set(found, ids) for ids in found.sets],
        "runs": [_run(run) for run in found.runs.values()],
        **({"missing": found.missing} if found.missing else {}),
    }


def _set(found: Minimal, ids: Ids) -> Json:
    """`subsets`: the proper subsets that fail, and those that are open; none is proved."""
    without = {id_: _run(found.kept(ids - {id_})) for id_ in sorted(ids) if found.tried(ids - {id_})}
    subsets = {how: [sorted(less) for less in found.subsets(ids, how)] for how in (FAILS, OPEN)}
    return {"keep": sorted(ids), "proof": _run(found.kept(ids)), "without": without, "subsets": subsets}


def _run(run: Run) -> Json:
    checked, main = run.checked, run.checked.main
    most = None if main.proved is None else {"n": main.proved[0], "means": main.proved[1]}
    found = run.orbit
    said: Json = {"verdict": main.verdict, "conclusion": main.conclusion, "means": main.means, "n": main.n}
    return {
        "relaxed": sorted(run.relaxed),
        "proved": run.outcome == PROVED,
        "outcome": run.outcome,
        **said,
        "most": most,
        "refuted": main.refuted,
        "kernel": {"status": checked.status, "holes": list(checked.holes)},
        "counterexample": None if found is None else {**goal(found), "orbit": orbit_counts(found)},
        "survivor": None if run.survivor is None else survivor(checked, *run.survivor),
    }
