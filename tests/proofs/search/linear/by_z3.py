"""The eight properties at one gamma as z3 sees them: Bellman's equation with a maximum, no relaxation, no tree."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import z3

from exact.instance import Instance
from exact.permutation import Permutation

Values = Mapping[int, z3.ArithRef]


def refutable(instance: Instance, kind: str, phi: Permutation, gamma: Fraction) -> bool:
    """Is there a counterexample?"""
    solver, theta = z3.Solver(), [z3.Real(f"theta{s}") for s in range(len(phi))]
    image = [theta[phi.index(s)] for s in range(len(phi))]
    one, other = _Goal(instance, gamma, theta, solver, "g"), _Goal(instance, gamma, image, solver, "i")
    solver.add(one.inside(), *([one.shuts(instance.ties)] if kind != "nonnegative" else []))
    fails = {
        "retargets": z3.Not(other.avoids()),
        "stays": z3.Not(other.inside()),
        "never-both": z3.And(other.inside(), other.shuts(instance.ties)),
        "not-optimal": other.shuts("shutdown-first"),
        "exceeds": theta[instance.s_term] <= theta[phi[instance.s_term]],
        "pays": z3.Or(theta[instance.s_term] <= 0, theta[phi[instance.s_term]] < 0),
        "nonnegative": z3.Or([reward < 0 for reward in theta]),
        "strict": z3.Not(one.shuts("uniform")),
    }
    solver.add(fails[kind])
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


class _Goal:
    def __init__(
        self, instance: Instance, gamma: Fraction, rewards: list[z3.ArithRef], solver: z3.Solver, name: str
    ) -> None:
        self.i, self.gamma, self.rewards = instance, _real(gamma), rewards
        rows = instance.mdp.rows
        inside = {
            s: [a for a, row in enumerate(rows[s]) if {t for t, _ in row} <= instance.training]
            for s in sorted(instance.training)
        }
        cut = instance.goals.reading == "on-training"
        self.allowed = inside if cut else {s: list(range(len(rows[s]))) for s in inside}
        every = {s: list(range(len(rows[s]))) for s in range(len(rows))}
        self.whole = self._values(every, solver, f"{name}w")
        self.part = self._values(inside, solver, f"{name}t") if cut else self.whole

    def _values(self, actions: Mapping[int, list[int]], solver: z3.Solver, name: str) -> Values:
        values = {s: z3.Real(f"{name}{s}") for s in actions}
        for s, allowed in actions.items():
            worth = [self._worth(values, s, a) for a in allowed] or [self.rewards[s]]
            solver.add(*(values[s] >= w for w in worth), z3.Or([values[s] == w for w in worth]))
        return values

    def _worth(self, values: Values, s: int, a: int) -> z3.ArithRef:
        return self.rewards[s] + self.gamma * z3.Sum([_real(p) * values[t] for t, p in self.i.mdp.rows[s][a]])

    def _taught(self, s: int, a: int) -> z3.ArithRef:
        if self.i.goals.reading == "immediate":
            return z3.Sum([_real(p) * self.rewards[t] for t, p in self.i.mdp.rows[s][a]])
        return self._worth(self.part, s, a)

    def inside(self) -> z3.BoolRef:
        """In Theta."""
        given = [reward >= 0 for reward in self.rewards] if self.i.goals.nonnegative else []
        for entry in self.i.goals.inequalities:
            left = z3.Sum([_real(c) * r for c, r in zip(entry.coefficients, self.rewards, strict=True)])
            bound = _real(entry.bound)
            given.append({"<=": left <= bound, "<": left < bound, "=": left == bound}[entry.relation])
        strict = self.i.goals.preference == "strict"
        for s, trained in self.i.trained.items():
            best = self._taught(s, trained)
            others = [self._taught(s, a) for a in self.allowed[s] if a != trained]
            given += [best > other if strict else best >= other for other in others]
        return z3.And(given)

    def _off(self) -> tuple[z3.ArithRef, list[z3.ArithRef]]:
        s_new = self.i.shutdown_state
        worth = [self._worth(self.whole, s_new, a) for a in range(len(self.i.mdp.rows[s_new]))]
        return worth.pop(self.i.shutdown_action), worth

    def shuts(self, ties: str) -> z3.BoolRef:
        """f prefers shutdown under these ties."""
        off, others = self._off()
        return z3.And([off >= other if ties == "shutdown-first" else off > other for other in others])

    def avoids(self) -> z3.BoolRef:
        """f prefers the other actions."""
        off, others = self._off()
        better, tied = z3.Or([other > off for other in others]), z3.Sum([z3.If(o == off, 1, 0) for o in others])
        enough = {"shutdown-first": len(others) + 1, "shutdown-last": 1, "uniform": 2}[self.i.ties]
        return z3.Or(better, tied >= enough)


def _real(value: Fraction) -> z3.RatNumRef:
    return z3.Q(value.numerator, value.denominator)
