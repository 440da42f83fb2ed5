"""Linear search, how far a counterexample reaches: around its gamma nothing changes until some advantage does.

An advantage is Q*(s, a) - V*(s). Whether theta is in Theta and what f decides hang on which advantages are 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq_poly, fmpz_poly

from exact.algebraic.narrow import sign_at
from exact.closed_form import closed_form
from exact.conversion import flint
from exact.evaluate import optimal
from exact.mdp import Rewards
from exact.permutation import moved
from proofs.search.linear.asked import NotAlways, counterexample
from proofs.search.linear.decide import Search
from proofs.search.linear.relaxation import Branch, Relaxation
from proofs.search.linear.signs import Range, around
from proofs.search.linear.space import training_copy


def widest(search: Search, found: NotAlways, low: Fraction, high: Fraction) -> tuple[Range, NotAlways]:
    """The goal that was found, or one without avoidable ties: whichever refutes on more of [low, high]."""
    relaxation, candidates = search.relaxation, [found]
    branch = _settled(relaxation, search.refuting or Branch(), found)
    theta = relaxation.inner(branch, 2 * max(map(abs, found.rewards)) or Fraction(1))
    if theta is not None and (other := counterexample(relaxation.asked, theta, found.gamma, found.lps)) is not None:
        candidates.append(other)
    reached = [(_extent(relaxation, candidate, low, high), candidate) for candidate in candidates]
    return max(reached, key=lambda pair: pair[0].width())


def _extent(relaxation: Relaxation, found: NotAlways, low: Fraction, high: Fraction) -> Range:
    """Strictly inside this interval (and at found.gamma) theta is a counterexample for every gamma."""
    gamma, losses = found.gamma, list[fmpz_poly]()
    for copy in _judging(relaxation):
        losses += [loss for loss in _losses(relaxation, copy, _rewards(relaxation, copy, found), gamma) if loss]
    if any(sign_at(loss, gamma) == 0 for loss in losses):
        return Range(gamma, gamma)
    return around(losses, [], gamma, low, high) or Range(gamma, gamma)


def _judging(relaxation: Relaxation) -> list[str]:
    """The copies on whose values it depends whether theta is a counterexample."""
    kind, copies = relaxation.asked.kind, list(relaxation.space.copies)
    if kind in ("exceeds", "pays"):
        return [copy for copy in copies if not copy.startswith("image")]
    if kind == "nonnegative":
        looked_at = training_copy(relaxation.asked.instance)
        return [] if relaxation.asked.instance.goals.reading == "immediate" else [looked_at]
    return copies


def _losses(relaxation: Relaxation, copy: str, rewards: Rewards, gamma: Fraction) -> Iterator[fmpz_poly]:
    """D (V(s) - Q(s, a)) for each state and action, V of a policy that is optimal at gamma. D > 0 on (0, 1)."""
    mdp, actions = relaxation.asked.instance.mdp, relaxation.space.copies[copy]
    if not actions:
        return
    _, policy = optimal(mdp, rewards, gamma, allowed=actions)
    form = closed_form(mdp, policy, rewards, actions)
    discount = fmpq_poly([0, 1])
    for state, allowed in actions.items():
        for action in allowed:
            onward = sum((fmpq_poly(form.numerators[t]) * flint(p) for t, p in mdp.rows[state][action]), fmpq_poly())
            own = fmpq_poly(form.denominator) * flint(rewards[state])
            yield (form.numerators[state] - own - discount * onward).numer()


def _settled(relaxation: Relaxation, branch: Branch, found: NotAlways) -> Branch:
    """The branch that fixes an optimal action of the counterexample everywhere: every solution is another."""
    mdp, taken = relaxation.asked.instance.mdp, {(copy, state) for copy, state, _ in branch.choices}
    for copy, states in relaxation.looked_at(branch).items():
        allowed = relaxation.space.copies[copy]
        _, policy = optimal(mdp, _rewards(relaxation, copy, found), found.gamma, allowed=allowed)
        branch = branch.chose(*((copy, s, policy[s]) for s in sorted(states) if (copy, s) not in taken))
    return branch


def _rewards(relaxation: Relaxation, copy: str, found: NotAlways) -> Rewards:
    """What the states of a copy pay."""
    return moved(relaxation.asked.permutation, found.rewards) if copy.startswith("image") else found.rewards
