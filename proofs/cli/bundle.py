"""`gammastar bundle`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from proofs.cli.command import at_a_point
from proofs.cli.exits import BY_STATUS, progress
from proofs.cli.options import Gamma, InstancePath, Json, Phases, option
from proofs.cli.target import print_written


@at_a_point
def bundle(
    path: InstancePath,
    output: Annotated[Path, option("DIR|ZIP", "A new folder, or a .zip file.", "--output", "-o")],
    gamma: Gamma = None,
    phases: Phases = False,
    json: Json = False,
) -> int:
    """Instance, certificate, kernel, LaTeX and figures in one folder that a bare Python checks."""
    from exact.instance.gammas import spelled
    from proofs.bundle.contents import contents, subject
    from proofs.bundle.figures import draw_all
    from proofs.bundle.write import check_place, write
    from proofs.claims.checked import Checked
    from proofs.cli.found import verified
    from proofs.cli.source import either
    from proofs.report.terminal import Terminal, show_lines

    check_place(output)
    given = either(path, gamma)
    found = verified(given, gamma, phases)
    progress("figures")
    if isinstance(found, Checked):
        about, figures, asked = subject(found), draw_all(found), spelled(found.gamma)
    else:
        from proofs.bundle import families

        about, figures = families.subject(found), families.figures(found.family, progress)
        asked = families.question(found)
    files = contents(about, figures, None if gamma is None else asked)
    try:
        write(files, output, found.instance.name)
    except OSError as error:  # a full disk does not say where
        raise OSError(error.errno, error.strerror, error.filename or str(output)) from None
    if json:
        kernel = {"status": found.status, "holes": list(found.holes)}
        print_written("bundle", given, output, files=list(files), kernel=kernel)
    else:
        show_lines(Terminal(), [about.answer, *(f"hole: {hole}" for hole in found.holes)])
        print(f"bundle: {output}, {len(files)} files; inside it, check it with:\npython check.py")
        print(f"kernel: s {found.status}")
    return BY_STATUS[found.status]
