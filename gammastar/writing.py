"""The public functions that write: proofs as LaTeX, everything in one folder, certificates in words."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from rich.console import Console

from exact.digits import exact_text
from exact.family import Family
from exact.family.read import either_in
from exact.instance import parse_instance
from exact.instance.gammas import Asked
from gammastar.asked import Given, GivenFamily, Proof, any_of, certificate_of
from gammastar.notebook import Answer, Json
from gammastar.proving import check_any, verify_any
from proofs.bundle import families
from proofs.bundle.contents import contents, subject
from proofs.bundle.figures import draw_all
from proofs.bundle.write import check_place
from proofs.bundle.write import write as write_files
from proofs.claims.checked import Checked
from proofs.claims.difference import Difference, differences
from proofs.claims.types import Certificate, Phase
from proofs.families import latex
from proofs.families.session import CheckedFamily
from proofs.families.shown import derived as derived_family
from proofs.report import certificate as certificates
from proofs.report import difference
from proofs.report.certificate import Derived, Told, derived
from proofs.report.difference import Words, words
from proofs.report.glossary import explained
from proofs.report.latex.document import text
from proofs.report.latex.provenance import Source


class Shown(list[Told], Answer):
    """The claims of a certificate in words, each with `.number`, `.about`, `.says`, `.proved` (None: not checked)."""

    def __init__(self, stated: Certificate, checked: Checked | CheckedFamily | None) -> None:
        self._given, self._derived = (stated, checked), _derived(checked)
        super().__init__(certificates.claims(stated, self._derived))

    def show(self, console: Console) -> None:
        """As `gammastar show` prints it."""
        certificates.show(self._given[0], self._derived, console, "gammastar.show takes the instance too")

    def to_dict(self) -> Json:
        """`gammastar show --json`."""
        return certificates.document(self._given[0], self._derived)

    def __reduce__(self) -> tuple[type[Shown], tuple[Certificate, Checked | CheckedFamily | None]]:
        return Shown, self._given

    __str__ = Answer.__str__


def _derived(checked: Checked | CheckedFamily | None) -> Derived | None:
    if checked is None:
        return None
    return derived_family(checked) if isinstance(checked, CheckedFamily) else derived(checked)


class Differences(list[Difference], Answer):
    """What two certificates state differently, each with `.how`, `.about` and `.says`.

    `.theorems`: by theorem, its verdict in each in words; None where nothing was checked.
    """

    def __init__(self, sides: difference.Sides) -> None:
        super().__init__(differences(*sides.stated))
        self._sides = sides

    @property
    def theorems(self) -> dict[str, list[str]] | None:
        """Under both readings of "reachable" where they differ."""
        return self._sides.theorems()

    def show(self, console: Console) -> None:
        """As `gammastar diff` prints it."""
        difference.show(self._sides, self, console)

    def to_dict(self) -> Json:
        """`gammastar diff --json`."""
        return difference.document(self._sides, self)

    def __reduce__(self) -> tuple[type[Differences], tuple[difference.Sides]]:
        return Differences, (self._sides,)

    __str__ = Answer.__str__


def tex(
    given: Given | GivenFamily,
    certificate: Proof | None = None,
    gamma: Asked | None = None,
    document: bool = False,
    phases: bool = False,
) -> str:
    """What is proved, as LaTeX with the proofs spelled out: a fragment to input, or a whole article (document=True).

    given: an instance, a family, a path, or a result that is already there. certificate: to write about that one, which
    the kernel checks first. gamma: instead of the question's. phases: every discount at once too, where there is no
    certificate yet. Raises Refused if it does not accept it, else an ExactError.

    >>> import gammastar as gs
    >>> "documentclass" in gs.tex("examples/half.toml", document=True)
    True
    >>> r"p \\in [\\tfrac{1}{10}" in gs.tex("examples/families/retry.toml")
    True
    """
    if certificate is not None:
        found: Checked | CheckedFamily = check_any(any_of(given, gamma), certificate)
    else:
        found = _found(given, gamma, phases)
    source = Source("instance.toml", "certificate.json", _elsewhere(found), made=certificate is None)
    written = latex.text(found, source) if isinstance(found, CheckedFamily) else text(found, source)
    return written.article() if document else written.fragment()


def _found(given: Given | GivenFamily, gamma: Asked | None, phases: bool) -> Checked | CheckedFamily:
    """A result as it is, if it has its phases where they are asked for; anything else verified."""
    if gamma is None and isinstance(given, Checked) and (not phases or given.of(Phase)):
        return given
    if gamma is None and isinstance(given, CheckedFamily) and not phases:
        return given
    return verify_any(any_of(given, gamma), phases=phases)


def _elsewhere(found: Checked | CheckedFamily) -> str | None:
    """The question's gamma, or gammas, if they are not those that the file itself asks about."""
    if isinstance(found, Checked):
        own_gamma = parse_instance(found.instance.source).question.gamma
        return None if found.gamma in (None, own_gamma) else exact_text(found.gamma)
    own = any_of(either_in(found.family.source, ""))
    return None if isinstance(own, Family) and own.asked == found.asked else families.question(found)


