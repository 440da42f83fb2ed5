"""Families made to wear the kernel out, each in a size, as in tests.proofs.kernel.hostile, which measures them too."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.proofs.kernel.hostile import NAMES, Json, Made, Rows, certificate, digits, instance

Maker = Callable[[float], Made]
UNIT = dict.fromkeys("pqr", ("0", "1"))
ODD = {"p": ("1/3", "7/9"), "q": ("1/3", "5/11"), "r": ("2/7", "12/13")}
ALL_POWERS = "(1+p+p^2+p^3+p^4)*(1+q+q^2+q^3+q^4)*(1+r+r^2+r^3+r^4)/1000"


def family(rows: Rows, box: Mapping[str, tuple[str, str]], rest: str = "", states: list[str] = NAMES) -> bytes:
    """An instance file with parameters, asked about the gammas from 1/2 on."""
    declared = "\n".join(f"{name} = {json.dumps(side)}" for name, side in box.items())
    return instance(states, rows, f'{rest}\n[question]\ngamma = ["1/2", "1"]\n[parameters]\n{declared}\n')


def made(data: bytes, *claims: Json) -> Made:
    """Both files."""
    return data, certificate(data, list(claims), ["1/2", "1"])


def dense_rows(count: int) -> Rows:
    """Actions whose chances have every power of three parameters."""
    moves = {f"a{k}": {"x": f"1/{k + 3}+{ALL_POWERS}", "new": f"1-1/{k + 3}-{ALL_POWERS}"} for k in range(count)}
    return {"new": moves, "x": {"stay": {"x": "1"}}}


def apart_rows(count: int) -> Rows:
    """Actions whose chances have powers of one parameter each, but all powers where they are put together."""
    moves = {}
    for k in range(count):
        row = {"new": "1/2"}
        for name in "pqr":
            row |= {f"{name}1": f"1/12+{name}^4/{k + 50}", f"{name}2": f"1/12-{name}^4/{k + 50}"}
        moves[f"a{k}"] = row
    ends = {f"{name}{k}": {"on": {"x": "1"}} for name in "pqr" for k in (1, 2)}
    return {"new": moves, **ends, "x": {"stay": {"x": "1"}}}


def not_counted(box: list[list[str]], values: Json, **changes: Any) -> Json:
    """A claim about x that is refused late, or never."""
    claim = {"claim": "not-counted", "kind": "sharp", "state": "x", "box": box, "discount": "1/2", "unit": "1"}
    return claim | {"values": values} | changes


def chances_of_all_powers(size: float) -> Made:
    """Reading: chances of the highest degree in three parameters."""
    return made(family(dense_rows(int(20 * size)), ODD))


def chances_that_almost_vanish(size: float) -> Made:
    """Reading: chances that are positive by little, so that their box is halved again and again."""
    near = [f"(1/1000+((p-1/7)^2+(q-1/{k + 3})^2+(r-1/5)^2)/40)" for k in range(int(6 * size))]
    moves = {f"a{k}": {"x": p, "new": f"1-{p}"} for k, p in enumerate(near)}
    return made(family({"new": moves, "x": {"stay": {"x": "1"}}}, dict.fromkeys("pqr", ("-1", "1"))))


def chances_with_long_numbers(size: float) -> Made:
    """Reading: the same with long coefficients."""
    long = int(120 * size)
    moves = {}
    for k in range(int(10 * size)):
        p = f"1/{digits(long, 7)}{k + 3}+{ALL_POWERS}"
        moves[f"a{k}"] = {"x": p, "new": f"1-({p})"}
    return made(family({"new": moves, "x": {"stay": {"x": "1"}}}, ODD))


def chances_on_long_sides(size: float) -> Made:
    """Reading: a box whose ends have many digits."""
    long = int(40 * size)
    sides = {name: (f"1/{digits(long, 7)}", f"9/1{digits(long // 2, k)}") for k, name in enumerate("pqr")}
    return made(family(dense_rows(2), sides))


def towers_of_powers(size: float) -> Made:
    """Reading: powers of powers of a number, and sums of many terms."""
    most = int(99 * size)
    tower = f"((7/9)^{most})^{most}"
    p = f"1/2 + (p - p)*{tower}*{tower}"
    long = f"1/2 + {ALL_POWERS} - {ALL_POWERS}" + "+p-p" * 200
    moves = {f"a{k}": {"x": text, "new": "1/2"} for k, text in enumerate([p, *[long] * int(100 * size)])}
    return made(family({"new": moves, "x": {"stay": {"x": "1"}}}, UNIT))


def short_rows(size: float) -> Made:
    """counted: many short rows, in which each claim names one value."""
    count, width = int(60 * size), int(20 * size)
    states = [f"s{k}" for k in range(count)]
    rows: dict[str, Any] = {"new": {"go": {"s0": "1"}}, "x": {"stay": {"x": "1"}}}
    for k in range(count):
        after = states[(k + 1) % count]
        rows[states[k]] = {f"a{j}": {after: f"1/{j + 2}+p/9", "x": f"1-1/{j + 2}-p/9"} for j in range(width)}
    data = family(rows, {"p": ("0", "1/2")}, "", ["new", "x", *states, "term"])
    claim = {"claim": "counted", "kind": "sharp", "state": "x", "discount": "9/10", "unit": "1", "box": [["0", "1/2"]]}
    some = {"policy": {"x": "stay", "new": "go", "s0": "a0"}, "values": {"x": ["9", "0"], "s0": ["2", "0"]}}
    return made(data, *[claim | some] * int(20 * size))


def short_rows_of_all_states(size: float) -> Made:
    """not-counted: the same rows, each looked at."""
    data, _ = short_rows(size)
    states = [f"s{k}" for k in range(int(60 * size))]
    claim = not_counted([["0", "1/2"]], {s: ["2", "1"] for s in ["new", "x", *states]})
    return made(data, *[claim] * 3)


def values_of_all_powers(size: float) -> Made:
    """not-counted: an action for each of many polynomials, on one box."""
    data = family(dense_rows(int(10 * size)), UNIT)
    claim = not_counted([["0", "1"]] * 3, {"new": ["9", "0", "0", "0"], "x": ["9", "1", "1", "1"]})
    return made(data, *[claim] * 3)


def values_of_powers_apart(size: float) -> Made:
    """The same where the sum has more coefficients than its parts."""
    data = family(apart_rows(int(40 * size)), UNIT, "", ["new", "x", "term", "p1", "p2", "q1", "q2", "r1", "r2"])
    affine = {f"{name}{k}": ["9", "1", "1", "1"] for name in "pqr" for k in (1, 2)}
    claim = not_counted([["0", "1"]] * 3, {"new": ["9", "1", "1", "1"], "x": ["9", "1", "1", "1"], **affine})
    return made(data, *[claim] * 3)


def values_of_long_numbers(size: float) -> Made:
    """not-counted: values of many digits."""
    data, long = family(dense_rows(int(2 * size) + 1), UNIT), digits(int(2000 * size))
    values = {"new": [f"{long}9", long, long, long], "x": [f"{long}9", long, long, long]}
    return made(data, not_counted([["0", "1"]] * 3, values, unit=long))


def values_of_long_fractions(size: float) -> Made:
    """not-counted: the rows' coefficients and the discount have long denominators without a common factor."""
    data, long = family(dense_rows(int(4 * size) + 1), ODD), int(500 * size)
    box = [list(side) for side in ODD.values()]
    values = {"new": [digits(long, 9), "1", "1", "1"], "x": [digits(long, 9), "1", "1", "1"]}
    return made(data, not_counted(box, values, discount=f"{digits(long, 3)}/{digits(long, 7)}"))


