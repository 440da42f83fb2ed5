"""What a bundle about a family holds."""

from __future__ import annotations

from exact.digits import exact_text
from exact.errors import ExactError
from exact.family.shown import chances
from proofs.bundle.contents import Subject
from proofs.bundle.figures import Figures
from proofs.families import latex, text
from proofs.families.session import CheckedFamily
from proofs.report.figures.graph import readable
from proofs.verify import proved


def subject(found: CheckedFamily) -> Subject:
    """The family, its certificate, and what follows."""
    family, said = found.family, next(text.headline(found))
    kernel = found.status, found.holes
    files = family.source, found.certificate
    return Subject(family.centre.name, *files, *kernel, f"{said}.", lambda source: latex.text(found, source))


def figures(found: CheckedFamily) -> Figures:
    """The graph, which is the same at every point, with polynomials on its arrows."""
    family = found.family
    try:
        drawn = readable(proved(family.centre, ()), "pdf", 2, lambda s, a: chances(family, s, a))
    except ExactError as error:
        return Figures({}, {"graph": error.problem})
    return Figures({"graph": drawn}, {})


def question(found: CheckedFamily) -> str:
    """The gammas, as a command line has them."""
    low, high = map(exact_text, found.asked)
    return low if low == high else f"{low}:{high}"


__all__ = ["figures", "question", "subject"]
