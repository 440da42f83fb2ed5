"""Phases as claims: a policy that is optimal between two gammas, with what shows that it stops being so at its ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic
from exact.algebraic.isolate import variations
from exact.algebraic.narrow import sign_at
from exact.evaluate.phases import Phase, phases
from exact.instance import Instance
from exact.mdp import Rewards
from exact.rational_function import integers, jointly_reduced
from proofs.claims import types as c
from proofs.claims.spelling import root_text
from proofs.search.goals import named
from proofs.search.judge import Judge

_FIRST, _LAST = 16, 1 << 14  # bits of the intervals that isolate breakpoints; more only where gains vanish nearby
_HALVINGS = 40  # of an interval, in which the kernel wants to see that a polynomial is positive there (FORMAT.md)


def offer_phases(judge: Judge, rewards: Rewards, tell: Callable[[str], None] = lambda _: None) -> list[Phase]:
    """Find them, and have the kernel check each; those that it could not see to hold are noted."""
    known = phases(judge.instance, rewards)
    for number, phase in enumerate(known):
        name = f"phase {number + 1} of {len(known)}"
        tell(name)
        claim = claim_of(judge.instance, rewards, phase)
        if claim is None:
            ends = f"from {root_text(phase.low)} to {root_text(phase.high)}"
            judge.note(f"{name}, {ends}: gains have zeros, or nearly so, too close together for the kernel")
        elif judge.offer(claim):
            judge.offer(_values(judge.instance, phase, claim))
    return known


def _values(instance: Instance, phase: Phase, claim: c.Phase) -> c.ClosedForm:
    """V*(s_new), by itself; beside it V* wherever it can get in one step if what is done there hangs on them.

    That is so where an action of s_new is as good as another at an end or inside; and where s_term is not terminal, so
    that shutting down has a value too.
    """
    mdp, s_new, names = instance.mdp, instance.shutdown_state, instance.mdp.states
    places = [phase.low, phase.high, *(root for root, s, _ in phase.touches if s == s_new)]
    equal = any(not root.sign_of(gain) for s, _, gain in phase.gains if s == s_new and gain for root in places)
    after = {t for row in mdp.rows[s_new] for t, _ in row} if equal else {instance.s_term}
    told = sorted({s_new, *(t for t in after if not mdp.is_terminal(t))})
    below, above = jointly_reduced(phase.form.denominator, tuple(phase.form.numerators[s] for s in told))
    values = {names[s]: integers(value) for s, value in zip(told, above, strict=True)}
    return c.ClosedForm(claim.policy, claim.rewards, integers(below), values)


def claim_of(instance: Instance, rewards: Rewards, phase: Phase) -> c.Phase | c.Blackwell | None:
    """The last one says where the Blackwell discount factor is. None where the kernel's bounds do not suffice."""
    kind = c.Blackwell if phase.high == 1 else c.Phase
    mdp = instance.mdp
    policy = {mdp.states[s]: mdp.actions[s][phase.policy[s]] for s in phase.form.numerators if not mdp.is_terminal(s)}
    low, high = _end(phase, phase.low), _end(phase, phase.high)
    touched = sorted({root.polynomial for root, _, _ in phase.touches})
    if low is None or high is None or not _seen(phase, touched, low, high):
        return None
    stops = _stops(instance, phase, low, 0), _stops(instance, phase, high, 1)
    below = tuple(map(int, phase.form.denominator.coeffs()))
    return kind(named(instance, rewards), policy, below, low, high, tuple(touched), *stops)


def _end(phase: Phase, gamma: Algebraic) -> c.End | None:
    """0, 1, or a root in an interval so narrow that no gain has another zero there; None if the bits do not suffice."""
    if gamma in (0, 1):
        return str(gamma.low)
    bits, known = _FIRST, [gain for *_, gain in phase.gains if gain]
    while bits <= _LAST:
        ends = _around(gamma, bits)
        if all(_clear(gain, gamma, ends) for gain in known) and _apart(phase, ends):
            return c.RootIn(gamma.polynomial, ends)
        bits *= 2
    return None


def _seen(phase: Phase, touched: Iterable[tuple[int, ...]], low: c.End, high: c.End) -> bool:
    """The kernel sees the denominator positive, and every gain negative but where it touches 0."""
    (first, left), (right, last) = (_interval(end) for end in (low, high))
    rests = (_untouched(gain, touched) for *_, gain in phase.gains if gain)
    return _told(phase.form.denominator, first, last) and all(_told(rest, left, right) for rest in rests)


def _untouched(gain: fmpz_poly, touched: Iterable[tuple[int, ...]]) -> fmpz_poly:
    """Without the squares of these."""
    for square in (fmpz_poly(list(root)) ** 2 for root in touched):
        while (gain % square).is_zero():
            gain = gain // square
    return gain


def _told(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> bool:
    """So many halvings show by Descartes' rule that it has no zero between."""
    parts = [(low, high)] if low < high else []
    for _ in range(_HALVINGS):
        left = ((a, (a + b) / 2, b) for a, b in parts if variations(polynomial, a, b))
        parts = [half for a, middle, b in left for half in ((a, middle), (middle, b))]
    return not parts


def _interval(end: c.End) -> tuple[Fraction, Fraction]:
    return (Fraction(end), Fraction(end)) if isinstance(end, str) else end.interval


def _around(gamma: Algebraic, bits: int) -> tuple[Fraction, Fraction]:
    """An interval with the number inside."""
    width = Fraction(1, 1 << bits)
    if gamma.rational is not None:
        return max(Fraction(0), gamma.rational - width), min(Fraction(1), gamma.rational + width)
    narrow = gamma.refined(width)
    return narrow.low, narrow.high


def _clear(gain: fmpz_poly, gamma: Algebraic, ends: tuple[Fraction, Fraction]) -> bool:
    """It vanishes in the interval at gamma alone, and not at its ends."""
    rest = gain
    while rest.degree() > 0 and (rest % gamma.minimal).is_zero():
        rest = rest // gamma.minimal
    return variations(rest, *ends) == 0 and all(sign_at(gain, end) for end in ends)


def _apart(phase: Phase, ends: tuple[Fraction, Fraction]) -> bool:
    """The interval does not hold the phase's other end, nor a place where a gain touches 0."""
    return not any(ends[0] <= other <= ends[1] for other, *_ in phase.touches) and not (
        ends[0] <= phase.low and phase.high <= ends[1]
    )


def _stops(instance: Instance, phase: Phase, end: c.End, side: int) -> tuple[str, str] | None:
    """A state and an action that gains beyond the end, which is the low one (side 0) or the high one."""
    if isinstance(end, str):
        return None
    mdp, beyond = instance.mdp, end.interval[side]
    s, a = next((s, a) for s, a, gain in phase.gains if gain and sign_at(gain, beyond) > 0)
    return mdp.states[s], mdp.actions[s][a]


__all__ = ["claim_of", "offer_phases"]
