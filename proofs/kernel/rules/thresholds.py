"""`closed-form`, `threshold`, `no-threshold`: what policies collect, and from which gamma on a swap works."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.chain import Chain, expectation
from proofs.kernel.decode import fields, integer, items, one_of, polynomial, positive_integer, rational
from proofs.kernel.errors import expect, require
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.graph import Rows, Step, edges, predecessors, reachable, surely_reaching
from proofs.kernel.instance import Rewards
from proofs.kernel.poly import Poly, Root, add, bits, divides, positive, sign, sign_changes

Values = dict[str, int]  # of states, in units
Steps = Sequence[tuple[str, str]]  # a state and an action each
ZERO = Fraction(0)


def closed_form(facts: Facts, claim: dict[str, object]) -> None:
    """Prove M_s = N_s / D by the power series of the policy's values (Def. 9)."""
    model = facts.model
    chosen, theta, below, above = fields(claim, "policy", "rewards", "denominator", "values")
    chain = Chain(model.rows, model.policy(chosen), model.over(above, lambda poly: poly))
    _forms(facts, chain, model.rewards(theta), below, above)


def _forms(
    facts: Facts, chain: Chain, rewards: Rewards | Values, below: object, above: object
) -> tuple[Poly, dict[str, Poly]]:
    """(D, {s: N_s}) with M_s = N_s / D, proved."""
    denominator = polynomial(below, len(chain))
    values = facts.model.over(above, lambda poly: polynomial(poly, len(chain)))
    require(sign(denominator, ZERO), "the denominator is 0 at gamma = 0")
    for s, numerator in values.items():
        proved = s in chain.places and _is_value(facts, chain, rewards, s, numerator, denominator)
        require(proved, f"the value at {s} is another")
    return denominator, values


class Count(NamedTuple):
    """What is maximised: discounted visits of the states with theta = 1, over the allowed steps of a region."""

    kind: str
    x: str
    theta: Values
    region: Rows


class Optimum(NamedTuple):
    """The policy that is said to collect most at the root, by its action in each state, and its denominator D."""

    counted: Count
    policy: Mapping[str, str]
    denominator: Poly
    root: Root


def threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that the root is the threshold of x: gamma*_x (Prop. 3), or gamma°_x (the exact swap theorem)."""
    model, about = facts.model, ("kind", "state", "policy", "numerator", "denominator", "polynomial", "interval")
    kind, state, chosen, above, below, given, ends, bounds, ties = fields(claim, *about, bounds=None, ties=None)
    count = _count(facts, one_of(kind, (PAPER, SHARP)), model.state(state))
    policy = model.policy(chosen)
    chain = Chain(count.region, policy, [model.s_new])
    numerator, denominator = polynomial(above, len(chain)), polynomial(below, len(chain))
    require(sign(denominator, ZERO) > 0, "the denominator is not positive at gamma = 0")
    whole = add((0, *numerator), denominator, count.theta[model.s_new])  # of M at s_new, theta + gamma v
    require(_is_value(facts, chain, count.theta, model.s_new, whole, denominator), "the visit count is another")
    low, high = (rational(end) for end in items(ends, 2))
    excess = add(numerator, denominator, -1)
    root = excess if given is None else polynomial(given, len(chain)), low, high
    if root == ((0, 1), ZERO, ZERO):
        expect(bounds is None and ties is None, "a threshold of 0 has no bounds and no ties")
        require(sign(excess, ZERO) >= 0, "v is below 1 near gamma = 0")
    else:
        _crosses(facts, root, excess, denominator)
        require(kind == PAPER or not _at_once(facts, count), f"{state} or s_term is reached at once, for every gamma")
        _optimal(facts, Optimum(count, policy, denominator, root), bounds, ties)
    if kind == PAPER:
        _revisits(facts, chain, count.x)
        facts.frequencies[count.x] = _frequency(numerator, denominator)
    facts.roots[count.kind][count.x] = root


def _count(facts: Facts, kind: str, x: str) -> Count:
    """The region and the allowed steps of one threshold that is still open."""
    model = facts.model
    require(x in facts.candidates and x not in facts.roots[kind], f"{x} has a {kind} threshold already, or is s_term")
    if kind == PAPER:
        won = facts.surely(x)
        require(model.s_new in won and facts.recurrent(x), f"{x} has no reach-and-revisit policy")
        allowed: Rows = {s: _within(won, model.rows[s]) for s in won}
    else:
        require(not model.rows[model.s_term], "s_term is not terminal")
        allowed = model.avoiding
    counted = {x} if kind == PAPER else {x, model.s_term}
    theta = {s: int(s in counted) for s in model.states}
    region = reachable(allowed, [model.s_new])
    return Count(kind, x, theta, {s: allowed[s] for s in model.states if s in region})


def _within(region: frozenset[str], actions: Mapping[str, Step]) -> dict[str, Step]:
    """The actions that cannot leave the region."""
    return {a: step for a, step in actions.items() if region.issuperset(step.weights)}


def _is_value(facts: Facts, chain: Chain, rewards: Rewards | Values, s: str, above: Poly, below: Poly) -> bool:
    """True iff M_s = above / below: both are quotients of polynomials of degree at most m + 1 and m, m = len(chain)."""
    k = -1
    for k, (scale, products) in enumerate(chain.products(below, rewards, facts.pay)):
        wanted = above[k] if k < len(above) else 0
        if products[chain.places[s]] != scale * wanted:
            return False
    return len(above) <= k + 1


def _crosses(facts: Facts, root: Root, excess: Poly, denominator: Poly) -> None:
    """Prove that v = 1 at the root: excess = N - D changes its sign there, and has no other zero nearby."""
    minimal, low, high = root
    ends = max(low.denominator.bit_length(), high.denominator.bit_length())
    facts.pay(len(excess) ** 2, len(excess) * ends + bits(excess), ends)
    facts.pay_to_compare([*(orbit.gamma for orbit in facts.orbits), *(gamma for gamma, _ in facts.failing)], [root])
    facts.pay(len(excess) * len(minimal), bits(excess) + bits(minimal), bits(minimal))
    require(0 < low <= high < 1 and minimal, "the interval is not inside (0, 1), or the polynomial is 0")
    require(sign(denominator, low) > 0 and sign(denominator, high) > 0, "the denominator is not positive at the ends")
    if low == high:
        require(not sign(excess, low) and not sign(minimal, low), "v is not 1 at the root, or the polynomial not 0")
        return
    require(sign(excess, low) < 0 < sign(excess, high), "v does not cross 1 in the interval")
    require(sign_changes(excess, low, high) == 1, "N - D may have several zeros in the interval")
    require(sign(minimal, low) * sign(minimal, high) < 0, "the polynomial does not change its sign in the interval")
    require(divides(minimal, excess), "the polynomial does not divide N - D")


def _optimal(facts: Facts, best: Optimum, bounds: object, ties: object) -> None:
    """Prove that no policy of the region collects more than this one at the root (docs/theory.md, section 6).

    L <= M <= U on [a, b] for the policy's values M; another action either falls short of L there, or is as good.
    """
    count, (_, low, high) = best.counted, best.root
    acting = {s: actions for s, actions in count.region.items() if actions}
    chosen = {s: one_of(best.policy.get(s), actions) for s, actions in acting.items()}
    unit, lower, upper = _bounds(facts, count, list(acting), bounds)
    unclear: list[tuple[str, str]] = []
    for s, a in ((s, a) for s, actions in acting.items() for a in actions):
        step, paid = acting[s][a], unit * count.theta[s]
        if a == chosen[s]:
            require(_gain(step, lower, low, paid - lower[s]) >= 0, f"the lower bound fails at {s}")
            require(_gain(step, upper, high, paid - upper[s]) <= 0, f"the upper bound fails at {s}")
        elif _gain(step, upper, high, paid - lower[s]) > 0:
            unclear.append((s, a))
    if unclear:
        _as_good(facts, best._replace(policy=chosen), unclear, ties)


def _bounds(facts: Facts, count: Count, acting: list[str], given: object) -> tuple[int, Values, Values]:
    """(m, m L, m U): integers; at a terminal state both are its theta."""
    scale, lowest, gaps = fields(given, "unit", "lower", "gap")
    unit = positive_integer(scale)
    lower = dict(zip(acting, map(integer, items(lowest, len(acting))), strict=True))
    upper = {s: lower[s] + integer(gap) for s, gap in zip(acting, items(gaps, len(acting)), strict=True)}
    ends = {s: unit * count.theta[s] for s in count.region if s not in lower}
    facts.pay(4 * edges(count.region), max(bits(lower.values()), bits(upper.values()), unit.bit_length()))
    return unit, lower | ends, upper | ends


def _gain(step: Step, value: Values, gamma: Fraction, rest: int) -> int:
    """A positive multiple of rest + gamma sum_t P(t) value(t)."""
    return rest * step.scale * gamma.denominator + gamma.numerator * expectation(step, value)


def _as_good(facts: Facts, best: Optimum, unclear: Steps, ties: object) -> None:
    """Prove that these actions are as good as the policy's: for every gamma, or at least at the root."""
    region, theta = best.counted.region, best.counted.theta
    chain = Chain(region, best.policy, region)
    differing = _differing(facts, best, chain, unclear)
    require(not differing or ties is not None, "an action is not shown to be as bad or as good as the policy's")
    if differing:
        denominator, values = _forms(facts, chain, theta, *fields(ties, "denominator", "values"))
        minimal, low, high = best.root
        require(positive(denominator, low, high, or_zero=False), "the denominator of the ties may vanish")
        ends = {t: add((), denominator, theta[t]) for t, actions in region.items() if not actions}
        for s, a in differing:
            _tied(facts, (s, region[s][a]), theta[s], denominator, values | ends, minimal)


