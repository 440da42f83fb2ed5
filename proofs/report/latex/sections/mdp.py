"""The MDP as a definition and a transition table; roles of the states, Theta, the decision-maker."""

from __future__ import annotations

from collections.abc import Iterator

from exact.instance import Instance
from proofs.claims.checked import Checked
from proofs.report.latex.escape import escaped, name
from proofs.report.latex.numbers import fraction
from proofs.report.latex.sections.words import A_SD, S_NEW, S_OOD, S_TERM, S_TRAIN, states
from proofs.report.latex.table import table

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


def lines(checked: Checked) -> Iterator[str]:
    """The definition and the table."""
    instance = checked.instance
    head = rf"\begin{{setting}}[The MDP {name(instance.name)}]"
    yield "\n".join([head, *_roles(checked), *_goals(instance), r"\end{setting}"])
    yield "The transition probabilities $P(t \\mid s, a)$ are as follows; a state without an action is terminal."
    rows = [row for s in range(len(instance.mdp)) for row in _rows(checked, s)]
    columns = [("state", "0.16"), ("role", "0.2"), ("action", "0.16"), ("successors with their probabilities", "0.36")]
    yield table(columns, rows)


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


def _rows(checked: Checked, s: int) -> Iterator[list[str]]:
    instance, mdp = checked.instance, checked.instance.mdp
    about = [name(mdp.states[s]), ", ".join(_role(checked, s))]
    if mdp.is_terminal(s):
        yield [*about, "---", "terminal"]
    for a, action in enumerate(mdp.actions[s]):
        trained = r" ($\pi^*$)" if instance.trained.get(s) == a and s in instance.trained else ""
        off = rf" (${A_SD}$)" if (s, a) == (instance.shutdown_state, instance.shutdown_action) else ""
        row = ", ".join(f"{name(mdp.states[t])} (${fraction(p)}$)" for t, p in mdp.rows[s][a])
        yield [*(about if a == 0 else ["", ""]), name(action) + trained + off, row]


def _role(checked: Checked, s: int) -> Iterator[str]:
    instance, state = checked.instance, checked.instance.mdp.states[s]
    if s in instance.training:
        yield "training"
    if s == instance.shutdown_state:
        yield rf"${S_NEW}$"
    if s == instance.s_term:
        yield rf"${S_TERM}$"
    elif checked.states[state].recurrent:
        yield "recurrent"
