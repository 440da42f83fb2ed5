"""One reward vector at one rational gamma: its optimal values, given and checked; Theta; the decision-maker."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from proofs.kernel.decode import fields, integer, items, positive_integer
from proofs.kernel.errors import require
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Rewards
from proofs.kernel.poly import bits
from proofs.kernel.rows import Line, Place, copies, table

LISTS = ("whole", "training")  # V* of the MDP; of what training looks at, under `on-training`
THETA = {"reward", "inequality", "trained"}  # what Theta asks for, with V* of the MDP that training looks at (Def. 6)


class Seen(NamedTuple):
    """Is the goal in Theta? f at s_new; is shutdown optimal, and is an action of A1?"""

    in_theta: bool
    f: str  # "shutdown": f(A0) > f(A1); "avoid": f(A0) < f(A1); "tie"
    shutdown_optimal: bool
    other_optimal: bool


class Judge:
    """Theta and the decision-maker at one gamma: which rows of FORMAT.md's table hold for a goal."""

    def __init__(self, facts: Facts, gamma: Fraction) -> None:
        self.facts, self.model = facts, facts.model
        facts.pay_for_rows()
        self.copies = copies(self.model, "goal")
        lines = table(self.model, {}, image=False)
        self.lines = {name: _at(gamma, line) for name, line in lines.items()}
        self.entries = [x for form, _, bound in self.lines.values() for x in (bound, *form.values())]

    def see(self, theta: Rewards, given: object) -> Seen:
        """What holds for theta, whose optimal values are given. Raises Invalid if they are others."""
        unit, known = self._values(theta, given)
        self.facts.pay(len(self.entries), bits(known.values()), bits(self.entries))
        holding = {
            name
            for name, (form, relation, bound) in self.lines.items()
            if _holds(sum(x * known[place] for place, x in form.items()) - unit * bound, relation)
        }
        for c, rows in self.copies.items():
            for s, actions in rows.items():
                above = all(("super", c, s, a) in holding for a in actions)
                attained = any(("tight", c, s, a) in holding for a in actions)
                require(not actions or (above and attained), f"Bellman's equation fails at {s}")
        in_theta = all(name in holding for name in self.lines if name[0] in THETA)
        tied = sum(("ties", a) in holding for a in self.model.others)
        return Seen(in_theta, *self._decision(("shuts",) in holding, tied))

    def _values(self, theta: Rewards, given: object) -> tuple[int, dict[Place, int]]:
        """The unit m, and m theta and m V*."""
        scale, *lists = fields(given, "unit", *LISTS[: len(self.copies)])
        unit = positive_integer(scale)
        require(not any(unit % r.denominator for r in theta.values()), "the unit does not make the rewards whole")
        known = {("theta", s): int(unit * r) for s, r in theta.items()}
        for (copy, rows), entries in zip(self.copies.items(), lists, strict=True):
            acting = [(copy, s) for s, actions in rows.items() if actions]
            known |= zip(acting, map(integer, items(entries, len(acting))), strict=True)
        return unit, known

    def _decision(self, shutdown_optimal: bool, tied: int) -> tuple[str, bool, bool]:
        """What the decision-maker does at s_new, by its ties among the optimal actions (Def. 7)."""
        ties = self.model.ties
        if not shutdown_optimal:
            return "avoid", False, True
        if not tied or ties == "shutdown-first":
            return "shutdown", True, bool(tied)
        return "tie" if (ties, tied) == ("uniform", 1) else "avoid", True, True


def _at(gamma: Fraction, line: Line) -> tuple[Mapping[Place, int], str, int]:
    """A positive multiple of the row at this gamma, in integers."""
    form, relation, bound = line
    values: dict[Place, Fraction] = {}
    for (place, power), x in form.items():
        values[place] = values.get(place, 0) + x * gamma**power
    unit = lcm(bound.denominator, *(x.denominator for x in values.values()))
    return {place: int(unit * x) for place, x in values.items()}, relation, int(unit * bound)


def _holds(excess: int, relation: str) -> bool:
    """Is the left side, which exceeds the right by so much, in this relation to it?"""
    return (excess < 0 and relation != "=") or (excess == 0 and relation != "<")
