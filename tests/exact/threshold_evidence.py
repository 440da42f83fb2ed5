"""An independent checker of what a threshold hands over: the conditions of theory.md, section 6, in Fractions.

It knows the instance and the threshold's numbers, and shares no algorithm with exact.thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from exact.instance import Instance
from exact.mdp import UNDEFINED, Mdp
from exact.thresholds import Threshold

Poly = list[Fraction]  # low degree first
Allowed = dict[int, list[int]]
ZERO, ONE = Fraction(0), Fraction(1)


def check(instance: Instance, threshold: Threshold) -> None:
    """Every condition on the evidence for the threshold that it claims; AssertionError names what fails."""
    mdp, x = instance.mdp, threshold.state
    counted = {x} if threshold.kind == "paper" else {x, instance.s_term}
    theta = [Fraction(s in counted) for s in range(len(mdp))]
    allowed = _allowed(instance, threshold)
    if threshold.value is None:
        if threshold.kind == "paper":
            assert allowed is None
        else:
            _check_limit(instance, threshold, theta)
        return
    assert allowed is not None
    value = threshold.value
    region = _closure(mdp, allowed, instance.shutdown_state)
    above, below = _check_visits(instance, threshold, theta)
    if value == 0:
        assert _at(above, ZERO) >= _at(below, ZERO)
        if threshold.kind == "paper":
            _check_reaches(instance, threshold)
        return
    nonterminal = [s for s in region if mdp.rows[s]]
    assert all(threshold.policy and threshold.policy[s] in allowed[s] for s in nonterminal)
    if threshold.kind == "sharp":
        assert all(_mean(mdp, instance.shutdown_state, a, theta) != 1 for a in instance.alternatives)
    _check_root(threshold, above, below)
    _check_bounds(mdp, threshold, theta, allowed, nonterminal)


def _allowed(instance: Instance, threshold: Threshold) -> Allowed | None:
    """sharp: all but a_sd. paper: what stays in R_x; None if x is not recurrent or s_new is not in R_x."""
    mdp, s_new = instance.mdp, instance.shutdown_state
    if threshold.kind == "sharp":
        allowed = {s: list(range(len(rows))) for s, rows in enumerate(mdp.rows)}
        return allowed | {s_new: list(instance.alternatives)}
    kept = set(range(len(mdp)))
    while True:
        allowed = {s: [a for a, row in enumerate(mdp.rows[s]) if all(t in kept for t, _ in row)] for s in kept}
        reaching = {threshold.state}
        while more := {s for s in kept - reaching for a in allowed[s] if any(t in reaching for t, _ in mdp.rows[s][a])}:
            reaching |= more
        if reaching == kept:
            break
        kept = reaching
    return allowed if allowed[threshold.state] and s_new in kept else None


def _closure(mdp: Mdp, allowed: Mapping[int, Sequence[int]], start: int) -> list[int]:
    seen, stack = {start}, [start]
    while stack:
        state = stack.pop()
        for action in allowed[state]:
            for t, _ in mdp.rows[state][action]:
                if t not in seen:
                    seen.add(t)
                    stack.append(t)
    return sorted(seen)


def _mean(mdp: Mdp, s: int, a: int, value: Sequence[Fraction] | Mapping[int, Fraction]) -> Fraction:
    return sum((p * value[t] for t, p in mdp.rows[s][a]), ZERO)


def _check_visits(instance: Instance, threshold: Threshold, theta: list[Fraction]) -> tuple[Poly, Poly]:
    """N / D = sum_k c_k gamma^k: coprime over Z, degrees at most m, D(0) > 0, D c = N modulo gamma^(2m+1)."""
    mdp, policy, s_new = instance.mdp, threshold.policy, instance.shutdown_state
    assert policy is not None
    assert threshold.visits is not None
    chosen = {s: [policy[s]] if mdp.rows[s] else [] for s in range(len(mdp))}
    visited = _closure(mdp, chosen, s_new)
    assert all(policy[s] != UNDEFINED for s in visited if mdp.rows[s])
    m = sum(bool(mdp.rows[s]) for s in visited)
    above, below = ([Fraction(c) for c in part] for part in threshold.visits.coefficients())
    assert max(len(above), len(below)) <= m + 1
    assert below[0] > 0
    series, h = [], {s: theta[s] for s in visited}
    for _ in range(2 * m + 1):
        onward = {s: _mean(mdp, s, policy[s], h) if mdp.rows[s] else ZERO for s in visited}
        series.append(onward[s_new])
        h = onward
    for k in range(2 * m + 1):
        total = sum((below[i] * series[k - i] for i in range(min(k + 1, len(below)))), ZERO)
        assert total == (above[k] if k < len(above) else 0)
    return above, below


def _check_reaches(instance: Instance, threshold: Threshold) -> None:
    """The policy reaches x from every state that it visits."""
    mdp, policy = instance.mdp, threshold.policy
    assert policy is not None
    chosen = {s: [policy[s]] if policy[s] != UNDEFINED else [] for s in range(len(mdp))}
    assert all(threshold.state in _closure(mdp, chosen, s) for s in _closure(mdp, chosen, instance.shutdown_state))


def _check_root(threshold: Threshold, above: Poly, below: Poly) -> None:
    value, bounds = threshold.value, threshold.bounds
    assert value is not None
    assert bounds is not None
    low, high = bounds.low, bounds.high
    assert 0 < low <= high < 1
    assert _at(below, low) > 0 < _at(below, high)
    minimal = [Fraction(c) for c in value.polynomial]
    if low == high:
        assert _at(above, low) == _at(below, low)
        assert value == low
        return
    assert _at(above, low) < _at(below, low)
    assert _at(above, high) > _at(below, high)
    equation = _sum(above, [-c for c in below])
    assert _variations(equation, low, high) == 1
    assert not any(_rest(equation, minimal))
    assert _at(minimal, low) * _at(minimal, high) < 0
    assert low <= value <= high


def _check_bounds(
    mdp: Mdp, threshold: Threshold, theta: list[Fraction], allowed: Allowed, nonterminal: list[int]
) -> None:
    """Integers over one unit: L below and U above pi's values, and each other action below L, or a tie."""
    bounds, policy = threshold.bounds, threshold.policy
    assert bounds is not None
    assert policy is not None
    assert bounds.unit > 0
    assert set(bounds.lower) == set(bounds.upper) == set(nonterminal)
    assert all(type(n) is int for n in (*bounds.lower.values(), *bounds.upper.values()))
    assert all(bounds.lower[s] <= bounds.upper[s] for s in nonterminal)
    lower, upper = (dict(enumerate(theta)) | _over(b, bounds.unit) for b in (bounds.lower, bounds.upper))
    for s in nonterminal:
        assert lower[s] <= theta[s] + bounds.low * _mean(mdp, s, policy[s], lower)
        assert upper[s] >= theta[s] + bounds.high * _mean(mdp, s, policy[s], upper)
    open_ = [
        (s, a)
        for s in nonterminal
        for a in allowed[s]
        if a != policy[s] and theta[s] + bounds.high * _mean(mdp, s, a, upper) > lower[s]
    ]
    open_ = _not_identical(mdp, threshold, theta, nonterminal, open_)
    for s, a in open_:
        assert bounds.low < bounds.high
        _check_tie(mdp, threshold, theta, s, a)
    assert bool(open_) == (threshold.ties is not None)


