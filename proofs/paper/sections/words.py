"""Layer paper: the paper's notation (arXiv 2304.06528) and the phrases that several sections use."""

from __future__ import annotations

from exact.instance import Instance
from proofs.paper.escape import name, slug
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import fraction, listed, permutation

S_NEW, S_TERM, A_SD = r"s_{\text{new}}", r"s_{\text{term}}", r"a_{\text{sd}}"
S_TRAIN, S_OOD, S_REACH = (rf"\mathcal{{S}}_{{\text{{{part}}}}}" for part in ("train", "ood", "reach"))
STAR, CIRCLE = r"\gamma^*_x", r"\gamma^\circ_x"
MEANS = {
    "paper": "the argument of the paper",
    "sharp": "the exact swap theorem",
    "linear": "linear certificates over all of $\\Theta$",
    "orbit": "an orbit counted in full",
    "swap": "a swap that fails on a goal",
    "graph": "the graph of the MDP",
    "vacuous": "there being no state that it speaks of",
    "none": "nothing that was tried",
}


OUTCOMES = {"proved": "is proved", "fails": "fails", "undecided": "is undecided"}


def swap(evidence: Evidence, x: str) -> str:
    """The exchange of the rewards of s_term and x."""
    return permutation(((evidence.s_term, x),))


def states(given: list[str], empty: str = "none") -> str:
    """State names in running text."""
    return listed([name(s) for s in given], empty)


def key(instance: Instance) -> str:
    """What the labels of an instance's text end in."""
    return slug(instance.name, f"instance-{instance.sha256[:8]}")


def label(kind: str, instance: Instance, state: str | None = None) -> str:
    """`prop:corridor-3:r2`."""
    if state is None:
        return f"{kind}:{key(instance)}"
    return f"{kind}:{key(instance)}:{slug(state, f'state-{instance.mdp.state(state)}')}"


def at_gamma(evidence: Evidence) -> str:
    """The question, in words."""
    return r"every $\gamma \in (0,1)$" if evidence.gamma is None else rf"$\gamma = {fraction(evidence.gamma)}$"
