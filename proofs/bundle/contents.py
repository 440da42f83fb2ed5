"""What a bundle holds: every file as bytes, by its path inside."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from proofs.bundle.figures import Figures, with_figures

KERNEL = Path(__file__).resolve().parents[1] / "kernel"
NO_GAMMA = "GAMMA: str | None = None"
MANIFEST = "MANIFEST"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Material:
    """instance, certificate: the files' bytes. fragment, article: LaTeX. gamma: of the command line, else None.

    status: the kernel's word. headline: what was found, in one line. figures: drawn, or left out for a reason.
    """

    name: str
    instance: bytes
    certificate: bytes
    fragment: str
    article: str
    gamma: str | None
    status: str
    headline: str
    figures: Figures


def contents(material: Material) -> Files:
    """All files, MANIFEST last; nothing but the material decides the bytes."""
    files: Files = {
        "instance.toml": material.instance,
        "certificate.json": material.certificate,
        "check.py": _check(material.gamma),
        "FORMAT.md": (KERNEL / "FORMAT.md").read_bytes(),
        "README.md": _readme(material).encode(),
        "paper/fragment.tex": material.fragment.encode(),
        "paper/document.tex": with_figures(material.article, material.figures, "../figures").encode(),
        "proofs/__init__.py": b"",
    }
    for path in KERNEL.rglob("*.py"):
        files[f"proofs/kernel/{path.relative_to(KERNEL).as_posix()}"] = path.read_bytes()
    files |= {f"figures/{name}.pdf": data for name, data in material.figures.drawn.items()}
    return dict(sorted(files.items())) | {MANIFEST: manifest(files).encode()}


def manifest(files: Mapping[str, bytes]) -> str:
    """As `sha256sum` writes and checks it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def _check(gamma: str | None) -> bytes:
    text = (Path(__file__).resolve().parent / "check.py").read_text(encoding="utf-8")
    return text.replace(NO_GAMMA, f"GAMMA: str | None = {gamma!r}", 1).encode()


def _readme(material: Material) -> str:
    """Ten lines."""
    shown = ", ".join(f"{name}.pdf" for name in material.figures.drawn) or "none"
    absent = "; ".join(f"{name} ({why})" for name, why in material.figures.left_out.items())
    asked = "" if material.gamma is None else f" --gamma {material.gamma}"
    name = "".join(c if c.isprintable() else " " for c in material.name)
    return "\n".join(
        [
            f"# {name}: a certificate and what is needed to check it",
            material.headline,
            f"Check it with nothing but Python 3.11 or later: `python check.py`. It ends in `s {material.status}`.",
            "- `instance.toml`: the statement. `certificate.json`: the evidence, of which nothing is believed.",
            "- `FORMAT.md`: what each claim means and when it is valid. `proofs/kernel/`: the checker.",
            "- `check.py`: first the sha256 of each file (`MANIFEST`; also: `sha256sum -c`), then the checker.",
            r"- `paper/fragment.tex`: statement and proofs, to \input. `paper/document.tex`: the same as an article.",
            f"- `figures/`: {shown}." + (f" Left out: {absent}." if absent else ""),
            "If you do not trust this copy of the checker, take your own:",
            f"`gammastar check instance.toml certificate.json{asked}`",
            "",
        ]
    )
