"""Layer paper: the LaTeX text about one instance, as a fragment to \\input or as an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofs.paper.escape import name
from proofs.paper.evidence import Evidence
from proofs.paper.sections import (
    counterexamples,
    hypotheses,
    linear,
    mdp,
    provenance,
    steps,
    swaps,
    theorem,
    thresholds,
)
from proofs.paper.sections.words import key

PREAMBLE = r"""\usepackage{amsmath,amssymb,amsthm}
\usepackage{array,booktabs,longtable}
\newtheorem{theorem}{Theorem}
\newtheorem{proposition}[theorem]{Proposition}
\theoremstyle{definition}
\newtheorem{definition}[theorem]{Definition}"""
LAYOUT = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[margin=26mm]{geometry}
"""
SECTIONS: list[tuple[str, str, Callable[[Evidence], Iterator[str]]]] = [
    ("mdp", "The MDP", mdp.lines),
    ("hyp", "Hypotheses", hypotheses.lines),
    ("gamma", "Visit counts and thresholds", thresholds.lines),
    ("steps", "The number of permutations", steps.lines),
    ("swaps", "The swaps", swaps.lines),
    ("verdicts", "Theorem 2", theorem.lines),
    ("orbits", "Orbits and counterexamples", counterexamples.lines),
    ("linear", "Further claims", linear.lines),
    ("check", "Checking this again", provenance.lines),
]


def fragment(evidence: Evidence) -> str:
    """To be \\input: subsections, with the preamble that they need in a comment. ASCII."""
    needs = "\n".join(f"%   {line}" for line in PREAMBLE.splitlines())
    head = f"% Written by gammastar. One column. The preamble needs:\n{needs}\n"
    return head + _body(evidence, "subsection")


def article(evidence: Evidence) -> str:
    """A document for pdflatex. No clock: the same certificate gives the same bytes."""
    title = rf"Shutdown avoidance in {name(evidence.instance.name)}"
    begin = [r"\title{" + title + "}", r"\author{gammastar}", r"\date{}", r"\begin{document}", r"\maketitle"]
    return "\n".join([LAYOUT + PREAMBLE, *begin, _body(evidence, "section"), r"\end{document}"]) + "\n"


def _body(evidence: Evidence, heading: str) -> str:
    parts = [r"\begingroup\emergencystretch=3em\tolerance=1500\relax", *provenance.outcome(evidence)]
    for short, title, lines in SECTIONS:
        found = list(lines(evidence))
        if found:
            label = f"sec:{key(evidence.instance)}:{short}"
            parts += [rf"\{heading}{{{title}}}\label{{{label}}}", *found]
    return "\n\n".join([*parts, r"\par\endgroup"]) + "\n"
