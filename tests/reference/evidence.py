"""A second producer of certificates, for tiny instances: every policy is tried, every number is a Fraction.

It shares nothing with proofs.search and the engines of `exact` but the reading of instance files. What it gives is what
FORMAT.md asks for, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, gcd, lcm
from typing import Any

from exact.instance import Instance
from tests.reference import brute_force, brute_orbit, polynomials

Json = dict[str, Any]
Rows = Mapping[str, Mapping[str, Mapping[str, Fraction]]]
Policy = dict[str, str]
Value = dict[str, Fraction]
FORMAT = "gammastar-certificate/2"
KINDS = ("paper", "sharp")
LATEST = Fraction(99_999, 100_000)  # no threshold of a tiny instance lies above it
WIDTHS = (10, 20, 40, 80)  # bits of the intervals that are tried


class Producer:
    """The honest claims about one instance, one by one."""

    def __init__(self, instance: Instance) -> None:
        mdp, self.instance = instance.mdp, instance
        names = self.names = mdp.states
        self.rows = {
            s: {a: {names[t]: p for t, p in row} for a, row in zip(mdp.actions[k], mdp.rows[k], strict=True)}
            for k, s in enumerate(names)
        }
        self.start, self.term = names[instance.shutdown_state], names[instance.s_term]
        self.off = mdp.actions[instance.shutdown_state][instance.shutdown_action]
        self.others = [x for x in names if x != self.term]

    def thresholds(self) -> Iterator[Json]:
        """Every threshold of both kinds, and for gamma° that there is none."""
        for kind in KINDS:
            if kind == "sharp" and self.rows[self.term]:
                return
            for x in self.others:
                region = self.region(kind, x)
                if region is not None:
                    yield self._threshold(kind, x, region) or self._none(x, region)

    def region(self, kind: str, x: str) -> Rows | None:
        """The allowed steps, from s_new on; None if no policy reaches x again and again with probability 1."""
        if kind == "sharp":
            others = {a: row for a, row in self.rows[self.start].items() if a != self.off}
            return reached({**self.rows, self.start: others}, [self.start])
        mdp, target = self.instance.mdp, self.names.index(x)
        if not brute_force.reach_and_revisit(mdp, self.instance.shutdown_state, target):
            return None
        every = list(brute_force.policies(mdp))
        won = {s for k, s in enumerate(self.names) if any(brute_force.reaches(mdp, p, k, target) for p in every)}
        allowed = {
            s: {a: row for a, row in self.rows[s].items() if won.issuperset(row)} for s in self.names if s in won
        }
        return reached(allowed, [self.start])

    def _threshold(self, kind: str, x: str, region: Rows) -> Json | None:
        counted = {x} if kind == "paper" else {x, self.term}
        theta = {s: Fraction(s in counted) for s in self.names}
        at_once = [a for a, row in region[self.start].items() if counted.issuperset(row)]
        about = {"claim": "threshold", "kind": kind, "state": x}
        if at_once:
            policy = next(p for p in policies(region) if p[self.start] in at_once and self._good(kind, x, p))
            return about | self._form(policy, theta) | {"polynomial": ["0", "1"], "interval": ["0", "0"]}
        if self._best(region, theta, LATEST) < 1:
            return None
        low, high = Fraction(0), LATEST
        for bits in range(1, max(WIDTHS) + 1):
            middle = Fraction(floor((low + high) / 2 * 2 ** (bits + 4)), 2 ** (bits + 4))
            low, high = (low, middle) if self._best(region, theta, middle) >= 1 else (middle, high)
            if bits in WIDTHS and (found := self._proved(region, theta, low, high)):
                return about | found
        raise ValueError(f"no evidence for the {kind} threshold of {x}")

    def _good(self, kind: str, x: str, policy: Policy) -> bool:
        """A policy of the kind: for the paper's, reach-and-revisit."""
        chain = {s: self.rows[s][a] for s, a in policy.items()}
        seen = reached({s: {"": chain[s]} if s in chain else {} for s in self.names}, [self.start])
        return kind == "sharp" or all(x in reached({s: {"": chain[s]} for s in seen}, [s]) for s in seen)

    def _proved(self, region: Rows, theta: Value, low: Fraction, high: Fraction) -> Json | None:
        """Evidence for the root between these: a policy that is best there, in every state."""
        for policy in _best_at(region, theta, high):
            form = self._form(policy, theta)
            above, below = (tuple(map(int, form[key])) for key in ("numerator", "denominator"))
            excess = polynomials.add(above, below, -1)
            root = polynomials.rational_root(excess, low, high)
            ends = (low, high) if root is None else (root, root)
            bounds = _bounds(region, policy, theta, *ends)
            unclear = _unclear(region, policy, theta, ends, bounds)
            ties = polynomials.common_denominator(region, policy, theta, unclear, excess) if unclear else []
            if ties is not None:
                minimal = _without_content(excess) if root is None else [str(-root.numerator), str(root.denominator)]
                written = _strings({"unit": bounds[0], "lower": bounds[1], "gap": bounds[2]})
                about = {"polynomial": minimal, "interval": list(map(str, ends)), "bounds": written}
                return form | about | ({"ties": ties} if ties else {})
        return None

    def _form(self, policy: Policy, theta: Value) -> Json:
        """v = N / D in lowest terms, D(0) > 0."""
        chain = {s: self.rows[s][a] for s, a in policy.items()}
        above, below = polynomials.visit_count(chain, theta, self.start)
        return {"policy": dict(policy), "numerator": list(map(str, above)), "denominator": list(map(str, below))}

    def _best(self, region: Rows, theta: Value, gamma: Fraction) -> Fraction:
        """The greatest v."""
        value = max(value_of(region, p, theta, gamma)[self.start] for p in policies(region))
        return (value - theta[self.start]) / gamma

    def _none(self, x: str, region: Rows) -> Json:
        """An undiscounted bound: the most that any policy collects from each state."""
        totals = [total(region, p, {s: Fraction(s in (x, self.term)) for s in region}) for p in policies(region)]
        most = {s: max(value[s] for value in totals) for s in region}
        unit = lcm(*(value.denominator for value in most.values()))
        bound = {s: str(int(value * unit)) for s, value in most.items() if value}
        return {"claim": "no-threshold", "state": x, "unit": str(unit), "bound": bound}

    def values(self, theta: Sequence[Fraction], gamma: Fraction) -> Json:
        """V* of one goal, by trying every policy."""
        instance, whole = self.instance, brute_orbit.whole(self.instance)
        tables = {"whole": whole}
        if instance.goals.reading == "on-training":
            inside = {s: {a: r for a, r in whole[s].items() if set(r) <= instance.training} for s in instance.training}
            tables["training"] = inside
        best = {
            key: [max(q.values()) for _, q in sorted(brute_orbit.q_values(rows, tuple(theta), gamma).items()) if q]
            for key, rows in tables.items()
        }
        unit = lcm(*(v.denominator for v in [*theta, *(v for values in best.values() for v in values)]))
        return {"unit": str(unit)} | {key: [str(int(v * unit)) for v in values] for key, values in best.items()}

    def theta(self, rewards: Mapping[str, str]) -> tuple[Fraction, ...]:
        """A reward vector by names."""
        return tuple(Fraction(rewards.get(s, "0")) for s in self.names)

    def goal(self, kind: str, rewards: Mapping[str, str], gamma: str) -> Json:
        """What claims about single goals begin with."""
        return {"claim": kind, "gamma": gamma, "rewards": dict(rewards)}

    def orbit(self, rewards: Mapping[str, str], gamma: str) -> Json:
        """Counted by trying every permutation."""
        theta, at = self.theta(rewards), Fraction(gamma)
        tally = brute_orbit.count(self.instance, theta, at)
        counts = {"size": sum(tally.values()) - tally["outside"], **tally}
        goals = [self.values(vector, at) for vector in sorted(brute_orbit.orbit(theta))]
        return self.goal("orbit", rewards, gamma) | _strings(counts) | {"goals": goals}

    def member(self, rewards: Mapping[str, str], gamma: str) -> Json:
        """That the goal is in Theta."""
        return self.goal("member", rewards, gamma) | {"goal": self.values(self.theta(rewards), Fraction(gamma))}

    def swap_fails(self, rewards: Mapping[str, str], cycles: list[list[str]], how: str, gamma: str) -> Json:
        """That a permutation fails for the goal."""
        theta, at = self.theta(rewards), Fraction(gamma)
        moved = dict(zip(self.names, theta, strict=True))
        for cycle in cycles:
            for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
                moved[t] = theta[self.names.index(s)]
        values = {"goal": self.values(theta, at), "image": self.values(tuple(moved.values()), at)}
        return self.goal("swap-fails", rewards, gamma) | {"permutation": cycles, "how": how} | values

    def certificate(self, claims: Iterable[Json]) -> Json:
        """The document about these claims."""
        gamma = self.instance.question.gamma
        about = {"name": self.instance.name, "sha256": self.instance.sha256}
        question = {"gamma": None if gamma is None else str(gamma)}
        return {"format": FORMAT, "instance": about, "question": question, "claims": list(claims)}


