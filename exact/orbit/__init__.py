"""Orbits: every distinct permutation of a reward vector, and what the agent decides for it. Exact, by enumeration."""

from exact.limits import MOST_VECTORS
from exact.orbit.arrangements import arrangements, number_of_arrangements
from exact.orbit.count import OrbitCount, count_orbit, enumerable

__all__ = ["MOST_VECTORS", "OrbitCount", "arrangements", "count_orbit", "enumerable", "number_of_arrangements"]
