"""`reach` and `closed-form`: who reaches x with probability 1, and values as rational functions of gamma."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from proofs.kernel.decode import Invalid, fields, items, polynomial, string
from proofs.kernel.facts import Facts, Form
from proofs.kernel.instance import Model, Row, member
from proofs.kernel.poly import Poly, add, sign, sign_changes, trim


def reach(facts: Facts, claim: dict[str, object]) -> None:
    """Check ranks and removal order; prove R_x (Defs. 7, 8; Prop. 1)."""
    model, (name, ranks, removed) = facts.model, fields(claim, "state", "ranks", "removed")
    x, pairs = model.state(name), [items(pair, 2) for pair in items(ranks)]
    ranked = [(s := model.state(pair[0]), member(pair[1], model.rows[s])) for pair in pairs]
    layers = [model.names(layer) for layer in items(removed)]
    if sorted([x, *(s for s, _ in ranked), *(s for layer in layers for s in layer)]) != sorted(model.states):
        raise Invalid("x, ranks and removed do not partition the states")
    won, lower, gone = {x} | {s for s, _ in ranked}, {x}, set[str]()
    for s, a in ranked:
        if not won.issuperset(model.rows[s][a]) or lower.isdisjoint(model.rows[s][a]):
            raise Invalid(f"the rank of {s} is not earned by {a}")
        lower.add(s)
    for layer in layers:
        for s in layer:
            for a, row in model.rows[s].items():
                if gone.isdisjoint(row) and not set(layer).issuperset(row):
                    raise Invalid(f"{s} is not removed: {a} may still reach {x}")
        gone.update(layer)
    if x in facts.won:
        raise Invalid(f"{x} has a reach claim already")
    facts.won[x] = frozenset(won)


def closed_form(facts: Facts, claim: dict[str, object]) -> None:
    """Prove M_s = N_s / D by substitution into the Bellman equations (Def. 9), and keep it under its name."""
    model, degree = facts.model, len(facts.model.states)
    label, policy, theta, denominator, numerators = fields(
        claim, "name", "policy", "rewards", "denominator", "values"
    )  # fmt: skip
    name, chosen = string(label), model.over(policy, string)
    values = model.over(numerators, lambda poly: polynomial(poly, degree))
    form = Form(chosen, model.rewards(theta), polynomial(denominator, degree), values)
    if name in facts.forms or len(facts.forms) > 8 * degree:
        raise Invalid("the name is taken, or there are too many closed forms")
    if set(values) != set(chosen):
        raise Invalid("policy and values have different states")
    if sign(form.denominator, Fraction(0)) <= 0 or sign_changes(form.denominator, Fraction(0), Fraction(1)):
        raise Invalid("the denominator may vanish in (0,1)")
    for s, a in chosen.items():
        if any(t not in chosen and model.rows[t] for t in model.rows[s][member(a, model.rows[s])]):
            raise Invalid(f"the policy leaves its states at {s}")
        if advantage(model, form, s, a):
            raise Invalid(f"the Bellman identity fails at {s}")
    facts.forms[name] = form


def successors(model: Model, form: Form, row: Row) -> tuple[int, Poly]:
    """(L, L * sum_t P(t) N_t) with L clearing the denominators, N_t = D theta(t) at terminal t."""
    weights = {t: p if model.rows[t] else p * form.rewards[t] for t, p in row.items()}
    common = lcm(*(w.denominator for w in weights.values()))
    total: Poly = ()
    for t, weight in weights.items():
        total = add(total, form.values[t] if model.rows[t] else form.denominator, int(weight * common))
    return common, total


def advantage(model: Model, form: Form, s: str, a: str) -> Poly:
    """A positive multiple of D theta(s) + gamma sum_t P(t|s,a) N_t - N_s; zero for the policy's own action."""
    common, total = successors(model, form, model.rows[s][a])
    here = form.rewards[s].denominator
    poly = add(trim((0, *(here * x for x in total))), form.values[s], -common * here)
    return add(poly, form.denominator, common * form.rewards[s].numerator)
