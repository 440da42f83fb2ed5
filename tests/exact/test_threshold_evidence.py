"""The evidence of thresholds of every kind of instance passes an independent checker, and is small."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from exact.evaluate import floats
from exact.evaluate.elimination import Eliminated
from exact.instance import Instance
from exact.mdp import Mdp, Policy, Row
from exact.rational_function import RationalFunction
from exact.thresholds import Bounds, Threshold, guess, paper_threshold, sharp_threshold
from exact.thresholds import region as region_module
from exact.thresholds.count import Count
from tests.exact.threshold_evidence import check
from tests.reference.worked import GOLDEN, OFF, Table, corridor, instance, to

Threshold_ = Callable[[Instance, int], Threshold]


@pytest.fixture(autouse=True, params=["exact", "guessed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small regions are searched exactly, others from guesses in doubles: here both ways, whatever the size."""
    monkeypatch.setattr(region_module, "_SMALL", 0 if request.param == "guessed" else 10**6)
    region_module._latest.clear()


def drawn(states: int, seed: int, kind: str) -> Instance:
    """A random MDP whose last state is s_term: `weighted` rows of three, `certain` ones, or `leaky` ones that end."""
    rng = random.Random(seed)
    last = states - 1

    def row() -> Row:
        if kind == "certain":
            return ((rng.randrange(last), Fraction(1)),)
        weights = {t: rng.randint(1, 9) for t in rng.sample(range(last), 3)}
        if kind == "leaky" and rng.random() < 0.5:
            weights[last] = 1
        return tuple((t, Fraction(w, sum(weights.values()))) for t, w in sorted(weights.items()))

    rows = [[row() for _ in range(3)] for _ in range(last)]
    rows[0].append(((last, Fraction(1)),))
    table = (*(tuple(actions) for actions in rows), ())
    names = tuple(tuple(f"a{a}" for a in range(len(actions))) for actions in table)
    return Instance(Mdp(tuple(f"s{s}" for s in range(states)), names, table), 0, 3)


@pytest.mark.parametrize("kind", ["weighted", "certain", "leaky"])
@pytest.mark.parametrize(("states", "seed"), [(6, 1), (9, 2), (14, 3)])
def test_random_instances(states: int, seed: int, kind: str) -> None:
    """Both kinds at every state."""
    model = drawn(states, seed, kind)
    for state in range(states - 1):
        check(model, paper_threshold(model, state))
        check(model, sharp_threshold(model, state))


def test_corridor_of_twelve() -> None:
    """Thresholds at 0, at a rational and at irrational numbers, each with its evidence."""
    model = corridor(12)
    for state in range(13):
        check(model, paper_threshold(model, state))
        check(model, sharp_threshold(model, state))


def fork(length: int, beside: Table) -> tuple[Instance, int]:
    """s_new goes to x in `length` steps, or to y; x loops. gamma°_x is the root of g^(length - 1) = 1 - g."""
    rooms = [*(f"r{j}" for j in range(1, length)), "x"]
    table = {room: {"go": to(after)} for room, after in zip(rooms, [*rooms[1:], "x"], strict=True)}
    names = {*beside, *(t for rows in beside.values() for row in rows.values() for t in row)} - {*rooms, "term", "new"}
    model = instance(
        " ".join(["new", *rooms, *sorted(names)]),
        {"new": OFF | {"go": to(rooms[0]), "aside": to("y")}, **table, **beside},
    )
    return model, model.mdp.state("x")


def test_tie_for_every_discount() -> None:
    """Two ways of the same worth through different rows: nothing more is needed, and the bounds stay small."""
    half = {"x": "1/2", "lost": "1/2"}
    model, x = fork(
        3, {"y": {"early": {"u": "1/2", "lost": "1/2"}, "late": to("w")}, "u": {"go": to("x")}, "w": {"go": half}}
    )
    threshold = sharp_threshold(model, x)
    check(model, threshold)
    assert threshold.ties is None
    assert bounds(threshold).unit <= 1 << 24


