"""What two certificates state differently, fact by fact. Evidence (bounds, values, proofs) is not compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from flint import fmpz_poly

from exact.errors import NoRoot, Pole
from exact.rational_function import RationalFunction
from proofs.claims import types as c
from proofs.claims.roots import root, same_root
from proofs.claims.words import SYMBOLS, exact, number, rewards, told

ONLY_FIRST, ONLY_SECOND, CHANGED = "only in A", "only in B", "changed"
COUNTS = ("size", "outside", "shutdown", "avoid", "tie")


@dataclass(frozen=True)
class Difference:
    """how: one of the three words above."""

    how: str
    about: str
    says: str


def differences(first: c.Certificate, second: c.Certificate) -> list[Difference]:
    """Changed facts first, then those of one side, in the certificates' order."""
    left, right = ({_key(claim): claim for claim in _singly(side.claims)} for side in (first, second))
    changed = chain.from_iterable(_changed(claim, right[key]) for key, claim in left.items() if key in right)
    gone = (Difference(ONLY_FIRST, *told(claim)) for key, claim in left.items() if key not in right)
    new = (Difference(ONLY_SECOND, *told(claim)) for key, claim in right.items() if key not in left)
    return [*changed, *gone, *new]


def _singly(claims: Iterable[c.Claim]) -> Iterator[c.Claim]:
    """A claim about both thresholds of a state as two, so that certificates with one and with two compare."""
    for claim in claims:
        if isinstance(claim, c.Threshold):
            yield from (replace(claim, kind=kind) for kind in claim.kinds)
        else:
            yield claim


def _key(claim: c.Claim) -> Hashable:
    """What a claim is about: claims with the same key speak of the same thing."""
    match claim:
        case c.Unexplained():
            return claim.kind, claim.content
        case c.ClosedForm():
            return "closed form", _map(claim.policy), _map(claim.rewards), frozenset(claim.values)
        case c.Threshold():
            return claim.kind, claim.state
        case c.NoThreshold():
            return c.SHARP, claim.state
        case c.Phase():
            return "phase", _map(claim.rewards), _map(claim.policy)
        case c.Orbit():
            return "orbit", claim.gamma, _map(claim.rewards)
        case c.SwapFails():
            return "swap", claim.gamma, _map(claim.rewards), claim.permutation, claim.how
        case c.Member():
            return "member", claim.gamma, _map(claim.rewards)
        case c.Universal():
            return "universal", claim.property, claim.permutation, claim.interval
        case c.Retargeting():
            return "retargeting", claim.interval, frozenset(claim.permutations)
        case c.OnBox():
            return type(claim), claim.kind, claim.state, claim.box
        case c.At():
            return "at", claim.gamma, _map(claim.point)


def _changed(left: c.Claim, right: c.Claim) -> Iterator[Difference]:
    """Two claims about the same thing."""
    match left, right:
        case c.Threshold(), c.Threshold():
            if not same_root(left, right):
                yield Difference(CHANGED, told(left)[0], _moved(left, right))
        case c.Threshold(), c.NoThreshold():
            yield Difference(CHANGED, f"{SYMBOLS[left.kind]}_{left.state}", f"{number(left)} -> none")
        case c.NoThreshold(), c.Threshold():
            yield Difference(CHANGED, f"{SYMBOLS[right.kind]}_{right.state}", f"none -> {number(right)}")
        case c.Orbit(), c.Orbit():
            if says := _counts(left, right):
                yield Difference(CHANGED, f"orbit of {rewards(left.rewards)} at gamma = {exact(left.gamma)}", says)
        case c.OnBox() as before, c.OnBox() as after:
            if before.discount != after.discount:
                yield Difference(CHANGED, told(before)[0], f"{exact(before.discount)} -> {exact(after.discount)}")
        case c.Phase() as before, c.Phase() as after:
            if (before.low, before.high) != (after.low, after.high):
                yield Difference(CHANGED, told(before)[0], f"{told(before)[1]} -> {told(after)[1]}")
        case c.ClosedForm(), c.ClosedForm():
            if _functions(left) != _functions(right):
                yield Difference(CHANGED, told(left)[0], f"{told(left)[1]} -> {told(right)[1]}")


def _functions(form: c.ClosedForm) -> Hashable:
    """M_s as reduced functions, so that a common factor makes no difference."""
    below = fmpz_poly(list(form.denominator))
    try:
        return frozenset((s, RationalFunction(fmpz_poly(list(value)), below)) for s, value in form.values.items())
    except Pole:
        return form.denominator, _map(form.values)


def _moved(left: c.Threshold, right: c.Threshold) -> str:
    text = f"{number(left)} -> {number(right)}"
    try:
        return f"{text} ({'up' if root(left) < root(right) else 'down'})"
    except NoRoot:
        return text


def _counts(left: c.Orbit, right: c.Orbit) -> str:
    pairs = [(key, getattr(left, key), getattr(right, key)) for key in COUNTS]
    return ", ".join(f"{key} {exact(before)} -> {exact(after)}" for key, before, after in pairs if before != after)


def _map(entries: Mapping[str, Hashable]) -> Hashable:
    return frozenset(entries.items())
