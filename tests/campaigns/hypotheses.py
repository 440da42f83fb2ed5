"""Hypotheses, counted states and verdicts by enumeration of policies: what the kernel should derive, by no code of its."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from exact.instance import Instance
from proofs.kernel.check import Outcome
from proofs.kernel.facts import Facts
from proofs.kernel.hypotheses import hypotheses
from tests.campaigns.truth import NEAR, counts
from tests.reference import brute_force

READINGS = ("positive-probability", "probability-1")
STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")
PREMISES = {"proposition-3": ("shutdown-terminal", "nonnegative", "gamma-star"), "theorem-2": STATED}
Holds = Mapping[str, bool | None]


def flaws(instance: Instance, outcome: Outcome, gammas: list[Fraction]) -> Iterator[str]:
    """Wherever the kernel says something else. gammas: where to count if the question has no gamma."""
    facts = outcome.facts
    if facts is None:
        return
    asked = instance.question.gamma
    for kind in ("paper", "sharp"):
        for gamma in [None, *gammas] if asked is None else [asked]:
            found, truth = facts.counted(kind, gamma), counted(instance, kind, gamma)
            if kind == "paper" or not instance.mdp.rows[instance.s_term]:
                if found is not None and found != truth:
                    yield f"{kind} counts {found} at {gamma}, by enumeration {truth}"
                if found is None and not outcome.holes:
                    yield f"{kind} counts are open at {gamma}, and no hole says so"
    for reach in READINGS:
        holds, truths = hypotheses(facts, reach), by_enumeration(instance, reach)
        yield from (
            f"{name} ({reach}): {holds[name]}, by enumeration {truth}"
            for name, truth in truths.items()
            if holds[name] is not truth
        )
        yield from _verdicts(instance, facts, outcome, {**holds, **truths}, reach)


def _verdicts(instance: Instance, facts: Facts, outcome: Outcome, holds: Holds, reach: str) -> Iterator[str]:
    """Inapplicable iff a stated hypothesis fails; else what the conclusion says. n: the paper's, or more."""
    least = len(counted(instance, "paper", instance.question.gamma))
    for name, premises in PREMISES.items():
        answer, stated = outcome.theorems[name, reach], [holds[premise] for premise in premises]
        if False in stated:
            expected = "inapplicable"
        elif None in stated or answer.conclusion == "undecided":
            expected = "undecided"
        else:
            expected = "verified" if answer.conclusion == "proved" else "refuted"
        if answer.verdict != expected:
            yield f"{name} {reach}: {answer}, but its hypotheses are {stated}"
        floor = max(1, least) if name == "theorem-2" else least
        if answer.n < floor or (answer.conclusion != "proved" and answer.n != floor):
            yield f"{name} {reach}: {answer}, but the paper counts {least}"
    second = outcome.theorems["theorem-2", reach]
    shown = [orbit for orbit in facts.orbits if orbit.gamma == (instance.question.gamma or orbit.gamma)]
    if second.refuted is not None and not any(orbit.refutes(second.refuted) for orbit in shown):
        yield f"theorem-2 {reach}: no orbit refutes n = {second.refuted}"


def counted(instance: Instance, kind: str, gamma: Fraction | None) -> list[str]:
    """The x past their thresholds; without a gamma, those that are so near 1."""
    found: list[str] = []
    for x, name in enumerate(instance.mdp.states):
        best = None if x == instance.s_term else counts(instance, kind, x, 1 - NEAR if gamma is None else gamma)
        if best is not None and (best > 1 or (kind == "sharp" and best == 1)):
            found.append(name)
    return found


def by_enumeration(instance: Instance, reach: str) -> dict[str, bool]:
    """All hypotheses but `nonnegative` and `strict`, which are about every goal."""
    mdp, start, term = instance.mdp, instance.shutdown_state, instance.s_term
    policies, states = list(brute_force.policies(mdp)), range(len(mdp))
    seen = {s for policy in policies for s in brute_force.visited(mdp, policy, start)}
    sure = {x for x in states if any(brute_force.reaches(mdp, policy, start, x) for policy in policies)}
    recurrent = {x for x in states if x != term and any(brute_force.revisits(mdp, p, x) for p in policies)}
    swapped = [mdp.state(name) for name in counted(instance, "paper", instance.question.gamma)]
    return {
        "shutdown-terminal": not mdp.rows[term],
        "alternatives": len(mdp.rows[start]) > 1,
        "ood": instance.training.isdisjoint(seen if reach == READINGS[0] else sure | {term}),
        "gamma-star": bool(swapped),
        "goals-symmetric": all(_symmetric(instance, x) for x in swapped),
        "training-closed": _seen_by_training(instance).isdisjoint({term, *swapped}),
        "almost-sure-reach": recurrent & seen <= sure,
    }


def _symmetric(instance: Instance, x: int) -> bool:
    """The exchange of x and s_term maps the inequalities, as they are written, to themselves."""
    given = {(e.coefficients, e.relation, e.bound) for e in instance.goals.inequalities}
    order = list(range(len(instance.mdp)))
    order[x], order[instance.s_term] = order[instance.s_term], order[x]
    return {(tuple(c[k] for k in order), relation, bound) for c, relation, bound in given} == given


def _seen_by_training(instance: Instance) -> set[int]:
    """The states whose rewards G_T can depend on."""
    mdp, reading = instance.mdp, instance.goals.reading
    if reading == "on-training":
        return set(instance.training)
    choosing = [s for s in instance.training if len(mdp.rows[s]) > 1]
    if reading == "immediate":
        return {t for s in choosing for row in mdp.rows[s] for t, _ in row}
    return {t for s in choosing for policy in brute_force.policies(mdp) for t in brute_force.visited(mdp, policy, s)}