def test_tie_at_a_rational_threshold_only() -> None:
    """Ending is worth g and walking g^2 / (1 - g), equal at 1/2 = gamma°_x: exact values on the point."""
    model, x = fork(2, {"y": {"end": to("term"), "walk": to("b")}, "b": {"go": to("x")}})
    threshold = sharp_threshold(model, x)
    check(model, threshold)
    assert threshold.value == Fraction(1, 2)
    assert threshold.ties is None
    assert bounds(threshold).lower == bounds(threshold).upper


def test_tie_at_an_irrational_threshold_only() -> None:
    """Ending is worth g and walking g^3 / (1 - g), equal at the golden threshold: closed forms at two states."""
    model, x = fork(3, {"y": {"end": to("term"), "walk": to("a")}, "a": {"go": to("b")}, "b": {"go": to("x")}})
    threshold = sharp_threshold(model, x)
    check(model, threshold)
    assert threshold.value is not None
    assert threshold.value.polynomial == GOLDEN
    assert threshold.ties is not None
    assert {model.mdp.states[s] for s in threshold.ties.numerators} <= {"y", "a"}


def test_nearly_tied() -> None:
    """An action that is worse by about 2^-150 is separated by bounds of so many bits."""
    tiny = Fraction(1, 1 << 150)
    model, x = fork(
        3, {"y": {"sure": to("a"), "almost": {"a": str(1 - tiny), "lost": str(tiny)}}, "a": {"go": to("x")}}
    )
    threshold = sharp_threshold(model, x)
    check(model, threshold)
    assert threshold.ties is None
    assert 1 << 150 < bounds(threshold).unit < 1 << 400


def bounds(threshold: Threshold) -> Bounds:
    """The bounds, which are there."""
    assert threshold.bounds is not None
    return threshold.bounds


@pytest.mark.parametrize("digits", [12, 30, 1000])
def test_thresholds_near_zero_and_one(digits: int) -> None:
    """x is missed, or left, with probability 10^-digits: far beyond what doubles tell from 0 and 1."""
    tiny = Fraction(1, 10**digits)
    models: list[dict[str, dict[str, dict[str, Fraction | int]]]] = [
        {"new": {"go": {"x": 1 - tiny, "new": tiny}}, "x": {"loop": {"x": 1}}},  # near 0
        {"new": {"go": {"w": 1}}, "w": {"go": {"x": 1}}, "x": {"loop": {"x": tiny, "lost": 1 - tiny}}},  # near 1
        {"new": {"go": {"x": tiny, "new": 1 - tiny}}, "x": {"loop": {"x": 1}}},  # rare
    ]
    for table in models:
        table["new"] |= {"off": {"term": 1}}
        mdp = Mdp.from_dict(["new", "w", "x", "lost", "term"], table)
        model = Instance(mdp, 0, mdp.action(0, "off"))
        check(model, paper_threshold(model, 2))
        check(model, sharp_threshold(model, 2))


def test_no_sharp_threshold() -> None:
    """x once for certain, after a retry and behind a leak: the limit is 1, 1 and below; W is small."""
    model = instance(
        "new a once b again c seldom lost",
        {
            "new": {"off": to("term"), "one": to("a"), "two": to("b"), "three": to("c")},
            "a": {"go": to("once")},
            "once": {"go": to("lost")},
            "b": {"go": {"b": "1/3", "again": "2/3"}},
            "again": {"go": to("lost")},
            "c": {"go": {"seldom": "1/7", "lost": "6/7"}},
            "seldom": {"go": {"c": "1/2", "lost": "1/2"}},
        },
    )
    for name in ("once", "again", "seldom"):
        threshold = sharp_threshold(model, model.mdp.state(name))
        assert threshold.value is None
        check(model, threshold)
        assert threshold.limit is not None
        assert threshold.limit.unit <= 13


