"""The LaTeX text about one instance, as a fragment to \\input or as an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofs.claims.checked import Checked
from proofs.report.latex.escape import name
from proofs.report.latex.sections import (
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
from proofs.report.latex.sections.provenance import Source
from proofs.report.latex.sections.words import key

PREAMBLE = r"""\usepackage{amsmath,amssymb,amsthm}
\usepackage{array,booktabs,longtable}
\newtheorem{lemma}{Lemma}
\newtheorem*{result}{Result}
\theoremstyle{definition}
\newtheorem*{setting}{Setting}"""
LAYOUT = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[margin=26mm]{geometry}
"""
SECTIONS: list[tuple[str, str, Callable[[Checked], Iterator[str]]]] = [
    ("mdp", "The MDP", mdp.lines),
    ("hyp", "Hypotheses", hypotheses.lines),
    ("gamma", "Visit counts and thresholds", thresholds.lines),
    ("steps", "The number of permutations", steps.lines),
    ("swaps", "The swaps", swaps.lines),
    ("verdicts", "Theorem 2", theorem.lines),
    ("orbits", "Orbits and counterexamples", counterexamples.lines),
    ("linear", "Further claims", linear.lines),
]


def fragment(checked: Checked, source: Source) -> str:
    """To be \\input: subsections, with the preamble that they need in a comment. ASCII."""
    needs = "\n".join(f"%   {line}" for line in PREAMBLE.splitlines())
    head = f"% Written by gammastar. One column. The preamble needs:\n{needs}\n"
    return head + _body(checked, source, "subsection")


def article(checked: Checked, source: Source) -> str:
    """A document for pdflatex. No clock: the same certificate gives the same bytes."""
    title = rf"Shutdown avoidance in {name(checked.instance.name)}"
    begin = [r"\title{" + title + "}", r"\author{gammastar}", r"\date{}", r"\begin{document}", r"\maketitle"]
    return "\n".join([LAYOUT + PREAMBLE, *begin, _body(checked, source, "section"), r"\end{document}"]) + "\n"


def _body(checked: Checked, source: Source, heading: str) -> str:
    parts = [r"\begingroup\emergencystretch=3em\tolerance=1500\relax", *provenance.outcome(checked)]
    sections = [(short, title, list(lines(checked))) for short, title, lines in SECTIONS]
    sections.append(("check", "Checking this again", list(provenance.lines(checked, source))))
    for short, title, found in sections:
        if found:
            label = f"sec:{key(checked.instance)}:{short}"
            parts += [rf"\{heading}{{{title}}}\label{{{label}}}", *found]
    return "\n\n".join([*parts, r"\par\endgroup"]) + "\n"
