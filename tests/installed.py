"""What an installed package must do, where nothing of this folder can be imported. Run: python -I tests/installed.py.

`make package` runs it from a folder of its own, with the Python of an environment that holds the wheel alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import metadata
from importlib.resources import files
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "corridor-3.toml"
COMMAND = Path(sys.executable).parent / "gammastar"
DATA = ("kernel/FORMAT.md", "report/glossary.md", "report/schemas/report.schema.json", "py.typed")


class Missing(Exception):
    """Something that the package should have or do."""


def need(holds: bool, what: str) -> None:
    """Raises Missing unless it holds."""
    if not holds:
        raise Missing(what)
    print(f"  {what}")


def ran(*command: str | Path) -> str:
    """Its output. Raises Missing unless it exits with 0."""
    words = [*map(str, command)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    need(done.returncode == 0, f"{' '.join(words[1:3])}: done" + (done.stderr if done.returncode else ""))
    return done.stdout


def main() -> None:
    """Each thing in a line."""
    import gammastar

    home = Path(gammastar.__file__).resolve()
    need("site-packages" in home.parts, "imported from site-packages")
    said = metadata("gammastar")
    need(said["Version"] == gammastar.__version__, f"version {said['Version']}")
    need(said["License-Expression"] == "MIT" and bool(said["License-File"]), "licence")
    for name in DATA:
        need(files("proofs").joinpath(name).is_file(), name)
    for schema in files("proofs.report").joinpath("schemas").iterdir():
        if schema.name.endswith(".json"):
            json.loads(schema.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        certificate = Path(folder) / "certificate.json"
        report = json.loads(ran(COMMAND, "verify", EXAMPLE, "--json", "--certificate", certificate))
        need(report["verdict"] == "verified", "verified")
        need(ran(sys.executable, "-m", "proofs.kernel", EXAMPLE, certificate).endswith("s VALID\n"), "s VALID")
        need(ran(COMMAND, "check", "--quiet", EXAMPLE, certificate) == "s VALID\n", "check")


if __name__ == "__main__":
    main()
