"""What solvers are asked about a family, as SMT-LIB text: for a point of the box and a gamma where a claim fails.

x is not counted at a point and a gamma iff values U exist with U_s >= theta_s + gamma sum_t P(t | s, a) U_t for all
actions of x's region, and sum_t P(t | s_new, a) U_t <= 1 for all those of s_new (gamma°_x: < 1). Such a U bounds V*,
and V* is one. So the values are unknowns beside the parameters and gamma: no closed form, no policy, no smaller box.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq_mpoly

from exact.family import Family
from exact.instance.gammas import Gammas
from exact.thresholds.count import Count
from proofs.claims.types import PAPER
from proofs.opinions.discount import NONLINEAR
from proofs.opinions.script import Script, all_of, any_of, number, product, total
from proofs.opinions.scripts import Query

Formulas = Mapping[str, str]  # by the names of the assertions


class FamilyScript:
    """A script that knows the box and the gammas of the question."""

    def __init__(self, family: Family, gammas: Gammas, about: str) -> None:
        self.family, self.script = family, Script(family.centre.mdp)
        self.script.comment(f"family {family.centre.name}: a counterexample to: {about}")
        self.symbols = tuple(self.script.real(f"p_{name}") for name in family.parameters)
        for symbol, ends in zip(self.symbols, family.box, strict=True):
            self._between(symbol, ends)
        self.gamma = self.script.real("gamma")
        self.script.claim("gamma_above_0", f"(> {self.gamma} 0.0)")
        self.script.claim("gamma_below_1", f"(< {self.gamma} 1.0)")
        self._between(self.gamma, gammas)

    def query(self) -> Query:
        """The script; of a model the point and gamma are wanted."""
        return Query(self.script.text(NONLINEAR), NONLINEAR, self.symbols, self.gamma)

    def polynomial(self, given: fmpq_mpoly) -> str:
        """A probability as a term."""
        terms = []
        for powers, factor in given.to_dict().items():
            symbols = [s for s, power in zip(self.symbols, powers, strict=True) for _ in range(int(power))]
            terms.append(product([number(Fraction(int(factor.p), int(factor.q))), *symbols]))
        return total(terms)

    def not_counted(self, kind: str, state: int, count: Count | None) -> Formulas:
        """What holds for some values iff the state is not counted. count None: the graph counts it under no policy."""
        if count is None:
            return {}
        x, allowed = self.script.state(state), count.region.allowed
        values = {s: number(count.theta(s)) for s in allowed}
        values |= {s: self.script.real(f"U_{x}_{self.script.state(s)}") for s in count.region.nonterminal}
        found: dict[str, str] = {}
        for s in count.region.nonterminal:
            for a in allowed[s]:
                after = total([product([self.polynomial(p), values[t]]) for t, p in self.family.rows[s][a]])
                name = f"{x}_by_{self.script.state(s)}_{self.script.action(s, a)}"
                found[name] = f"(>= {values[s]} (+ {number(count.theta(s))} (* {self.gamma} {after})))"
                if s == count.region.start:
                    found[f"{name}_counts"] = f"({'<=' if kind == PAPER else '<'} {after} 1.0)"
        return found

    def _between(self, symbol: str, ends: tuple[Fraction, Fraction]) -> None:
        self.script.claim(f"{symbol}_at_least", f"(>= {symbol} {number(ends[0])})")
        self.script.claim(f"{symbol}_at_most", f"(<= {symbol} {number(ends[1])})")


def counted_script(
    family: Family, gammas: Gammas, kind: str, counts: Mapping[int, Count | None], least: int, about: str
) -> Query:
    """Somewhere fewer than `least` of these states are counted."""
    asked = FamilyScript(family, gammas, about)
    missing = [asked.not_counted(kind, state, count) for state, count in counts.items()]
    if least == 1:
        for name, formula in (entry for formulas in missing for entry in formulas.items()):
            asked.script.claim(name, formula)
    else:
        flags = [f"(ite {all_of(list(formulas.values()))} 1.0 0.0)" for formulas in missing]
        asked.script.claim("too_few", f"(>= {total(flags)} {number(len(counts) - least + 1)})")
    return asked.query()


def rows_script(family: Family, gammas: Gammas, about: str) -> Query:
    """Somewhere a probability is not positive, or a row does not sum to 1."""
    asked = FamilyScript(family, gammas, about)
    rows = [[asked.polynomial(p) for _, p in row] for actions in family.rows for row in actions]
    low = {f"(<= {chance} 0.0)" for row in rows for chance in row}
    other = {f"(not (= {total(row)} 1.0))" for row in rows}
    asked.script.claim("no_distribution", any_of(sorted(low | other)))
    return asked.query()
