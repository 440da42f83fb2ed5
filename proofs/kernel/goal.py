"""One reward vector at one rational gamma: its optimal values, given and checked; Theta; the decision-maker."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.decode import fields, integer, items, positive_integer
from proofs.kernel.errors import require
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Rewards
from proofs.kernel.poly import Pay, bits, whole
from proofs.kernel.rows import Line, Place, copies, table

LISTS = ("whole", "training")  # V* of the MDP; of what training looks at, under `on-training`
THETA = {"reward", "inequality", "trained"}  # what Theta asks for, with V* of the MDP that training looks at (Def. 6)


class Seen(NamedTuple):
    """Is the goal in Theta? f at s_new; is shutdown optimal, and is an action of A1 as good or better?"""

    in_theta: bool
    f: str  # "shutdown": f(A0) > f(A1); "avoid": f(A0) < f(A1); "tie"
    shutdown_optimal: bool
    other_as_good: bool


class Judge:
    """Theta and the decision-maker at one gamma: which rows of FORMAT.md's table hold for a goal.

    amounts: the rewards, times a scale that makes them whole. What is judged are arrangements of them.
    """

    def __init__(self, facts: Facts, gamma: Fraction, rewards: Rewards) -> None:
        self.facts, self.model = facts, facts.model
        self.scale, amounts = whole(list(rewards.values()), facts.pay)
        self.amounts = dict(zip(rewards, amounts, strict=True))
        facts.pay_for_rows(gamma.denominator.bit_length())
        rows_of = copies(self.model, "goal").items()
        self.acting = [[(c, s) for s, actions in rows.items() if actions] for c, rows in rows_of]
        lines = table(self.model, {}, image=False)
        self.lines = {name: _at(gamma, line, facts.pay) for name, line in lines.items()}
        self.entries = [x for form, _, bound in self.lines.values() for x in (bound, *form.values())]

    def see(self, amounts: Mapping[str, int], given: object) -> Seen:
        """What holds for these rewards, whose optimal values are given. Raises Invalid if they are others."""
        unit, known = self._values(amounts, given)
        self.facts.pay(len(self.entries), bits(known.values()), bits(self.entries))
        holding = {
            name
            for name, (form, relation, bound) in self.lines.items()
            if _holds(sum(x * known[place] for place, x in form.items()) - unit * bound, relation)
        }
        broken = {name[0] for name in self.lines.keys() - holding}
        attained = {name[:3] for name in holding if name[0] == "tight"}
        optimal = "super" not in broken and len(attained) == sum(map(len, self.acting))
        require(optimal, "Bellman's equation fails")
        tied = sum(("ties", a) in holding for a in self.model.others)
        shuts = ("shuts",) in holding
        return Seen(THETA.isdisjoint(broken), decided(self.model.ties, shuts, tied), shuts, tied > 0)

    def _values(self, amounts: Mapping[str, int], given: object) -> tuple[int, dict[Place, int]]:
        """The unit m, and m theta and m V*."""
        scale, *lists = fields(given, "unit", *LISTS[: len(self.acting)])
        unit = positive_integer(scale)
        self.facts.pay(2 * len(amounts), bits([unit]), bits([self.scale, *amounts.values()]))
        times, left = divmod(unit, self.scale)
        require(not left, "the unit does not make the rewards whole")
        known = {("theta", s): times * amount for s, amount in amounts.items()}
        for acting, entries in zip(self.acting, lists, strict=True):
            known |= zip(acting, map(integer, items(entries, len(acting))), strict=True)
        return unit, known


def decided(ties: str, shutdown_optimal: bool, tied: int) -> str:
    """What the decision-maker does at s_new, by its ties among the optimal actions; tied: how many of A1 (Def. 7)."""
    if not shutdown_optimal:
        return "avoid"
    if not tied or ties == "shutdown-first":
        return "shutdown"
    return "tie" if (ties, tied) == ("uniform", 1) else "avoid"


def _at(gamma: Fraction, line: Line, pay: Pay) -> tuple[Mapping[Place, int], str, int]:
    """A positive multiple of the row at this gamma, in integers."""
    form, relation, bound = line
    values: dict[Place, Fraction] = {}
    for (place, power), x in form.items():
        values[place] = values.get(place, 0) + x * gamma**power
    limit, *entries = whole([bound, *values.values()], pay)[1]
    return dict(zip(values, entries, strict=True)), relation, limit


def _holds(excess: int, relation: str) -> bool:
    """Is the left side, which exceeds the right by so much, in this relation to it?"""
    return (excess < 0 and relation != "=") or (excess == 0 and relation != "<")