def bundle(
    given: Given | GivenFamily, output: str | PathLike[str], gamma: Asked | None = None, phases: bool = False
) -> Path:
    """Instance, certificate, kernel, LaTeX and figures in one folder (or .zip) that a bare Python checks.

    given, gamma: as for `verify`; phases: as for `tex`. Raises NotABundle where something else is there, else an
    ExactError; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> place = gs.bundle("examples/half.toml", tempfile.mkdtemp() + "/half.zip")
    >>> place.name
    'half.zip'
    """
    target = Path(output)
    check_place(target)
    found = _found(given, gamma, phases)
    if isinstance(found, CheckedFamily):
        about, figures = families.subject(found), families.figures(found.family)
    else:
        about, figures = subject(found), draw_all(found)
    write_files(contents(about, figures, _elsewhere(found)), target, found.instance.name)
    return target


def show(certificate: Proof, given: Given | GivenFamily | None = None, gamma: Asked | None = None) -> Shown:
    """A certificate in words, claim by claim; with an instance, after the kernel has checked it.

    Raises NotACertificate; Refused if the kernel does not accept it.

    >>> import gammastar as gs
    >>> first = gs.show(gs.verify("examples/retry.toml"))[0]
    >>> first.about, first.proved is None
    ('gamma*_x = gamma°_x', True)
    """
    data = certificate_of(certificate)
    return Shown(data.stated, None if given is None else check_any(any_of(given, gamma), data))


def diff(first: Proof, second: Proof) -> Differences:
    """What two certificates state differently; of two results, which the kernel has checked, also in their verdicts.

    Raises NotACertificate; OSError passes.

    >>> import gammastar as gs
    >>> one, other = (gs.verify("examples/corridor-3.toml", gamma) for gamma in ("9/10", "1/4"))
    >>> gs.diff(one, other).theorems["theorem-2"]
    ['verified; conclusion proved (paper), n = 3', 'verified; conclusion proved (paper), n = 1']
    """
    stated = certificate_of(first).stated, certificate_of(second).stated
    left, right = _words(first), _words(second)
    return Differences(difference.Sides(stated, (left, right) if left and right else None))


def _words(given: Proof) -> Words | None:
    """The verdicts of a result."""
    return given.words() if isinstance(given, CheckedFamily) else words(given) if isinstance(given, Checked) else None


def explain(term: str) -> str:
    """What a word of the reports means, from the glossary. Raises UnknownTerm, with those that are spelled alike.

    >>> import gammastar as gs
    >>> gs.explain("VALID")
    's VALID: every claim of the certificate is correct, and they settle the question.'
    """
    return explained(term).text
