"""How far the bound of Theorem 2 is from the least ratio of an orbit that was counted, read off what was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, SHARP, Orbit


@dataclass(frozen=True)
class Slack:
    """n: the paper's, n_sharp: n°, None while a threshold is open; proved: the n that holds here, 0 if none does.

    orbit: the one with the least ratio that was found; None if in none a goal shuts down.
    """

    n: int | None
    n_sharp: int | None
    proved: int
    orbit: Orbit | None
    certified: bool

    @property
    def ratio(self) -> Fraction | None:
        """Of the orbit: the least that was found."""
        return Fraction(self.orbit.avoid, self.orbit.shutdown) if self.orbit else None

    @property
    def tight(self) -> bool:
        """Certified: no n larger than the one that is proved holds. Else it is not known: the least may be lower."""
        return self.certified and self.proved > 0 and self.ratio == self.proved


def slack_of(checked: Checked) -> Slack:
    """At the question's gamma."""
    n, n_sharp = (None if known is None else len(known) for known in (checked.counted[k] for k in (PAPER, SHARP)))
    proved = checked.main.proved[0] if checked.main.proved else 0
    offered = [orbit for orbit in checked.of(Orbit) if orbit.gamma == checked.gamma and orbit.shutdown]
    beside = [] if checked.aside.orbit is None else [checked.aside.orbit]
    orbits = offered or beside
    least = min(orbits, key=lambda orbit: Fraction(orbit.avoid, orbit.shutdown)) if orbits else None
    return Slack(n, n_sharp, proved, least, bool(offered))
