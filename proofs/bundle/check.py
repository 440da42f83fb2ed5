"""Checks this folder with nothing but Python >= 3.11: python check.py

First every file against the sha256 in MANIFEST, and the two that the texts in paper/ name at their end; then, by the
kernel in proofs/kernel, every claim of certificate.json about instance.toml. Ends in `s VALID` (exit code 0),
`s INVALID` (1), `s MALFORMED` (2) or `s HOLEY` (3).
"""

from __future__ import annotations

import hashlib
import runpy
import sys
from pathlib import Path

GAMMA: str | None = None  # the question's gamma, where it is not the instance's own
HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "MANIFEST"
FILES = HERE / "instance.toml", HERE / "certificate.json"
TEXTS = HERE / "paper" / "document.tex", HERE / "paper" / "fragment.tex"


def main() -> int:
    """Print what is wrong, or what the kernel says. Returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file runs on strangers' Pythons
        print("Python 3.11 or later is needed\ns MALFORMED")
        return 2
    problems = damage() or strangers()
    if problems:
        print("\n".join([*problems, "s INVALID"]))
        return 1
    print(f"MANIFEST: {len(listed())} files are as listed", flush=True)
    sys.dont_write_bytecode = True  # the folder stays as it is
    sys.path.insert(0, str(HERE))
    asked = [] if GAMMA is None else ["--gamma", GAMMA]
    sys.argv = ["check.py", *map(str, FILES), *asked]
    try:
        runpy.run_module("proofs.kernel", run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 4
    return 4  # the kernel always exits by itself


def listed() -> dict[str, str]:
    """MANIFEST: {file: sha256}. Its lines are as `sha256sum` writes them."""
    rows = (line.partition("  ") for line in MANIFEST.read_text(encoding="utf-8").splitlines())
    return {file: digest for digest, _, file in rows}


def damage() -> list[str]:
    """Every difference between the folder and MANIFEST."""
    if not MANIFEST.is_file():
        return ["MANIFEST: is missing"]
    wanted = listed()
    found = {path.relative_to(HERE).as_posix(): path for path in HERE.rglob("*") if path.is_symlink() or path.is_file()}
    del found["MANIFEST"]
    problems = [f"{file}: is missing" for file in sorted(wanted.keys() - found.keys())]
    problems += [f"{file}: is not in MANIFEST; take it away" for file in sorted(found.keys() - wanted.keys())]
    for file in sorted(wanted.keys() & found.keys()):
        if sha256(found[file]) != wanted[file]:
            problems.append(f"{file}: its sha256 is not the one in MANIFEST")
    return problems


def strangers() -> list[str]:
    """The texts that are about another instance or certificate than the ones here."""
    texts = {text: text.read_text(encoding="utf-8").replace("\\allowbreak{}", "") for text in TEXTS}
    return [
        f"paper/{text.name}: is not about this {file.name}; no sha256 in it is {sha256(file)}"
        for text, content in texts.items()
        for file in FILES
        if sha256(file) not in content
    ]


def sha256(path: Path) -> str:
    """Of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
