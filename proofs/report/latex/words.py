"""The paper's notation (arXiv 2304.06528) and the phrases that several sections use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exact.instance import Instance
from proofs.claims.accepted import Accepted
from proofs.claims.checked import Checked
from proofs.claims.types import Claim
from proofs.report.latex.escape import name, slug
from proofs.report.latex.numbers import fraction, listed, permutation

S_NEW, S_TERM, A_SD = r"s_{\text{new}}", r"s_{\text{term}}", r"a_{\text{sd}}"
S_TRAIN, S_OOD, S_REACH = (rf"\mathcal{{S}}_{{\text{{{part}}}}}" for part in ("train", "ood", "reach"))
STAR, CIRCLE = r"\gamma^*_x", r"\gamma^\circ_x"
MEANS = {
    "paper": "the argument of the paper",
    "sharp": "the exact swap theorem",
    "linear": "linear certificates over all of $\\Theta$",
    "pays": "linear certificates that shutdown pays",
    "orbit": "an orbit counted in full",
    "swap": "a swap that fails on a goal",
    "graph": "the graph of the MDP",
    "vacuous": "there being no state that it speaks of",
    "none": "nothing that was tried",
}
OUTCOMES = {"proved": "is proved", "fails": "fails", "undecided": "is undecided"}


_LIST = r"\begin{list}{}{\leftmargin=1em \itemindent=-1em \itemsep=0pt \parsep=2pt \topsep=3pt}\raggedright"


def entries(given: Iterable[str]) -> str:
    """A list with hanging indentation, which breaks wherever a line must: it fits one column and two."""
    return "\n".join([_LIST, *(rf"\item {entry}" for entry in given), r"\end{list}"])


def swap(checked: Checked, x: str) -> str:
    """The exchange of the rewards of s_term and x."""
    return permutation(((checked.s_term, x),))


def states(given: Sequence[str], empty: str = "none") -> str:
    """State names in running text."""
    return listed([name(s) for s in given], empty)


def key(instance: Instance) -> str:
    """What the labels of an instance's text end in."""
    return slug(instance.name, f"instance-{instance.sha256[:8]}")


def label(checked: Checked, x: str) -> str:
    """Of the statement on one state: `exchange:corridor-3:r2`."""
    instance = checked.instance
    return f"exchange:{key(instance)}:{slug(x, f'state-{instance.mdp.state(x)}')}"


def at_gamma(checked: Checked) -> str:
    """The question, in words."""
    return r"every $\gamma \in (0,1)$" if checked.gamma is None else rf"$\gamma = {fraction(checked.gamma)}$"


def claims(checked: Accepted, given: Sequence[Claim]) -> str:
    """`claims 3 and 5`, by their places in the certificate."""
    numbers = [str(checked.number(claim)) for claim in given]
    return f"claim{'s' if len(numbers) > 1 else ''}~{listed(numbers)}"


def where(checked: Checked, claim: Claim) -> str:
    """The pointer to a claim, inside a formula's text."""
    return rf", see claim {checked.number(claim)} of the certificate"
