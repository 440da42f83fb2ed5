"""The swap of a state and s_term (Prop. 3), as a permutation of the states."""

from __future__ import annotations

from exact.instance import Instance


def swap(instance: Instance, state: int) -> tuple[int, ...]:
    """phi with phi(s) for each state s: it exchanges `state` and s_term, and leaves the others."""
    exchanged = {state: instance.s_term, instance.s_term: state}
    return tuple(exchanged.get(s, s) for s in range(len(instance.mdp)))