def _over(values: Mapping[int, int], unit: int) -> dict[int, Fraction]:
    return {s: Fraction(value, unit) for s, value in values.items()}


def _not_identical(
    mdp: Mdp, threshold: Threshold, theta: list[Fraction], nonterminal: list[int], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those with sum_t P(t|s,a) h_k(t) != h_{k+1}(s) for some k <= the number of nonterminal states."""
    policy, h, different = threshold.policy, dict(enumerate(theta)), set()
    assert policy is not None
    for _ in range(len(nonterminal) + 1 if pairs else 0):
        onward = dict.fromkeys(range(len(mdp)), ZERO) | {s: _mean(mdp, s, policy[s], h) for s in nonterminal}
        different |= {(s, a) for s, a in pairs if _mean(mdp, s, a, h) != onward[s]}
        h = onward
    return [pair for pair in pairs if pair in different]


def _check_tie(mdp: Mdp, threshold: Threshold, theta: list[Fraction], s: int, a: int) -> None:
    """p divides theta_s D' + gamma sum_t P(t|s,a) N'_t - N'_s, N' / D' the policy's values, D' > 0 on [low, high]."""
    form, bounds, policy = threshold.ties, threshold.bounds, threshold.policy
    assert form is not None
    assert bounds is not None
    assert policy is not None
    assert threshold.value is not None
    below = [Fraction(int(c)) for c in form.denominator.coeffs()]
    assert below[0] > 0
    assert _variations(below, bounds.low, bounds.high) == 0
    above = {t: [Fraction(int(c)) for c in n.coeffs()] for t, n in form.numerators.items()}
    known = above | {t: [theta[t] * c for c in below] for t in range(len(mdp)) if not mdp.rows[t]}
    for t, numerator in above.items():
        _check_value(mdp, policy, theta, t, numerator, below)
    gain = _sum([theta[s] * c for c in below], [-c for c in known[s]])
    for t, p in mdp.rows[s][a]:
        gain = _sum(gain, [ZERO, *(p * c for c in known[t])])
    assert not any(_rest(gain, [Fraction(c) for c in threshold.value.polynomial]))


def _check_value(mdp: Mdp, policy: Sequence[int], theta: list[Fraction], s: int, above: Poly, below: Poly) -> None:
    """N' / D' = sum_k h_k(s) gamma^k, by as many terms as determine a fraction of these degrees."""
    m = len(mdp) + max(len(above), len(below))
    series, h = [], dict(enumerate(theta))
    for _ in range(2 * m):
        series.append(h[s])
        h = {t: _mean(mdp, t, policy[t], h) if mdp.rows[t] and policy[t] >= 0 else ZERO for t in h}
    for k in range(2 * m):
        total = sum((below[i] * series[k - i] for i in range(min(k + 1, len(below)))), ZERO)
        assert total == (above[k] if k < len(above) else 0)


def _check_limit(instance: Instance, threshold: Threshold, theta: list[Fraction]) -> None:
    """W_s >= theta_s + sum_t P(t|s,a) W_t for all a but a_sd, and at most 1 after A1, whose actions start below 1."""
    limit, mdp, s_new = threshold.limit, instance.mdp, instance.shutdown_state
    assert limit is not None
    if not instance.alternatives:
        assert not limit.values
        return
    assert limit.unit > 0
    assert all(type(w) is int and w > 0 for w in limit.values.values())
    worth = dict.fromkeys(range(len(mdp)), ZERO) | _over(limit.values, limit.unit)
    allowed = {s: list(range(len(rows))) for s, rows in enumerate(mdp.rows)} | {s_new: list(instance.alternatives)}
    for s in _closure(mdp, allowed, s_new):
        assert worth[s] >= theta[s]
        assert all(worth[s] >= theta[s] + _mean(mdp, s, a, worth) for a in allowed[s])
    for a in instance.alternatives:
        assert _mean(mdp, s_new, a, worth) <= 1
        assert _mean(mdp, s_new, a, theta) < 1


def _at(polynomial: Poly, gamma: Fraction) -> Fraction:
    total = ZERO
    for c in reversed(polynomial):
        total = total * gamma + c
    return total


def _sum(one: Poly, two: Poly) -> Poly:
    size = max(len(one), len(two))
    return [a + b for a, b in zip(one + [ZERO] * (size - len(one)), two + [ZERO] * (size - len(two)), strict=True)]


def _rest(polynomial: Poly, divisor: Poly) -> Poly:
    """The remainder of a division over Q."""
    rest = list(polynomial)
    while len(rest) >= len(divisor):
        factor = rest[-1] / divisor[-1]
        for i, c in enumerate(divisor):
            rest[len(rest) - len(divisor) + i] -= factor * c
        rest.pop()
    return rest


def _variations(polynomial: Poly, low: Fraction, high: Fraction) -> int:
    """Descartes' count for (low, high): sign changes of (1 + t)^n p((low + high t) / (1 + t))."""
    turned: Poly = []
    power = [ONE]  # (low + high t)^k, beside (1 + t)^(n - k)
    size = len(polynomial)
    for k, c in enumerate(polynomial):
        term = [c * q for q in power]
        for _ in range(size - 1 - k):
            term = _sum(term, [ZERO, *term])
        turned = _sum(turned, term)
        power = _sum([low * q for q in power], [ZERO, *(high * q for q in power)])
    signs = [c > 0 for c in turned if c]
    return sum(one != two for one, two in pairwise(signs))
