"""Universal claims, a whole tree carried on: from one gamma to the largest interval on which all its leaves hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly

from proofs.universal.decide import Leaf, Node
from proofs.universal.lift import Given, Lifted, lift
from proofs.universal.signs import Reach, reach, shown


@dataclass(frozen=True)
class Carried:
    """reach: where every leaf proves its branch; parts: cut so that Descartes' rule shows it."""

    leaves: tuple[Lifted, ...]
    reach: Reach
    parts: tuple[tuple[Fraction, Fraction], ...]

    def width(self) -> Fraction:
        """How much it covers."""
        return self.reach.high - self.reach.low


def carry(
    leaves: Sequence[Leaf], multipliers: Sequence[Given], gamma: Fraction, start: Fraction, end: Fraction
) -> Carried | None:
    """The tree around gamma, inside [start, end], from each leaf's multipliers there. None: nowhere else."""
    lifted: list[Lifted] = []
    for _, given in zip(leaves, multipliers, strict=True):
        found = lift(given, gamma) if given else None
        if found is None:
            return None
        lifted.append(found)
    reached = _common(lifted, gamma, start, end)
    if reached is None or reached.low == reached.high:
        return None
    conditions = [p for leaf in lifted for p in (*leaf.signed(), leaf.total(), leaf.strict())]
    parts = shown(conditions, reached.low, reached.high)
    return Carried(tuple(lifted), reached, tuple(parts)) if parts is not None else None


def write(lifted: Lifted, node: Node) -> None:
    """The leaf as FORMAT.md has it."""
    pairs = zip(lifted.rows, lifted.multipliers, strict=True)
    node["multipliers"] = [[list(row.name), [str(c) for c in y.coeffs()]] for row, y in pairs if y]


def _common(leaves: Sequence[Lifted], gamma: Fraction, start: Fraction, end: Fraction) -> Reach | None:
    """Where every leaf proves its branch."""
    low, high = Reach(start, end), Reach(start, end)
    for leaf in leaves:
        reached = _proving(leaf, gamma, start, end)
        if reached is None:
            return None
        low = reached if reached.low > low.low else low
        high = reached if reached.high < high.high else high
    return Reach(low.low, high.high, low.below, high.above)


def _proving(leaf: Lifted, gamma: Fraction, start: Fraction, end: Fraction) -> Reach | None:
    """Multipliers >= 0, and the bounds sum to less than 0; or to at most 0, with some strict row taking part."""
    signed, total, strict = leaf.signed(), leaf.total(), leaf.strict()
    ways: list[tuple[list[fmpz_poly], list[fmpz_poly]]] = [(signed, [-total]), ([*signed, -total], [strict])]
    reached = [found for weak, strong in ways if (found := reach(weak, strong, gamma, start, end)) is not None]
    return max(reached, key=lambda found: found.high - found.low, default=None)
