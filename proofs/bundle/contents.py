"""What a bundle holds: every file as bytes, by its path inside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from exact.digits import exact_text
from proofs.bundle.figures import Figures, with_figures
from proofs.claims.accepted import Accepted
from proofs.claims.checked import Checked
from proofs.report.headline import headline
from proofs.report.latex.document import Text, text
from proofs.report.latex.provenance import Source

KERNEL = Path(__file__).resolve().parents[1] / "kernel"
NO_GAMMA = "GAMMA: str | None = None"
MANIFEST = "MANIFEST"
Files = dict[str, bytes]


@dataclass(frozen=True)
class Subject:
    """What a bundle is about. instance: the file's bytes; answer: what is found, in one line."""

    found: Accepted
    instance: bytes
    answer: str
    text: Callable[[Source], Text]


def subject(checked: Checked) -> Subject:
    """One instance."""
    return Subject(checked, checked.instance.source, answer(checked), partial(text, checked))


def contents(about: Subject, figures: Figures, gamma: str | None) -> Files:
    """All files, MANIFEST last; nothing but the arguments decides the bytes. gamma: the command line's, else None."""
    source = Source("instance.toml", "certificate.json", gamma, made=True)
    paper = about.text(source)
    files: Files = {
        source.instance_file: about.instance,
        source.certificate_file: about.found.certificate,
        "check.py": _check(gamma),
        "FORMAT.md": (KERNEL / "FORMAT.md").read_bytes(),
        "README.md": _readme(about, figures, gamma).encode(),
        "paper/fragment.tex": paper.fragment().encode(),
        "paper/document.tex": with_figures(paper.article(), figures, "../figures").encode(),
        "proofs/__init__.py": b"",
    }
    for path in KERNEL.rglob("*.py"):
        files[f"proofs/kernel/{path.relative_to(KERNEL).as_posix()}"] = path.read_bytes()
    files |= {f"figures/{name}.pdf": data for name, data in figures.drawn.items()}
    return dict(sorted(files.items())) | {MANIFEST: manifest(files).encode()}


def answer(checked: Checked) -> str:
    """What is found, in one line."""
    question = "all gamma" if checked.gamma is None else f"gamma = {exact_text(checked.gamma)}"
    return f"For {question}: {next(headline(checked))}."


def manifest(files: Mapping[str, bytes]) -> str:
    """As `sha256sum` writes and checks it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def _check(gamma: str | None) -> bytes:
    text = (Path(__file__).resolve().parent / "check.py").read_text(encoding="utf-8")
    return text.replace(NO_GAMMA, f"GAMMA: str | None = {gamma!r}", 1).encode()


def _readme(about: Subject, figures: Figures, gamma: str | None) -> str:
    """Ten lines."""
    shown = ", ".join(f"{name}.pdf" for name in figures.drawn) or "none"
    absent = "; ".join(f"{name} ({why})" for name, why in figures.left_out.items())
    asked = "" if gamma is None else f" --gamma {gamma}"
    name = "".join(c if c.isprintable() else " " for c in about.found.instance.name)
    return rf"""# {name}: a certificate and what is needed to check it
{about.answer}
Check it with nothing but Python 3.11 or later: `python check.py`. It ends in `s {about.found.status}`.
- `instance.toml`: the statement. `certificate.json`: the evidence, of which nothing is believed.
- `FORMAT.md`: what each claim means and when it is valid. `proofs/kernel/`: the checker.
- `check.py`: first the sha256 of each file (`MANIFEST`; also: `sha256sum -c`), then the checker.
- `paper/fragment.tex`: statement and proofs, to \input. `paper/document.tex`: the same as an article.
- `figures/`: {shown}.{f" Left out: {absent}." if absent else ""}
If you do not trust this copy of the checker, take your own:
`gammastar check instance.toml certificate.json{asked}`
"""
