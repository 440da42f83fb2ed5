"""Which files the text is about, the kernel's word on them, and the command that checks them again."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proofs.claims.checked import Checked
from proofs.claims.types import Phase, Unexplained
from proofs.report.latex.escape import escaped, name
from proofs.report.latex.theorem import failing, said
from proofs.report.latex.words import MEANS, OUTCOMES, at_gamma, entries

STATUS = {
    "VALID": "every claim is proved, and together they settle the question",
    "HOLEY": "every claim used below is proved, but something that the question needs is missing",
}
PIECE = 8  # hexadecimal digits in a row


@dataclass(frozen=True)
class Source:
    """The names of the files that a text is about. gamma: of the command line; made: the certificate is ours."""

    instance_file: str
    certificate_file: str
    gamma: str | None = None
    made: bool = False


def outcome(checked: Checked) -> Iterator[str]:
    """The first thing to say: the kernel's answer, with its holes."""
    yield answered(f"the instance {name(checked.instance.name)}", checked.status)
    yield _in_short(checked)
    if checked.vacuous:
        yield rf"No goal of $\Theta$ prefers shutdown, for {at_gamma(checked)}: what is said of such goals is empty."
    yield from open_ends(checked.holes)


def answered(subject: str, status: str, but: str = "") -> str:
    """What this is, and the kernel's word on it. but: numbers that are not from the two files."""
    return (
        rf"This text was written by gammastar from a certificate about {subject}. "
        rf"Every number in it{but} is read off the certificate or the instance file. Before writing, the proof kernel "
        rf"checked the certificate; its answer is \textbf{{{status}}}: {STATUS[status]}. Notation is "
        r"that of Krakovna and Kramar, \emph{Power-seeking can be probable and predictive for trained agents}, "
        r"arXiv:2304.06528 (``the paper''), and so are the numbers of theorems, propositions and definitions; only "
        r"exchanges are numbered here."
    )


def open_ends(holes: Sequence[str]) -> Iterator[str]:
    """What is not settled."""
    if holes:
        yield "The holes, on which nothing below relies:"
        yield entries(map(escaped, holes))


def lines(checked: Checked, source: Source) -> Iterator[str]:
    """Axioms, commands, digests."""
    kinds = dict.fromkeys(claim.kind for claim in checked.of(Unexplained))
    if kinds:
        yield f"The certificate also holds claims that are not put into words here: {', '.join(map(name, kinds))}."
    yield from again(checked.axioms, source, checked.instance.sha256, checked.certificate, bool(checked.of(Phase)))


def again(
    rests_on: Sequence[str], source: Source, sha256: str, certificate: bytes, phases: bool = False
) -> Iterator[str]:
    """What the verdicts rest on, and how to check them. sha256: of the instance file; phases: they were asked for."""
    axioms = "; ".join(map(escaped, rests_on))
    yield (
        f"Beside the kernel's code, the verdicts rest on these statements: {axioms}. Each is stated and proved, or its "
        f"source named, in {name('docs/theory.md')} of gammastar."
    )
    yield (
        "Everything above can be checked again with a Python that has nothing installed, by a kernel that reads "
        "the two files only:"
    )
    files = [source.instance_file, source.certificate_file]
    asked = [] if source.gamma is None else ["--gamma", source.gamma]
    yield _typed(["python", "-m", "proofs.kernel", *files, *asked])
    if source.made and phases:
        yield "The certificate is the one in the folder that is written by"
        yield _typed(["gammastar", "bundle", files[0], "--phases", "--output", "bundle", *asked])
    elif source.made:
        yield "The certificate is the one that is written by"
        yield _typed(["gammastar", "verify", files[0], "--certificate", files[1], *asked])
    digests = [sha256, hashlib.sha256(certificate).hexdigest()]
    yield entries(_digest(*entry) for entry in zip(files, digests, strict=True))


def _in_short(checked: Checked) -> str:
    main = checked.main
    with_n = {
        "proved": f", with {said(checked, (main.n, main.means))}",
        "fails": f", with {failing(checked)}, by {MEANS[main.means]}",
        "undecided": "",
    }[main.conclusion]
    verdict = rf"Theorem~2 is \emph{{{main.verdict}}}; its conclusion {OUTCOMES[main.conclusion]}"
    return f"In short, for {at_gamma(checked)}: {verdict}{with_n}."


def _typed(words: list[str]) -> str:
    shown = " ".join(name(shlex.quote(word)) for word in words)
    return rf"\begin{{quote}}\raggedright {shown}\end{{quote}}"


def _digest(file: str, digest: str) -> str:
    pieces = r"\allowbreak{}".join(digest[start : start + PIECE] for start in range(0, len(digest), PIECE))
    return rf"{name(file)}: sha256 \texttt{{{pieces}}}"
