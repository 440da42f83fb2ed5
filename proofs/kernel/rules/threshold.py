"""`threshold`, `no-threshold`, `count`: gamma*_x (Prop. 3) and gamma°_x (the exact swap theorem), from both sides."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofs.kernel.decode import expect, fields, interval, items, polynomial, rational, require, typed, word
from proofs.kernel.facts import PAPER, SHARP, Facts, Form
from proofs.kernel.instance import Model, Rewards
from proofs.kernel.poly import Poly, Root, add, at_most_zero, divides, sign
from proofs.kernel.rules.evidence import advantage, successors

LONG = 20_000  # characters of a bound or a frequency
ZERO: Root = ((0, 1), Fraction(0), Fraction(0))


def threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that the root is the threshold of x."""
    model, keys = facts.model, ["kind", "state", "closed-form", "polynomial", "interval"]
    kind = word(claim.get("kind"), PAPER, SHARP)
    values = fields(claim, *keys, *(["frequency"] if kind == PAPER else []))
    x, name = _fresh(facts, kind, values[1]), typed(values[2], str)
    require(name in facts.forms, "the closed form is not proved")
    form = facts.forms[name]
    low, high = (rational(end) for end in items(values[4], 2))
    root = polynomial(values[3], len(model.states)), low, high
    require(form.rewards == _theta(model, kind, x), "the closed form counts other visits")
    actions = _paper_region(facts, x, form) if kind == PAPER else _sharp_region(facts, form)
    common, visits = successors(model, form, model.rows[model.s_new][form.policy[model.s_new]])
    excess = add(visits, form.denominator, -common)  # a positive multiple of v - 1
    if root == ZERO:
        require(sign(excess, Fraction(0)) >= 0, "v is below 1 near gamma = 0")
    else:
        _crossing(root, excess)
        for s, a in actions:
            fair = form.policy[s] == a or at_most_zero(advantage(model, form, s, a), root)
            require(fair, f"at the root, {a} of {s} is better than the policy")
        if kind == SHARP:
            _no_sure_step(model, x)
    residue = kind == SHARP or frequency(form.denominator, visits, common) == rational(values[5], LONG)
    require(residue, "the frequency is not the residue at gamma = 1")
    facts.roots[kind][x] = root


def no_threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that gamma°_x does not exist, by an undiscounted superharmonic bound."""
    model, (name, given) = facts.model, fields(claim, "state", "bound")
    x, bound = _fresh(facts, SHARP, name), model.over(given, lambda value: rational(value, LONG))
    theta = _theta(model, SHARP, x)
    whole = not model.rows[model.s_term] and (model.s_new in bound or not model.others)
    require(whole, "s_term is not terminal, or the bound leaves out s_new")
    for s, value in bound.items():
        for a, row in model.rows[s].items():
            if (s, a) != (model.s_new, model.off):
                require(set(row) <= set(bound), f"the bound is not closed at {s}")
                after = sum((p * bound[t] for t, p in row.items()), Fraction(0))
                kept = theta[s] + after <= value and (s != model.s_new or after <= 1)
                require(kept, f"the bound fails at {s} for {a}")
        require(value >= theta[s], f"the bound is below the reward at {s}")
    _no_sure_step(model, x)
    facts.roots[SHARP][x] = None


def count(facts: Facts, claim: dict[str, object]) -> None:
    """Prove n on an interval of gamma."""
    kind_name, start, end, names = fields(claim, "kind", "from", "to", "states")
    kind, ends = word(kind_name, PAPER, SHARP), interval(start, end)
    require(not facts.unsettled(), "a threshold is not proved")
    at_ends = [set(facts.exceeded(kind, end)) for end in ends]
    require(at_ends == [set(facts.model.names(names))] * 2, "other states are counted on the interval")


def frequency(denominator: Poly, visits: Poly, common: int) -> Fraction:
    """lim (1-gamma) v at gamma = 1, for v = visits / (common * denominator). Raises Invalid without a simple pole."""
    quotient = sum(sum(denominator[: k + 1]) for k in range(len(denominator)))  # E(1), where D = (1-gamma) E
    require(not sum(denominator) and sum(visits) * quotient > 0, "v has no simple pole at gamma = 1")
    return Fraction(sum(visits), quotient * common)


def _fresh(facts: Facts, kind: str, name: object) -> str:
    x = facts.model.state(name)
    fresh = x != facts.model.s_term and x not in facts.roots[kind]
    require(fresh, f"{x} has a {kind} threshold already, or is s_term")
    return x


def _theta(model: Model, kind: str, x: str) -> Rewards:
    counted = {x} if kind == PAPER else {x, model.s_term}
    return {s: Fraction(int(s in counted)) for s in model.states}


def _paper_region(facts: Facts, x: str, form: Form) -> Iterator[tuple[str, str]]:
    """R_x and the actions that keep to it; the policy must be reach-and-revisit there."""
    region = facts.won.get(x, frozenset())
    revisited = facts.model.s_new in region and facts.recurrent(x)
    require(revisited, f"no reach-and-revisit policy for {x} is proved")
    rows = facts.model.rows
    reached = set(form.policy) == region and all(form.values.values())
    require(reached, f"the policy does not reach {x} from all of its states")
    stays = all(region.issuperset(rows[s][a]) for s, a in form.policy.items())
    require(stays, f"the policy leaves the states that can reach {x}")
    return ((s, a) for s in region for a, row in rows[s].items() if region.issuperset(row))


def _sharp_region(facts: Facts, form: Form) -> Iterator[tuple[str, str]]:
    """The policy's states, closed under every action but a_sd at s_new."""
    model = facts.model
    starts = not model.rows[model.s_term] and form.policy.get(model.s_new, model.off) != model.off
    require(starts, "s_term is not terminal, or the policy does not start in A1")
    pairs = [(s, a) for s in form.policy for a in model.rows[s] if (s, a) != (model.s_new, model.off)]
    closed = all(t in form.policy or not model.rows[t] for s, a in pairs for t in model.rows[s][a])
    require(closed, "the policy's states are not closed under the other actions")
    return iter(pairs)


def _crossing(root: Root, excess: Poly) -> None:
    """v = 1 at the root, which is the only crossing since v is nondecreasing."""
    p, low, high = root
    expect(0 < low <= high < 1 and bool(p), "the interval is not inside (0,1), or the polynomial is 0")
    if low == high:
        require(not sign(excess, low) and not sign(p, low), "v is not 1 at the root")
    else:
        turns = sign(excess, low) < 0 < sign(excess, high) and sign(p, low) * sign(p, high) < 0
        require(turns and divides(p, excess), "v does not cross 1 at a root of the polynomial in the interval")


def _no_sure_step(model: Model, x: str) -> None:
    for a in model.others:
        row = model.rows[model.s_new][a]
        require(row.get(x, 0) + row.get(model.s_term, 0) != 1, f"{a} reaches {x} or s_term at once, for every gamma")
