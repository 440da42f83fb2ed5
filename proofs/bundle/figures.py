"""The figures of a bundle: those that this instance has and this machine can draw; the others with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from exact.errors import ExactError
from proofs.claims.checked import Checked
from proofs.claims.types import Phase
from proofs.report.figures.draw import PLOTS, plot
from proofs.report.figures.graph import readable

CAPTIONS = {
    "graph": r"The MDP. Dots are actions that can end in several states; a probability of 1 is not written.",
    "steps": r"The numbers of states past $\gamma^*_x$ and past $\gamma^\circ_x$. Full dots belong to the functions.",
    "visits": r"Visit counts of the threshold policies; they cross 1 at the thresholds.",
    "values": r"The value of shutting down against the best alternative, for the question's rewards: not certified.",
    "phases": (
        r"The optimal value $V^*$ in $s_\mathrm{new}$ against the value of shutting down, for the question's rewards, "
        r"shaded where shutting down is optimal. Dotted: discounts at which the optimal policy changes."
    ),
    "regions": (
        r"How many states are counted for which parameter and discount. The cells are certified where the figure says "
        r"so, by claims that \texttt{gammastar regions} writes; \texttt{certificate.json} holds those of the theorem."
    ),
}


@dataclass(frozen=True)
class Figures:
    """drawn: PDF by name; left_out: why, by name."""

    drawn: Mapping[str, bytes]
    left_out: Mapping[str, str]


def draw_all(checked: Checked) -> Figures:
    """Each that an instance can have; phases, where they were asked for, stand in for the values."""
    absent = "values" if checked.of(Phase) else "phases"
    plots = {name: partial(plot, checked, name, "pdf", 2) for name in PLOTS if name != absent}
    return drawn_by({"graph": partial(readable, checked, "pdf", 2), **plots})


def drawn_by(painters: Mapping[str, Callable[[], bytes]]) -> Figures:
    """What each of them draws."""
    drawn: dict[str, bytes] = {}
    left_out: dict[str, str] = {}
    for name, paint in painters.items():
        try:
            drawn[name] = paint()
        except ExactError as error:
            left_out[name] = error.problem
    return Figures(drawn, left_out)


def with_figures(article: str, figures: Figures, folder: str) -> str:
    """The LaTeX article with the figures at its end. folder: where they lie, seen from the article."""
    floats = "\n".join(_float(name, folder) for name in figures.drawn)
    if not floats:
        return article
    begin, end = r"\begin{document}", r"\end{document}"
    return article.replace(begin, f"\\usepackage{{graphicx}}\n{begin}").replace(end, f"{floats}\n{end}")


def _float(name: str, folder: str) -> str:
    size = r"width=\linewidth,height=.8\textheight,keepaspectratio" if name != "graph" else "scale=.9"
    return rf"""\begin{{figure}}[htp]\centering
\includegraphics[{size}]{{{folder}/{name}.pdf}}
\caption{{{CAPTIONS[name]}}}\label{{fig:{name}}}
\end{{figure}}"""
