"""`gammastar returns`: v^pi_x and the return of one stationary policy, in closed form (Def. 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from flint import fmpz_poly

from exact.closed_form import value_at
from exact.closed_form.chain import reached
from exact.digits import shown
from exact.errors import NotAPolicy
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import UNDEFINED, Policy
from exact.rational_function import RationalFunction
from proofs.claims.types import ClosedForm
from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json, read
from proofs.cli.target import check_command, check_target, save
from proofs.report.document import about
from proofs.report.numbers import function
from proofs.verify import proved


@dataclass(frozen=True)
class Form:
    """A function of gamma, and whether the kernel has accepted the closed form that it was read from."""

    function: RationalFunction
    certified: bool

    def document(self) -> dict[str, object]:
        """Numerator and denominator; a word where it is not certified."""
        return function(self.function) | ({} if self.certified else {"certified": False})

    def text(self) -> str:
        """The same for people, or its degree."""
        from proofs.report.tables import short_function

        return short_function(self.function) + ("" if self.certified else " (computed, not certified)")


@dataclass(frozen=True)
class Returns:
    """visits: v_x of each x that is reachable from s_new; total: the return for the question's rewards, if any."""

    instance: Instance
    policy: Policy
    visits: Mapping[str, Form]
    total: Form | None


def run(path: Path, choices: Sequence[str], certificate: Path | None, as_json: bool) -> int:
    """Print the counts of every state reachable from s_new."""
    if certificate is not None:
        check_target(certificate, path)
    _, instance = read(path)
    policy = chosen(instance, choices)
    claims = list(closed_forms(instance, policy))
    checked = proved(instance, claims)
    if certificate is not None:
        save(certificate, checked.certificate)
    found = returns(instance, policy, claims, checked.of(ClosedForm))
    if as_json:
        print_json(_document(found))
        return VERIFIED
    _print(found)
    if certificate is not None:
        print(f"certificate: {certificate}; it holds these closed forms, and says nothing of the theorems")
        print(f"check it with: {check_command(path, certificate, None)}")
    return VERIFIED


def chosen(instance: Instance, choices: Sequence[str]) -> Policy:
    """The policy of `S=A` entries. Raises NotAPolicy, UnknownState, UnknownAction."""
    mdp = instance.mdp
    policy = [UNDEFINED if mdp.is_terminal(s) else 0 for s in range(len(mdp))]
    policy[instance.shutdown_state] = next(iter(instance.alternatives), instance.shutdown_action)
    named: set[int] = set()
    for choice in choices:
        name, sign, action = choice.partition("=")
        if not sign:
            raise NotAPolicy(f'"{choice}" is not of the form S=A', "write --policy new=go", "--policy")
        state = mdp.state(name.strip(), "--policy")
        if state in named:
            raise NotAPolicy(f"{name} is given twice", "name each state once", "--policy")
        policy[state] = mdp.action(state, action.strip(), "--policy")
        named.add(state)
    return tuple(policy)


def closed_forms(instance: Instance, policy: Policy) -> Iterator[ClosedForm]:
    """M_{s_new} for the reward 1 of each reachable state alone; then for the question's rewards."""
    mdp, start = instance.mdp, instance.shutdown_state
    visited = set(reached(mdp, policy, start))
    named = mdp.name_policy(tuple(a if s in visited else UNDEFINED for s, a in enumerate(policy)))
    asked = instance.question.rewards
    goals = [{x: Fraction(1)} for x in sorted(reachable(mdp, [start]))]
    goals += [] if asked is None else [{s: r for s, r in enumerate(asked) if r}]
    for rewards in goals:
        above, below = value_at(mdp, policy, start, rewards).coefficients()
        yield ClosedForm(named, {mdp.states[s]: r for s, r in rewards.items()}, below, {mdp.states[start]: above})


def returns(
    instance: Instance, policy: Policy, claims: Sequence[ClosedForm], accepted: Iterable[ClosedForm]
) -> Returns:
    """What the claims say; certified are those that were accepted."""
    s_new, known = instance.mdp.states[instance.shutdown_state], set(map(id, accepted))
    asked = instance.question.rewards is not None
    visits = {}
    for claim in claims[:-1] if asked else claims:
        (x,) = claim.rewards
        visits[x] = Form(_visits(claim, s_new, x == s_new), id(claim) in known)
    total = Form(_value(claims[-1], s_new), id(claims[-1]) in known) if asked else None
    return Returns(instance, policy, visits, total)


def _value(claim: ClosedForm, s_new: str) -> RationalFunction:
    return RationalFunction(fmpz_poly(list(claim.values[s_new])), fmpz_poly(list(claim.denominator)))


def _visits(claim: ClosedForm, s_new: str, now: bool) -> RationalFunction:
    """(M - 1[x = s_new]) / gamma: counting begins at t = 1."""
    value = _value(claim, s_new)
    above = value.numerator - value.denominator if now else value.numerator
    return RationalFunction(above, value.denominator.left_shift(1))


def _document(found: Returns) -> dict[str, object]:
    return {
        "format": "gammastar-returns/1",
        "instance": about(found.instance),
        "policy": found.instance.mdp.name_policy(found.policy),
        "visits": {x: form.document() for x, form in found.visits.items()},
        "return": None if found.total is None else found.total.document(),
    }


def _print(found: Returns) -> None:
    from proofs.report.table import Terminal, row, table
    from proofs.report.text import show_lines

    mdp, console = found.instance.mdp, Terminal()
    s_new = mdp.states[found.instance.shutdown_state]
    show_lines(console, [", ".join(f"{s}: {a}" for s, a in mdp.name_policy(found.policy).items())])
    made = table(f"Visit counts from {s_new}, t >= 1 (Def. 9), g = gamma", "x", "v_x", "gamma -> 1")
    for x, form in found.visits.items():
        limit = form.function.limit_at_one()
        row(made, x, form.text(), "infinite" if limit is None else shown(limit))
    console.print(made)
    terms = " + ".join(f"v_{x}*r({x})" for x, form in found.visits.items() if form.function)
    total = [] if found.total is None else [f"       = {found.total.text()} for the question's rewards"]
    show_lines(console, [f"return = r({s_new}) + g*({terms or '0'})", *total])