def _without_content(excess: Sequence[int]) -> list[str] | None:
    """N - D over the common factor of its coefficients, which might keep it from dividing; None where that is 1."""
    content = gcd(*excess)
    return None if content == 1 else [str(c // content) for c in excess]


def _strings(given: Mapping[str, Any]) -> Json:
    return {key: [str(v) for v in value] if isinstance(value, list) else str(value) for key, value in given.items()}


def reached(rows: Rows, sources: Iterable[str]) -> Rows:
    """The part of the rows that can be reached, in their order."""
    found = set(sources)
    waiting = list(found)
    while waiting:
        for row in rows[waiting.pop()].values():
            waiting += row.keys() - found
            found |= row.keys()
    return {s: actions for s, actions in rows.items() if s in found}


def policies(rows: Rows) -> Iterator[Policy]:
    """An action for each state that has one."""
    acting = [s for s, actions in rows.items() if actions]
    for choice in product(*(rows[s] for s in acting)):
        yield dict(zip(acting, choice, strict=True))


def value_of(rows: Rows, policy: Policy, theta: Value, gamma: Fraction) -> Value:
    """V^pi on the region, by elimination."""
    chain = {s: rows[s][policy[s]] if s in policy else {} for s in rows}
    order = {s: k for k, s in enumerate(chain)}
    numbered = {order[s]: {order[t]: p for t, p in row.items()} for s, row in chain.items()}
    found = brute_orbit.policy_value(numbered, tuple(theta[s] for s in chain), gamma)
    return {s: found[k] for s, k in order.items()}


def _best_at(region: Rows, theta: Value, gamma: Fraction) -> list[Policy]:
    """The policies that are optimal in every state of the region."""
    every = [(p, value_of(region, p, theta, gamma)) for p in policies(region)]
    best = {s: max(value[s] for _, value in every) for s in region}
    return [p for p, value in every if value == best]


def _bounds(
    region: Rows, policy: Policy, theta: Value, low: Fraction, high: Fraction
) -> tuple[int, list[int], list[int]]:
    """(unit, lower, gap): exact at a rational root, else rounded so that both bounds stay bounds."""
    below, above = value_of(region, policy, theta, low), value_of(region, policy, theta, high)
    acting = [s for s in region if s in policy]
    if low == high:
        unit = lcm(*(below[s].denominator for s in acting))
        return unit, [int(below[s] * unit) for s in acting], [0] * len(acting)
    unit = 2 ** (1 - (high - low).numerator.bit_length() + (high - low).denominator.bit_length())
    slack = ceil(high / (1 - high))
    lower = [floor(below[s] * unit) - slack for s in acting]
    upper = [ceil(above[s] * unit) + slack for s in acting]
    return unit, lower, [u - v for u, v in zip(upper, lower, strict=True)]


def _unclear(
    region: Rows,
    policy: Policy,
    theta: Value,
    ends: tuple[Fraction, Fraction],
    bounds: tuple[int, list[int], list[int]],
) -> list[tuple[str, str]]:
    """The other actions that are neither plainly worse, nor the same for every gamma."""
    unit, lower, gap = bounds
    acting, found = [s for s in region if s in policy], []
    low = {s: Fraction(v, unit) for s, v in zip(acting, lower, strict=True)}
    upper = {s: theta[s] for s in region} | {s: low[s] + Fraction(g, unit) for s, g in zip(acting, gap, strict=True)}
    for s, a in [(of, a) for of in acting for a in region[of] if a != policy[of]]:
        row = region[s][a]
        if theta[s] + ends[1] * sum(p * upper[t] for t, p in row.items()) > low[s]:
            for k in range(1, 2 * len(region) + 4):  # the same at more points than two different ones could share
                gamma = Fraction(k, 2 * len(region) + 5)
                value = value_of(region, policy, theta, gamma)
                if theta[s] + gamma * sum(p * value[t] for t, p in row.items()) != value[s]:
                    found.append((s, a))
                    break
    return found


def total(rows: Rows, policy: Policy, theta: Value) -> Value:
    """What the policy collects without a discount; it must be finite."""
    chain = {s: rows[s][policy[s]] if s in policy else {} for s in rows}
    ways = {s: reached({t: {"": row} if row else {} for t, row in chain.items()}, [s]).keys() for s in chain}
    closed = {s for s in chain if chain[s] and all(s in ways[t] for t in ways[s])}
    if any(theta[s] for s in closed):
        raise ValueError("infinite")
    passing = {s: {t: p for t, p in row.items() if t not in closed} for s, row in chain.items() if s not in closed}
    found = value_of({s: {"": row} for s, row in passing.items()}, dict.fromkeys(passing, ""), theta, Fraction(1))
    return dict.fromkeys(closed, Fraction(0)) | found
