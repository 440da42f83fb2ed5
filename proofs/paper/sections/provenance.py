"""Layer paper: which files the text is about, the kernel's word on them, and the command that checks them again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from proofs.paper.claims import POSITIVE, Theorem, Unexplained
from proofs.paper.escape import escaped, name
from proofs.paper.evidence import Evidence
from proofs.paper.sections.words import MEANS, OUTCOMES, at_gamma

STATUS = {
    "VALID": "every claim is proved, and together they settle the question",
    "HOLEY": "every claim used above is proved, but something that the question needs is missing",
}
PIECE = 32  # hexadecimal digits in a row


def outcome(evidence: Evidence) -> Iterator[str]:
    """The first thing to say: the kernel's answer, with its holes."""
    yield (
        rf"This text was written by gammastar from a certificate about the instance {name(evidence.instance.name)}. "
        r"Every number in it is read off the certificate or the instance file. Before writing, the proof kernel "
        rf"checked the certificate; its answer is \textbf{{{evidence.status}}}: {STATUS[evidence.status]}. Numbering "
        r"and notation are those of Krakovna and Kramar, \emph{Power-seeking can be probable and predictive for "
        r"trained agents}, arXiv:2304.06528 (``the paper'')."
    )
    second = evidence.theorem("theorem-2", POSITIVE)
    if second is not None:
        yield (
            rf"In short, for {at_gamma(evidence)}: Theorem~2 is \emph{{{second.verdict}}}; its conclusion "
            rf"{OUTCOMES[second.conclusion]}{_by(evidence, second)}."
        )
    if evidence.holes:
        holes = "\n".join(rf"\item {escaped(hole)}" for hole in evidence.holes)
        yield f"The holes, on which nothing below relies:\n\\begin{{itemize}}\n{holes}\n\\end{{itemize}}"


def _by(evidence: Evidence, claim: Theorem) -> str:
    with_n = f", with {_count(evidence, claim)}" if claim.conclusion != "undecided" else ""
    return f"{with_n}, by {MEANS.get(claim.means, name(claim.means))}"


def _count(evidence: Evidence, claim: Theorem) -> str:
    """n; where gamma is not known and n grows with it, from where on."""
    if evidence.gamma is None and claim.conclusion == "proved" and claim.means == "paper":
        return rf"$n = n(\gamma)$, which is ${claim.n}$ above every $\gamma^*_x$"
    if evidence.gamma is None and claim.conclusion == "proved" and claim.means == "sharp":
        return rf"$n = {claim.n}$ from the last $\gamma^\circ_x$ on"
    return f"$n = {claim.n}$"


def lines(evidence: Evidence) -> Iterator[str]:
    """Digests and commands."""
    source, kinds = evidence.source, [claim.kind for claim in evidence.of(Unexplained)]
    if kinds:
        yield f"The certificate also holds claims that are not put into words here: {', '.join(map(name, kinds))}."
    yield (
        "Everything above can be checked again with a Python that has nothing installed, by a kernel that reads "
        "the two files only:"
    )
    command = ["python", "-m", "proofs.kernel", source.instance_file, source.certificate_file]
    yield _typed([*command, *([] if source.gamma is None else ["--gamma", source.gamma])])
    if source.made:
        yield "The certificate is the one that is written by"
        writing = ["gammastar", "verify", source.instance_file, "--certificate", source.certificate_file]
        yield _typed([*writing, *([] if source.gamma is None else ["--gamma", source.gamma])])
    files = [(source.instance_file, evidence.instance.sha256), (source.certificate_file, source.digest)]
    yield "\n".join([r"\begin{description}\raggedright", *(_digest(*file) for file in files), r"\end{description}"])


def _typed(words: list[str]) -> str:
    shown = " ".join(name(shlex.quote(word)) for word in words)
    return rf"\begin{{quote}}\raggedright {shown}\end{{quote}}"


def _digest(file: str, digest: str) -> str:
    pieces = r"\allowbreak{}".join(digest[start : start + PIECE] for start in range(0, len(digest), PIECE))
    return rf"\item[{{{name(file)}}}] sha256 \texttt{{{pieces}}}"
