"""`gammastar returns`: v^pi_x and the return of one stationary policy, in closed form (Def. 9)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exact.errors import NotAPolicy
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import UNDEFINED, Policy
from exact.rational_function import RationalFunction
from exact.returns import expected_return, visit_count
from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json, read
from proofs.report.document import about
from proofs.report.numbers import rational_function
from proofs.report.polynomials import function_text


def run(path: Path, choices: Sequence[str], as_json: bool) -> int:
    """Print the counts of every state reachable from s_new."""
    _, instance = read(path)
    policy = chosen(instance, choices)
    mdp, start = instance.mdp, instance.shutdown_state
    counts = {x: visit_count(mdp, policy, start, x) for x in sorted(reachable(mdp, [start]))}
    rewards = instance.question.rewards
    total = None if rewards is None else expected_return(mdp, policy, start, rewards)
    if as_json:
        print_json(_document(instance, policy, counts, total))
    else:
        _print(instance, policy, counts, total)
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


def _document(
    instance: Instance, policy: Policy, counts: dict[int, RationalFunction], total: RationalFunction | None
) -> dict[str, object]:
    mdp = instance.mdp
    return {
        "format": "gammastar-returns/1",
        "instance": about(instance),
        "policy": mdp.name_policy(policy),
        "visits": {mdp.states[x]: rational_function(count) for x, count in counts.items()},
        "return": None if total is None else rational_function(total),
    }


def _print(
    instance: Instance, policy: Policy, counts: dict[int, RationalFunction], total: RationalFunction | None
) -> None:
    from proofs.report.table import Terminal, row, table

    mdp, console = instance.mdp, Terminal()
    console.print(", ".join(f"{s}: {a}" for s, a in mdp.name_policy(policy).items()))
    made = table(
        f"Visit counts from {mdp.states[instance.shutdown_state]}, t >= 1 (Def. 9), g = gamma", "x", "v_x", "gamma -> 1"
    )
    for x, count in counts.items():
        limit = count.limit_at_one()
        row(made, mdp.states[x], function_text(count), "infinite" if limit is None else str(limit))
    console.print(made)
    terms = " + ".join(f"v_{mdp.states[x]}*r({mdp.states[x]})" for x, count in counts.items() if count)
    console.print(f"return = r({mdp.states[instance.shutdown_state]}) + g*({terms or '0'})")
    if total is not None:
        console.print(f"       = {function_text(total)} for the question's rewards")
