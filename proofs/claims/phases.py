"""The phases that the kernel has accepted, in the order of gamma: what is read off claims alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic, real_roots, root_in
from exact.goals import decided as decided_by
from exact.rational_function import RationalFunction
from proofs.claims.checked import Checked, Decision
from proofs.claims.types import Blackwell, ClosedForm, End, Phase, Rewards


@dataclass(frozen=True)
class Known:
    """One phase. value: V*(s_new), None where no claim says it; shutdown: what shutting down there is worth, likewise.

    touches: where another action is as good inside; surely: the decision in s_new, and where it is sure; elsewhere: the
    decision where it is not, at an end or where another action is as good; None where no claim says that.
    """

    claim: Phase
    low: Algebraic
    high: Algebraic
    surely: Decision
    value: RationalFunction | None
    shutdown: RationalFunction | None
    touches: tuple[Algebraic, ...]
    elsewhere: Mapping[Algebraic, str | None]

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
    """On the open interval, but at the places between, the decision in s_new is this; there: at these, None if open."""

    low: Algebraic
    high: Algebraic
    decision: str
    between: tuple[Algebraic, ...] = ()
    there: tuple[str | None, ...] = ()

    def but(self) -> dict[str | None, list[Algebraic]]:
        """The places between by what is decided there."""
        return {said: [g for g, s in zip(self.between, self.there, strict=True) if s == said] for said in self.there}


@dataclass(frozen=True)
class Stretch:
    """On the open interval n, n° (None while a threshold is open), the hypotheses and the verdict are the same.

    there: what is known at one gamma of it, where the verdict is "undecided".
    """

    low: Algebraic
    high: Algebraic
    n: int | None
    n_sharp: int | None
    verdict: str
    hypotheses: Mapping[str, bool | None]
    there: Checked | None = None


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
        touches = sorted(root for square in claim.squares for root in _inside(square, low, high))
        mine = {s: value for (key, s), value in values.items() if key == _key(claim)}
        value, ended = mine.get(checked.s_new), mine.get(checked.s_term)
        worth = _stopping(checked, claim.rewards, ended)
        open_ = [*([] if decision.inside else touches), *([] if decision.at_low else [low])]
        open_ += [] if decision.at_high else [high]
        elsewhere = {gamma: _decision(checked, claim, mine, gamma) for gamma in open_}
        found.append(Known(claim, low, high, decision, value, worth, tuple(touches), elsewhere))
    return sorted(found, key=lambda phase: phase.low)


def _decision(checked: Checked, claim: Phase, values: Mapping[str, RationalFunction], gamma: Algebraic) -> str | None:
    """f in s_new at a gamma where the claim's policy is optimal, by its values wherever s_new gets in one step."""
    instance, mdp = checked.instance, checked.instance.mdp
    known = dict(values)
    for s in (t for row in mdp.rows[instance.shutdown_state] for t, _ in row if mdp.is_terminal(t)):
        reward = claim.rewards.get(mdp.states[s], Fraction(0))
        known[mdp.states[s]] = RationalFunction(fmpz_poly([reward.numerator]), fmpz_poly([reward.denominator]))
    steps = {a: checked.row(checked.s_new, a) for a in mdp.actions[instance.shutdown_state]}
    if any(t not in known for step in steps.values() for t in step):
        return None
    own = steps[claim.policy[checked.s_new]]
    best = {a for a, step in steps.items() if not gamma.sign_of(_difference(step, own, known))}
    off = mdp.actions[instance.shutdown_state][instance.shutdown_action]
    return decided_by(instance.ties, off in best, len(best - {off}))


def _difference(
    one: Mapping[str, Fraction], other: Mapping[str, Fraction], known: Mapping[str, RationalFunction]
) -> fmpz_poly:
    """The difference of two expected values, times something positive on (0, 1) or negative there."""
    terms = [(one.get(t, Fraction(0)) - other.get(t, Fraction(0)), known[t]) for t in one.keys() | other.keys()]
    above, below = fmpz_poly([]), fmpz_poly([1])
    for weight, value in terms:
        above = above * value.denominator * weight.denominator + value.numerator * below * weight.numerator
        below = below * value.denominator * weight.denominator
    return above


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
        low, places = phase.low, {root: phase.elsewhere[root] for root in phase.touches if root in phase.elsewhere}
        if before is not None and before.decision == phase.decision and before.high == low:
            last = merged.pop()
            at_low = {low: phase.elsewhere[low] or before.elsewhere[low]} if _open_at(low, before, phase) else {}
            low, places = last.low, dict(zip(last.between, last.there, strict=True)) | at_low | places
        others = {root: said for root, said in places.items() if said != phase.decision}
        merged.append(Decided(low, phase.high, phase.decision, tuple(others), tuple(others.values())))
        before = phase
    return merged


def _open_at(gamma: Algebraic, *phases: Known) -> bool:
    return all(gamma in phase.elsewhere for phase in phases)


def _key(claim: Phase | ClosedForm) -> object:
    return tuple(sorted(claim.policy.items())), tuple(sorted(claim.rewards.items()))


def _number(end: End) -> Algebraic:
    if isinstance(end, str):
        return Algebraic.of(int(end))
    return root_in(fmpz_poly(list(end.polynomial)), *end.interval)


def _inside(square: tuple[int, ...], low: Algebraic, high: Algebraic) -> list[Algebraic]:
    roots = real_roots(fmpz_poly(list(square)), low.low, high.high)
    return [root for root in roots if low < root < high]
