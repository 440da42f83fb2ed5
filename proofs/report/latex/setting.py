"""The MDP as a definition and its transitions; roles of the states, Theta, the decision-maker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exact.instance import Instance
from proofs.claims.checked import Checked
from proofs.report.latex.escape import escaped, name
from proofs.report.latex.numbers import fraction
from proofs.report.latex.words import A_SD, S_NEW, S_OOD, S_TERM, S_TRAIN, entries, states

Formulas = Callable[[int, int], Iterable[str]]  # of a state and an action: P(t | s, a) for each successor
READINGS = {
    "return": "is optimal for the discounted return in the whole MDP",
    "immediate": "has the highest expected reward of the next state",
    "on-training": rf"is optimal for the discounted return in the MDP cut down to ${S_TRAIN}$",
}
TIES = {
    "uniform": "breaks ties uniformly among the optimal actions",
    "shutdown-first": "breaks ties in favour of shutdown",
    "shutdown-last": "breaks ties against shutdown",
}


def lines(checked: Checked, formulas: Formulas | None = None) -> Iterator[str]:
    """The definition and the transitions. formulas: the probabilities, where they are not the instance's numbers."""
    instance = checked.instance
    head = rf"\begin{{gssetting}}[The MDP {name(instance.name)}]"
    yield "\n".join([head, *_roles(checked), *_goals(instance), r"\end{gssetting}"])
    yield (
        "In each state these are the actions, each with where it leads and with what probability, unless that is 1; "
        "a state without an action is terminal."
    )
    said = formulas or (lambda s, a: [fraction(p) for _, p in instance.mdp.rows[s][a]])
    yield entries(_state(checked, s, said) for s in range(len(instance.mdp)))


def _roles(checked: Checked) -> Iterator[str]:
    instance, mdp = checked.instance, checked.instance.mdp
    if instance.description:
        yield f"``{escaped(' '.join(instance.description.split()))}''."
    training = states([mdp.states[s] for s in sorted(instance.training)], "")
    yield rf"There are $d = {len(mdp)}$ states."
    yield rf"${S_TRAIN}$ holds {training};" if training else rf"${S_TRAIN} = \emptyset$;"
    yield rf"every other state is in ${S_OOD}$."
    actions = mdp.actions[instance.shutdown_state]
    off, others = name(actions[instance.shutdown_action]), [actions[a] for a in instance.alternatives]
    yield rf"${S_NEW}$ is {name(checked.s_new)}, where ${A_SD}$ is {off}, which leads to ${S_TERM}$,"
    yield rf"that is {name(checked.s_term)}. $A_0 = \{{{A_SD}\}}$, and $A_1$ holds {states(others, 'no action')}."


def _goals(instance: Instance) -> Iterator[str]:
    goals = instance.goals
    inside = r"G_T \cap \mathbb{R}^d_{\geq 0}" if goals.nonnegative else "G_T"
    further = ", cut down by the inequalities of the instance file" if goals.inequalities else ""
    yield rf"Goals are reward vectors $\theta \in \Theta = {inside}${further};"
    if instance.training:
        strictly = "and better than every other action" if goals.preference == "strict" else "ties allowed"
        yield rf"$G_T$ holds those for which the trained action $\pi^*(s)$ {READINGS[goals.reading]} ({strictly})"
        yield rf"in each $s \in {S_TRAIN}$."
    else:
        yield r"there is no training state, so $G_T = \mathbb{R}^d$."
    yield rf"The decision-maker $f_{{{S_NEW}}}$ takes an optimal action and {TIES[instance.ties]}."
    for entry in goals.inequalities:
        yield rf"\par\noindent Inequality: {name(entry.text or entry.describe(instance.mdp.states))}."


def _state(checked: Checked, s: int, formulas: Formulas) -> str:
    instance, mdp = checked.instance, checked.instance.mdp
    roles = ", ".join(_role(checked, s))
    actions = "; ".join(_action(instance, s, a, formulas(s, a)) for a in range(len(mdp.rows[s])))
    return f"{name(mdp.states[s])}{f' ({roles})' if roles else ''}: {actions or 'terminal'}."


def _action(instance: Instance, s: int, a: int, chances: Iterable[str]) -> str:
    mdp = instance.mdp
    role = " (trained)" if instance.trained.get(s) == a and s in instance.trained else ""
    role = rf" (${A_SD}$)" if (s, a) == (instance.shutdown_state, instance.shutdown_action) else role
    ways = zip((mdp.states[t] for t, _ in mdp.rows[s][a]), chances, strict=True)
    ends = (name(t) + ("" if p == "1" else f" with ${p}$") for t, p in ways)
    return f"{name(mdp.actions[s][a])}{role} to {', '.join(ends)}"


def _role(checked: Checked, s: int) -> Iterator[str]:
    instance, state = checked.instance, checked.instance.mdp.states[s]
    yield from ["training"] if s in instance.training else []
    yield from [rf"${S_NEW}$"] if s == instance.shutdown_state else []
    yield from [rf"${S_TERM}$"] if s == instance.s_term else []
    yield from ["recurrent"] if checked.states[state].recurrent and s != instance.s_term else []
