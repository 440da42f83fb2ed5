"""Facts about single states: who reaches x with probability 1, closed forms, gamma*_x and gamma°_x, and n."""

from fractions import Fraction
from math import lcm

from proofs.kernel.decode import expect, fields, interval, items, one_of, polynomial, rational, require, typed
from proofs.kernel.facts import PAPER, SHARP, Facts, Form
from proofs.kernel.instance import Model, Rewards, distinct
from proofs.kernel.poly import Poly, add, at_most_zero, divides, positive, sign

LONG = 20_000  # characters of a bound or a frequency
ZERO, ONE = Fraction(0), Fraction(1)


def reach(facts: Facts, claim: dict[str, object]) -> None:
    """Check ranks and removal order; prove R_x (Defs. 7, 8; Prop. 1)."""
    model, (name, ranks, removed) = facts.model, fields(claim, "state", "ranks", "removed")
    x, ranked = model.state(name), [(model.state(s), a) for s, a in (items(pair, 2) for pair in items(ranks))]
    layers = [set(distinct(layer, model.state)) for layer in items(removed)]
    won, lower, gone = {x, *(s for s, _ in ranked)}, {x}, set[str]()
    everything = [x, *(s for s, _ in ranked), *(s for layer in layers for s in layer)]
    require(sorted(everything) == sorted(model.states), "x, ranks and removed do not partition the states")
    for s, a in ranked:
        row = model.rows[s][one_of(a, model.rows[s])]
        require(won.issuperset(row) and not lower.isdisjoint(row), f"the rank of {s} is not earned by {a}")
        lower.add(s)
    for layer in layers:
        free = [s for s in layer for row in model.rows[s].values() if gone.isdisjoint(row) and not layer >= row.keys()]
        require(not free, f"{' '.join(free[:1])} is not removed: it may still reach {x}")
        gone |= layer
    require(x not in facts.won and x != model.s_term, f"{x} has a reach claim already, or is s_term")
    facts.won[x] = frozenset(won)


def closed_form(facts: Facts, claim: dict[str, object]) -> None:
    """Prove M_s = N_s / D by substitution into the Bellman equations (Def. 9), and keep it under its name."""
    model, degree = facts.model, len(facts.model.states)
    label, chosen, theta, below, above = fields(claim, "name", "policy", "rewards", "denominator", "values")
    name, policy = typed(label, str), model.over(chosen, lambda action: typed(action, str))
    values, d = model.over(above, lambda poly: polynomial(poly, degree)), polynomial(below, degree)
    form = Form(policy, model.rewards(theta), d, values)
    require(name not in facts.forms and len(facts.forms) <= 8 * degree, "a name is taken, or too many closed forms")
    require(set(values) == set(policy), "policy and values have different states")
    require(sign(d, ZERO) > 0 and positive(d, ZERO, ONE, or_zero=True), "the denominator may vanish in (0,1)")
    for s, a in policy.items():
        row = model.rows[s][one_of(a, model.rows[s])]
        require(all(t in policy or not model.rows[t] for t in row), f"the policy leaves its states at {s}")
        require(not advantage(model, form, s, a), f"the Bellman identity fails at {s}")
    facts.forms[name] = form


def advantage(model: Model, form: Form, s: str, a: str) -> Poly:
    """A positive multiple of D theta(s) + gamma sum_t P(t|s,a) N_t - N_s; zero for the policy's own action."""
    weights = {t: p if model.rows[t] else p * form.rewards[t] for t, p in model.rows[s][a].items()}
    common, total = lcm(form.rewards[s].denominator, *(w.denominator for w in weights.values())), tuple[int, ...]()
    for t, weight in weights.items():  # N_t = D theta(t) at terminal t
        total = add(total, form.values[t] if model.rows[t] else form.denominator, int(weight * common))
    total = add((0, *total), form.values[s], -common)
    return add(total, form.denominator, int(common * form.rewards[s]))


def threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that the root is the threshold of x: gamma*_x (Prop. 3), or gamma°_x (the exact swap theorem)."""
    model, rows, keys = facts.model, facts.model.rows, ["kind", "state", "closed-form", "polynomial", "interval"]
    kind = one_of(claim.get("kind"), (PAPER, SHARP))
    _, state, label, coefficients, ends, *residue = fields(claim, *keys, *["frequency"] * (kind == PAPER))
    name, (x, theta, sure) = typed(label, str), _fresh(facts, kind, state)
    p, (low, high) = polynomial(coefficients, len(model.states)), (rational(end) for end in items(ends, 2))
    require(name in facts.forms, "the closed form is not proved")
    form, region, root = facts.forms[name], facts.won.get(x, frozenset()), (p, low, high)
    require(form.rewards == theta, "the closed form counts other visits")
    if kind == PAPER:
        require(model.s_new in region and facts.recurrent(x), f"no reach-and-revisit policy for {x} is proved")
        require(form.policy.keys() == region and all(form.values.values()), f"it does not reach {x} from everywhere")
        actions = [(s, a) for s in region for a, row in rows[s].items() if region.issuperset(row)]
    else:
        require(not rows[model.s_term] and model.s_new in form.policy, "s_term is not terminal, or s_new is left out")
        actions = [(s, a) for s in form.policy for a in model.avoiding[s]]
        after = {t for s, a in actions for t in rows[s][a] if rows[t]}
        require(after <= form.policy.keys(), "the policy's states are not closed under the other actions")
    require(set(actions).issuperset(form.policy.items()), "the policy takes an action that is not allowed")
    visits = add(form.values[model.s_new], form.denominator, -int(theta[model.s_new]))[1:]  # v = visits / denominator
    excess = add(visits, form.denominator, -1)
    if root == ((0, 1), ZERO, ZERO):
        require(sign(excess, ZERO) >= 0, "v is below 1 near gamma = 0")
    else:
        expect(0 < low <= high < 1 and p, "the interval is not inside (0,1), or the polynomial is 0")
        ends_differ = sign(excess, low) < 0 < sign(excess, high) and sign(p, low) * sign(p, high) < 0
        crosses = ends_differ and divides(p, excess) if low < high else not sign(excess, low) and not sign(p, low)
        require(crosses, "v does not cross 1 at a root of the polynomial in the interval")
        for s, a in actions:
            fair = form.policy[s] == a or at_most_zero(advantage(model, form, s, a), root)
            require(fair, f"at the root, {a} of {s} is better than the policy")
        require(kind == PAPER or not sure, f"an action reaches {x} or s_term at once, for every gamma")
    for given in residue:
        require(rational(given, LONG) == _frequency(form.denominator, visits), "the frequency is not the residue at 1")
    facts.roots[kind][x] = root


def no_threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that gamma°_x does not exist, by an undiscounted superharmonic bound."""
    model, (name, given) = facts.model, fields(claim, "state", "bound")
    bound = model.over(given, lambda value: rational(value, LONG))
    x, theta, sure = _fresh(facts, SHARP, name)
    require(not model.rows[model.s_term], "s_term is not terminal")
    require(not sure, f"{x} or s_term is reached in one sure step, for every gamma")
    require(model.s_new in bound or not model.others, "the bound leaves out s_new")
    for s, value in bound.items():
        require(value >= theta[s], f"the bound is below the reward at {s}")
        for a, row in model.avoiding[s].items():
            require(bound.keys() >= row.keys(), f"the bound is not closed at {s}")
            after = sum(p * bound[t] for t, p in row.items())
            require(theta[s] + after <= value and (s != model.s_new or after <= 1), f"the bound fails at {s} for {a}")
    facts.roots[SHARP][x] = None


def count(facts: Facts, claim: dict[str, object]) -> None:
    """Prove n on an interval of gamma."""
    given, start, end, names = fields(claim, "kind", "from", "to", "states")
    kind, ends, states = one_of(given, (PAPER, SHARP)), interval([start, end]), set(distinct(names, facts.model.state))
    found = [set(facts.exceeded(kind, gamma)) for gamma in ends]
    require(found == [states, states], "other states are counted on the interval")


def _fresh(facts: Facts, kind: str, name: object) -> tuple[str, Rewards, bool]:
    """x; theta = 1[x], or e for the sharp kind; is it collected for sure in a first step of A1, for every gamma?"""
    model, x = facts.model, facts.model.state(name)
    require(x != model.s_term and x not in facts.roots[kind], f"{x} has a {kind} threshold already, or is s_term")
    theta = {s: Fraction(s == x or (s == model.s_term and kind == SHARP)) for s in model.states}
    return x, theta, any(sum(p * theta[t] for t, p in row.items()) == 1 for row in model.others.values())


def _frequency(denominator: Poly, visits: Poly) -> Fraction:
    """lim (1-gamma) v at gamma = 1, for v = visits / denominator. Raises Invalid without a simple pole."""
    quotient = sum(sum(denominator[: k + 1]) for k in range(len(denominator)))  # E(1), where D = (1-gamma) E
    require(not sum(denominator) and sum(visits) * quotient > 0, "v has no simple pole at gamma = 1")
    return Fraction(sum(visits), quotient)
