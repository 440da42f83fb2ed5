"""The commands on a family: `verify`, `returns` and `regions`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from exact.digits import shown
from exact.errors import BadInstance
from exact.family import Family
from exact.family.bernstein import centre
from exact.instance import Instance
from proofs.cli.exits import BY_VERDICT, OPEN, VERIFIED, progress
from proofs.cli.source import either, gammas_of, print_json
from proofs.cli.target import check_command, check_target, make_folder, save

if TYPE_CHECKING:
    from proofs.families.session import CheckedFamily


def without(family: Family, options: Mapping[str, object], why: str) -> None:
    """Raises BadInstance where one of them is given, which would change nothing."""
    gamma = f"--gamma {shown(family.asked[0] or Fraction(1, 2))}"
    point = ",".join(
        f"{name}={shown(value)}" for name, value in zip(family.parameters, centre(family.box), strict=True)
    )
    choose = " ".join([*([f"--at {point}"] if point else []), gamma])
    for option, value in options.items():
        if value:
            raise BadInstance(f"no use here: {why}", f"leave it out, or choose {choose}", option)


def _middle(family: Family) -> str:
    """`--at p=1/2,q=1/2`."""
    middle = zip(family.parameters, centre(family.box), strict=True)
    return f"--at {','.join(f'{name}={shown(value)}' for name, value in middle)}"


def verify(
    family: Family,
    path: Path,
    gamma: str | None,
    certificate: Path | None,
    as_json: bool,
    smt2: Path | None,
    seconds: int,
    cvc5: bool = False,
    verbose: bool = False,
) -> int:
    """Theorem 2 on all of the box and for every gamma of the question; asks the solvers."""
    from proofs.families.document import document
    from proofs.families.search import verify_family
    from proofs.families.text import lines

    asked = gammas_of(gamma, family)
    if certificate is not None:
        check_target(certificate, path)
    if smt2 is not None:
        make_folder(smt2)
    found = verify_family(family, asked, progress)
    if certificate is not None:
        save(certificate, found.certificate)
    asides, said = _opinions(found, seconds, smt2, cvc5, verbose)
    if as_json:
        print_json(document(found, asides))
    else:
        _print(lines(found, said))
        if certificate is not None:
            print(f"certificate: {certificate}; check it with:\n{check_command(path, certificate, gamma)}")
        print(f"kernel: s {found.status}")
    return OPEN if found.status != "VALID" and found.main.verdict == "verified" else BY_VERDICT[found.main.verdict]


def _opinions(
    found: CheckedFamily, seconds: int, smt2: Path | None, cvc5: bool, verbose: bool
) -> tuple[list[dict[str, object]], list[str]]:
    """The opinions, and the lines about them."""
    if seconds <= 0 and smt2 is None:
        return [], []
    from proofs.families.opinions import not_asked, opinions
    from proofs.report.opinions import opinion_lines

    asides, why = opinions(found, seconds, smt2, cvc5), not_asked(found.family)
    return asides, [why] if why and seconds > 0 else list(opinion_lines(asides, verbose))


def regions(path: Path, undecided: str, certificate: Path | None, as_json: bool) -> int:
    """Where n is what, over the box and all gammas. 3 where less is settled than was asked for.

    Raises BadInstance where the file is no family.
    """
    from proofs.families import regions as work

    family = either(path)
    if isinstance(family, Instance) or not family.parameters:
        raise BadInstance("there are no parameters", "declare them: [parameters] p = [...]", f"{path}: parameters")
    share = work.share_of(undecided, "--undecided")
    if certificate is not None:
        check_target(certificate, path)
    found = work.regions(family, share, progress)
    if certificate is not None:
        save(certificate, found.checked.certificate)
    if as_json:
        print_json(work.document(found))
    else:
        _print(work.lines(found))
        if certificate is not None:
            print(f"certificate: {certificate}; check it with:\n{check_command(path, certificate, '0:1')}")
            _print(filter(None, [work.left_open(found)]))
    return OPEN if found.stopped or not found.certified else VERIFIED


def returns(family: Family, choices: list[str], certificate: Path | None, as_json: bool) -> int:
    """Visit counts in gamma and the parameters; derived, not certified. Raises BadInstance for a certificate."""
    if certificate is not None:
        raise BadInstance(
            "closed forms of a family are not certified", f"name a point: {_middle(family)}", "--certificate"
        )
    from proofs.cli.returns import policy_of
    from proofs.families import returns as work

    found = work.returns(family, policy_of(family.centre, choices))
    if as_json:
        print_json(work.document(found))
    else:
        _print(work.lines(found))
    return VERIFIED


def _print(lines: Iterable[str]) -> None:
    from proofs.report.table import Terminal
    from proofs.report.text import show_lines

    show_lines(Terminal(), lines)
