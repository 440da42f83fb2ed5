"""`gammastar matrix`: Theorem 2 under every reading of what the paper leaves open."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import VERIFIED
from proofs.cli.judge import judge, progress
from proofs.cli.source import print_json, read
from proofs.matrix.cells import DIMENSIONS, Evidence, folder, matrix


def run(path: Path, gamma: str | None, as_json: bool, output: Path | None) -> int:
    """Print all the cells; write the evidence of each into a folder of its own."""
    _, instance = read(path, gamma)
    if output is not None:
        _check_place(output)
    found = matrix(instance, judge, progress)
    if output is not None:
        _write(found.evidence, output)
    if as_json:
        from proofs.matrix.document import document

        print_json(document(found))
        return VERIFIED
    from proofs.matrix.text import show
    from proofs.report.table import Terminal

    asked = "all of (0, 1)" if instance.question.gamma is None else str(instance.question.gamma)
    print(f"{instance.name}: {len(instance.mdp)} states, gamma = {asked}\n")
    show(found, Terminal())
    if output is not None:
        place = shlex.quote(str(output / folder(tuple(values[0] for values in DIMENSIONS.values()))))
        print(f"evidence: {output}; check a cell with:")
        print(f"python -m proofs.kernel {place}/instance.toml {place}/certificate.json")
    return VERIFIED


def _check_place(output: Path) -> None:
    """Before any work is done for nothing. Raises BadInstance for a folder that holds something else."""
    if output.exists() and not output.is_dir():
        raise BadInstance("it is a file", "name a new folder", str(output))
    present = sorted(output.iterdir()) if output.exists() else []
    strange = [entry for entry in present if not (entry / "instance.toml").is_file()]
    if strange:
        raise BadInstance(f"it holds {strange[0].name}", "name a new folder", str(output))


def _write(evidence: Mapping[str, Evidence], output: Path) -> None:
    for name, found in evidence.items():
        target = output / name
        target.mkdir(parents=True, exist_ok=True)
        (target / "instance.toml").write_bytes(found.instance)
        (target / "certificate.json").write_text(found.certificate, encoding="utf-8")
