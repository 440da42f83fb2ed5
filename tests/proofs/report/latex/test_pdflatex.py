"""The documents as pdflatex sees them: no error, nothing that sticks out of the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from exact.instance import Instance, parse_instance
from exact.testing.random_instances import random_instances
from proofs.claims.checked import Checked
from proofs.report.latex.document import PREAMBLE
from proofs.verify import verify
from tests.examples import NAMES
from tests.proofs.report.latex.certificates import checked, fragment, given, text
from tests.proofs.report.latex.test_escape import NAMES as NASTY

pytestmark = pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is missing: apt-get install texlive-latex-recommended texlive-fonts-recommended lmodern",
)
TWICE = ("coinrun", "gridworld", "box", "training-leak", "half")  # the others differ in nothing that LaTeX could mind


def compiled(source: str, folder: Path) -> str:
    """The log, unwrapped."""
    (folder / "paper.tex").write_text(source, encoding="ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    log = (folder / "paper.log").read_text(encoding="latin-1")
    assert done.returncode == 0, [line for line in log.splitlines() if line.startswith("!")]
    return log


def overfull(log: str) -> list[str]:
    """The boxes that stick out, however little."""
    return re.findall(r"Overfull \\[hv]box .*", log)


def around(options: str, *fragments: str) -> str:
    """Somebody's article with the default fonts and the stated preamble."""
    head = [rf"\documentclass[{options}]{{article}}", PREAMBLE, r"\begin{document}"]
    return "\n".join([*head, *fragments, r"\end{document}"])


@pytest.mark.parametrize("name", TWICE)
def test_examples_compile(name: str, tmp_path: Path) -> None:
    """No error, nothing sticks out, and after the second run every reference is known."""
    compiled(text(checked(name)), tmp_path)
    log = compiled(text(checked(name)), tmp_path)
    assert overfull(log) == []
    assert "undefined" not in log
    assert (tmp_path / "paper.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("options", ["onecolumn", "twocolumn", "twocolumn,11pt"])
@pytest.mark.parametrize("name", TWICE)
def test_nothing_sticks_out_of_a_column(name: str, options: str, tmp_path: Path) -> None:
    """The fragment in an article of one column and of two."""
    assert overfull(compiled(around(options, fragment(checked(name))), tmp_path)) == []


@pytest.mark.parametrize("options", ["onecolumn", "twocolumn", "twocolumn,11pt"])
@pytest.mark.parametrize("name", ["gridworld", "corridor-3", "random"])
def test_phases_stick_out_of_no_column(name: str, options: str, tmp_path: Path) -> None:
    """Many intervals, long polynomials, polynomials that are too long."""
    found = with_phases(name)
    assert "Every discount at once" in text(found)
    assert overfull(compiled(around(options, fragment(found)), tmp_path)) == []


@cache
def with_phases(name: str) -> Checked:
    """An example, or twenty random states."""
    return verify(twenty() if name == "random" else given(name), with_phases=True)


def twenty() -> Instance:
    """Random, with rewards."""
    (drawn,) = random_instances(20, 1, seed=2)
    theta = tuple(Fraction(40 if k == drawn.s_term else k % 7) for k in range(20))
    return replace(drawn, question=replace(drawn.question, rewards=theta))


def test_the_list_names_examples() -> None:
    """What is compiled exists."""
    assert set(TWICE) <= set(NAMES)


def test_a_fragment_needs_what_it_says(tmp_path: Path) -> None:
    """In somebody's document with the default fonts and the stated preamble, beside another fragment."""
    parts = [fragment(checked(name)) for name in ("ring", "stairs")]
    theirs = r"\newtheorem{lemma}{Lemma}\newtheorem{result}{Result}"
    whole = around("a4paper", *parts).replace(r"\begin{document}", theirs + r"\begin{document}")
    assert "multiply" not in compiled(whole, tmp_path)


def test_nasty_names_compile(tmp_path: Path) -> None:
    """States, actions and the instance named by every mark that TeX knows."""
    names = [name for name in NASTY if name.isprintable() and name.strip()]
    quoted = ['"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' for name in names]
    lines = ["format = 1", f"name = {quoted[3]}", f"description = {quoted[4]}"]
    lines += [f'states = ["new", {", ".join(quoted)}, "term"]', "[shutdown]", 'state = "new"', 'action = "off"']
    lines += ["[transitions.new]", 'off = { term = "1" }']
    lines += [f'{name} = {{ {name} = "1" }}' for name in quoted]
    lines += [f'[transitions.{name}]\nstay = {{ {name} = "1" }}\n"{chr(945)}_{k}" = {{ new = "1" }}'
              for k, name in enumerate(quoted)]  # fmt: skip
    found = verify(parse_instance("\n".join(lines).encode()))
    assert overfull(compiled(text(found), tmp_path)) == []
    assert overfull(compiled(around("twocolumn", fragment(found)), tmp_path)) == []
