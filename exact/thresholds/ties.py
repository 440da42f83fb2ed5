"""Actions that are exactly as good as the policy's: for every discount, or at one algebraic discount only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from fractions import Fraction
from functools import reduce
from math import lcm

from flint import fmpz_poly

from exact.closed_form import ClosedForm, value_at
from exact.graph import closure
from exact.mdp import IntegerRow, Policy
from exact.thresholds.count import Count, Pair


def identical(count: Count, policy: Policy, pairs: Iterable[Pair]) -> set[Pair]:
    """Those pairs with sum_t P(t|s,a) h_k(t) = h_{k+1}(s) for all k, h_k the policy's expected reward after k steps.

    k up to the number of states is enough: a linear recurrence of that order that starts with zeros is zero.
    """
    rows = count.region.mdp.integer_rows
    same = {(s, a) for s, a in pairs if rows[s][a] == rows[s][policy[s]]}
    rest = [pair for pair in pairs if pair not in same]
    if not rest:
        return same
    chain, ends = _chain(count, policy, rest)
    compared = _by_paths if all(row.scale == 1 for row in chain.values()) else _by_moments
    return same | compared(count, rest, chain, ends)


def _chain(count: Count, policy: Policy, pairs: Sequence[Pair]) -> tuple[dict[int, IntegerRow], set[int]]:
    """Where the policy can get to from the pairs' states and successors: its rows there, and the terminal states."""
    rows, acting = count.region.mdp.integer_rows, count.region.allowed
    starts = (state for s, a in pairs for state in (s, *rows[s][a].successors))
    visited = closure(starts, lambda s: rows[s][policy[s]].successors if acting[s] else ())
    return {s: rows[s][policy[s]] for s in visited if acting[s]}, {s for s in visited if not acting[s]}


def _by_paths(count: Count, pairs: Sequence[Pair], chain: Mapping[int, IntegerRow], ends: Set[int]) -> set[Pair]:
    """The policy is certain where it goes: states have the same label iff their next 1, 2, 4, ... rewards agree."""
    rows, nowhere = count.region.mdp.integer_rows, -1
    onward = dict.fromkeys((*ends, nowhere), nowhere) | {s: row.successors[0] for s, row in chain.items()}
    after, label = onward, {s: count.theta(s) for s in onward}
    for _ in range(len(onward).bit_length()):
        seen: dict[tuple[int, int], int] = {}
        label = {s: seen.setdefault((label[s], label[t]), len(seen)) for s, t in onward.items()}
        onward = {s: onward[t] for s, t in onward.items()}
    return {(s, a) for s, a in pairs if {label[t] for t in rows[s][a].successors} == {label[after[s]]}}


def _by_moments(count: Count, pairs: Sequence[Pair], chain: Mapping[int, IntegerRow], ends: Set[int]) -> set[Pair]:
    """h_k L^k in integers, L the common denominator of the policy's rows."""
    rows, common = count.region.mdp.integer_rows, lcm(*(row.scale for row in chain.values()))
    now = {s: count.theta(s) for s in (*chain, *ends)}
    left = list(pairs)
    for _ in range(len(chain) + 2):
        onward = dict.fromkeys(ends, 0) | {s: row.total(now) * (common // row.scale) for s, row in chain.items()}
        left = [(s, a) for s, a in left if rows[s][a].total(now) * common == onward[s] * rows[s][a].scale]
        if not left:
            break
        now = onward
    return set(left)


def closed_forms(count: Count, policy: Policy, pairs: Iterable[Pair]) -> ClosedForm:
    """The policy's values at the pairs' states and their successors, nonterminal ones, over one denominator."""
    rows, mdp = count.region.mdp.integer_rows, count.region.mdp
    states = {t for s, a in pairs for t in (s, *rows[s][a].successors) if count.region.allowed[t]}
    rewards = dict.fromkeys(count.counted, Fraction(1))
    values = {state: value_at(mdp, policy, state, rewards) for state in sorted(states)}
    common = reduce(_common_multiple, (value.denominator for value in values.values()), fmpz_poly([1]))
    return ClosedForm(common, {s: v.numerator * (common // v.denominator) for s, v in values.items()})


def _common_multiple(one: fmpz_poly, two: fmpz_poly) -> fmpz_poly:
    found = one * two // one.gcd(two)
    return found if found[0] > 0 else -found


def advantage(count: Count, form: ClosedForm, pair: Pair) -> fmpz_poly:
    """theta_s D + gamma sum_t P(t|s,a) N_t - N_s, times the row's denominator: the gain of an action, D > 0."""
    scale, successors, weights = count.region.mdp.integer_rows[pair[0]][pair[1]]
    here = form.denominator * count.theta(pair[0]) - form.numerators[pair[0]]
    after = fmpz_poly([])
    for successor, weight in zip(successors, weights, strict=True):
        after += weight * form.numerators.get(successor, form.denominator * count.theta(successor))
    return here * scale + after.left_shift(1)
