"""Values at all states at once: N / D from D alone, by the recurrence that (I - gamma P) N = D theta dictates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flint import fmpz, fmpz_mat, fmpz_poly

from exact.closed_form.chain import Chain, chain, computable, row_of
from exact.closed_form.charpoly import determinant
from exact.conversion import over_common_denominator
from exact.errors import NotAPolicy, NotASolution
from exact.mdp import Mdp, Policy, Rewards
from exact.rational_function import RationalFunction, jointly_reduced


@dataclass(frozen=True)
class ClosedForm:
    """N_s / D = E[sum_{t>=0} gamma^t theta(s_t) | s_0 = s] for every state s of a region closed under the policy.

    D and all the N_s together are coprime and of content 1; D(0) > 0, and D has no zero in the open unit disc.
    A terminal state is visited once: its value is theta there.
    """

    denominator: fmpz_poly
    numerators: dict[int, fmpz_poly]

    def value(self, state: int) -> RationalFunction:
        """The value at one state of the region, reduced by itself."""
        return RationalFunction(self.numerators[state], self.denominator)


def closed_form(mdp: Mdp, policy: Policy, rewards: Rewards, region: Iterable[int] | None = None) -> ClosedForm:
    """The values of a policy at every state of the region (default: wherever the policy is defined for good).

    rewards: (d,) per visit, any rationals. Raises NotAPolicy if the policy leaves the region or has no action at a
    nonterminal state of it. The result is proved: it satisfies D theta = N - gamma P N as polynomials, row by row.
    """
    inside = set(computable(mdp, policy) if region is None else region)
    states = sorted(inside)
    for state in states:
        for successor, _ in row_of(mdp, policy, state):
            if successor not in inside:
                problem = f"the policy leaves the region for {mdp.states[successor]}"
                raise NotAPolicy(problem, "give a region that it stays in", mdp.states[state])
    if not states:
        return ClosedForm(fmpz_poly([1]), {})
    system = chain(mdp, policy, states)
    theta, scale = over_common_denominator([rewards[state] for state in states])
    common = determinant(system)
    values = numerators(system, common, theta)
    denominator, reduced = jointly_reduced(common * scale, tuple(values))
    check_bellman(system, denominator, reduced, theta, scale)
    return ClosedForm(denominator, dict(zip(states, reduced, strict=True)))


def numerators(system: Chain, common: fmpz_poly, theta: Sequence[int]) -> list[fmpz_poly]:
    """N with (I - gamma P) N = Q theta for Q = det(scales - gamma A) and integer theta: N_k = P N_{k-1} + q_k theta."""
    n, matrix = len(system), system.matrix()
    vector = fmpz_mat(n, 1)
    steps: list[list[fmpz]] = []
    for degree in range(n):
        onward = zip((matrix * vector).entries(), system.scales, theta, strict=True)
        step = [value // scale + common[degree] * reward for value, scale, reward in onward]
        vector = fmpz_mat(n, 1, step)  # the division was exact: N has integer coefficients by Cramer's rule
        steps.append(step)
    return [fmpz_poly(list(coefficients)) for coefficients in zip(*steps, strict=True)]


def check_bellman(
    system: Chain, denominator: fmpz_poly, values: Sequence[fmpz_poly], theta: Sequence[int], scale: int
) -> None:
    """Prove scale (I - gamma P) N = D theta row by row, in integers. Raises NotASolution."""
    width = max(value.length() for value in values)
    coefficients = fmpz_mat([[value[k] for k in range(width)] for value in values])
    onward = (system.matrix() * coefficients).tolist()
    for state, own, value, shifted, reward in zip(system.states, system.scales, values, onward, theta, strict=True):
        if (own * value - fmpz_poly([0, *shifted])) * scale != denominator * (own * reward):
            raise NotASolution(f"the Bellman identity fails at state {state}", "report this as an error of the engine")
