"""What is drawn of an MDP: all of it, or the part that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from exact.graph import distances
from exact.instance import Instance
from proofs.report.figures.errors import NotAFigure

ACTIONS, UNREACHED = "actions", "unreached"
LEAVE_OUT = {
    ACTIONS: "one arrow for all moves between two states, with nothing written on it",
    UNREACHED: "the states that s_new does not reach",
}


@dataclass(frozen=True)
class Part:
    """leave_out: of LEAVE_OUT. within: only the states that s_new reaches in so many moves; None: any number."""

    leave_out: frozenset[str] = frozenset()
    within: int | None = None

    def states(self, instance: Instance) -> frozenset[int]:
        """Those that are drawn."""
        everything = frozenset(range(len(instance.mdp)))
        if self.within is None and UNREACHED not in self.leave_out:
            return everything
        far = distances(instance.mdp, [instance.shutdown_state])
        return frozenset(s for s, moves in far.items() if self.within is None or moves <= self.within)

    def options(self) -> str:
        """As the command takes them."""
        near = () if self.within is None else (f"--within {self.within}",)
        return " ".join((*(f"--leave-out {what}" for what in LEAVE_OUT if what in self.leave_out), *near))


WHOLE = Part()


def part_of(leave_out: Collection[str], within: int | None) -> Part:
    """Raises NotAFigure for other words, and where within is no positive number."""
    for what in leave_out:
        if what not in LEAVE_OUT:
            raise NotAFigure(f'"{what}" is nothing to leave out', f"known: {', '.join(LEAVE_OUT)}", "--leave-out")
    if within is not None and (not isinstance(within, int) or isinstance(within, bool) or within < 1):
        raise NotAFigure(f"{within!r} is no number of moves", "write 1 or more", "--within")
    return Part(frozenset(leave_out), within)
