"""Orbits: every distinct permutation of a reward vector, and what the agent decides for it. Exact, by enumeration."""

from exact.orbit.arrangements import arrangements, number_of_arrangements
from exact.orbit.count import MOST_VECTORS, OrbitCount, count_orbit

__all__ = ["MOST_VECTORS", "OrbitCount", "arrangements", "count_orbit", "number_of_arrangements"]
