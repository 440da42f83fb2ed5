"""What one policy earns: visit counts and the return in closed form, each certified by the kernel where it is able."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly
from rich.console import Console

from exact.closed_form import value_at
from exact.closed_form.chain import reached
from exact.digits import exact_text
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import UNDEFINED, Policy
from exact.rational_function import RationalFunction
from gammastar.certificate import Certificate
from gammastar.notebook import Answer, Json
from gammastar.number import Function
from gammastar.result import Result
from proofs.claims.spelling import function_text
from proofs.claims.types import ClosedForm
from proofs.report.document import about
from proofs.report.numbers import function
from proofs.report.table import row, table
from proofs.report.text import show_lines
from proofs.verify import proved

NOT_CERTIFIED = " (computed, not certified)"


@dataclass(frozen=True)
class Returns(Answer):
    """policy: {state: action}; visits: v_x of each x that is reachable from s_new (Def. 9), counted from t = 1.

    total: the return for the question's rewards, None without any. uncertified: the states whose closed form the
    kernel had no work left for; None among them is the total.
    """

    found: Result
    policy: Mapping[str, str]
    visits: Mapping[str, Function]
    total: Function | None
    uncertified: frozenset[str | None]

    def show(self, console: Console) -> None:
        """As `gammastar returns` prints it."""
        s_new = self.found.s_new
        show_lines(console, [", ".join(f"{s}: {a}" for s, a in self.policy.items())])
        made = table(f"Visit counts from {s_new}, t >= 1 (Def. 9), g = gamma", "x", "v_x", "gamma -> 1")
        for x, form in self.visits.items():
            limit = form.limit_at_one()
            row(made, x, self._text(x, form), "infinite" if limit is None else exact_text(limit))
        console.print(made)
        terms = " + ".join(f"v_{x}*r({x})" for x, form in self.visits.items() if form)
        total = None if self.total is None else self._text(None, self.total)
        asked = [] if total is None else [f"       = {total} for the question's rewards"]
        show_lines(console, [f"return = r({s_new}) + g*({terms or '0'})", *asked])

    def to_dict(self) -> Json:
        """`gammastar returns --json`."""
        return {
            "format": "gammastar-returns/1",
            "instance": about(self.found.instance),
            "policy": dict(self.policy),
            "visits": {x: self._document(x, form) for x, form in self.visits.items()},
            "return": None if self.total is None else self._document(None, self.total),
        }

    def _text(self, x: str | None, form: Function) -> str:
        return function_text(form) + (NOT_CERTIFIED if x in self.uncertified else "")

    def _document(self, x: str | None, form: Function) -> Json:
        return function(form) | ({"certified": False} if x in self.uncertified else {})

    @property
    def certificate(self) -> Certificate:
        """Of the closed forms; it says nothing of the theorems."""
        return self.found.certificate

    def __repr__(self) -> str:
        entries = [f"v_{x} = {form}" for x, form in self.visits.items()]
        return "\n".join([*entries, *([] if self.total is None else [f"return = {self.total}"])])


def chosen(instance: Instance, actions: Mapping[str, str]) -> Policy:
    """States that are not named take their first action, s_new its first that is not a_sd."""
    mdp = instance.mdp
    policy = [UNDEFINED if mdp.is_terminal(s) else 0 for s in range(len(mdp))]
    policy[instance.shutdown_state] = next(iter(instance.alternatives), instance.shutdown_action)
    for name, action in actions.items():
        state = mdp.state(name, "policy")
        policy[state] = mdp.action(state, action, f"policy.{name}")
    return tuple(policy)


def returns_of(instance: Instance, policy: Policy) -> Returns:
    """Offer the closed forms to the kernel, and read them off the claims."""
    claims = dict(_claims(instance, policy))
    checked = proved(instance, claims.values())
    s_new, accepted = instance.mdp.states[instance.shutdown_state], set(map(id, checked.of(ClosedForm)))
    values = {x: _value(claim, s_new) for x, claim in claims.items()}
    total = values.pop(None, None)
    return Returns(
        Result.made_of(checked),
        instance.mdp.name_policy(policy),
        {x: _from_next_step(value, x == s_new) for x, value in values.items() if x is not None},
        None if total is None else Function.made_of(total),
        frozenset(x for x, claim in claims.items() if id(claim) not in accepted),
    )


def _claims(instance: Instance, policy: Policy) -> Iterator[tuple[str | None, ClosedForm]]:
    """M_{s_new} for the reward 1 of each reachable state alone; then, as None, for the question's rewards."""
    mdp, start, asked = instance.mdp, instance.shutdown_state, instance.question.rewards
    visited = set(reached(mdp, policy, start))
    named = mdp.name_policy(tuple(a if s in visited else UNDEFINED for s, a in enumerate(policy)))
    goals: list[tuple[str | None, dict[int, Fraction]]] = [
        (mdp.states[x], {x: Fraction(1)}) for x in sorted(reachable(mdp, [start]))
    ]
    goals += [] if asked is None else [(None, {s: r for s, r in enumerate(asked) if r})]
    for x, rewards in goals:
        above, below = value_at(mdp, policy, start, rewards).coefficients()
        given = {mdp.states[s]: r for s, r in rewards.items()}
        yield x, ClosedForm(named, given, below, {mdp.states[start]: above})


def _value(claim: ClosedForm, s_new: str) -> RationalFunction:
    return RationalFunction(fmpz_poly(list(claim.values[s_new])), fmpz_poly(list(claim.denominator)))


def _from_next_step(value: RationalFunction, now: bool) -> Function:
    """(M - 1[x = s_new]) / gamma: counting begins at t = 1."""
    above = value.numerator - value.denominator if now else value.numerator
    return Function(above, value.denominator.left_shift(1))
