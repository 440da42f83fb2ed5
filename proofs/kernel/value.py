"""Optimal values at one rational gamma, exactly; membership in Theta; what the decision-maker does at s_new."""

from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import mul

from proofs.kernel.decode import Invalid
from proofs.kernel.instance import Model, Rewards, Rows
from proofs.kernel.rows import copies, table

ROUNDS, MOST_INVERSES = 10_000, 200  # of policy iteration; what is trusted is the fixed point at its end


class Optimum:
    """V* of an MDP at gamma for many reward vectors. The inverses of I - gamma P_pi are kept for the policies met."""

    def __init__(self, rows: Rows, gamma: Fraction) -> None:
        def whole(row: dict[str, Fraction]) -> dict[str, int]:
            return {t: int(self.unit * gamma * p) for t, p in row.items()}

        chances = [gamma * p for actions in rows.values() for row in actions.values() for p in row.values()]
        self.unit = lcm(*(p.denominator for p in chances))
        self.steps = {s: {a: whole(row) for a, row in actions.items()} for s, actions in rows.items()}
        self.policy = {s: next(iter(actions), "") for s, actions in rows.items()}
        self.inverse = lru_cache(MOST_INVERSES)(self._inverse)

    def values(self, theta: Rewards) -> Rewards:
        """V*, by policy iteration; returned only if V*(s) = r(s) + max_a gamma sum_t P V*(t) everywhere."""
        unit = lcm(*(theta[s].denominator for s in self.steps))
        paid = {s: int(theta[s] * unit) for s in self.steps}
        for _ in range(ROUNDS):
            scale, inverse = self.inverse(tuple(self.policy.values()))
            value = dict(zip(paid, [sum(map(mul, row, paid.values())) for row in inverse], strict=True))
            gains: dict[str, tuple[int, str]] = {}
            for s, actions in self.steps.items():
                after = [(sum(w * value[t] for t, w in row.items()), a) for a, row in actions.items()]
                best, a = max(after, default=(0, ""))
                gains[s] = best - self.unit * (value[s] - scale * paid[s]), a
            if not any(gain for gain, _ in gains.values()):
                return {s: Fraction(v, scale * unit) for s, v in value.items()}
            self.policy |= {s: a for s, (gain, a) in gains.items() if gain > 0}
        raise Invalid("policy iteration did not settle")

    def _inverse(self, chosen: tuple[str, ...]) -> tuple[int, list[list[int]]]:
        """(m, m (I - gamma P_pi)^-1) by Gauss and Jordan; the matrix is diagonally dominant, so no pivot is 0."""
        matrix: list[list[Fraction]] = []
        for (s, actions), a in zip(self.steps.items(), chosen, strict=True):
            row, unit = actions.get(a, {}), [Fraction(self.unit * (s == t)) for t in self.steps]
            matrix.append([u - row.get(t, 0) for u, t in zip(unit, self.steps, strict=True)] + unit)
        for i, lead in enumerate(matrix):
            lead[:] = [x / lead[i] if x else x for x in lead]
            for other in matrix[:i] + matrix[i + 1 :]:
                if factor := other[i]:
                    other[:] = [x - factor * y if y else x for x, y in zip(other, lead, strict=True)]
        common = lcm(*(x.denominator for row in matrix for x in row))
        return common, [[int(x * common) for x in row[len(matrix) :]] for row in matrix]


class Decision:
    """Theta and the decision-maker at one gamma."""

    def __init__(self, model: Model, gamma: Fraction) -> None:
        optima = {copy: Optimum(rows, gamma) for copy, rows in copies(model, "goal").items()}
        self.model, self.whole, self.taught = model, optima["goal"], list(optima.items())[-1]
        rows = table(model, {s: s for s in model.states}, False).items()
        given = [line for name, line in rows if name[0] in ("reward", "inequality", "trained")]
        self.lines = [([(c, s, x * gamma**k) for (c, s, k), x in form.items()], r, d) for form, r, d in given]

    def in_theta(self, theta: Rewards) -> bool:
        """True iff theta satisfies the rows of Theta with V* of the MDP that training looks at."""
        copy, inside = self.taught
        known = {"theta": theta, copy: inside.values(theta) if self.model.trained else {}}
        sides = ((sum(x * known[c][s] for c, s, x in form), relation, bound) for form, relation, bound in self.lines)
        return all(r != "<" if left == bound else left < bound and r != "=" for left, r, bound in sides)

    def decide(self, theta: Rewards) -> tuple[str, bool]:
        """("shutdown" | "avoid" | "tie", whether shutdown is optimal but not alone) at s_new: f(A0) against f(A1)."""
        model, values = self.model, self.whole.values(theta)
        steps = [self.whole.steps[model.s_new][a] for a in (model.off, *model.others)]
        off, *rivals = [sum(w * values[t] for t, w in step.items()) for step in steps]
        if max(rivals, default=off) > off:
            return "avoid", False
        if off not in rivals or model.ties == "shutdown-first":
            return "shutdown", off in rivals
        return "tie" if model.ties == "uniform" and rivals.count(off) == 1 else "avoid", True