def rows_on_other_boxes(size: float) -> Made:
    """counted: each claim is about another box, and names few values."""
    data = family(dense_rows(int(10 * size)), UNIT)
    claim = {"claim": "counted", "kind": "sharp", "state": "x", "discount": "1/2", "unit": "1", "policy": {"new": "a0"}}
    claim |= {"values": {}}
    cut = 2**64
    boxes = [[[f"{2 * k + 1}/{cut}", f"{cut - 1}/{cut}"]] * 3 for k in range(int(4 * size))]
    return made(
        data,
        *[
            claim | {"box": box, "policy": {"x": "stay", "new": "a0"}, "values": {"x": ["2", "0", "0", "0"]}}
            for box in boxes
        ],
    )


def points(size: float) -> Made:
    """at: ten points of a family whose chances take long to read."""
    data = family(dense_rows(int(40 * size)), UNIT)
    at = {"claim": "at", "gamma": "1/2", "claims": []}
    return made(data, *[at | {"point": dict.fromkeys("pqr", f"1/{digits(300, k)}")} for k in range(10)])


def inequalities_of_all_swaps(size: float) -> Made:
    """The verdict: whether the exchange of a state and s_term keeps the goals is asked for every state."""
    count = int(150 * size)
    states = [f"s{k}" for k in range(count)]
    texts = json.dumps([" + ".join(["term", *states]) + f" <= {k}" for k in range(count)])
    data = family(
        {"new": {"go": {"s0": "1/2+p/4", "new": "1/2-p/4"}}},
        {"p": ("0", "1")},
        f"[goals]\ninequalities = {texts}",
        ["new", *states, "term"],
    )
    return made(data)


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        chances_of_all_powers, chances_that_almost_vanish, chances_with_long_numbers, chances_on_long_sides, values_of_all_powers,
        values_of_powers_apart, values_of_long_numbers, values_of_long_fractions, towers_of_powers, short_rows, short_rows_of_all_states, rows_on_other_boxes, points, inequalities_of_all_swaps,
    )
}  # fmt: skip
