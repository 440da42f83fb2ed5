"""The public functions that write: proofs as LaTeX, everything in one folder, certificates in words."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import NamedTuple

from exact.rational import Exact
from gammastar.asked import Given, Proof, asked_elsewhere, certificate_of, instance_of
from proofs.bundle.contents import contents
from proofs.bundle.figures import draw_all
from proofs.bundle.write import check_place
from proofs.bundle.write import write as write_files
from proofs.claims.checked import Checked
from proofs.claims.difference import Difference, differences
from proofs.claims.words import told
from proofs.report.latex.document import article, fragment
from proofs.report.latex.provenance import Source
from proofs.verify import recheck, verify


class Told(NamedTuple):
    """One claim in words. proved: None where nobody has checked it."""

    number: int
    about: str
    says: str
    proved: bool | None


def tex(given: Given, certificate: Proof | None = None, gamma: Exact | None = None, document: bool = False) -> str:
    """What is proved, as LaTeX with the proofs spelled out: a fragment to input, or a whole article (document=True).

    given: an instance, a path, or a result that is already there. certificate: to write about that one, which the
    kernel checks first. gamma: instead of the question's. Raises Refused if it does not accept it, else an ExactError.

    >>> import gammastar as gs
    >>> "documentclass" in gs.tex("examples/half.toml", document=True)
    True
    """
    if certificate is not None:
        checked = recheck(instance_of(given, gamma), certificate_of(certificate))
    else:
        checked = _found(given, gamma)
    source = Source("instance.toml", "certificate.json", asked_elsewhere(checked.instance), made=certificate is None)
    return (article if document else fragment)(checked, source)


def _found(given: Given, gamma: Exact | None) -> Checked:
    """A result as it is, anything else verified."""
    return given if isinstance(given, Checked) and gamma is None else verify(instance_of(given, gamma))


def bundle(given: Given, output: str | PathLike[str], gamma: Exact | None = None) -> Path:
    """Instance, certificate, kernel, LaTeX and figures in one folder (or .zip) that a bare Python checks.

    given, gamma: as for `verify`. Raises NotABundle where something else is there, else an ExactError; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> place = gs.bundle("examples/half.toml", tempfile.mkdtemp() + "/half.zip")
    >>> place.name
    'half.zip'
    """
    target = Path(output)
    check_place(target)
    checked = _found(given, gamma)
    write_files(contents(checked, draw_all(checked), asked_elsewhere(checked.instance)), target, checked.instance.name)
    return target


def show(certificate: Proof, given: Given | None = None, gamma: Exact | None = None) -> list[Told]:
    """A certificate in words, claim by claim; with an instance, after the kernel has checked it.

    Raises NotACertificate; Refused if the kernel does not accept it.

    >>> import gammastar as gs
    >>> first = gs.show(gs.verify("examples/retry.toml"))[0]
    >>> first.about, first.proved is None
    ('gamma*_x', True)
    """
    data = certificate_of(certificate)
    proven = None if given is None else set(recheck(instance_of(given, gamma), data).numbers)
    return [
        Told(number, *told(claim), None if proven is None else number in proven)
        for number, claim in enumerate(data.stated.claims)
    ]


def diff(first: Proof, second: Proof) -> list[Difference]:
    """What two certificates state differently, unchecked: each with `.how`, `.about` and `.says`.

    Raises NotACertificate; OSError passes.

    >>> import gammastar as gs
    >>> one, other = (gs.verify("examples/corridor-3.toml", gamma) for gamma in ("9/10", "4/5"))
    >>> [entry.how for entry in gs.diff(one, one)]
    []
    """
    return differences(certificate_of(first).stated, certificate_of(second).stated)


__all__ = ["Difference", "Told", "bundle", "diff", "show", "tex"]
