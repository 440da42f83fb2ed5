"""`gammastar matrix`: Theorem 2 under every reading of what the paper leaves open."""

from __future__ import annotations

from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import INTERRUPTED, VERIFIED, telling
from proofs.cli.source import print_json, read
from proofs.cli.target import check_command, make_folder, save
from proofs.what_if.cells import DIMENSIONS, Matrix, folder, matrix


def run(path: Path, gamma: str | None, as_json: bool, output: Path | None, verbose: bool = False) -> int:
    """Print all the cells; write the evidence of each into a folder of its own. 130 if it was interrupted."""
    _, instance = read(path, gamma)
    if output is not None:
        _check_place(output)
    with telling(verbose) as tell:
        found = matrix(instance, tell, keep=True)
    if output is not None:
        _write(found, output)
    if as_json:
        from proofs.what_if.cells_document import document

        print_json(document(found))
        return INTERRUPTED if found.missing else VERIFIED
    from proofs.report.table import Terminal
    from proofs.what_if.cells_text import show

    show(found, Terminal())
    if output is not None:
        place = output / folder(tuple(values[0] for values in DIMENSIONS.values()))
        print(f"evidence: {output}; check a cell with:")
        print(check_command(place / "instance.toml", place / "certificate.json", None))
    return INTERRUPTED if found.missing else VERIFIED


def _check_place(output: Path) -> None:
    """Before any work is done for nothing. Raises BadInstance for a folder that holds something else."""
    present = sorted(output.iterdir()) if output.is_dir() else []
    strange = [entry for entry in present if not (entry / "instance.toml").is_file()]
    if strange:
        raise BadInstance(f"it holds {strange[0].name}", "name a new folder", str(output))
    make_folder(output)


def _write(found: Matrix, output: Path) -> None:
    for name, checked in found.evidence().items():
        target = output / name
        target.mkdir(exist_ok=True)
        save(target / "instance.toml", checked.instance.source)
        save(target / "certificate.json", checked.certificate)
