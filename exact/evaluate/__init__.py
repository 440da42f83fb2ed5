"""Exact values at one rational gamma: of one policy, and of the best by policy iteration. Rewards count from t = 0.

A region and its allowed actions may be given. `optimum` asks, `solve` evaluates one policy component by component
(`components`), `guess` says in floating point (`floats`, `elimination`) where the exact iteration starts; what comes
out does not depend on it.
"""

from exact.evaluate.optimum import Allowed, action_values, every_action, optimal, values

__all__ = ["Allowed", "action_values", "every_action", "optimal", "values"]
