"""The gallery: each document compiles without errors, undefined references or boxes that stick out."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from examples.paper.build import INSTANCES, build, latex, main

needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex (texlive) is not installed")
FIGURES = importlib.util.find_spec("matplotlib") is not None and shutil.which("dot") is not None


@needs_latex
@pytest.mark.parametrize("name", INSTANCES)
def test_it_compiles(name: str, tmp_path: Path) -> None:
    """A PDF with the figures in it, and nothing to complain of."""
    target, problems = build(name, tmp_path)
    assert problems == []
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert not FIGURES or b"/Subtype /Form" in data or b"/Subtype/Form" in data


@needs_latex
def test_problems_are_seen(tmp_path: Path) -> None:
    """An error, an undefined reference and a line that sticks out are each reported."""
    page = r"\documentclass{article}\begin{document}%s\end{document}"
    found = {}
    for name, body in {
        "error": r"\nonsense",
        "reference": r"\ref{nowhere}",
        "box": r"\noindent\rule{500pt}{1pt}",
    }.items():
        source = tmp_path / f"{name}.tex"
        source.write_text(page % body)
        found[name] = latex(source)
    assert found["error"][0] == "! Undefined control sequence."
    assert any("nowhere" in line for line in found["reference"])
    assert [line.partition(" by ")[0] for line in found["box"]] == ["sticks out"]


def test_without_pdflatex_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit code 2."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("pdflatex is missing: apt install texlive-latex-base")
