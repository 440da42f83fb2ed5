"""`reach` and `closed-form`: who reaches x with probability 1, and values as rational functions of gamma."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from proofs.kernel.decode import fields, items, polynomial, require, typed
from proofs.kernel.facts import Facts, Form
from proofs.kernel.instance import Model, Row, member
from proofs.kernel.poly import Poly, add, positive, sign, trim

ZERO, ONE, VANISHES = Fraction(0), Fraction(1), "the denominator may vanish in (0,1)"


def reach(facts: Facts, claim: dict[str, object]) -> None:
    """Check ranks and removal order; prove R_x (Defs. 7, 8; Prop. 1)."""
    model, (name, ranks, removed) = facts.model, fields(claim, "state", "ranks", "removed")
    x, pairs = model.state(name), [items(pair, 2) for pair in items(ranks)]
    ranked = [(s := model.state(pair[0]), member(pair[1], model.rows[s])) for pair in pairs]
    layers = [model.names(layer) for layer in items(removed)]
    everything = [x, *(s for s, _ in ranked), *(s for layer in layers for s in layer)]
    require(sorted(everything) == sorted(model.states), "x, ranks and removed do not partition the states")
    won, lower, gone = {x} | {s for s, _ in ranked}, {x}, set[str]()
    for s, a in ranked:
        row = model.rows[s][a]
        require(won.issuperset(row) and not lower.isdisjoint(row), f"the rank of {s} is not earned by {a}")
        lower.add(s)
    for layer in layers:
        for s in layer:
            for a, row in model.rows[s].items():
                out = not gone.isdisjoint(row) or set(layer).issuperset(row)
                require(out, f"{s} is not removed: {a} may still reach {x}")
        gone.update(layer)
    require(x not in facts.won and x != model.s_term, f"{x} has a reach claim already, or is s_term")
    facts.won[x] = frozenset(won)


def closed_form(facts: Facts, claim: dict[str, object]) -> None:
    """Prove M_s = N_s / D by substitution into the Bellman equations (Def. 9), and keep it under its name."""
    model, degree = facts.model, len(facts.model.states)
    label, policy, theta, denominator, numerators = fields(
        claim, "name", "policy", "rewards", "denominator", "values"
    )  # fmt: skip
    name, chosen = typed(label, str), model.over(policy, lambda name: typed(name, str))
    values = model.over(numerators, lambda poly: polynomial(poly, degree))
    form = Form(chosen, model.rewards(theta), polynomial(denominator, degree), values)
    require(name not in facts.forms and len(facts.forms) <= 8 * degree, "a name is taken, or too many closed forms")
    require(set(values) == set(chosen), "policy and values have different states")
    require(positive(form.denominator, ZERO, ONE, or_zero=True) and sign(form.denominator, ZERO) > 0, VANISHES)
    for s, a in chosen.items():
        inside = all(t in chosen or not model.rows[t] for t in model.rows[s][member(a, model.rows[s])])
        require(inside, f"the policy leaves its states at {s}")
        require(not advantage(model, form, s, a), f"the Bellman identity fails at {s}")
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
