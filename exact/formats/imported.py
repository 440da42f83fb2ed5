"""What every reader of another format returns: an MDP, what came with it, and what was done to it on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from exact.errors import TooLarge
from exact.formats.repair import Repair
from exact.instance.model import Place
from exact.limits import MOST_STATES
from exact.mdp import Mdp, Rewards, Row


@dataclass(frozen=True)
class Imported:
    """An MDP from elsewhere.

    rewards: per visit of each state, None if there are none, or if they are of another kind. initial: where episodes
    begin, if that is one state. positions: of all states, or of none: where a grid has them. shutdown: (s_new, a_sd) if
    the source says so. notes: what was lost or taken otherwise. rows: of the source, if it has more than the MDP has.
    """

    mdp: Mdp
    name: str = "imported"
    description: str = ""
    rewards: Rewards | None = None
    initial: int | None = None
    shutdown: tuple[int, int] | None = None
    positions: Mapping[int, Place] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
    rows: int | None = None

    def noted(self, *notes: str) -> Imported:
        """The same, with more to say."""
        return replace(self, notes=(*self.notes, *notes))


def check_states(count: int) -> None:
    """Raises TooLarge for more states than an instance may have."""
    if count > MOST_STATES:
        raise TooLarge(f"{count} states", f"an instance has at most {MOST_STATES}")


def merged(entries: list[tuple[int, Fraction]]) -> Row:
    """A row in which each successor appears once, ascending."""
    total: dict[int, Fraction] = {}
    for successor, probability in entries:
        total[successor] = total.get(successor, Fraction(0)) + probability
    return tuple(sorted(total.items()))


def merging(repeated: int) -> list[str]:
    """What is said of rows in which a successor occurs more than once."""
    return [f"rows that repeat a successor, its probabilities added up: {repeated}"] if repeated else []


def ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers, neighbours together: `0-4 6 8-10`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    return " ".join("-".join(map(str, part)) for part in found)