def _differing(facts: Facts, best: Optimum, chain: Chain, unclear: Steps) -> Steps:
    """Those whose worth is not the value for every gamma: sum_t P(t) y_k(t) is another than the policy's for some k."""
    same = set(unclear)
    for _, products in chain.products(best.denominator, best.counted.theta, facts.pay):
        value = dict(zip(chain.states, products, strict=True))
        longest = bits(products)
        for s, a in same.copy():
            own, other = chain.steps[s], best.counted.region[s][a]
            facts.pay(len(own.weights) + len(other.weights), longest)
            if expectation(own, value) * other.scale != expectation(other, value) * own.scale:
                same.remove((s, a))
    return [step for step in unclear if step not in same]


def _tied(
    facts: Facts, place: tuple[str, Step], paid: int, denominator: Poly, values: Mapping[str, Poly], minimal: Poly
) -> None:
    """Prove by the policy's values that the step's advantage vanishes at the root."""
    s, (scale, weights) = place
    require(values.keys() >= {s, *weights}, f"the ties leave out a value at {s} or after it")
    total: Poly = ()
    facts.pay(4 * len(weights) * len(denominator), max(bits(values[t]) for t in weights), bits(weights.values()))
    for t, weight in weights.items():
        total = add(total, values[t], weight)
    total = add(add((0, *total), values[s], -scale), denominator, scale * paid)
    facts.pay(len(total) * len(minimal), bits(total) + bits(minimal), bits(minimal))
    require(divides(minimal, total), f"an action of {s} is not as good as the policy at the root")


def _at_once(facts: Facts, count: Count) -> bool:
    """True iff an action of A1 leads to the counted states with certainty: then v >= 1 for every gamma."""
    counted = {s for s, r in count.theta.items() if r}
    return any(counted.issuperset(step.weights) for step in facts.model.others.values())


def _revisits(facts: Facts, chain: Chain, x: str) -> None:
    """Prove that the policy reaches x from s_new, and again from x, with probability 1 (Prop. 1)."""
    rows = {s: {"": chain.steps[s]} if s in chain.steps else {} for s in chain.states}
    require(x in rows, f"the policy never visits {x}")
    found = surely_reaching(predecessors(rows), x, lambda: facts.pay(edges(rows)))
    require(len(found) == len(rows), f"the policy does not reach {x} from everywhere")


def _frequency(numerator: Poly, denominator: Poly) -> Fraction:
    """lim (1-gamma) v at gamma = 1, for v = N / D. Raises Invalid without a simple pole."""
    quotient = sum(sum(denominator[: k + 1]) for k in range(len(denominator)))  # E(1), where D = (1-gamma) E
    require(not sum(denominator) and sum(numerator) * quotient > 0, "v has no simple pole at gamma = 1")
    return Fraction(sum(numerator), quotient)


def no_threshold(facts: Facts, claim: dict[str, object]) -> None:
    """Prove that gamma°_x does not exist, by an undiscounted superharmonic bound W."""
    state, scale, given = fields(claim, "state", "unit", "bound")
    unit, named = positive_integer(scale), facts.model.over(given, integer)
    count = _count(facts, SHARP, facts.model.state(state))
    require(named.keys() <= count.region.keys() and min(named.values(), default=0) >= 0, "the bound is out of place")
    require(not _at_once(facts, count), f"{state} or s_term is reached at once, for every gamma")
    bound = dict.fromkeys(count.region, 0) | named
    for s, actions in count.region.items() if facts.model.others else ():
        paid = unit * count.theta[s]
        require(bound[s] >= paid, f"the bound is below the reward at {s}")
        facts.pay(sum(len(step.weights) for step in actions.values()), bits(named.values()))
        for a, step in actions.items():
            after = expectation(step, bound)
            require(paid * step.scale + after <= bound[s] * step.scale, f"the bound fails at {s} for {a}")
            require(s != facts.model.s_new or after <= unit * step.scale, f"more than 1 may be collected after {a}")
    facts.roots[SHARP][count.x] = None
