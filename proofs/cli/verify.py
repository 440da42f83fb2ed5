"""`gammastar verify`, of instances and families; and `check`, which is declared here for typer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from proofs.cli.command import at_a_point
from proofs.cli.exits import BY_VERDICT, OPEN, announce
from proofs.cli.many import each
from proofs.cli.options import Certificate, Everything, Gamma, InstancePaths, Json, Verbose, argument, flag, option
from proofs.cli.target import check_target, make_folder, print_json, save, tell_certificate

if TYPE_CHECKING:
    from exact.family import Family
    from exact.instance import Instance
    from proofs.claims.checked import Checked
    from proofs.families.session import CheckedFamily

Asides = list[dict[str, object]]


@at_a_point
def verify(
    paths: InstancePaths,
    gamma: Gamma = None,
    certificate: Certificate = None,
    json: Json = False,
    smt2: Annotated[Path | None, option("DIR", "Write the solver's questions into this folder.")] = None,
    seconds: Annotated[
        int | None, option("N", "Seconds for all second opinions, by default 1 (sympy: from 2 on).", min=0)
    ] = None,
    cvc5: Annotated[bool, flag("--cvc5", "Ask cvc5 too (an optional extra), for a third opinion.")] = False,
    everything: Everything = False,
    verbose: Verbose = False,
) -> int:
    """Hypotheses, closed forms, thresholds, n, permutations, verdicts; a certificate that the kernel has checked."""
    limit = 1 if seconds is None else seconds

    def one(path: Path) -> int:
        """The exit code is the verdict's; 3 for a verified one with holes."""
        from exact.instance import Instance
        from proofs.cli.found import verified
        from proofs.cli.source import either
        from proofs.verify import warning

        given = either(path, gamma)
        _refuse_everything(given, everything)
        check_target(certificate, path)
        if smt2 is not None:
            make_folder(smt2)
        if isinstance(given, Instance):
            announce(warning(given))
        found = verified(given, gamma)
        save(certificate, found.certificate)
        asides = _opinions(found, limit, smt2, cvc5) if limit > 0 or smt2 is not None else []
        if json:
            print_json(_document(found, asides))
        else:
            _show(found, asides, limit > 0, everything, verbose)
            tell_certificate(certificate, path, gamma)
            print(f"kernel: s {found.status}")
        verdict = found.main.verdict
        return OPEN if found.status != "VALID" and verdict == "verified" else BY_VERDICT[verdict]

    return each(paths, one, json, certificate or smt2)


def _refuse_everything(given: Instance | Family, everything: bool) -> None:
    """Raises BadInstance for --all on a family, which would change nothing."""
    from fractions import Fraction

    from exact.digits import shown
    from exact.errors import BadInstance
    from exact.instance import Instance
    from proofs.cli.source import a_point_of

    if everything and not isinstance(given, Instance):
        chosen = f"{a_point_of(given)} --gamma {shown(given.asked[0] or Fraction(1, 2))}".strip()
        raise BadInstance("no use here: the report is printed in full", f"leave it out, or choose {chosen}", "--all")


def _opinions(found: Checked | CheckedFamily, seconds: int, smt2: Path | None, cvc5: bool) -> Asides:
    """The solvers take longer to load than most instances to verify."""
    from proofs.claims.checked import Checked

    if isinstance(found, Checked):
        from proofs.opinions import opinions

        return opinions(found, seconds, smt2, cvc5)
    from proofs.families.opinions import opinions as of_family

    return of_family(found, seconds, smt2, cvc5)


def _document(found: Checked | CheckedFamily, asides: Asides) -> dict[str, object]:
    from proofs.claims.checked import Checked

    if isinstance(found, Checked):
        from proofs.report.document import report

        return report(found, asides)
    from proofs.families.document import document

    return document(found, asides)


def _show(found: Checked | CheckedFamily, asides: Asides, asked: bool, everything: bool, verbose: bool) -> None:
    """asked: for opinions, and not only for their questions."""
    from proofs.claims.checked import Checked
    from proofs.report.opinions import opinion_lines
    from proofs.report.terminal import Terminal, show_lines
    from proofs.report.text import show

    console, said = Terminal(everything), list(opinion_lines(asides, verbose))
    if isinstance(found, Checked):
        show(found, console, said)
        return
    from proofs.families.text import lines

    if asked:
        from proofs.families.opinions import not_asked

        said = list(filter(None, [not_asked(found.family)])) or said
    show_lines(console, lines(found, said, everything))


@at_a_point
def check(
    files: Annotated[
        list[Path],
        argument("INSTANCE CERTIFICATE", "An instance and its certificate, or more such pairs; - is standard input."),
    ],
    gamma: Gamma = None,
    quiet: Annotated[bool, flag("--quiet", "Print the last line only.")] = False,
    json: Json = False,
    verbose: Annotated[bool, flag("--verbose", "Print the claims too, in words.")] = False,
) -> int:
    """The kernel alone: ends in `s VALID`, `s INVALID`, `s HOLEY` or `s MALFORMED`, of several pairs the worst."""
    from proofs.cli.check import run

    return run([str(file) for file in files], gamma, quiet, json, verbose)
