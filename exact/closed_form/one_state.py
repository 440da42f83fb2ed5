"""The value at one state, by the engine that suits the chain's shape."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exact.closed_form.chain import Chain, chain, leading_to, reached
from exact.closed_form.charpoly import bound_on_determinant, value_by_charpoly
from exact.conversion import over_common_denominator
from exact.mdp import Mdp, Policy
from exact.rational_function import ZERO, RationalFunction


def value_at(
    mdp: Mdp, policy: Policy, start: int, rewards: Mapping[int, Fraction], proved: bool = True
) -> RationalFunction:
    """E[sum_{t>=0} gamma^t theta(s_t) | s_0 = start], theta given by its nonzero entries. Raises NotAPolicy.

    Only the states that start can reach and that can reach a reward matter. proved=False: large sparse chains without
    their proof, for results that are checked elsewhere.
    """
    states = leading_to(mdp, policy, reached(mdp, policy, start), rewards)
    if start not in states:
        return ZERO
    system = chain(mdp, policy, states)
    theta, scale = over_common_denominator([rewards.get(state, Fraction(0)) for state in states])
    if prefers_krylov(system, proved):
        from exact.closed_form.krylov import value_by_krylov  # numpy takes longer to load than small chains to solve

        above, below = value_by_krylov(system, states.index(start), theta, proved)
    else:
        above, below = value_by_charpoly(system, states.index(start), theta)
    return RationalFunction(above, below * scale)


def prefers_krylov(system: Chain, proved: bool = True) -> bool:
    """A guess at the faster engine, from measured costs in ns; both give the same fraction.

    charpoly: n^3 for each large prime. Krylov: for each small one 2n sparse products and n^2 for the approximant; the
    proof: 2n sparse products, whose numbers grow to 2n times the size of L.
    """
    n, bits = len(system), system.at_zero.bit_length()
    charpoly = (bound_on_determinant(system).bit_length() // 62 + 1) * (20000 + 2.5 * n**3)
    krylov = 2 * n * 20000 + (bits // 29 + 4) * n * (14 * (system.entries + n) + 15 * n + 3000)
    proof = 3 * n * system.entries * (150 + n * system.common.bit_length() // 32) if proved else 0
    return krylov + proof < charpoly
