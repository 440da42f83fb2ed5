"""`gammastar bundle`."""

from __future__ import annotations

from pathlib import Path

from exact.digits import exact_text
from proofs.bundle.contents import answer, contents
from proofs.bundle.figures import draw_all
from proofs.bundle.write import check_place, write
from proofs.cli.exits import BY_STATUS, progress
from proofs.cli.source import print_written, read
from proofs.report.table import Terminal
from proofs.report.text import show_lines
from proofs.verify import verify


def run(path: Path, output: Path, gamma: str | None, as_json: bool = False) -> int:
    """Verify, draw, and write the folder. 3 if the certificate has holes."""
    check_place(output)
    _, instance = read(path, gamma)
    checked = verify(instance, progress)
    progress("figures")
    asked = None if gamma is None or checked.gamma is None else exact_text(checked.gamma)
    files = contents(checked, draw_all(checked), asked)
    try:
        write(files, output, instance.name)
    except OSError as error:  # a full disk does not say where
        raise OSError(error.errno, error.strerror, error.filename or str(output)) from None
    if as_json:
        kernel = {"status": checked.status, "holes": list(checked.holes)}
        print_written("bundle", instance, output, files=list(files), kernel=kernel)
        return BY_STATUS[checked.status]
    show_lines(Terminal(), [answer(checked), *(f"hole: {hole}" for hole in checked.holes)])
    print(f"bundle: {output}, {len(files)} files; inside it, check it with:\npython check.py")
    print(f"kernel: s {checked.status}")
    return BY_STATUS[checked.status]
