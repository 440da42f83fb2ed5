"""What a bundle about a family holds."""

from __future__ import annotations

from functools import partial

from exact.digits import exact_text
from exact.family import Family
from exact.family.shown import chances
from proofs.bundle.contents import Subject
from proofs.bundle.figures import Figures, drawn_by
from proofs.families import latex, text
from proofs.families.picture import REGIONS, pictured
from proofs.families.regions import UNDECIDED
from proofs.families.session import CheckedFamily
from proofs.report.figures.canvas import drawing, file_bytes, need_matplotlib
from proofs.report.figures.graph import readable
from proofs.report.figures.regions import regions_figure
from proofs.verify import Tell, proved


def subject(found: CheckedFamily) -> Subject:
    """The family, its certificate, and what follows."""
    return Subject(found, found.family.source, f"{next(text.headline(found))}.", partial(latex.text, found))


def figures(family: Family, tell: Tell = lambda _: None) -> Figures:
    """The graph, which is the same at every point, with polynomials on its arrows; with parameters the regions too."""
    painters = {"graph": partial(readable, proved(family.centre, ()), "pdf", 2, partial(chances, family))}
    if family.parameters:
        painters[REGIONS] = partial(_regions, family, tell)
    return drawn_by(painters)


def _regions(family: Family, tell: Tell) -> bytes:
    """Over the first parameter and all gammas, the other parameters in the middle of their intervals."""
    need_matplotlib()
    shown = pictured(family, UNDECIDED, tell=tell)
    with drawing():
        return file_bytes(regions_figure(shown, 2), "pdf")


def question(found: CheckedFamily) -> str:
    """The gammas, as a command line has them."""
    low, high = map(exact_text, found.asked)
    return low if low == high else f"{low}:{high}"
