"""Universal claims, how far a counterexample reaches: around its gamma nothing changes until some advantage does.

An advantage is Q*(s, a) - V*(s). Whether theta is in Theta and what f decides hang on which advantages are 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly

from exact.closed_form import closed_form
from exact.evaluate import optimal
from exact.mdp import Rewards
from proofs.universal.claim import Claim, NotAlways
from proofs.universal.signs import Reach, reach
from proofs.universal.space import Copy, Space, copies_of


def extent(claim: Claim, found: NotAlways, low: Fraction, high: Fraction) -> Reach:
    """Strictly inside this interval (and at found.gamma) theta is a counterexample for every gamma."""
    space, gamma = Space(claim.instance, claim.permutation, copies_of(claim.instance)), found.gamma
    losses: list[fmpz_poly] = []
    for copy in space.copies.values():
        rewards = claim.image(found.rewards) if copy.name.startswith("image") else found.rewards
        losses += [loss for loss in _losses(space, copy, rewards, gamma) if loss]
    if any(loss(fmpq(gamma.numerator, gamma.denominator)) == 0 for loss in losses):
        return Reach(gamma, gamma)
    reached = reach(losses, [], gamma, low, high)
    return reached if reached is not None else Reach(gamma, gamma)


def _losses(space: Space, copy: Copy, rewards: Rewards, gamma: Fraction) -> Iterator[fmpz_poly]:
    """D (V(s) - Q(s, a)) for each state and action, V of a policy that is optimal at gamma. D > 0 on (0, 1)."""
    mdp = space.instance.mdp
    if not copy.actions:
        return
    _, policy = optimal(mdp, rewards, gamma, allowed=copy.actions)
    form = closed_form(mdp, policy, rewards, copy.actions)
    discount = fmpq_poly([0, 1])
    for state, actions in copy.actions.items():
        for action in actions:
            onward = sum((fmpq_poly(form.numerators[t]) * _fmpq(p) for t, p in mdp.rows[state][action]), fmpq_poly())
            own = fmpq_poly(form.denominator) * _fmpq(rewards[state])
            yield (form.numerators[state] - own - discount * onward).numer()


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
