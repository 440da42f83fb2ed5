"""The figure of shares: its dots are exact shares, its steps what the kernel accepted, and what it cannot draw."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exact.algebraic import Algebraic
from exact.evaluate.pieces import between
from exact.instance import read_instance
from exact.share import exact_share, volume
from proofs.claims.checked import Checked
from proofs.claims.types import SHARP
from proofs.report.figures.canvas import drawing
from proofs.report.figures.shares import BAND, BOUND, DOTS, GAMMAS, Shares, bound, shares, shares_figure
from proofs.verify import thresholds, verify
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line
from tests.proofs.report.figures.test_draw import lightness, overlaps_nothing, settled
from tests.reference.worked import corridor
from tests.reports import errors

pytest.importorskip("matplotlib", reason="the extra `figures` is not installed")


@pytest.mark.parametrize("name", ["corridor-3", "ring", "stairs", "half-off", "star-3", "half"])
def test_no_two_texts_overlap_and_none_is_cut(name: str) -> None:
    """As for the other figures."""
    with drawing():
        overlaps_nothing(shares_figure(settled(name), shares(settled(name)), 1))


def test_dots_and_steps_are_the_numbers() -> None:
    """corridor-3: the dots are the exact shares, none above the step over it; the steps go down from 1/2 to 1/4."""
    found = settled("corridor-3")
    known = shares(found)
    assert set(known) == {*GAMMAS, Fraction(9, 10)}
    assert all(share == exact_share(found.instance, gamma) for gamma, share in known.items())
    with drawing():
        axes = shares_figure(found, known, 1).axes[0]
    dots, band = axes.lines[0], axes.lines[1]
    assert [float(x) for x in np.ravel(dots.get_xdata())] == [float(gamma) for gamma in known]
    assert [float(y) for y in np.ravel(dots.get_ydata())] == [float(share) for share in known.values()]
    assert [float(y) for y in np.ravel(band.get_ydata())] == [1 / 2, 1 / 3, 1 / 4, 1 / 4]
    assert [(low, n) for low, _, n in bound(found)] == [(step.after, step.n) for step in found.steps(SHARP)]
    assert_bounded(found, known)


def assert_bounded(found: Checked, known: Shares) -> None:
    """The intervals are (0, 1), and no share is above the bound."""
    pieces = bound(found)
    assert [low for low, _, _ in pieces] == [Algebraic.of(0), *(high for _, high, _ in pieces[:-1])]
    assert pieces[-1][1] == 1
    for gamma, share in known.items():
        assert share <= Fraction(1, 1 + min(n for low, high, n in pieces if low <= gamma <= high))


def texts(found: Checked, known: Shares) -> list[str]:
    """All that is written on the figure but at the ticks."""
    with drawing():
        figure = shares_figure(found, known, 1)
        overlaps_nothing(figure)
        axes = figure.axes[0]
    return [*(text.get_text() for text in axes.texts), axes.get_xlabel()]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("training-leak", "no swap is proved to keep Theta, and no linear claim proves an n."),
        ("negative", "nonnegative is not proved, and no linear claim proves an n."),
    ],
)
def test_a_bound_needs_a_proof(name: str, why: str) -> None:
    """training-leak: the swap of the one x does not keep Theta; negative: it does not work. It is said."""
    found = settled(name, "share")
    assert [step.n for step in found.steps(SHARP)] == [1]
    assert [n for *_, n in bound(found)] == [0]
    written = " ".join(texts(found, {Fraction(1, 2): Fraction(1, 4)}))
    assert why in written
    assert BOUND not in written


@pytest.mark.parametrize(("name", "levels"), [("box", [2]), ("overlap", [0, 2])])
def test_what_linear_claims_prove_is_drawn(name: str, levels: list[int]) -> None:
    """Rewards of any sign; swaps that keep Theta past a threshold only: each n is what `verify` proves there."""
    found = settled(name, "share")
    known = shares(found)
    assert [n for *_, n in bound(found)] == levels
    assert_bounded(found, known)
    assert BOUND in texts(found, known)
    for low, high, n in bound(found):
        proved = verify(found.instance.at(between(low, high))).main.proved
        assert n == (proved[0] if proved else 0)


def test_a_bound_at_one_gamma_is_a_point() -> None:
    """box by a certificate that speaks of 9/10 alone."""
    found = verify(read_instance(instance_path("box")))
    assert [n for *_, n in bound(found)] == [0]
    with drawing():
        axes = shares_figure(found, {Fraction(9, 10): Fraction(7, 40)}, 1).axes[0]
    assert [np.ravel(axes.lines[2].get_xydata()).tolist()] == [[0.9, 1 / 3]]


def test_told_apart_in_grey() -> None:
    """A pale broad band, dark dots."""
    assert lightness(BAND["color"]) - lightness(DOTS["color"]) > 0.25


def test_the_smallest_shares_are_drawn() -> None:
    """corridor-8 at 99/100: about 10^-17 is within the axes, and the ticks stay few."""
    found = thresholds(corridor(8))
    known = {gamma: exact_share(found.instance, gamma) for gamma in (Fraction(1, 2), Fraction(99, 100))}
    with drawing():
        figure = shares_figure(found, known, 1)
        overlaps_nothing(figure)
    low, high = figure.axes[0].get_ylim()
    assert low < float(known[Fraction(99, 100)]) < 1e-16
    assert high > 1


def test_the_command_writes_it(tmp_path: Path) -> None:
    """The same bytes each time; its JSON holds the shares, and says that they are not certified."""
    data = []
    for name in ("a.svg", "b.svg"):
        ran = gammastar("plot", instance_path("ring"), "--share", "-o", tmp_path / name, "--json")
        data.append((tmp_path / name).read_bytes())
    found: dict[str, Any] = json.loads(ran.out)
    assert errors(found, "plot") == []
    assert (found["figure"], found["certified"], found["shares"]["1/2"]) == ("share", False, "13/72")
    assert data[0] == data[1]


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("ring", ("--what", "steps"), "--share is a figure of its own; leave one of the two out"),
        ("ring", ("--regions",), "--regions is a figure of its own; leave one of the two out"),
        ("ring", ("--over", "p"), "this is for --regions"),
        ("shutdown-loops", (), "is not known exactly: a polytope of dimension 3 has more than 1 faces;"),
    ],
)
def test_what_it_cannot_draw(
    name: str, options: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, exit code 2, no file."""
    monkeypatch.setattr(volume, "MOST_FACES", 1)
    ran = gammastar("plot", instance_path(name), "--share", *options, "-o", tmp_path / "f.svg")
    assert message in one_line(ran)
    assert list(tmp_path.iterdir()) == []


def test_no_share_to_draw(tmp_path: Path) -> None:
    """The other action leads to s_term too: a tie whatever the goal."""
    (tmp_path / "i.toml").write_text(MINIMAL.replace('go = { x = "1" }', 'go = { term = "1" }'))
    ran = gammastar("plot", tmp_path / "i.toml", "--share", "-o", tmp_path / "f.svg")
    assert "no goals shut down at any gamma" in one_line(ran)
