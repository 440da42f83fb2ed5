"""What an instance file says, for `gammastar show`: states, actions, probabilities, the question, and what the graph
decides of it. Of a family the probabilities are polynomials, and it holds at every point of the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exact.digits import exact_text
from exact.instance import Instance
from exact.instance.shown import Chances, theta
from proofs.claims.checked import About
from proofs.report.numbers import Json

NEEDS = "Nothing is proved here of any goal; gammastar verify does that."


@dataclass(frozen=True)
class GivenInstance:
    """text: states and actions for people; gamma: null, a number or an interval; parameters: the ends of each.

    states, hypotheses: what the kernel says of the file before it has seen any claim; None: not decided by the graph.
    """

    instance: Instance
    sha256: str
    text: str
    gamma: str | list[str] | None
    parameters: Mapping[str, Sequence[str]]
    chances: Chances
    states: Mapping[str, About]
    hypotheses: Mapping[str, bool | None]


def chances_of(instance: Instance) -> Chances:
    """P(t | s, a), as numbers."""
    return lambda s, a: [exact_text(p) for _, p in instance.mdp.rows[s][a]]


def lines(given: GivenInstance) -> Iterator[str]:
    """For people."""
    yield from given.text.splitlines()
    yield ""
    found = given.states
    yield f"recurrent: {_named(x for x, about in found.items() if about.recurrent)}"
    yield f"not reached from s_new: {_named(x for x, about in found.items() if not about.reachable)}"
    unsure = (x for x, about in found.items() if about.reachable and not about.reached_almost_surely)
    yield f"reached, but by no policy surely: {_named(unsure)}"
    yield ""
    for holds, word in ((True, "hold"), (False, "fail"), (None, "need more than the graph")):
        names = [name for name, value in given.hypotheses.items() if value is holds]
        if names:
            yield f"hypotheses that {word}: {', '.join(names)}"
    yield from ["", NEEDS]


def document(given: GivenInstance) -> Json:
    """`gammastar-instance/1`."""
    instance, mdp = given.instance, given.instance.mdp
    return {
        "format": "gammastar-instance/1",
        "instance": {"name": instance.name, "sha256": given.sha256, "states": len(mdp)},
        "description": instance.description,
        "parameters": {name: list(ends) for name, ends in given.parameters.items()},
        "gamma": given.gamma,
        "goals": theta(instance),
        "s_new": mdp.states[instance.shutdown_state],
        "s_term": mdp.states[instance.s_term],
        "shutdown": mdp.actions[instance.shutdown_state][instance.shutdown_action],
        "training": {mdp.states[s]: _learned(instance, s) for s in sorted(instance.training)},
        "states": {name: _state(given, s) for s, name in enumerate(mdp.states)},
        "hypotheses": dict(given.hypotheses),
    }


def _learned(instance: Instance, s: int) -> str | None:
    return instance.mdp.actions[s][instance.trained[s]] if s in instance.trained else None


def _state(given: GivenInstance, s: int) -> Json:
    mdp = given.instance.mdp
    rows = zip(mdp.actions[s], mdp.rows[s], strict=True)
    actions = {
        action: dict(zip((mdp.states[t] for t, _ in row), given.chances(s, a), strict=True))
        for a, (action, row) in enumerate(rows)
    }
    return {**given.states[mdp.states[s]].__dict__, "actions": actions}


def _named(states: Iterator[str]) -> str:
    return ", ".join(states) or "none"
