"""The LaTeX text about one instance, as a fragment to \\input or as an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofs.claims.checked import Checked
from proofs.report.latex import evidence, exchanges, hypotheses, provenance, setting, theorem, thresholds
from proofs.report.latex.escape import name
from proofs.report.latex.provenance import Source
from proofs.report.latex.words import key

PREAMBLE = r"""\usepackage{amsmath,amssymb,amsthm}
\newtheorem{gsexchange}{Exchange}
\newtheorem*{gsconclusion}{Conclusion}
\theoremstyle{definition}
\newtheorem*{gssetting}{Setting}"""
LAYOUT = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[margin=26mm]{geometry}
"""
SECTIONS: list[tuple[str, str, Callable[[Checked], Iterator[str]]]] = [
    ("mdp", "The MDP", setting.lines),
    ("hyp", "Hypotheses", hypotheses.lines),
    ("gamma", "Visit counts and thresholds", thresholds.lines),
    ("swaps", "The exchanges", exchanges.lines),
    ("verdicts", "What is proved", theorem.lines),
    ("orbits", "Orbits and counterexamples", evidence.orbits),
    ("linear", "Further claims", evidence.linear),
]


def fragment(checked: Checked, source: Source) -> str:
    """To be \\input: subsections, with the preamble that they need in a comment. ASCII."""
    needs = "\n".join(f"%   {line}" for line in PREAMBLE.splitlines())
    head = f"% Written by gammastar, for one column or two. The preamble needs:\n{needs}\n"
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
