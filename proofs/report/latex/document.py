"""The LaTeX text about one instance, as a fragment to \\input or as an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from proofs.claims.checked import Checked
from proofs.report.latex import evidence, exchanges, hypotheses, phases, provenance, setting, theorem, thresholds
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
    ("phases", "Every discount at once", phases.lines),
    ("linear", "Further claims", evidence.linear),
]


@dataclass(frozen=True)
class Text:
    """subject: the name of the instance; label: what the labels of its sections have in them; opening: paragraphs.

    sections: (the end of its label, its title, its paragraphs); one without paragraphs is left out.
    """

    subject: str
    label: str
    opening: Sequence[str]
    sections: Sequence[tuple[str, str, Sequence[str]]]

    def fragment(self) -> str:
        """To be \\input: subsections, with the preamble that they need in a comment. ASCII."""
        needs = "\n".join(f"%   {line}" for line in PREAMBLE.splitlines())
        head = f"% Written by gammastar, for one column or two. The preamble needs:\n{needs}\n"
        return head + self._body("subsection")

    def article(self) -> str:
        """A document for pdflatex. No clock: the same certificate gives the same bytes."""
        title = rf"Shutdown avoidance in {name(self.subject)}"
        begin = [r"\title{" + title + "}", r"\author{gammastar}", r"\date{}", r"\begin{document}", r"\maketitle"]
        return "\n".join([LAYOUT + PREAMBLE, *begin, self._body("section"), r"\end{document}"]) + "\n"

    def _body(self, heading: str) -> str:
        parts = [r"\begingroup\emergencystretch=3em\tolerance=1500\relax", *self.opening]
        for short, title, found in self.sections:
            if found:
                parts += [rf"\{heading}{{{title}}}\label{{sec:{self.label}:{short}}}", *found]
        return "\n\n".join([*parts, r"\par\endgroup"]) + "\n"


def text(checked: Checked, source: Source) -> Text:
    """About one instance."""
    sections = [(short, title, list(lines(checked))) for short, title, lines in SECTIONS]
    sections.append(("check", "Checking this again", list(provenance.lines(checked, source))))
    return Text(checked.instance.name, key(checked.instance), list(provenance.outcome(checked)), sections)
