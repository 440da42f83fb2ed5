"""What is proved of each state, and of the swaps with s_term, as JSON. Where it is open: "certified": false."""

from __future__ import annotations

from collections.abc import Container, Sequence

from exact.digits import exact_text
from exact.instance.gammas import Gammas
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.steps import Step
from proofs.claims.types import PAPER, SHARP
from proofs.report.numbers import Json, function, root


def states(checked: Checked) -> Json:
    """By name: what the graph says, and the thresholds."""
    open_ = {kind: set(checked.unsettled(kind)) for kind in (PAPER, SHARP)}
    known: Json = {}
    for name, about in checked.states.items():
        sure = about.reached_almost_surely
        entry: Json = {"reachable": about.reachable, "reached_almost_surely": sure, "recurrent": about.recurrent}
        known[name] = entry | {kind: _threshold(checked, kind, name, open_[kind]) for kind in (PAPER, SHARP)}
    return known


def _threshold(checked: Checked, kind: str, state: str, open_: Container[str]) -> Json | None:
    """None: it provably does not exist."""
    claim = checked.thresholds.get((kind, state))
    if claim is None:
        return {"certified": False} if state in open_ else None
    entry = root(checked.roots[kind, state]) | {"policy": dict(claim.policy), "visits": function(visits(claim))}
    return entry if kind == SHARP else entry | {"frequency": exact_text(checked.frequencies[state])}


def retargeting(checked: Checked) -> Json:
    """n and n° with their swaps at the question's gamma; the steps if it has none."""
    if checked.gamma is None:
        return retargeting_steps(checked)
    return {kind: _counted(checked, checked.counted[kind]) for kind in (PAPER, SHARP)}


def retargeting_within(checked: Checked, gammas: Gammas) -> Json:
    """What is counted at every gamma of an interval, and `inside`: where more states are, in its order."""
    return {kind: _within(checked, kind, gammas) for kind in (PAPER, SHARP)}


def _within(checked: Checked, kind: str, gammas: Gammas) -> Json:
    always, inside = checked.within(kind, gammas)
    said = _counted(checked, always if checked.settled(kind) else None)
    return said | {"inside": [{"state": x, **root(checked.roots[kind, x])} for x in inside]}


def _counted(checked: Checked, counted: Sequence[str] | None) -> Json:
    if counted is None:
        return {"n": None, "permutations": [], "keeping_theta": None, "certified": False}
    return _swaps(checked, counted)


def retargeting_steps(checked: Checked) -> Json:
    """n(gamma) and n°(gamma), each interval with its swaps. null: a threshold is open, so that they are not known."""
    return {
        kind: [_step(checked, step) for step in checked.steps(kind)] if checked.settled(kind) else None
        for kind in (PAPER, SHARP)
    }


def _step(checked: Checked, step: Step) -> Json:
    """Paper counts on (from, to], sharp on [from, to); `to` null means up to 1."""
    to, closed = None if step.to is None else root(step.to), "to" if step.kind == PAPER else "from"
    return {"interval": {"from": root(step.after), "to": to, "closed": closed}, **_swaps(checked, step.counted)}


def _swaps(checked: Checked, counted: Sequence[str]) -> Json:
    keeping = len(set(counted) & set(checked.keepers))
    return {"n": len(counted), "permutations": [[checked.s_term, x] for x in counted], "keeping_theta": keeping}
