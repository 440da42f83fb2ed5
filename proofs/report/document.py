"""The JSON report of `verify`, `gammastar-report/1`. Exact numbers are strings; only counts are JSON integers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction

from exact.digits import exact_text
from exact.instance import Instance
from proofs.claims.accepted import Accepted, Verdict
from proofs.claims.checked import Checked, Survivor
from proofs.claims.types import POSITIVE, SURE, ListedOrbit, Orbit
from proofs.claims.write import rewards
from proofs.report.hypotheses import hypotheses
from proofs.report.numbers import Json, gammas
from proofs.report.states import retargeting, retargeting_steps, retargeting_within, states

THEOREMS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")


def report(checked: Checked, opinions: Iterable[Json] = ()) -> Json:
    """opinions: the solvers' answers."""
    instance, main = checked.instance, _verdict(checked.main)
    return {
        "format": "gammastar-report/1",
        "instance": about(instance),
        **{key: main[key] for key in ("verdict", "conclusion", "proved", "refuted")},
        "gamma": asked(instance),
        "hypotheses": [asdict(entry) for entry in hypotheses(checked)],
        "states": states(checked),
        "retargeting": retargeting(checked),
        "theorems": theorems(checked),
        **question_orbit(checked),
        "counterexample": _counterexample(checked),
        "survivors": [survivor(checked, x, claim) for x, claim in checked.survivors()],
        "tried": list(checked.aside.tried),
        "kernel": {"status": checked.status, "holes": list(checked.holes)},
        "axioms": list(checked.axioms),
        "opinions": list(opinions),
    }


def thresholds(checked: Checked, at_gamma: bool = False) -> Json:
    """`gammastar-thresholds/1`. at_gamma: what is counted at the question's gamma, or on its interval, too."""
    counted: Json = {"gamma": asked(checked.instance), "counted": retargeting(checked)} if at_gamma else {}
    if at_gamma and (interval := checked.instance.question.interval) is not None:
        counted["counted"] = retargeting_within(checked, interval)
    known = {"states": states(checked), "retargeting": retargeting_steps(checked)}
    return {"format": "gammastar-thresholds/1", "instance": about(checked.instance), **counted, **known}


def orbit(checked: Checked) -> Json:
    """`gammastar-orbit/1`."""
    head = {"format": "gammastar-orbit/1", "instance": about(checked.instance), "gamma": asked(checked.instance)}
    listed = isinstance(checked.question_orbit, ListedOrbit)
    counted = exact_text(checked.aside.share)
    return {**head, "method": "enumerated" if listed else "tree", "counted": counted, **question_orbit(checked)}


def about(instance: Instance) -> Json:
    """Which instance file this is."""
    return {"name": instance.name, "sha256": instance.sha256, "states": len(instance.mdp)}


def asked(instance: Instance) -> str | list[str] | None:
    """The question's gamma, or the ends of its interval."""
    return gammas(instance.question.asked)


def theorems(checked: Checked) -> Json:
    """Each verdict with "reachable" read as positive probability, and under both readings."""
    found: Json = {}
    for name in THEOREMS:
        readings = {reach: _verdict(checked.theorem(name, reach)) for reach in (POSITIVE, SURE)}
        found[name] = readings[POSITIVE] | {"readings": readings}
    return found


def _verdict(verdict: Verdict) -> Json:
    proved = None if verdict.proved is None else dict(zip(("n", "means"), verdict.proved, strict=True))
    return asdict(verdict) | {"proved": proved}


def orbit_counts(orbit: Orbit) -> Json:
    """The counts of an orbit; `ratio` is avoid / shutdown."""
    counts: Json = {key: getattr(orbit, key) for key in ("size", "outside", "shutdown", "avoid", "tie")}
    return counts | {"ratio": exact_text(Fraction(orbit.avoid, orbit.shutdown)) if orbit.shutdown else None}


def question_orbit(checked: Checked) -> Json:
    """`orbit`: the counts for the question's rewards; `orbit_note`: why they are not certified, or not there."""
    proved, beside = checked.question_orbit, checked.aside
    if proved is not None:
        return {"orbit": orbit_counts(proved) | {"certified": True}, "orbit_note": None}
    counts = None if beside.orbit is None else orbit_counts(beside.orbit) | {"certified": False}
    return {"orbit": counts, "orbit_note": beside.why or no_orbit(checked.instance)}


def no_orbit(instance: Instance) -> str:
    """Why there is no count where nothing was tried."""
    missing = [key for key in ("gamma", "rewards") if getattr(instance.question, key) is None]
    return f"the question has no {' and no '.join(missing)}" if missing else "no claim counts it"


def _counterexample(checked: Checked) -> Json | None:
    orbit = checked.refuting()
    if orbit is None:
        return None
    return {**goal(orbit), "n": checked.least(orbit.gamma), "orbit": orbit_counts(orbit)}


def survivor(checked: Accepted, x: str, claim: Survivor) -> Json:
    """The goal, and the swap that breaks a condition for it."""
    return {**goal(claim), "permutation": [checked.s_term, x], "how": claim.how}


def goal(claim: Orbit | Survivor) -> Json:
    """Which one, at which gamma."""
    return {"gamma": exact_text(claim.gamma), "rewards": rewards(claim.rewards)}