@pytest.mark.parametrize("threshold_", [paper_threshold, sharp_threshold])
def test_bounds_cost_less_than_the_fractions(threshold_: Threshold_) -> None:
    """Random MDP, 50 states: the digits of all l and u - l are fewer than a third of those of all N and D."""
    model, shares = drawn(51, 5, "weighted"), []
    for state in range(0, 50, 10):
        threshold = threshold_(model, state)
        found = bounds(threshold)
        assert threshold.visits is not None
        fractions = sum(len(str(c)) for part in threshold.visits.coefficients() for c in part)
        spent = sum(len(str(low)) + len(str(found.upper[s] - low)) for s, low in found.lower.items())
        shares.append(Fraction(spent, fractions))
    assert sum(shares) / len(shares) < Fraction(1, 3)


def test_both_kinds_share_their_work() -> None:
    """Where the shutdown is the only way out and all else leads everywhere, the two searches are one."""
    model = drawn(12, 7, "weighted")
    one, two = paper_threshold(model, 3), sharp_threshold(model, 3)
    assert one.bounds is two.bounds


@pytest.mark.parametrize("change", ["lower", "upper", "high", "policy"])
def test_checker_refuses(change: str) -> None:
    """Attack: bounds off by their width, an interval past the root, another policy."""
    model = drawn(9, 2, "weighted")
    threshold = paper_threshold(model, 4)
    check(model, threshold)
    found = bounds(threshold)
    state = next(s for s in found.lower if len(model.mdp.rows[s]) > 1)
    assert threshold.policy is not None
    policy = list(threshold.policy)
    policy[state] = (policy[state] + 1) % 3
    wrong = {
        "lower": replace(threshold, bounds=replace(found, lower={**found.lower, state: found.upper[state] + 1})),
        "upper": replace(threshold, bounds=replace(found, upper={**found.upper, state: found.lower[state] - 1})),
        "high": replace(threshold, bounds=replace(found, low=found.high, high=(found.high + 1) / 2)),
        "policy": replace(threshold, policy=tuple(policy)),
    }
    with pytest.raises(AssertionError):
        check(model, wrong[change])


def test_wrong_guesses_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doubles that name a poor policy, a wrong discount, too few bits, and fail at solving: the same threshold."""
    model = drawn(12, 7, "weighted")
    monkeypatch.setattr(region_module, "_SMALL", 0)
    expected = paper_threshold(model, 3).value
    region_module._latest.clear()
    monkeypatch.setattr(guess, "guess", lambda count: (count.shortest(), 0.999))
    monkeypatch.setattr(guess, "separating_bits", lambda *_: 1)
    monkeypatch.setattr(floats.Doubles, "by_state", lambda *_: lambda _: None)
    threshold = paper_threshold(model, 3)
    check(model, threshold)
    assert threshold.value == expected


def test_misleading_primes_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: an unproved closed form off by a factor crosses 1 elsewhere, where the bounds do not count 1."""
    model = drawn(12, 7, "weighted")
    visits = Count.visits

    def wrong(count: Count, policy: Policy, proved: bool = False) -> RationalFunction:
        right = visits(count, policy, True)
        return right if proved else RationalFunction(right.numerator * 9, right.denominator * 10)

    monkeypatch.setattr(Count, "visits", wrong)
    check(model, paper_threshold(model, 3))


@pytest.mark.parametrize("size", [1, 61, 63, 150])
def test_elimination_in_tiles(size: int) -> None:
    """The solution for one right side and for many, all from one elimination."""
    rng = np.random.default_rng(size)
    matrix = np.eye(size) - 0.99 * rng.dirichlet(np.ones(size), size)
    system = Eliminated(matrix.copy())
    for shape in (size, size, (size, 1), (size, 130)):
        right = rng.random(shape)
        assert np.allclose(matrix @ system.solve(right), right, rtol=1e-12)
