"""`gammastar bundle`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from proofs.cli.command import at_a_point
from proofs.cli.exits import BY_STATUS, progress
from proofs.cli.options import Gamma, InstancePath, Json, Phases, option
from proofs.cli.target import print_written

if TYPE_CHECKING:
    from exact.family import Family
    from exact.instance import Instance
    from proofs.bundle.contents import Subject
    from proofs.bundle.figures import Figures


@at_a_point
def bundle(
    path: InstancePath,
    output: Annotated[Path, option("DIR|ZIP", "A new folder, or a .zip file.", "--output", "-o")],
    gamma: Gamma = None,
    phases: Phases = False,
    json: Json = False,
) -> int:
    """Instance, certificate, kernel, LaTeX and figures in one folder that a bare Python checks."""
    from exact.instance import Instance
    from proofs.bundle.contents import contents
    from proofs.bundle.write import check_place, write
    from proofs.cli.source import either
    from proofs.report.terminal import Terminal, show_lines

    check_place(output)
    given = either(path, gamma)
    if isinstance(given, Instance):
        about, figures, asked = _of_instance(given, gamma, phases)
    else:
        about, figures, asked = _of_family(given, gamma, phases)
    files = contents(about, figures, asked)
    try:
        write(files, output, about.found.instance.name)
    except OSError as error:  # a full disk does not say where
        raise OSError(error.errno, error.strerror, error.filename or str(output)) from None
    if json:
        kernel = {"status": about.found.status, "holes": list(about.found.holes)}
        print_written("bundle", given, output, files=list(files), kernel=kernel)
    else:
        show_lines(Terminal(), [about.answer, *(f"hole: {hole}" for hole in about.found.holes)])
        print(f"bundle: {output}, {len(files)} files; inside it, check it with:\npython check.py")
        print(f"kernel: s {about.found.status}")
    return BY_STATUS[about.found.status]


def _of_instance(instance: Instance, gamma: str | None, phases: bool) -> tuple[Subject, Figures, str | None]:
    from exact.digits import exact_text
    from proofs.bundle.contents import subject
    from proofs.bundle.figures import draw_all
    from proofs.verify import verify

    checked = verify(instance, progress, with_phases=phases)
    progress("figures")
    asked = None if gamma is None or checked.gamma is None else exact_text(checked.gamma)
    return subject(checked), draw_all(checked), asked


def _of_family(family: Family, gamma: str | None, phases: bool) -> tuple[Subject, Figures, str | None]:
    from proofs.bundle.families import figures, question, subject
    from proofs.cli.source import gammas_of, no_phases_of_a_family
    from proofs.families.search import verify_family

    no_phases_of_a_family(phases)
    found = verify_family(family, gammas_of(gamma, family), progress)
    progress("figures")
    return subject(found), figures(family, progress), None if gamma is None else question(found)
