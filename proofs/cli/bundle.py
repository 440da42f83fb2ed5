"""`gammastar bundle`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exact.digits import exact_text
from exact.instance import Instance
from proofs.bundle.contents import Subject, contents, subject
from proofs.bundle.figures import Figures, draw_all
from proofs.bundle.write import check_place, write
from proofs.cli.exits import BY_STATUS, progress
from proofs.cli.source import either, gammas_of, no_phases_of_a_family, print_written
from proofs.report.table import Terminal
from proofs.report.text import show_lines
from proofs.verify import verify

if TYPE_CHECKING:
    from exact.family import Family


def run(path: Path, output: Path, gamma: str | None, as_json: bool = False, phases: bool = False) -> int:
    """Verify, draw, and write the folder. 3 if the certificate has holes."""
    check_place(output)
    given = either(path, gamma)
    if isinstance(given, Instance):
        about, figures, asked = _of_instance(given, gamma, phases)
    else:
        no_phases_of_a_family(phases)
        about, figures, asked = _of_family(given, gamma)
    files = contents(about, figures, asked)
    try:
        write(files, output, about.name)
    except OSError as error:  # a full disk does not say where
        raise OSError(error.errno, error.strerror, error.filename or str(output)) from None
    if as_json:
        kernel = {"status": about.status, "holes": list(about.holes)}
        print_written("bundle", given, output, files=list(files), kernel=kernel)
        return BY_STATUS[about.status]
    show_lines(Terminal(), [about.answer, *(f"hole: {hole}" for hole in about.holes)])
    print(f"bundle: {output}, {len(files)} files; inside it, check it with:\npython check.py")
    print(f"kernel: s {about.status}")
    return BY_STATUS[about.status]


def _of_instance(instance: Instance, gamma: str | None, phases: bool) -> tuple[Subject, Figures, str | None]:
    checked = verify(instance, progress, with_phases=phases)
    progress("figures")
    asked = None if gamma is None or checked.gamma is None else exact_text(checked.gamma)
    return subject(checked), draw_all(checked), asked


def _of_family(family: Family, gamma: str | None) -> tuple[Subject, Figures, str | None]:
    from proofs.bundle.families import figures, question
    from proofs.bundle.families import subject as of_family
    from proofs.families.search import verify_family

    found = verify_family(family, gammas_of(gamma, family), progress)
    progress("figures")
    return of_family(found), figures(family, progress), None if gamma is None else question(found)
