"""Exact arithmetic for small MDPs: models, closed forms in gamma, thresholds, orbits. Knows nothing of `proofs`."""
