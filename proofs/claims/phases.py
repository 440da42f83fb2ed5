"""The phases that the kernel has accepted, in the order of gamma: what is read off claims alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic, real_roots, root_in
from exact.rational_function import RationalFunction
from proofs.claims.checked import Checked, Decision
from proofs.claims.types import Blackwell, ClosedForm, End, Phase, Rewards


@dataclass(frozen=True)
class Known:
    """One phase. value: V*(s_new), None where no claim says it; shutdown: what shutting down there is worth, likewise.

    touches: where another action is as good inside; surely: the decision in s_new, and where it is sure.
    """

    claim: Phase
    low: Algebraic
    high: Algebraic
    surely: Decision
    value: RationalFunction | None
    shutdown: RationalFunction | None
    touches: tuple[Algebraic, ...]

    @property
    def policy(self) -> Mapping[str, str]:
        """By state: its action, wherever s_new can get."""
        return self.claim.policy

    @property
    def decision(self) -> str:
        """In s_new, inside but where it touches: "shutdown", "avoid" or "tie"."""
        return self.surely.said


@dataclass(frozen=True)
class Decided:
    """On the open interval, but at the places between, the decision in s_new is this."""

    low: Algebraic
    high: Algebraic
    decision: str
    between: tuple[Algebraic, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """On the open interval n, n° (None while a threshold is open), the hypotheses and the verdict are the same."""

    low: Algebraic
    high: Algebraic
    n: int | None
    n_sharp: int | None
    verdict: str
    hypotheses: Mapping[str, bool | None]


def known_phases(checked: Checked) -> list[Known]:
    """Those of one goal, ascending: of the question's, or of the first claim's where the question has none."""
    values = {
        (_key(form), s): RationalFunction(fmpz_poly(list(value)), fmpz_poly(list(form.denominator)))
        for form in checked.of(ClosedForm)
        for s, value in form.values.items()
    }
    found: list[Known] = []
    for claim, decision in zip(checked.of(Phase), checked.decisions, strict=True):
        if not _asked(checked, claim):
            continue
        low, high = _number(claim.low), _number(claim.high)
        roots = (root for square in claim.squares for root in _inside(square, low, high))
        value, ended = (values.get((_key(claim), s)) for s in (checked.s_new, checked.s_term))
        worth = _stopping(checked, claim.rewards, ended)
        found.append(Known(claim, low, high, decision, value, worth, tuple(sorted(roots))))
    return sorted(found, key=lambda phase: phase.low)


def _stopping(checked: Checked, rewards: Rewards, ended: RationalFunction | None) -> RationalFunction | None:
    """r(s_new) + gamma V*(s_term), where V*(s_term) is known: by a claim, or because s_term is terminal (Def. 7)."""
    here, there = (rewards.get(s, Fraction(0)) for s in (checked.s_new, checked.s_term))
    if checked.instance.mdp.is_terminal(checked.instance.s_term):
        ended = RationalFunction(fmpz_poly([there.numerator]), fmpz_poly([there.denominator]))
    if ended is None:
        return None
    above, below = ended.numerator.left_shift(1) * here.denominator, ended.denominator
    return RationalFunction(above + below * here.numerator, below * here.denominator)


def whole(known: list[Known]) -> bool:
    """They are all of (0, 1)."""
    ends = [Algebraic.of(0), *(phase.high for phase in known)]
    return [phase.low for phase in known] == ends[:-1] and ends[-1] == 1


def blackwell(checked: Checked) -> Algebraic | None:
    """The Blackwell discount factor of the same goal, if a claim proves it."""
    return next((_number(claim.low) for claim in checked.of(Blackwell) if _asked(checked, claim)), None)


def _asked(checked: Checked, claim: Phase) -> bool:
    """Is it about the goal whose phases are told?"""
    given, states = checked.instance.question.rewards, checked.instance.mdp.states
    goal = checked.of(Phase)[0].rewards if given is None else dict(zip(states, given, strict=True))
    return all(claim.rewards.get(s, 0) == goal.get(s, 0) for s in states)


def decided(known: list[Known]) -> list[Decided]:
    """Neighbours with the same decision are one; places between at which another is possible are named."""
    merged: list[Decided] = []
    before: Known | None = None
    for phase in known:
        low, between = phase.low, () if phase.surely.inside else phase.touches
        if before is not None and before.decision == phase.decision and before.high == low:
            last, sure = merged.pop(), before.surely.at_high or phase.surely.at_low
            low, between = last.low, (*last.between, *(() if sure else (low,)), *between)
        merged.append(Decided(low, phase.high, phase.decision, between))
        before = phase
    return merged


def _key(claim: Phase | ClosedForm) -> object:
    return tuple(sorted(claim.policy.items())), tuple(sorted(claim.rewards.items()))


def _number(end: End) -> Algebraic:
    if isinstance(end, str):
        return Algebraic.of(int(end))
    return root_in(fmpz_poly(list(end.polynomial)), *end.interval)


def _inside(square: tuple[int, ...], low: Algebraic, high: Algebraic) -> list[Algebraic]:
    roots = real_roots(fmpz_poly(list(square)), low.low, high.high)
    return [root for root in roots if low < root < high]
