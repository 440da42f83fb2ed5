"""Theorem 2 at every gamma: the stretches of (0, 1) between thresholds, with n, n° and the verdict on each."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from exact.algebraic import Algebraic
from exact.evaluate.pieces import between
from proofs.claims.checked import Checked
from proofs.claims.phases import Stretch
from proofs.claims.types import PAPER, SHARP, NoThreshold, Retargeting, Threshold, Universal
from proofs.verify import proved

SAID_OF_ALL = (Threshold, NoThreshold, Universal, Retargeting)  # claims that are not about one gamma


def over_gamma(checked: Checked) -> list[Stretch]:
    """Ascending, from accepted claims alone: what the kernel derives from them at a gamma of each stretch.

    What it derives there depends on gamma only by which thresholds are passed; other claims hold on all of (0, 1).
    """
    zero, one = Algebraic.of(0), Algebraic.of(1)
    ends = sorted({zero, one, *checked.roots.values()})
    return [_stretch(checked, low, high) for low, high in pairwise(ends)]


def _stretch(checked: Checked, low: Algebraic, high: Algebraic) -> Stretch:
    gamma: Fraction = between(low, high)
    there = proved(checked.instance.at(gamma), [claim for claim in checked.claims if isinstance(claim, SAID_OF_ALL)])
    counted = (there.counted[kind] for kind in (PAPER, SHARP))
    n, n_sharp = (None if known is None else len(known) for known in counted)
    return Stretch(low, high, n, n_sharp, there.main.verdict, dict(there.hypotheses))
