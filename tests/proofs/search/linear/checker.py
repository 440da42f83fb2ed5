"""A second reading of FORMAT.md's "Linear claims": naive, in Fractions, sharing nothing with `proofs.search`.

`check` raises Rejected unless the tree proves the property on the interval.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from exact.instance import Instance

Poly = list[Fraction]
Linear = dict[tuple[str, int], Poly]  # ("theta", s) or (copy, s) -> coefficient in gamma
Name = tuple[str, ...]
Rows = dict[Name, tuple[Linear, str, Fraction]]
Tight = dict[Name, tuple[str, int, int]]  # row -> (copy, state, action)
Add = Callable[..., None]
Proof = Mapping[str, Any]

VIOLATED = ("stays", "pays", "nonnegative", "strict")


class Rejected(Exception):
    """The first thing that is wrong."""


def check(
    instance: Instance,
    asked: str,
    permutation: tuple[int, ...],
    low: Fraction,
    high: Fraction,
    proof: Proof,
) -> None:
    assert 0 <= low <= high <= 1
    assert not low == high in (0, 1)
    Checker(instance, asked, permutation, low, high).node(proof, {}, None, None, True)


class Checker:
    def __init__(
        self,
        instance: Instance,
        asked: str,
        permutation: tuple[int, ...],
        low: Fraction,
        high: Fraction,
    ) -> None:
        self.i, self.asked, self.phi, self.low, self.high = instance, asked, permutation, low, high
        self.mdp = instance.mdp
        self.inverse = {t: s for s, t in enumerate(permutation)}
        every = {s: list(range(len(r))) for s, r in enumerate(self.mdp.rows)}
        inside = {
            s: [a for a, r in enumerate(self.mdp.rows[s]) if {t for t, _ in r} <= instance.training]
            for s in instance.training
        }
        self.copies = {"goal": every, "image": every}
        if instance.goals.reading == "on-training":
            self.copies |= {"goal-training": inside, "image-training": inside}
        tail = "-training" if instance.goals.reading == "on-training" else ""
        self.tc = {False: "goal" + tail, True: "image" + tail}

    def node(self, proof: Proof, tight: Tight, only: int | None, shown: Name | None, root: bool) -> None:
        if set(proof) == {"violations"}:
            if self.asked not in VIOLATED or not root:
                raise Rejected("violations out of place")
            given = [tuple(row) for row, _ in proof["violations"]]
            if sorted(given) != sorted(self.all_violations()):
                raise Rejected(f"the violations are {sorted(self.all_violations())}")
            for row, child in proof["violations"]:
                self.node(child, {}, None, tuple(row), False)
        elif self.asked in VIOLATED and root:
            raise Rejected("no violations")
        elif set(proof) == {"split", "cases"}:
            copy, name = proof["split"]
            state = self.mdp.states.index(name)
            actions = {self.mdp.actions[state][a]: a for a in self.copies[copy][state]}
            if not actions or set(proof["cases"]) != set(actions):
                raise Rejected("the cases are not the actions")
            for action, child in proof["cases"].items():
                chosen = {**tight, ("tight", copy, name, action): (copy, state, actions[action])}
                self.node(child, chosen, only, shown, False)
        elif set(proof) == {"only"}:
            names = {self.mdp.actions[self.i.shutdown_state][a]: a for a in self.i.alternatives}
            if self.asked != "retargets" or self.i.ties != "uniform" or only is not None or not names:
                raise Rejected("only out of place")
            if set(proof["only"]) != set(names):
                raise Rejected("the cases are not A1")
            for action, child in proof["only"].items():
                self.node(child, tight, names[action], shown, False)
        elif set(proof) == {"multipliers"}:
            self.leaf(proof["multipliers"], self.rows(tight, only, shown))
        else:
            raise Rejected(f"no node: {set(proof)}")

    # The rows, as (expression, relation, bound): expression relation bound.

    def reward(self, copy: str, s: int) -> Linear:
        return {("theta", self.inverse[s] if copy.startswith("image") else s): [Fraction(1), Fraction(0)]}

    def w(self, copy: str, s: int) -> Linear:
        return {(copy, s): [Fraction(1), Fraction(0)]} if self.copies[copy][s] else self.reward(copy, s)

    def q(self, copy: str, s: int, a: int) -> Linear:
        total = self.reward(copy, s)
        for t, p in self.mdp.rows[s][a]:
            total = plus(total, {v: [Fraction(0), c[0]] for v, c in self.w(copy, t).items()}, p)
        return total

    def taught(self, image: bool, s: int, a: int) -> Linear:
        copy = self.tc[image]
        if self.i.goals.reading != "immediate":
            return self.q(copy, s, a)
        total: Linear = {}
        for t, p in self.mdp.rows[s][a]:
            total = plus(total, self.reward(copy, t), p)
        return total

    def others(self, s: int) -> list[int]:
        return [a for a in self.copies[self.tc[False]].get(s, []) if a != self.i.trained[s]]

    def all_violations(self) -> list[Name]:
        names = self.mdp
        if self.asked == "nonnegative":
            return [("negative", name) for name in names.states]
        if self.asked == "pays":
            return [("unpaid",), ("costs",)]
        if self.asked == "strict":
            return [("ties", names.actions[self.i.shutdown_state][a]) for a in self.i.alternatives]
        found: list[Name] = [
            ("violates", names.states[s], names.actions[s][a]) for s in self.i.trained for a in self.others(s)
        ]
        for k, given in enumerate(self.i.goals.inequalities):
            found += [("breaks", str(k), side) for side in (["above", "below"] if given.relation == "=" else ["above"])]
        return found

    def linear(self, image: bool, k: int) -> Linear:
        total: Linear = {}
        for s, c in enumerate(self.i.goals.inequalities[k].coefficients):
            total = plus(total, self.reward("image" if image else "goal", s), c)
        return total

    def rows(self, tight: Tight, only: int | None, shown: Name | None) -> Rows:
        i, mdp = self.i, self.mdp
        rows: Rows = {}

        def add(name: Name, left: Linear, relation: str, right: Linear, bound: Fraction = Fraction(0)) -> None:
            rows[name] = (plus(left, right, Fraction(-1)), relation, bound)

        if i.goals.nonnegative:
            for s, name in enumerate(mdp.states):
                add(("reward", name), {}, "<=", self.reward("goal", s))
        for copy, actions in self.copies.items():
            for s, allowed in actions.items():
                for a in allowed:
                    add(("super", copy, mdp.states[s], mdp.actions[s][a]), self.q(copy, s, a), "<=", self.w(copy, s))
        for image in [False, True] if self.asked == "never-both" else [False]:
            self.theta(add, image)
            if self.asked != "nonnegative":
                self.prefers(add, image)
        off = self.q("image", i.shutdown_state, i.shutdown_action)
        for a in i.alternatives:
            name, other = mdp.actions[i.shutdown_state][a], self.q("image", i.shutdown_state, a)
            strict = i.ties == "shutdown-last" or (i.ties == "uniform" and only not in (None, a))
            if self.asked == "retargets":
                add(("kept", name), other, "<" if strict else "<=", off)
            if self.asked == "not-optimal":
                add(("beaten", name), other, "<=", off)
        if self.asked in ("retargets", "not-optimal"):
            add(("image-shuts",), self.w("image", i.shutdown_state), "<=", off)
        if self.asked == "exceeds":
            add(("no-greater",), self.reward("goal", i.s_term), "<=", self.reward("goal", self.phi[i.s_term]))
        for row, (copy, s, a) in tight.items():
            add(row, self.w(copy, s), "<=", self.q(copy, s, a))
        if shown is not None:
            self.violation(add, shown)
        if self.asked != "nonnegative":
            self.agreeing(add)
        return rows

    def theta(self, add: Add, image: bool) -> None:
        i, mdp, prefix = self.i, self.mdp, "image-" if image else ""
        for k, given in enumerate(i.goals.inequalities):
            add((f"{prefix}inequality", str(k)), self.linear(image, k), given.relation, {}, given.bound)
        for s, trained in i.trained.items():
            for a in self.others(s):
                relation = "<" if i.goals.preference == "strict" else "<="
                name = (f"{prefix}trained", mdp.states[s], mdp.actions[s][a])
                add(name, self.taught(image, s, a), relation, self.taught(image, s, trained))
            if i.goals.reading != "immediate":
                copy = self.tc[image]
                add((f"{prefix}optimal", mdp.states[s]), self.w(copy, s), "<=", self.q(copy, s, trained))

    def prefers(self, add: Add, image: bool) -> None:
        i, prefix, copy = self.i, "image-" if image else "", "image" if image else "goal"
        off = self.q(copy, i.shutdown_state, i.shutdown_action)
        for a in i.alternatives:
            relation = "<=" if i.ties == "shutdown-first" else "<"
            name = (f"{prefix}prefers", self.mdp.actions[i.shutdown_state][a])
            add(name, self.q(copy, i.shutdown_state, a), relation, off)
        add((f"{prefix}shuts",), self.w(copy, i.shutdown_state), "<=", off)

    def violation(self, add: Add, shown: Name) -> None:
        kind, *rest = shown
        if kind == "negative":
            add(shown, self.reward("goal", self.mdp.states.index(rest[0])), "<", {})
            return
        if kind == "unpaid":
            add(shown, self.reward("goal", self.i.s_term), "<=", {})
            return
        if kind == "costs":
            add(shown, self.reward("goal", self.phi[self.i.s_term]), "<", {})
            return
        if kind == "ties":
            s_new = self.i.shutdown_state
            a = self.mdp.actions[s_new].index(rest[0])
            add(shown, self.q("goal", s_new, self.i.shutdown_action), "<=", self.q("goal", s_new, a))
            return
        number, how = rest
        if kind == "breaks":
            given = self.i.goals.inequalities[int(number)]
            relation = "<=" if given.relation == "<" else "<"
            if how == "above":
                add(shown, plus({}, self.linear(True, int(number)), Fraction(-1)), relation, {}, -given.bound)
            else:
                add(shown, self.linear(True, int(number)), relation, {}, given.bound)
            return
        s = self.mdp.states.index(number)
        a = self.mdp.actions[s].index(how)
        relation = "<=" if self.i.goals.preference == "strict" else "<"
        add(shown, self.taught(True, s, self.i.trained[s]), relation, self.taught(True, s, a))

    def agreeing(self, add: Add) -> None:
        moved = {s for s, t in enumerate(self.phi) if s != t}
        for copy, other in [(c, c.replace("goal", "image")) for c in self.copies if c.startswith("goal")]:
            for s in self.copies[copy]:
                seen, todo = set[int](), [s]
                while todo:
                    t = todo.pop()
                    if t not in seen:
                        seen.add(t)
                        todo += [u for a in self.copies[copy][t] for u, _ in self.mdp.rows[t][a]]
                if not seen & moved:
                    add(("agrees", copy, self.mdp.states[s]), self.w(copy, s), "<=", self.w(other, s))
                    add(("agrees", other, self.mdp.states[s]), self.w(other, s), "<=", self.w(copy, s))

    # A leaf.

    def leaf(self, multipliers: Sequence[Any], rows: Rows) -> None:
        names = [tuple(name) for name, _ in multipliers]
        if len(set(names)) != len(names):
            raise Rejected("a row twice")
        total: Linear = {}
        bound: Poly = []
        strict: Poly = []
        for name, (_, given) in zip(names, multipliers, strict=True):
            if name not in rows:
                raise Rejected(f"no row {name}")
            y = [Fraction(c) for c in given]
            if [str(c) for c in y] != given or not y or y[-1] == 0 or len(y) > 6 * len(self.mdp):
                raise Rejected("badly written")
            expression, relation, d = rows[name]
            if relation != "=" and not self.weakly(y):
                raise Rejected(f"a negative multiplier of {name}")
            for v, c in expression.items():
                total[v] = summed(total.get(v, []), product(y, c))
            bound = summed(bound, [c * d for c in y])
            strict = summed(strict, y) if relation == "<" else strict
        for v, c in total.items():
            if (self.low == self.high and value(c, self.low) != 0) or (self.low < self.high and any(c)):
                raise Rejected(f"{v} does not cancel")
        minus = [-c for c in bound]
        if not (self.strongly(minus) or (self.weakly(minus) and self.strongly(strict))):
            raise Rejected("no contradiction")

    def variables(self) -> list[tuple[str, int]]:
        return [("theta", s) for s in range(len(self.mdp))] + [
            (c, s) for c, actions in self.copies.items() for s, allowed in actions.items() if allowed
        ]

    def weakly(self, p: Poly) -> bool:
        return not any(p) or self.signed(p, lambda v: v >= 0)

    def strongly(self, p: Poly) -> bool:
        return any(c != 0 for c in p) and self.signed(p, lambda v: v > 0)

    def signed(self, p: Poly, at_end: Callable[[Fraction], bool]) -> bool:
        if self.low == self.high:
            return at_end(value(p, self.low))
        if any(0 < end < 1 and not at_end(value(p, end)) for end in (self.low, self.high)):
            return False
        return value(p, (self.low + self.high) / 2) > 0 and not changes(p, self.low, self.high)


def plus(one: Linear, other: Linear, factor: Fraction) -> Linear:
    total = dict(one)
    for v, c in other.items():
        total[v] = summed(total.get(v, []), [factor * x for x in c])
    return total


def summed(p: Poly, q: Poly) -> Poly:
    size = max(len(p), len(q))
    return [(p[k] if k < len(p) else Fraction(0)) + (q[k] if k < len(q) else Fraction(0)) for k in range(size)]


def product(p: Poly, q: Poly) -> Poly:
    result = [Fraction(0)] * (len(p) + len(q) - 1 if p and q else 0)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return result


def value(p: Poly, gamma: Fraction) -> Fraction:
    return sum((c * gamma**k for k, c in enumerate(p)), Fraction(0))


def changes(p: Poly, low: Fraction, high: Fraction) -> int:
    """Sign changes of (1+y)^n p((low + high y)/(1+y)), n the degree."""
    while p and p[-1] == 0:
        p = p[:-1]
    total: Poly = []
    for k, c in enumerate(p):
        term = [c]
        for _ in range(k):
            term = product(term, [low, high])
        for _ in range(len(p) - 1 - k):
            term = product(term, [Fraction(1), Fraction(1)])
        total = summed(total, term)
    signs = [c > 0 for c in total if c != 0]
    return sum(a != b for a, b in itertools.pairwise(signs))
