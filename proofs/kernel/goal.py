"""One reward vector at one rational gamma: its optimal values, given and checked; Theta; the decision-maker."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.decode import fields, integer, items, positive_integer
from proofs.kernel.errors import require
from proofs.kernel.facts import Facts
from proofs.kernel.graph import Step, edges
from proofs.kernel.instance import Rewards
from proofs.kernel.poly import bits
from proofs.kernel.rows import copies, table

LISTS = ("whole", "training")  # V* of the MDP; of what training looks at, under `on-training`
Goal = Mapping[tuple[str, str], Fraction]  # theta(s) by ("theta", s), V*(s) by (copy, s)


class Decision(NamedTuple):
    """f at s_new; is shutdown optimal, and is an action of A1?"""

    f: str  # "shutdown": f(A0) > f(A1); "avoid": f(A0) < f(A1); "tie"
    shutdown_optimal: bool
    other_optimal: bool


class Judge:
    """Theta and the decision-maker at one gamma."""

    def __init__(self, facts: Facts, gamma: Fraction) -> None:
        self.facts, self.model, self.gamma = facts, facts.model, gamma
        self.copies = copies(self.model, "goal")
        facts.pay_for_rows()
        rows = table(self.model, {s: s for s in self.model.states}, image=False)
        self.lines = [line for name, line in rows.items() if name[0] in ("reward", "inequality", "trained")]
        self.entries = sum(len(form) for form, _, _ in self.lines)

    def goal(self, theta: Rewards, given: object) -> Goal:
        """Read V* and check Bellman's equation: V*(s) = theta(s) + max_a gamma sum_t P(t | s, a) V*(t)."""
        scale, *lists = fields(given, "unit", *LISTS[: len(self.copies)])
        unit, known = positive_integer(scale), {("theta", s): r for s, r in theta.items()}
        for (copy, rows), entries in zip(self.copies.items(), lists, strict=True):
            acting = [s for s, actions in rows.items() if actions]
            whole = list(map(integer, items(entries, len(acting))))
            longest = bits([unit, *whole]) + self.gamma.denominator.bit_length()
            self.facts.pay(4 * edges(rows) + self.entries, longest, longest)
            value = {**theta, **{s: Fraction(v, unit) for s, v in zip(acting, whole, strict=True)}}
            for s in acting:
                best = max(self._worth(step, value) for step in rows[s].values())
                require(value[s] == theta[s] + best, f"Bellman's equation fails at {s}")
            known |= {(copy, s): value[s] for s in acting}
        return known

    def _worth(self, step: Step, value: Mapping[str, Fraction]) -> Fraction:
        """gamma sum_t P(t) value(t)."""
        return self.gamma * sum(weight * value[t] for t, weight in step.weights.items()) / step.scale

    def in_theta(self, goal: Goal) -> bool:
        """True iff theta satisfies what Theta asks for, with V* of the MDP that training looks at (Def. 6)."""
        for form, relation, bound in self.lines:
            left = sum(x * self.gamma**k * goal[c, s] for (c, s, k), x in form.items())
            if left > bound or (left == bound and relation == "<") or (left < bound and relation == "="):
                return False
        return True

    def decide(self, goal: Goal) -> Decision:
        """What the decision-maker does at s_new, by its ties among the optimal actions (Def. 7)."""
        model = self.model
        value = {s: goal.get(("goal", s), goal["theta", s]) for s in model.states}
        off = self._worth(model.rows[model.s_new][model.off], value)
        worth = [self._worth(step, value) for step in model.others.values()]
        tied = worth.count(off)
        if max(worth, default=off) > off:
            return Decision("avoid", False, True)
        if not tied or model.ties == "shutdown-first":
            return Decision("shutdown", True, bool(tied))
        return Decision("tie" if (model.ties, tied) == ("uniform", 1) else "avoid", True, True)
