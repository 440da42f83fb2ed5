"""The digits of an instance: what bounds the numbers in proofs about it, such as the determinant of I - gamma P_pi.

Over the states s, the sum of d_s + g, plus r, where d_s are the digits of the largest least common denominator of one
row of s (0 if it is terminal), g those of gamma's denominator, r those of the least common denominator of the rewards;
g and r are 0 where the question gives none. The digits of n are counted as bits(n) * 30103 // 100000 + 1.
"""

from __future__ import annotations

from fractions import Fraction

from exact.digits import count_digits
from exact.errors import TooLarge
from exact.limits import MOST_DIGITS
from exact.mdp import Mdp, Rewards
from exact.rational import common_denominator


def check_size(mdp: Mdp, gamma: Fraction | None, rewards: Rewards | None) -> None:
    """Raises TooLarge beyond MOST_DIGITS digits, with the place to shorten."""
    in_rows = sum(mdp.row_digits)
    in_gamma = 0 if gamma is None else len(mdp) * count_digits(gamma.denominator)
    in_rewards = 0 if rewards is None else count_digits(common_denominator(rewards, "question.rewards"))
    digits = in_rows + in_gamma + in_rewards
    if digits <= MOST_DIGITS:
        return
    longest = max(range(len(mdp)), key=mdp.row_digits.__getitem__)
    _, what, where = max(
        (in_rows, "the probabilities", f"transitions.{mdp.states[longest]}"),
        (in_gamma, "gamma", "question.gamma"),
        (in_rewards, "the rewards", "question.rewards"),
    )
    problem = f"the instance has {digits} digits ({in_rows} in rows, {in_gamma} by gamma, {in_rewards} in rewards)"
    raise TooLarge(problem, f"at most {MOST_DIGITS} are handled: shorten the denominators of {what}", where)
