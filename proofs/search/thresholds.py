"""Thresholds as claims, for every state whose threshold the judge does not know yet (Prop. 3; exact swap theorem)."""

from __future__ import annotations

from collections.abc import Callable

from exact.instance import Instance
from exact.rational_function import integers
from exact.thresholds import Threshold, paper_threshold, same_count, sharp_threshold
from proofs.claims import types as c
from proofs.search.judge import Judge

FIND: dict[str, Callable[[Instance, int], Threshold]] = {c.PAPER: paper_threshold, c.SHARP: sharp_threshold}


LARGE = 50_000_000  # digits that nearly fill a certificate: minutes of work, and no room for the rest


def cost(instance: Instance) -> int:
    """About how many digits the closed forms of all thresholds have: 2 d thresholds of 2 d coefficients each.

    A coefficient has at most as many as the product of the rows' denominators, and half of that on average.
    """
    acting = [digits for digits in instance.mdp.row_digits if digits]
    return 2 * len(acting) ** 2 * sum(acting)


def settle(judge: Judge, tell: Callable[[str], None] = lambda _: None) -> None:
    """Offer each open threshold, the paper's first, until the judge has no room or work left for one."""
    instance = judge.instance
    twins = set(judge.unsettled(c.SHARP))
    for kind, find in FIND.items():
        open_ = judge.unsettled(kind)
        for number, name in enumerate(open_):
            tell(f"{kind} thresholds: {number + 1} of {len(open_)}")
            found = find(instance, instance.mdp.state(name))
            both = kind == c.PAPER and name in twins and same_count(instance, found.state)
            if not all(map(judge.offer, claims(instance, found, both))):
                judge.note(f"{len(open_) - number} {kind} thresholds are beyond what a certificate can hold")
                return


def claims(instance: Instance, found: Threshold, both: bool = False) -> list[c.Claim]:
    """What a threshold says; both: the other kind's count is the same."""
    names = instance.mdp.states
    state = names[found.state]
    if found.limit is not None:
        bound = {names[s]: value for s, value in found.limit.values.items() if value}
        return [c.NoThreshold(state, found.limit.unit, bound)]
    if found.value is None or found.policy is None or found.visits is None:
        return []
    numerator, denominator = found.visits.coefficients()
    bounds, ends, own = None, (found.value.low, found.value.high), found.value.polynomial
    if found.bounds is not None:
        given = found.bounds
        ends, order = (given.low, given.high), sorted(given.lower)
        lower = tuple(given.lower[s] for s in order)
        bounds = c.Bounds(given.unit, lower, tuple(given.upper[s] - given.lower[s] for s in order))
    named = instance.mdp.name_policy(found.policy)
    omitted = found.ties is None and _is_excess(own, numerator, denominator)  # ties are divided by it, without content
    poly = None if omitted else own
    ties = None if found.ties is None else integers(found.ties.denominator)
    ties = None if ties == denominator else ties
    return [c.Threshold(c.BOTH if both else found.kind, state, named, numerator, denominator, poly, ends, bounds, ties)]


def _is_excess(polynomial: c.Poly, numerator: c.Poly, denominator: c.Poly) -> bool:
    """True iff N - D is the minimal polynomial itself, up to a factor: then it need not be written again."""
    size = max(len(numerator), len(denominator))
    padded = [[*p, *[0] * (size - len(p))] for p in (numerator, denominator)]
    excess = [n - d for n, d in zip(*padded, strict=True)]
    while excess and not excess[-1]:
        excess.pop()
    return len(excess) == len(polynomial) > 2
