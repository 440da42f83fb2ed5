"""Is a policy optimal at an algebraic gamma, from every state of its region? Exact, from its closed form alone."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpz_poly

from exact.algebraic import Algebraic
from exact.algebraic.isolate import variations
from exact.algebraic.narrow import rational_ball, sign_at
from exact.closed_form import ClosedForm
from exact.mdp import Policy
from exact.thresholds.count import Count, onward

_BITS = 256  # of the first look; what it leaves open is decided exactly


def optimal_at(count: Count, policy: Policy, form: ClosedForm, gamma: Algebraic) -> bool:
    """True iff D theta_s + gamma sum_t P(t | s, a) N_t - N_s <= 0 at gamma for every state and allowed action."""
    gamma = gamma.refined(Fraction(1, 1 << _BITS))
    return all(
        sign < 0 or (sign == 0 and gamma.sign_of(advantage(count, form, state, action)) <= 0)
        for state, action, sign in _likely_signs(count, policy, form, gamma)
    )


def with_clear_interval(count: Count, policy: Policy, form: ClosedForm, gamma: Algebraic) -> Algebraic:
    """gamma, its interval so narrow that each advantage which is negative at gamma is shown to be so on all of it.

    By Descartes' rule, which is how the kernel sees it. The policy is optimal at gamma.
    """
    actions = [(s, a) for s, allowed in count.allowed.items() for a in allowed if a != policy[s]]
    unclear = [] if gamma.rational is not None else [advantage(count, form, s, a) for s, a in actions]
    while unclear := [gain for gain in unclear if not _negative(gain, gamma.low, gamma.high)]:
        unclear = [gain for gain in unclear if gamma.sign_of(gain) != 0]
        gamma = gamma.refined((gamma.high - gamma.low) / (1 << 16))
    return gamma


def _negative(gain: fmpz_poly, low: Fraction, high: Fraction) -> bool:
    return variations(gain, low, high) == 0 and sign_at(gain, (low + high) / 2) < 0


def advantage(count: Count, form: ClosedForm, state: int, action: int) -> fmpz_poly:
    """D theta_s + gamma sum_t P(t | s, a) N_t - N_s, times a positive integer: the gain of one other action."""
    reward = count.rewards[state]
    scale, after = onward(count.mdp.rows[state][action], form)
    kept = form.denominator * int(reward.numerator * scale) - form.numerators[state] * int(reward.denominator * scale)
    return kept + after.left_shift(1) * reward.denominator


def _likely_signs(count: Count, policy: Policy, form: ClosedForm, gamma: Algebraic) -> list[tuple[int, int, int]]:
    """(state, action, sign of the advantage) by ball arithmetic; sign 0 where the ball leaves it open."""
    with ctx.workprec(_BITS + 64):
        point = gamma.ball(_BITS)
        below = form.denominator(point)
        above = {state: numerator(point) for state, numerator in form.numerators.items()}
        signs = []
        for state, actions in count.allowed.items():
            present = below * rational_ball(count.rewards[state]) - above[state]
            for action in actions:
                if action != policy[state]:
                    row = count.mdp.rows[state][action]
                    gain = present + point * sum((rational_ball(p) * above[t] for t, p in row), arb(0))
                    signs.append((state, action, int(gain > 0) - int(gain < 0)))
    return signs
