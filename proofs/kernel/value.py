"""Optimal values at one rational gamma, exactly; membership in Theta; what the decision-maker does at s_new."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from proofs.kernel.decode import Invalid
from proofs.kernel.instance import Model, Rewards, Rows
from proofs.kernel.rows import inside, table

ROUNDS, MOST_INVERSES = 10_000, 200  # of policy iteration; what is trusted is the fixed point at its end


class Optimum:
    """V* of an MDP at gamma for many reward vectors. The inverses of I - gamma P_pi are kept for the policies met."""

    def __init__(self, rows: Rows, gamma: Fraction) -> None:
        self.rows, self.gamma = rows, gamma
        self.policy = {state: next(iter(actions)) for state, actions in rows.items() if actions}
        self.inverses: dict[tuple[str, ...], tuple[int, list[list[int]]]] = {}
        self.steps: dict[str, tuple[int, dict[str, list[tuple[str, int]]]]] = {}  # common * gamma * P, in integers
        for s, actions in rows.items():
            common = lcm(*((gamma * p).denominator for row in actions.values() for p in row.values()))
            weights = {a: [(t, int(common * gamma * p)) for t, p in row.items()] for a, row in actions.items()}
            self.steps[s] = common, weights

    def q(self, theta: Rewards, values: Rewards, state: str, action: str) -> Fraction:
        """r(s) + gamma sum_t P(t|s,a) V(t)."""
        row = self.rows[state][action]
        return theta[state] + self.gamma * sum((p * values[t] for t, p in row.items()), Fraction(0))

    def values(self, theta: Rewards) -> Rewards:
        """V*, by policy iteration; returned only if V*(s) = r(s) + max_a gamma sum_t P V*(t) everywhere."""
        unit = lcm(*(theta[s].denominator for s in self.rows))
        paid = {s: int(theta[s] * unit) for s in self.rows}
        nonzero = [(i, r) for i, r in enumerate(paid.values()) if r]
        for _ in range(ROUNDS):
            scale, inverse = self._inverse()
            value = dict(zip(self.rows, [sum(row[i] * r for i, r in nonzero) for row in inverse], strict=True))
            settled = True
            for s, (common, actions) in self.steps.items():
                best, a = max(((sum(w * value[t] for t, w in ws), a) for a, ws in actions.items()), default=(0, ""))
                gain = best - common * (value[s] - scale * paid[s])
                settled = settled and not gain
                self.policy |= {s: a} if gain > 0 else {}
            if settled:
                return {s: Fraction(v, scale * unit) for s, v in value.items()}
        raise Invalid("policy iteration did not settle")

    def _inverse(self) -> tuple[int, list[list[int]]]:
        """(m, m (I - gamma P_pi)^-1) by Gauss and Jordan; the matrix is diagonally dominant, so no pivot is 0."""
        key, size = tuple(self.policy.values()), len(self.rows)
        if key not in self.inverses:
            matrix = []
            for s in self.rows:
                row = self.rows[s].get(self.policy.get(s, ""), {})
                unit = [Fraction(s == t) for t in self.rows]
                matrix.append([e - self.gamma * row.get(t, 0) for e, t in zip(unit, self.rows, strict=True)] + unit)
            for i, lead in enumerate(matrix):
                lead[:] = [x / lead[i] if x else x for x in lead]
                for other in matrix[:i] + matrix[i + 1 :]:
                    if factor := other[i]:
                        other[:] = [x - factor * y if y else x for x, y in zip(other, lead, strict=True)]
            common = lcm(*(x.denominator for row in matrix for x in row[size:]))
            self.inverses = self.inverses if len(self.inverses) < MOST_INVERSES else {}
            self.inverses[key] = common, [[int(x * common) for x in row[size:]] for row in matrix]
        return self.inverses[key]


class Decision:
    """Theta and the decision-maker at one gamma."""

    def __init__(self, model: Model, gamma: Fraction) -> None:
        self.model, self.whole, self.inside = model, Optimum(model.rows, gamma), Optimum(inside(model), gamma)
        asked, itself = {"reward", "inequality", "trained"}, {s: s for s in model.states}
        lines = [line for name, line in table(model, itself, False).items() if name[0] in asked]
        self.lines = [({v: c0 + gamma * c1 for v, (c0, c1) in form.items() if c0 or c1}, r, d) for form, r, d in lines]

    def in_theta(self, theta: Rewards) -> bool:
        """True iff theta satisfies the rows of Theta with V* of the MDP that training looks at."""
        values = self.inside.values({s: theta[s] for s in self.inside.rows}) if self.model.trained else {}
        for form, relation, bound in self.lines:
            left = sum((c * (theta if copy == "theta" else values)[s] for (copy, s), c in form.items()), Fraction(0))
            if not (left == bound if relation == "=" else left < bound or (relation == "<=" and left == bound)):
                return False
        return True

    def decide(self, theta: Rewards) -> tuple[str, bool]:
        """("shutdown" | "avoid" | "tie", whether shutdown is optimal but not alone) at s_new: f(A0) against f(A1)."""
        model, values = self.model, self.whole.values(theta)
        off, *rivals = (self.whole.q(theta, values, model.s_new, a) for a in (model.off, *model.others))
        equal = rivals.count(off)
        if max(rivals, default=off) > off:
            return "avoid", False
        if not equal or model.ties == "shutdown-first":
            return "shutdown", bool(equal)
        return "tie" if model.ties == "uniform" and equal == 1 else "avoid", True
