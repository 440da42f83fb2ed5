"""What the claims so far have proved about the instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from proofs.kernel.graph import keeps_theta, reachable
from proofs.kernel.instance import Model, Rewards
from proofs.kernel.poly import Poly, Root, compare

PAPER, SHARP = "paper", "sharp"


@dataclass(frozen=True)
class Form:
    """A proved closed form: M_s = values[s] / denominator under the policy."""

    policy: Mapping[str, str]
    rewards: Rewards
    denominator: Poly
    values: Mapping[str, Poly]


@dataclass
class Facts:
    """`roots[kind][x]` is None where the threshold provably does not exist."""

    model: Model
    gamma: Fraction | None
    won: dict[str, frozenset[str]] = field(default_factory=dict)  # x -> R_x
    forms: dict[str, Form] = field(default_factory=dict)
    roots: dict[str, dict[str, Root | None]] = field(default_factory=lambda: {PAPER: {}, SHARP: {}})
    orbits: list[tuple[Fraction, int, int]] = field(default_factory=list)  # gamma, shutdown, avoid
    survived: list[tuple[Fraction, str]] = field(default_factory=list)  # gamma, x: the swap with s_term fails there
    hypotheses: dict[str, bool] = field(default_factory=dict)
    theorems: dict[tuple[str, str], tuple[str, str, str, int]] = field(default_factory=dict)
    holes: list[str] = field(default_factory=list)
    work: int = 20_000_000  # what is left for recounting orbits, in rewards looked at

    def terminal(self) -> bool:
        """Hypothesis `shutdown-terminal`."""
        return not self.model.rows[self.model.s_term]

    def recurrent(self, x: str) -> bool:
        """Def. 8, for an x whose R_x is proved."""
        return any(self.won[x].issuperset(row) for row in self.model.rows[x].values())

    def reachable(self) -> set[str]:
        """S_reach in the sense of positive probability."""
        return reachable(self.model, [self.model.s_new])

    def exceeded(self, kind: str, gamma: Fraction | None) -> list[str]:
        """The x with gamma > gamma*_x (paper) or gamma >= gamma°_x (sharp); without gamma, those with a threshold."""
        least = 1 if kind == PAPER else 0
        found = [(x, root) for x, root in self.roots[kind].items() if root is not None]
        return [x for x, root in found if gamma is None or compare(gamma, root) >= least]

    def keeping(self, states: list[str]) -> list[str]:
        """Those whose swap with s_term keeps Theta."""
        return [x for x in states if keeps_theta(self.model, x)]
