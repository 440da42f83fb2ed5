"""Phases as claims: a policy that is optimal between two gammas, with what shows that it stops being so at its ends."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic
from exact.algebraic.isolate import variations
from exact.algebraic.narrow import sign_at
from exact.evaluate.phases import Phase, phases
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.claims import types as c
from proofs.search.goals import named
from proofs.search.judge import Judge

_FIRST, _LAST = 16, 1 << 14  # bits of the intervals that isolate breakpoints; more only where gains vanish nearby


def offer_phases(judge: Judge, rewards: Rewards, tell: Callable[[str], None] = lambda _: None) -> list[Phase]:
    """Find them, and have the kernel check each."""
    known = phases(judge.instance, rewards)
    for number, phase in enumerate(known):
        tell(f"phase {number + 1} of {len(known)}")
        claim = claim_of(judge.instance, rewards, phase)
        if judge.offer(claim):
            judge.offer(_value(judge.instance, phase, claim))
    return known


def _value(instance: Instance, phase: Phase, claim: c.Phase) -> c.ClosedForm:
    """V*(s_new), by itself."""
    above, below = phase.form.value(instance.shutdown_state).coefficients()
    return c.ClosedForm(claim.policy, claim.rewards, below, {instance.mdp.states[instance.shutdown_state]: above})


def claim_of(instance: Instance, rewards: Rewards, phase: Phase) -> c.Phase | c.Blackwell:
    """The last one says where the Blackwell discount factor is."""
    kind = c.Blackwell if phase.high == 1 else c.Phase
    mdp = instance.mdp
    policy = {mdp.states[s]: mdp.actions[s][phase.policy[s]] for s in phase.form.numerators if not mdp.is_terminal(s)}
    ends = (_end(phase, phase.low), _end(phase, phase.high))
    touched = {root.polynomial for root, _, _ in phase.touches}
    stops = (_stops(instance, phase, end, side) for end, side in zip(ends, (-1, 1), strict=True))
    below = tuple(map(int, phase.form.denominator.coeffs()))
    return kind(named(instance, rewards), policy, below, *ends, tuple(sorted(touched)), *stops)


def _end(phase: Phase, gamma: Algebraic) -> c.RootIn | str:
    """0, 1, or a root in an interval so narrow that no gain has another zero there."""
    if gamma in (0, 1):
        return str(gamma.low)
    bits, known = _FIRST, [gain for *_, gain in phase.gains if gain]
    while bits < _LAST:
        ends = _around(gamma, bits)
        if all(_clear(gain, gamma, ends) for gain in known) and _apart(phase, ends):
            break
        bits *= 2
    return c.RootIn(gamma.polynomial, ends)


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


def _stops(instance: Instance, phase: Phase, end: c.RootIn | str, side: int) -> tuple[str, str] | None:
    """A state and an action that gains beyond the end."""
    if isinstance(end, str):
        return None
    beyond = end.interval[0 if side < 0 else 1]
    mdp = instance.mdp
    better = ((s, a) for s, a, gain in phase.gains if gain and sign_at(gain, beyond) > 0)
    s, a = next(better)
    return mdp.states[s], mdp.actions[s][a]


__all__ = ["claim_of", "offer_phases"]
