"""gamma*_x and gamma°_x: the discounts from which on a swap of x with the shutdown state retargets, and their steps."""

from exact.thresholds.model import Bounds, Superharmonic, Threshold
from exact.thresholds.paper import paper_threshold
from exact.thresholds.region import same_count
from exact.thresholds.sharp import sharp_threshold
from exact.thresholds.steps import Step, count_at, steps

__all__ = [
    "Bounds", "Step", "Superharmonic", "Threshold", "count_at", "paper_threshold", "same_count", "sharp_threshold",
    "steps",
]  # fmt: skip
