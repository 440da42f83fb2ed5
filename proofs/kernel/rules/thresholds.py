"""`closed-form`, `threshold`, `no-threshold`: what policies collect, and from which gamma on a swap works."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.chain import NOWHERE, Chain, expectation
from proofs.kernel.decode import Object, fields, integer, items, one_of, polynomial, positive_integer, rational
from proofs.kernel.errors import expect, require
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.graph import Rows, Step, closed, cut, difference, edges, predecessors, reachable
from proofs.kernel.poly import ALWAYS, Poly, Root, bits, minus, positive, sign, sign_changes, whole

Policy = Mapping[str, str]
Values = dict[str, int]  # of states, in units
Rivals = dict[tuple[str, str], Step]  # by state and action: the difference from the policy's step
ONE = Fraction(1)
KINDS = {PAPER: [PAPER], SHARP: [SHARP], "both": [PAPER, SHARP]}  # which thresholds a claim is about


class Count(NamedTuple):
    """What is maximised: discounted visits of the states with theta = 1, over the allowed steps of a region."""

    theta: Values
    region: Rows


def closed_form(facts: Facts, claim: Object) -> None:
    """Prove M_s = N_s / D by the power series of the policy's values (Def. 9)."""
    model = facts.model
    chosen, theta, below, above = fields(claim, "policy", "rewards", "denominator", "values")
    policy, rewards, values = model.policy(chosen), model.rewards(theta), model.over(above, polynomial)
    chain = Chain(facts.pay, model.rows, policy, values)
    found = chain.series(polynomial(below), rewards, {s: Step(1, {s: 1}) for s in values})
    for s in values:
        require(found[s] == values[s], f"the value at {s} is another")


def threshold(facts: Facts, claim: Object) -> None:
    """Prove that the root is the threshold of x: gamma*_x (Prop. 3), or gamma°_x (the exact swap theorem)."""
    model, about = facts.model, ("kind", "state", "policy", "numerator", "denominator", "polynomial", "interval")
    word, state, chosen, above, below, given, ends, bounds, ties = fields(claim, *about, bounds=None, ties=None)
    kinds, x, policy = KINDS[one_of(word, KINDS)], model.state(state), model.policy(chosen)
    numerator, denominator = polynomial(above), polynomial(below)
    excess, (low, high) = minus(numerator, denominator), map(rational, items(ends, 2))
    root = excess if given is None else polynomial(given), low, high
    count = _one_count(facts, kinds, x)
    chain = Chain(facts.pay, count.region, policy, [model.s_new])
    visits = chain.series(denominator, count.theta, {"v": chain.steps.get(model.s_new, NOWHERE)})
    require(denominator[0] > 0, "the denominator is not positive at gamma = 0")
    require(visits["v"] == numerator, "the visit count is another")
    if root == ALWAYS:
        expect(bounds is None and ties is None, "a threshold of 0 has no bounds and no ties")
        require(sum(excess[:1]) >= 0, "v is below 1 near gamma = 0")
    else:
        _crosses(facts, root, excess, denominator)
        require(not _at_once(facts, count), f"{x} or s_term is reached at once, for every gamma")
        _as_good(facts, count, policy, root, bounds, denominator, ties)
    if PAPER in kinds:
        _frequency(facts, chain, x, numerator, denominator)
    for kind in kinds:
        facts.roots[kind][x] = root


def _one_count(facts: Facts, kinds: list[str], x: str) -> Count:
    first, *others = (count_of(facts, kind, x) for kind in kinds)
    require(all(other == first for other in others), "gamma* and gamma° are not thresholds of the same count")
    return first


def count_of(facts: Facts, kind: str, x: str) -> Count:
    """The region and the allowed steps of one threshold that is still open."""
    model = facts.model
    require(x in facts.candidates and x not in facts.roots[kind], f"{x} has a {kind} threshold already, or is s_term")
    if kind == PAPER:
        region, counted = closed(cut(model.rows, facts.surely(x)), model.s_new), {x}
        require(model.s_new in region and facts.recurrent(x), f"{x} has no reach-and-revisit policy")
    else:
        require(not model.rows[model.s_term], "s_term is not terminal")
        region, counted = model.avoiding, {x, model.s_term}
    return Count({s: int(s in counted) for s in region}, region)


def _crosses(facts: Facts, root: Root, excess: Poly, denominator: Poly) -> None:
    """Prove that v = 1 at the root: excess = N - D changes its sign there, and has no other zero nearby."""
    minimal, low, high = root
    facts.pay_to_evaluate(len(excess), excess, low, high)
    facts.pay_to_evaluate(2, minimal, low, high)
    facts.pay_to_compare(
        [*facts.asked * 2, *(orbit.gamma for orbit in facts.orbits), *(gamma for gamma, _ in facts.failing)], [root]
    )
    require(0 < low <= high < 1 and minimal, "the interval is not inside (0, 1), or the polynomial is 0")
    require(sign(denominator, low) > 0 and sign(denominator, high) > 0, "the denominator is not positive at the ends")
    if low == high:
        require(not sign(excess, low) and not sign(minimal, low), "v is not 1 at the root, or the polynomial not 0")
        return
    require(sign(excess, low) < 0 < sign(excess, high), "v does not cross 1 in the interval")
    require(sign_changes(excess, low, high) == 1, "N - D may have several zeros in the interval")
    require(sign(minimal, low) * sign(minimal, high) < 0, "the polynomial does not change its sign in the interval")
    require(facts.quotient(minimal, excess) is not None, "the polynomial does not divide N - D")


