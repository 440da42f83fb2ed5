"""gammastar: every discount at once, as an object."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rich.console import Console

from exact.rational_function import RationalFunction
from gammastar.asked import Given, Tell, instance_of, quiet
from gammastar.notebook import Json, as_kind
from gammastar.number import Function, Number
from gammastar.result import Result
from proofs.claims.phases import Decided, Known, Stretch, blackwell, decided, known_phases, whole
from proofs.report.phases import document, show_phases
from proofs.what_if import over_gamma as session

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Piece(Known):
    """For gamma in [low, high] within (0, 1) `.policy` is optimal, with the `.decision` "shutdown", "avoid" or "tie".

    value: V*(s_new), None where no claim says it; shutdown: what shutting down is worth, likewise; touches: where
    another action is as good inside; elsewhere: the decision where it may be another one, None where no claim says it.
    """

    low: Number
    high: Number
    value: Function | None
    shutdown: Function | None
    touches: tuple[Number, ...]


class PhasesResult(Result):
    """What `gammastar.phases` found, in the order of gamma, with Numbers at the ends."""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The phases that the kernel accepted: on each one policy is optimal."""
        return tuple(
            as_kind(
                Piece,
                phase,
                **_ends(phase),
                value=_function(phase.value),
                shutdown=_function(phase.shutdown),
                touches=tuple(map(Number.made_of, phase.touches)),
                elsewhere={Number.made_of(gamma): said for gamma, said in phase.elsewhere.items()},
            )
            for phase in known_phases(self)
        )

    @cached_property
    def decided(self) -> tuple[Decided, ...]:
        """For which gammas the goal shuts down: neighbours with one `.decision` together.

        But for the gammas `.between`: `.there` is what is decided at each, None where no claim says that.
        """
        parts = decided(known_phases(self))
        return tuple(replace(part, **_ends(part), between=tuple(map(Number.made_of, part.between))) for part in parts)

    @property
    def blackwell(self) -> Number | None:
        """The Blackwell discount factor: beyond it one policy is optimal throughout. None where that is not proved."""
        factor = blackwell(self)
        return None if factor is None else Number.made_of(factor)

    @property
    def certified(self) -> bool:
        """The phases are all of (0, 1)."""
        return whole(known_phases(self))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Theorem 2 between the thresholds: `.n`, `.n_sharp`, `.verdict`, `.hypotheses` on each.

        Where that is "undecided", `.there` is what is known at one gamma, `.there.gamma`: the verdict is `.there.main`.
        """
        return tuple(replace(part, **_ends(part)) for part in session.over_gamma(self))

    def plot(self, what: str = "phases", columns: int = 1) -> Figure:
        """A figure over gamma. See gammastar.plot."""
        return super().plot(what, columns)

    def show(self, console: Console) -> None:
        """As `gammastar phases` prints it."""
        show_phases(self, list(self.stretches), console)

    def to_dict(self) -> Json:
        """`gammastar phases --json`."""
        return document(self, list(self.stretches))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.instance.name}: {len(self.pieces)} phases, Blackwell {self.blackwell}>"


def phases(given: Given, tell: Tell = quiet) -> PhasesResult:
    """Every discount at once: V*, the best policy and the decision for the question's rewards; n and the verdict.

    Certified, with breakpoints as exact algebraic numbers. given: an instance or the path of one; tell: called with the
    name of each stage. Without rewards only the theorem is told. Raises an ExactError.

    >>> import gammastar as gs
    >>> found = gs.phases("examples/paper/corridor-5.toml")
    >>> for part in found.decided:
    ...     print(part.decision, part.low.decimal(4), part.high.decimal(4))
    shutdown 0 0.6941
    avoid 0.6941 1
    >>> found.blackwell.polynomial, found.pieces[-1].value("9/10"), found.certified
    ((-2, 4, -3, 2), Fraction(16236, 625), True)
    """
    return PhasesResult.made_of(session.phases(instance_of(given), tell))


def _ends(part: Known | Decided | Stretch) -> dict[str, Any]:
    return {"low": Number.made_of(part.low), "high": Number.made_of(part.high)}


def _function(value: RationalFunction | None) -> Function | None:
    return None if value is None else Function.made_of(value)
