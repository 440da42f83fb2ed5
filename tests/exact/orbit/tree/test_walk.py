"""Orbits by branch and bound against enumeration, and the counts that are known."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.errors import BadInstance
from exact.instance import Instance, parse_instance
from exact.orbit import OrbitCount, count_orbit
from exact.orbit.tree import count as counting
from exact.orbit.tree import walk
from exact.orbit.tree.alike import alike
from exact.orbit.tree.count import PartlyCounted, count_tree, percent
from exact.orbit.tree.walk import Walk
from exact.testing import strategies
from tests.proofs.kernel.session import source

SMALL = strategies.instances(max_states=6, max_actions=2, shutdown_loops=True, max_inequalities=1)
BOUNDED = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
GAMMAS = ["1/20", "1/2", "9/10", "19/20"]


def chain(length: int) -> Instance:
    """corridor-LENGTH: go along, or stay."""
    names = [f"r{k}" for k in range(length)]
    lines = [f"new go {names[0]}=1", *(f"{s} stay {s}=1" for s in names)]
    lines += [f"{s} on {t}=1" for s, t in pairwise(names)]
    return parse_instance(source(" ".join(["new", *names, "term"]), "\n".join(lines)))


def star(rays: int) -> Instance:
    """Shutdown, or one of so many states for ever."""
    names = [f"x{k}" for k in range(rays)]
    return parse_instance(
        source(" ".join(["new", *names, "term"]), "\n".join(f"new go{x} {x}=1\n{x} stay {x}=1" for x in names))
    )


def counted(instance: Instance, rewards: list[int], gamma: str) -> OrbitCount:
    """All of the orbit."""
    *_, last = count_tree(instance, tuple(map(Fraction, rewards)), Fraction(gamma), jobs=1)
    assert last.share == 1
    return last.count


@given(SMALL, st.data())
@BOUNDED
def test_as_enumeration_counts(instance: Instance, data: st.DataObject) -> None:
    """All ties and readings, signs, training, inequalities; whether few vectors are listed or none."""
    theta, gamma = data.draw(strategies.rewards(instance.mdp)), Fraction(data.draw(st.sampled_from(GAMMAS)))
    wanted = count_orbit(instance, theta, gamma)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "FEW", data.draw(st.sampled_from([0, 6, 60])))
        patch.setattr(counting, "PARTS", data.draw(st.sampled_from([1, 5, 400])))
        *_, last = count_tree(instance, theta, gamma, jobs=1)
    assert last.count == wanted


@pytest.mark.parametrize(("instance", "gamma"), [*product((chain(5), star(5)), ("1/3", "1/2", "9/10"))])
def test_seven_states(instance: Instance, gamma: str) -> None:
    """Distinct, repeated and negative rewards."""
    for rewards in ([1, 2, 3, 4, 5, 6, 7], [1, 2, 4, 8, 16, 32, 64], [0, 0, 1, 1, 1, 5, 5], [-3, -1, 0, 0, 2, 2, 9]):
        assert counted(instance, rewards, gamma) == count_orbit(
            instance, tuple(map(Fraction, rewards)), Fraction(gamma)
        )


def test_long_corridors() -> None:
    """479,001,600 vectors each: none shut down for powers of 2, 4,026,096 for powers of 4."""
    twos = counted(chain(10), [2**k for k in range(12)], "9/10")
    fours = counted(chain(10), [4**k for k in range(12)], "9/10")
    assert (twos.size, twos.shutdown, twos.tie) == (479_001_600, 0, 0)
    assert (fours.size, fours.shutdown, fours.tie) == (479_001_600, 4_026_096, 0)


@pytest.mark.parametrize("rays", [3, 8, 12])
def test_a_star_attains_its_bound(rays: int) -> None:
    """Whoever has the greatest reward decides: exactly 1 : n of rewards that lie far apart, at a gamma near 0."""
    found = counted(star(rays), [100**k for k in range(rays + 2)], "1/1000")
    assert (found.avoid, found.tie) == (rays * found.shutdown, 0)


def test_alike() -> None:
    """Rays are exchangeable, links of a chain are not; new is seen by nothing."""
    assert alike(star(3)).classes == ((0,), (1, 2, 3), (4,))
    assert alike(chain(3)).classes == ((0,), (1,), (2,), (3,), (4,))
    assert alike(star(3)).unseen == (0,)


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_goes_on_where_it_stopped(jobs: int, tmp_path: Path) -> None:
    """What is noted is not counted again; the sum is the same; the notes go at the end."""
    instance, rewards, notes = chain(7), tuple(map(Fraction, range(1, 10))), tmp_path / "notes.json"
    whole = counted(instance, list(range(1, 10)), "1/2")
    steps = count_tree(instance, rewards, Fraction(1, 2), jobs, notes)
    for _, found in zip(range(40), steps, strict=False):
        assert found.share < 1
    steps.close()  # type: ignore[attr-defined]
    again = [*count_tree(instance, rewards, Fraction(1, 2), jobs, notes)]
    assert again[0].share >= found.share > 0
    assert again[-1].count == whole
    assert not notes.exists()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "gammastar-count/1", "about": 1, "done": {}}'])
def test_notes_of_something_else(text: str, tmp_path: Path) -> None:
    """Refused, and left alone."""
    notes = tmp_path / "notes.json"
    notes.write_text(text, "utf-8")
    with pytest.raises(BadInstance, match=r"notes\.json"):
        next(count_tree(star(3), tuple(map(Fraction, range(5))), Fraction(1, 2), 1, notes))
    assert notes.read_text("utf-8") == text


def test_shares() -> None:
    """Rounded down, so that 100 % means all."""
    tally: Mapping[str, int] = {"avoid": 99_999, "outside": 0}
    assert percent(PartlyCounted(tally, 100_000).share) == "99.99 %"
    assert percent(Fraction(1)) == "100.00 %"
    assert Walk(star(2), tuple(map(Fraction, (0, 0, 1, 2))), Fraction(1, 2)).tree(0) is None