def _rivals(facts: Facts, count: Count, chain: Chain, root: Root, bounds: object) -> Rivals:
    """The steps that the bounds leave open at the root, each as its difference from the policy's.

    L <= M <= U on [a, b] for the policy's values M (docs/theory.md, section 6); what falls short of L is worse.
    """
    (_, low, high), (theta, region) = root, count
    unit, lower, upper = _bounds(facts, count, chain, bounds)
    rivals: Rivals = {}
    for s, own in chain.steps.items():
        require(_gain(own, lower, low, unit * theta[s] - lower[s]) >= 0, f"the lower bound fails at {s}")
        require(_gain(own, upper, high, unit * theta[s] - upper[s]) <= 0, f"the upper bound fails at {s}")
        for a, step in region[s].items():
            if step != own and _gain(step, upper, high, unit * theta[s] - lower[s]) > 0:
                rivals[s, a] = difference(step, own, facts.pay)
    return rivals


def _bounds(facts: Facts, count: Count, chain: Chain, given: object) -> tuple[int, Values, Values]:
    """(m, m L, m U): integers; at a terminal state both are its theta."""
    scale, lowest, gaps = fields(given, "unit", "lower", "gap")
    unit, size = positive_integer(scale), len(chain.steps)
    lower = dict(zip(chain.steps, map(integer, items(lowest, size)), strict=True))
    upper = {s: lower[s] + integer(gap) for s, gap in zip(chain.steps, items(gaps, size), strict=True)}
    ends = {s: unit * reward for s, reward in count.theta.items()}
    longest = facts.model.longest
    facts.pay(4 * edges(count.region), bits([unit, *lower.values(), *upper.values()]) + longest, longest)
    return unit, ends | lower, ends | upper


def _gain(step: Step, value: Mapping[str, int], gamma: Fraction, rest: int) -> int:
    """A positive multiple of rest + gamma sum_t P(t) value(t)."""
    return rest * step.scale * gamma.denominator + gamma.numerator * expectation(step, value)


def _as_good(
    facts: Facts, count: Count, policy: Policy, root: Root, bounds: object, denominator: Poly, ties: object
) -> None:
    """Prove that the rivals' advantages, times a denominator that is positive on [a, b], vanish at the root."""
    chain = Chain(facts.pay, count.region, policy, count.region)
    rivals = _rivals(facts, count, chain, root, bounds)
    require(rivals or ties is None, "nothing needs the ties")
    if ties is not None:
        denominator = polynomial(ties)
        facts.pay_to_evaluate(len(denominator), denominator, *root[1:])
        require(positive(denominator, *root[1:], or_zero=False), "the denominator of the ties may vanish")
    for (s, a), gain in chain.series(denominator, count.theta, rivals).items() if rivals else ():
        divided = facts.quotient(root[0], tuple(whole(gain, facts.pay)[1]))
        require(divided is not None, f"{a} at {s} is not shown to be as bad or as good")


def _at_once(facts: Facts, count: Count) -> bool:
    """True iff an action of A1 leads to the counted states with certainty: then v >= 1 for every gamma."""
    counted = {s for s, r in count.theta.items() if r}
    return any(counted.issuperset(step.weights) for step in facts.model.others.values())


def _frequency(facts: Facts, chain: Chain, x: str, numerator: Poly, denominator: Poly) -> None:
    """Keep lim (1-gamma) v at gamma = 1, for v = N / D, a simple pole, under a reach-and-revisit policy (Props. 1, 2).

    And what that policy visits after the start, for Prop. 3. Such a policy can reach x from wherever it can get.
    (It does visit x, as v is not 0.)
    """
    before = predecessors(chain.after)
    require(reachable(before, [x]) == before.keys(), f"the policy does not reach {x} from everywhere")
    quotient = -sum(k * d for k, d in enumerate(denominator))  # E(1) = -D'(1), where D = (1-gamma) E
    require(not sum(denominator) and sum(numerator) * quotient > 0, "v has no simple pole at gamma = 1")
    facts.frequencies[x] = Fraction(sum(numerator), quotient)
    facts.visited[x] = {t for t in before if before[t]}


def no_threshold(facts: Facts, claim: Object) -> None:
    """Prove that gamma°_x does not exist, by an undiscounted superharmonic bound W."""
    state, scale, given = fields(claim, "state", "unit", "bound")
    unit, named, x = positive_integer(scale), facts.model.over(given, integer), facts.model.state(state)
    count = count_of(facts, SHARP, x)
    require(named.keys() <= count.region.keys() and min(named.values(), default=0) >= 0, "the bound is out of place")
    require(not _at_once(facts, count), f"{x} or s_term is reached at once, for every gamma")
    bound = dict.fromkeys(count.region, 0) | named
    facts.pay(2 * edges(count.region), bits([unit, *named.values()]), facts.model.longest)
    for s, actions in count.region.items() if facts.model.others else ():
        rest = unit * count.theta[s] - bound[s]
        require(rest <= 0, f"the bound is below the reward at {s}")
        for a, step in actions.items():
            require(_gain(step, bound, ONE, rest) <= 0, f"the bound fails at {s} for {a}")
    for a, step in facts.model.others.items():
        require(_gain(step, bound, ONE, -unit) <= 0, f"more than 1 may be collected after {a}")
    facts.roots[SHARP][x] = None
