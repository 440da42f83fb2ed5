"""Visit counts and the return of one policy, read off its closed forms, for people and as JSON (Def. 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly
from rich.console import Console

from exact.digits import exact_text, shown
from exact.instance.gammas import Gammas
from exact.mdp import Policy
from exact.rational_function import RationalFunction
from proofs.claims.checked import Checked
from proofs.claims.spelling import several
from proofs.claims.types import ClosedForm
from proofs.report import closing
from proofs.report.document import about
from proofs.report.numbers import Json, function, gammas
from proofs.report.tables import short_function
from proofs.report.terminal import Table, in_full, leading, show_lines, show_paragraph


@dataclass(frozen=True)
class Returns:
    """policy: {state: action}; visits: v_x of each x that is reachable from s_new, counted from t = 1.

    total: the return for the question's rewards, None without any. uncertified: the states whose closed form the
    kernel had no work left for; None among them is the total.
    """

    checked: Checked
    policy: Mapping[str, str]
    visits: Mapping[str, RationalFunction]
    total: RationalFunction | None
    uncertified: frozenset[str | None]


def returns(checked: Checked, policy: Policy, claims: Sequence[ClosedForm]) -> Returns:
    """What the claims say: one for each state alone, the last for the question's rewards if it has any.

    Certified are those that were accepted.
    """
    instance, accepted = checked.instance, set(map(id, checked.of(ClosedForm)))
    alone = claims if instance.question.rewards is None else claims[:-1]
    about_: dict[str | None, ClosedForm] = {next(iter(claim.rewards)): claim for claim in alone}
    visits = {x: _visits(claim, checked.s_new, x) for x, claim in about_.items() if x is not None}
    if len(alone) < len(claims):
        about_[None] = claims[-1]
    total = _value(about_[None], checked.s_new) if None in about_ else None
    uncertified = frozenset(x for x, claim in about_.items() if id(claim) not in accepted)
    return Returns(checked, instance.mdp.name_policy(policy), visits, total, uncertified)


def _value(claim: ClosedForm, s_new: str) -> RationalFunction:
    return RationalFunction(fmpz_poly(list(claim.values[s_new])), fmpz_poly(list(claim.denominator)))


def _visits(claim: ClosedForm, s_new: str, x: str) -> RationalFunction:
    """(M - 1[x = s_new]) / gamma: counting begins at t = 1."""
    value = _value(claim, s_new)
    above = value.numerator - value.denominator if x == s_new else value.numerator
    return RationalFunction(above, value.denominator.left_shift(1))


def document(found: Returns, at: Fraction | Gammas | None = None) -> Json:
    """`gammastar-returns/1`. at: a gamma, or the ends of an interval, to add the values there."""

    def there(value: RationalFunction) -> Json:
        if isinstance(at, tuple):
            return {"values": [None if (found := _end(value, end)) is None else exact_text(found) for end in at]}
        return {} if at is None else {"value": exact_text(value.value(at))}

    def form(x: str | None, value: RationalFunction) -> Json:
        return function(value) | there(value) | ({"certified": False} if x in found.uncertified else {})

    return ({} if at is None else {"gamma": gammas(at)}) | {
        "format": "gammastar-returns/1",
        "instance": about(found.checked.instance),
        "policy": dict(found.policy),
        "visits": {x: form(x, value) for x, value in found.visits.items()},
        "return": None if found.total is None else form(None, found.total),
    }


def show(found: Returns, console: Console, at: Fraction | Gammas | None = None) -> None:
    """The policy, a table of the counts, and the return as their sum. at: a gamma, or two ends, to add values there."""
    ends = [end for end in (at if isinstance(at, tuple) else [] if at is None else [at]) if end < 1]

    def text(x: str | None, value: RationalFunction) -> str:
        return short_function(value) + (" (computed, not certified)" if x in found.uncertified else "")

    s_new = found.checked.s_new
    show_lines(console, [several([f"{s}: {a}" for s, a in found.policy.items()], in_full(console))])
    made = Table(f"Visit counts from {s_new}, t >= 1 (Def. 9), g = gamma", "x", "v_x", *map(_at, ends), "gamma -> 1")
    for x in leading(found.visits, lambda x: bool(found.visits[x])):
        value = found.visits[x]
        limit = value.limit_at_one()
        there = [shown(value.value(end)) for end in ends]
        made.row(x, text(x, value), *there, "infinite" if limit is None else shown(limit))
    console.print(made)
    terms = " + ".join(f"v_{x}*r({x})" for x, value in found.visits.items() if value)
    total = [] if found.total is None else [f"       = {text(None, found.total)} for the question's rewards"]
    if found.total is not None:
        total += [f"       = {shown(found.total.value(end))} at {_at(end)}" for end in ends]
    show_lines(console, [f"return = r({s_new}) + g*({terms or '0'})", *total])
    show_paragraph(console, closing.returns(not found.uncertified))


def _at(gamma: Fraction) -> str:
    """The heading of the values there."""
    return f"gamma = {shown(gamma)}" if gamma else "gamma -> 0"


def _end(value: RationalFunction, gamma: Fraction) -> Fraction | None:
    """At an end of an interval: the limit at 0 and at 1, None where it is infinite."""
    return value.limit_at_one() if gamma == 1 else value.value(gamma)
