"""Optimal values at one rational gamma, exactly; membership in Theta; what the decision-maker does at s_new."""

from __future__ import annotations

from fractions import Fraction

from proofs.kernel.decode import Invalid
from proofs.kernel.instance import Model, Rewards, Rows

ROUNDS = 10_000  # of policy iteration; what is trusted is the fixed point at its end


class Optimum:
    """V* of an MDP at gamma for many reward vectors. The inverses of I - gamma P_pi are kept for the policies met."""

    def __init__(self, rows: Rows, gamma: Fraction) -> None:
        self.rows, self.gamma = rows, gamma
        self.policy = {state: next(iter(actions)) for state, actions in rows.items() if actions}
        self.inverses: dict[tuple[str, ...], list[list[Fraction]]] = {}

    def q(self, theta: Rewards, values: Rewards, state: str, action: str) -> Fraction:
        """r(s) + gamma sum_t P(t|s,a) V(t)."""
        row = self.rows[state][action]
        return theta[state] + self.gamma * sum((p * values[t] for t, p in row.items()), Fraction(0))

    def values(self, theta: Rewards) -> Rewards:
        """V*, by policy iteration; returned only if V*(s) = max_a Q(s, a) everywhere."""
        for _ in range(ROUNDS):
            paid = [(i, theta[s]) for i, s in enumerate(self.rows) if theta[s]]
            sums = [sum((row[i] * r for i, r in paid), Fraction(0)) for row in self._inverse()]
            values = dict(zip(self.rows, sums, strict=True))
            best = {s: max((self.q(theta, values, s, a), a) for a in acts) for s, acts in self.rows.items() if acts}
            if all(values[s] == (best[s][0] if s in best else theta[s]) for s in self.rows):
                return values
            self.policy |= {s: a for s, (q, a) in best.items() if q > values[s]}
        raise Invalid("policy iteration did not settle")

    def _inverse(self) -> list[list[Fraction]]:
        """(I - gamma P_pi)^-1 by Gauss and Jordan; the matrix is diagonally dominant, so no pivot is 0."""
        key, names = tuple(self.policy.values()), list(self.rows)
        if key not in self.inverses:
            rows = [self.rows[s].get(self.policy.get(s, ""), {}) for s in names]
            matrix = [
                [(s == t) - self.gamma * row.get(t, 0) for t in names] + [Fraction(s == t) for t in names]
                for s, row in zip(names, rows, strict=True)
            ]
            for i, pivot_row in enumerate(matrix):
                pivot_row[:] = [x / pivot_row[i] if x else x for x in pivot_row]
                for row_k in matrix[:i] + matrix[i + 1 :]:
                    if factor := row_k[i]:
                        row_k[:] = [x - factor * y if y else x for x, y in zip(row_k, pivot_row, strict=True)]
            self.inverses[key] = [row[len(names) :] for row in matrix]
        return self.inverses[key]


class Decision:
    """Theta and the decision-maker at one gamma."""

    def __init__(self, model: Model, gamma: Fraction) -> None:
        self.model, self.whole = model, Optimum(model.rows, gamma)
        self.inside = self.whole
        if model.reading == "on-training":
            inside = {s: model.rows[s] for s in model.states if s in model.training}
            cut = {s: {a: r for a, r in acts.items() if model.training.issuperset(r)} for s, acts in inside.items()}
            self.inside = Optimum(cut, gamma)

    def in_theta(self, theta: Rewards) -> bool:
        """True iff theta lies in G_T, is nonnegative if that is asked, and satisfies the inequalities."""
        model, vector = self.model, [theta[s] for s in self.model.states]
        if model.nonnegative and min(vector) < 0:
            return False
        for row, relation, bound in model.inequalities:
            left = sum((c * r for c, r in zip(row, vector, strict=True) if c), Fraction(0))
            if not (left == bound if relation == "=" else left < bound or (relation == "<=" and left == bound)):
                return False
        if not any(len(model.rows[state]) > 1 for state in model.trained):
            return True
        immediate = model.reading == "immediate"
        values = theta if immediate else self.inside.values({s: theta[s] for s in self.inside.rows})
        for state, action in model.trained.items():
            best = self.inside.q(theta, values, state, action)
            rivals = [self.inside.q(theta, values, state, a) for a in self.inside.rows[state] if a != action]
            if any(q > best or (model.strict and q == best) for q in rivals):
                return False
        return True

    def decide(self, theta: Rewards) -> tuple[str, bool]:
        """("shutdown" | "avoid" | "tie", whether shutdown is optimal but not alone) at s_new: f(A0) against f(A1)."""
        model, values = self.model, self.whole.values(theta)
        off = self.whole.q(theta, values, model.s_new, model.off)
        rivals = [self.whole.q(theta, values, model.s_new, a) for a in model.others]
        if any(q > off for q in rivals):
            return "avoid", False
        equal = rivals.count(off)
        if not equal or model.ties == "shutdown-first":
            return "shutdown", bool(equal)
        return "tie" if model.ties == "uniform" and equal == 1 else "avoid", True
