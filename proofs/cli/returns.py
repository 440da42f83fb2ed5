"""`gammastar returns`: v^pi_x and the return of one stationary policy, in closed form (Def. 9)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exact.errors import NotAPolicy
from exact.instance import Instance
from exact.mdp import Policy
from proofs.cli.exits import VERIFIED
from proofs.cli.source import either, one_gamma, print_json
from proofs.cli.target import check_command, check_target, save
from proofs.report.returns import document, returns
from proofs.search.policy import chosen, closed_forms
from proofs.verify import proved


def run(
    path: Path,
    gamma: str | None,
    choices: Sequence[str],
    certificate: Path | None,
    as_json: bool,
    everything: bool = False,
) -> int:
    """Print the counts of every state reachable from s_new; with a gamma, their values too."""
    if certificate is not None:
        check_target(certificate, path)
    instance = either(path, gamma)
    if not isinstance(instance, Instance) and instance.parameters:
        from proofs.cli.family import returns as of_family

        return of_family(instance, list(choices), certificate, as_json)
    if not isinstance(instance, Instance):
        instance = instance.middle
    if certificate is not None:
        one_gamma(instance, "--certificate", "closed forms are certified for one gamma, or for all of (0, 1)")
    at = None if gamma is None else instance.question.asked
    policy = policy_of(instance, choices)
    claims = list(closed_forms(instance, policy))
    checked = proved(instance, claims)
    if certificate is not None:
        save(certificate, checked.certificate)
    found = returns(checked, policy, claims)
    if as_json:
        print_json(document(found, at))
        return VERIFIED
    from proofs.report.returns import show
    from proofs.report.table import Terminal

    show(found, Terminal(everything), at)
    if certificate is not None:
        print(f"certificate: {certificate}; it holds these closed forms, and says nothing of the theorems")
        print(f"check it with: {check_command(path, certificate, gamma)}")
    return VERIFIED


def policy_of(instance: Instance, choices: Sequence[str]) -> Policy:
    """The policy of `S=A` entries. Raises NotAPolicy, UnknownState, UnknownAction."""
    named: dict[str, str] = {}
    for choice in choices:
        name, sign, action = (part.strip() for part in choice.partition("="))
        if not sign:
            raise NotAPolicy(f'"{choice}" is not of the form S=A', "write --policy new=go", "--policy")
        if name in named:
            raise NotAPolicy(f"{name} is given twice", "name each state once", "--policy")
        named[name] = action
    return chosen(instance, named, "--policy")
