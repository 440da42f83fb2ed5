"""The gallery: instances as PDF documents with figures, by a real pdflatex. Run: python -m examples.paper.build

Each document is the `paper/document.tex` of the instance's bundle, so what is printed is what `gammastar bundle` makes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import gammastar

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
INSTANCES = {
    "corridor-5": HERE / "corridor-5.toml",
    **{name: HERE.parent / f"{name}.toml" for name in ("coinrun", "gridworld", "training-leak", "half")},
}
BAD_BOX = re.compile(r"^Overfull \\[hv]box \(([0-9.]+)pt", re.MULTILINE)
_SECONDS, _RUNS = 120, 4


def build(name: str, folder: Path) -> tuple[Path, list[str]]:
    """Make the bundle, run pdflatex in it, keep the PDF in the folder. Returns it and what is wrong with it."""
    with tempfile.TemporaryDirectory() as scratch:
        bundle = Path(scratch) / name
        gammastar.bundle(INSTANCES[name], bundle)
        problems = latex(bundle / "paper" / "document.tex")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}.pdf"
        made = bundle / "paper" / "document.pdf"
        if made.is_file():
            shutil.copyfile(made, target)
        return target, problems


def latex(source: Path) -> list[str]:
    """Run pdflatex until references are right. Returns errors, undefined references, boxes that stick out."""
    log, command = "", ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", source.name]
    for _ in range(_RUNS):
        done = subprocess.run(command, cwd=source.parent, capture_output=True, check=False, timeout=_SECONDS)
        log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        if done.returncode or "Rerun " not in log:
            break
    problems = [line for line in log.splitlines() if line.startswith("! ") or "undefined" in line]
    return problems + [f"sticks out by {width} pt" for width in BAD_BOX.findall(log)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build all, or those named. 0 iff none has a problem, 2 where pdflatex is missing."""
    parser = argparse.ArgumentParser(prog="python -m examples.paper.build", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(INSTANCES))
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "gallery", help="default: build/gallery")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(INSTANCES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(INSTANCES)}")
    if shutil.which("pdflatex") is None:
        print(
            "pdflatex is missing: apt install texlive-latex-base texlive-latex-recommended texlive-fonts-recommended "
            "lmodern",
            file=sys.stderr,
        )
        return 2
    failed = 0
    for name in chosen.names or INSTANCES:
        begin = time.monotonic()
        target, problems = build(name, chosen.output)
        print(f"{target}: {'; '.join(problems) or 'done'} [{time.monotonic() - begin:.1f} s]", flush=True)
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
