"""`closed-form`: M_s = N_s / D for one policy and one reward vector, by substitution into the Bellman equations."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from proofs.kernel.decode import fields, polynomial, rational, string
from proofs.kernel.errors import Invalid
from proofs.kernel.facts import Facts, Form
from proofs.kernel.instance import Model, Row
from proofs.kernel.poly import Poly, add, sign, sign_changes, trim
from proofs.kernel.rules.names import action, over, state


def closed_form(facts: Facts, claim: dict[str, object]) -> None:
    """Prove a closed form and keep it under its name."""
    model, degree = facts.model, len(facts.model.states)
    name, policy, theta, denominator, values = fields(claim, "name", "policy", "rewards", "denominator", "values")
    chosen = {state(model, s): action(model, s, a) for s, a in over(model, policy, string).items()}
    given = over(model, theta, rational)
    form = Form(
        chosen,
        {s: given.get(s, Fraction(0)) for s in model.states},
        polynomial(denominator, degree),
        over(model, values, lambda poly: polynomial(poly, degree)),
    )
    if string(name) in facts.forms or len(facts.forms) > 8 * degree:
        raise Invalid("the name is taken, or there are too many closed forms")
    if set(form.values) != set(chosen):
        raise Invalid("policy and values have different states")
    if sign(form.denominator, Fraction(0)) <= 0 or sign_changes(form.denominator, Fraction(0), Fraction(1)):
        raise Invalid("the denominator may vanish in (0,1)")
    for s, a in chosen.items():
        if any(t not in chosen and model.rows[t] for t in model.rows[s][a]):
            raise Invalid(f"the policy leaves its states at {s}")
        if advantage(model, form, s, a):
            raise Invalid(f"the Bellman identity fails at {s}")
    facts.forms[string(name)] = form


def successors(model: Model, form: Form, row: Row) -> tuple[int, Poly]:
    """(L, L * sum_t P(t) N_t) with L clearing the denominators, N_t = D theta(t) at terminal t."""
    weights = {t: p if model.rows[t] else p * form.rewards[t] for t, p in row.items()}
    common = lcm(*(w.denominator for w in weights.values()))
    total: Poly = ()
    for t, weight in weights.items():
        poly = form.values[t] if model.rows[t] else form.denominator
        total = add(total, poly, int(weight * common))
    return common, total


def advantage(model: Model, form: Form, s: str, a: str) -> Poly:
    """A positive multiple of D theta(s) + gamma sum_t P(t|s,a) N_t - N_s; zero for the policy's own action."""
    common, total = successors(model, form, model.rows[s][a])
    here = form.rewards[s].denominator
    poly = add(trim((0, *(here * x for x in total))), form.values[s], -common * here)
    return add(poly, form.denominator, common * form.rewards[s].numerator)
