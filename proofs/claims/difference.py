"""Layer paper: what two certificates state differently, fact by fact. Evidence (ranks, proofs) is not compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch
from itertools import chain

from flint import fmpz_poly

from exact.errors import NoRoot, Pole
from exact.rational_function import RationalFunction
from proofs.paper import claims as c
from proofs.paper.roots import root, same_root
from proofs.paper.words import READINGS, SYMBOLS, exact, names, number, rewards, told

ONLY_FIRST, ONLY_SECOND, CHANGED = "only in A", "only in B", "changed"


@dataclass(frozen=True)
class Difference:
    """how: one of the three words above."""

    how: str
    about: str
    says: str


@singledispatch
def _key(claim: c.Claim) -> tuple[Hashable, ...]:
    """What a claim is about: claims with the same key speak of the same thing."""
    return type(claim).__name__, told(claim)[1]


@_key.register
def _(claim: c.Unexplained) -> tuple[Hashable, ...]:
    return "unexplained", claim.kind, claim.content


@_key.register
def _(claim: c.Reach) -> tuple[Hashable, ...]:
    return "reach", claim.state


@_key.register
def _(claim: c.Form) -> tuple[Hashable, ...]:
    return "closed form", _map(claim.policy), _map(claim.rewards)


@_key.register
def _(claim: c.Threshold) -> tuple[Hashable, ...]:
    return claim.kind, claim.state


@_key.register
def _(claim: c.NoThreshold) -> tuple[Hashable, ...]:
    return c.SHARP, claim.state


@_key.register
def _(claim: c.Count) -> tuple[Hashable, ...]:
    return "count", claim.kind, claim.interval


@_key.register
def _(claim: c.Orbit) -> tuple[Hashable, ...]:
    return "orbit", claim.gamma, _map(claim.rewards)


@_key.register
def _(claim: c.SwapFails) -> tuple[Hashable, ...]:
    return "swap", claim.gamma, _map(claim.rewards), claim.permutation, claim.how


@_key.register
def _(claim: c.Hypothesis) -> tuple[Hashable, ...]:
    return "hypothesis", claim.id


@_key.register
def _(claim: c.Theorem) -> tuple[Hashable, ...]:
    return "theorem", claim.id, claim.reach


@_key.register
def _(claim: c.Member) -> tuple[Hashable, ...]:
    return "member", claim.gamma, _map(claim.rewards)


@_key.register
def _(claim: c.Universal) -> tuple[Hashable, ...]:
    return "universal", claim.property, claim.permutation, claim.interval


def differences(first: c.Certificate, second: c.Certificate) -> list[Difference]:
    """Changed facts first, then those of one side, in the certificates' order."""
    left, right = ({_key(claim): claim for claim in side.claims} for side in (first, second))
    changed = chain.from_iterable(_changed(claim, right[key]) for key, claim in left.items() if key in right)
    gone = (Difference(ONLY_FIRST, *told(claim)) for key, claim in left.items() if key not in right)
    new = (Difference(ONLY_SECOND, *told(claim)) for key, claim in right.items() if key not in left)
    return [*changed, *gone, *new]


def _changed(left: c.Claim, right: c.Claim) -> Iterator[Difference]:
    """Two claims about the same thing."""
    if _state(left) != _state(right) and not _agree(left, right):
        yield Difference(CHANGED, *_said(left, right))


def _agree(left: c.Claim, right: c.Claim) -> bool:
    """The same number by another polynomial or interval."""
    if not isinstance(left, c.Threshold) or not isinstance(right, c.Threshold):
        return False
    return left.frequency == right.frequency and same_root(left, right)


def _state(claim: c.Claim) -> Hashable:
    """What a claim says of its thing, without the evidence."""
    match claim:
        case c.Reach():
            return claim.region
        case c.Form():
            return _functions(claim)
        case c.Threshold():
            return claim.polynomial, claim.interval, claim.frequency
        case c.Count():
            return frozenset(claim.states)
        case c.Orbit():
            return claim.size, claim.outside, claim.shutdown, claim.avoid, claim.tie
        case c.Hypothesis():
            return claim.holds
        case c.Theorem():
            return claim.gamma, claim.verdict, claim.conclusion, claim.means, claim.n
        case c.Member():
            return claim.holds
    return type(claim).__name__


def _functions(form: c.Form) -> Hashable:
    """M_s as reduced functions, so that a common factor makes no difference."""
    below = fmpz_poly(list(form.denominator))
    try:
        return frozenset((s, RationalFunction(fmpz_poly(list(value)), below)) for s, value in form.values.items())
    except Pole:
        return form.denominator, _map(form.values)


def _said(left: c.Claim, right: c.Claim) -> tuple[str, str]:
    """(about, from what to what)."""
    about = told(left)[0]
    match left, right:
        case c.Threshold(), c.Threshold():
            return about, _moved(left, right)
        case c.Threshold(), c.NoThreshold():
            return f"{SYMBOLS[left.kind]}_{left.state}", f"{number(left)} -> none"
        case c.NoThreshold(), c.Threshold():
            return f"{SYMBOLS[right.kind]}_{right.state}", f"none -> {number(right)}"
        case c.Orbit(), c.Orbit():
            return f"orbit of {rewards(left.rewards)} at gamma = {exact(left.gamma)}", _counts(left, right)
        case c.Theorem(), c.Theorem():
            return f"{about}, reachable {READINGS[left.reach]}", f"{_verdict(left)} -> {_verdict(right)}"
        case c.Reach(), c.Reach():
            return about, f"R_x: {names(sorted(left.region))} -> {names(sorted(right.region))}"
        case c.Count(), c.Count():
            before, after = len(left.states), len(right.states)
            return (
                f"{about} at {exact(left.interval[0])}",
                f"{before} ({names(left.states)}) -> {after} ({names(right.states)})",
            )
    return about, f"{told(left)[1]} -> {told(right)[1]}"


def _moved(left: c.Threshold, right: c.Threshold) -> str:
    text = f"{number(left)} -> {number(right)}"
    try:
        one, two = root(left), root(right)
    except NoRoot:
        return text
    if one is None or two is None or one == two:
        return text + (
            f" (frequency {_frequency(left)} -> {_frequency(right)})" if left.frequency != right.frequency else ""
        )
    return f"{text} ({'up' if one < two else 'down'})"


def _frequency(claim: c.Threshold) -> str:
    return "none" if claim.frequency is None else exact(claim.frequency)


def _verdict(claim: c.Theorem) -> str:
    gamma = "" if claim.gamma is None else f" at gamma = {exact(claim.gamma)}"
    return f"{claim.verdict}, {claim.conclusion} ({claim.means}), n = {exact(claim.n)}{gamma}"


def _counts(left: c.Orbit, right: c.Orbit) -> str:
    keys = ("size", "outside", "shutdown", "avoid", "tie")
    pairs = [(key, getattr(left, key), getattr(right, key)) for key in keys]
    return ", ".join(f"{key} {exact(before)} -> {exact(after)}" for key, before, after in pairs if before != after)


def _map(entries: Mapping[str, Hashable]) -> Hashable:
    return frozenset(entries.items())
