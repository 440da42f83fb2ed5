"""Small inputs that keep the kernel busy for minutes: the work charged must at least count the operations done.

Each certificate here is a scaled-down copy of one below 1 MB that took over 75 seconds, charged with less than 1% of
the bound. A lower bound for the operations is counted by hand; the charge has to reach it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from proofs.kernel.check import accept
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.kernel.limits import WORK
from proofs.kernel.verdicts import verdicts

Json = dict[str, Any]
EMPTY = '[goals]\ninequalities=["n<0"]\n'  # Theta is empty: any property is proved by two rows


def _model(states: list[str], transitions: str, rest: str = "") -> Model:
    names = ",".join(f'"{s}"' for s in states)
    head = f'format=1\nstates=[{names}]\n[shutdown]\nstate="n"\naction="o"\n'
    return Model(f"{head}{rest}[transitions.n]\no={{t=1}}\n{transitions}".encode())


def _charged(model: Model, *claims: Json) -> int:
    facts = Facts.of(model)
    for claim in claims:
        accept(facts, claim)
    verdicts(facts)
    return WORK - facts.left


def _vacuous(length: int, gammas: list[str], permutation: list[list[str]]) -> Json:
    ones = ["1"] * length
    rows = [[["reward", "n"], ones], [["inequality", "0"], ones]]
    named = {"claim": "universal", "property": "exceeds", "permutation": permutation}
    return {**named, "interval": gammas, "proof": {"multipliers": rows}}


def test_a_long_multiplier_at_one_gamma_of_many_digits() -> None:
    """Horner's rule at p/q: the k-th step multiplies numbers of k and one times q's length."""
    length, digits = 100, 2_000
    gamma = f"1/{3**digits}"
    model = _model(["n", "t", *(f"s{k}" for k in range(30))], "", EMPTY)
    words = (3**digits).bit_length() // 64
    assert _charged(model, _vacuous(length, [gamma, gamma], [])) >= length**2 // 2 * words


def test_an_orbit_asks_each_inequality_of_each_vector() -> None:
    """Vectors times inequalities."""
    states, number = ["n", "t", "a", "b", "c"], 50
    limits = ",".join(['"n<99"'] * number)
    model = _model(states, "", f"[goals]\ninequalities=[{limits}]\n")
    vectors = [[int(k == at) for k in range(5)] for at in (4, 3, 2, 1, 0)]
    goals = [{"unit": "2", "whole": [str(2 * v[0] + v[1])]} for v in vectors]
    claim = {"claim": "orbit", "gamma": "1/2", "rewards": {"n": "1"}, "goals": goals}
    counts = {"size": "5", "outside": "0", "shutdown": "5", "avoid": "0", "tie": "0"}
    once = _charged(model)
    charged = _charged(model, {**claim, **counts}) - once
    per_vector = 17 * number
    assert charged >= len(vectors) * per_vector


def test_equal_actions_are_compared_for_every_coefficient() -> None:
    """Actions that are not shown to be worse cost an expectation for each of 2 q + 1 coefficients."""
    length, copies = 12, 30
    last = f"r{length - 1}"
    steps = "".join(f"[transitions.r{k}]\na={{r{k + 1}=1}}\n" for k in range(length - 1))
    loop = f"[transitions.{last}]\na={{{last}=1}}\n"
    twins = "".join(f"[transitions.m{j}]\na={{r1=1}}\n" for j in range(copies))
    states = [*(f"r{k}" for k in range(length)), *(f"m{j}" for j in range(copies))]
    ways = "g={r0=1}\n" + "".join(f"b{j}={{m{j}=1}}\n" for j in range(copies))
    model = _model(["n", "t", *states], f"{ways}{steps}{loop}{twins}")
    low, high, unit = Fraction(3, 4), Fraction(7, 8), 8**20
    upper = {last: 1 / (1 - high)}
    for k in range(length - 2, -1, -1):
        upper[f"r{k}"] = high * upper[f"r{k + 1}"]
    gaps = [high * upper["r0"], *(upper[f"r{k}"] for k in range(length)), *[upper["r0"]] * copies]
    bounds = {"unit": str(unit), "lower": ["0"] * len(gaps), "gap": [str(int(g * unit)) for g in gaps]}
    claim: dict[str, object] = {
        "claim": "threshold",
        "kind": "paper",
        "state": last,
        "policy": {"n": "g"} | dict.fromkeys(states, "a"),
    }
    claim |= {"numerator": ["0"] * (length - 1) + ["1"], "denominator": ["1", "-1"], "polynomial": None}
    claim |= {"interval": [str(low), str(high)], "bounds": bounds}
    assert _charged(model, claim) - _charged(model) >= 17 * copies * 2 * length


def test_a_root_is_compared_with_a_gamma_of_many_digits() -> None:
    """An orbit at a gamma inside the interval of a threshold of degree m: m steps of Horner's rule, growing."""
    length, digits = 40, 3_000
    last = f"r{length - 1}"
    steps = "".join(f"[transitions.r{k}]\na={{r{k + 1}=1}}\n" for k in range(length - 1))
    model = _model(
        ["n", "t", *(f"r{k}" for k in range(length))], f"g={{r0=1}}\n{steps}[transitions.{last}]\na={{{last}=1}}\n"
    )
    low, high, unit = Fraction(9, 10), Fraction(49, 50), 50**50
    upper = {last: 1 / (1 - high)}
    for k in range(length - 2, -1, -1):
        upper[f"r{k}"] = high * upper[f"r{k + 1}"]
    gaps = [high * upper["r0"], *(upper[f"r{k}"] for k in range(length))]
    bounds = {"unit": str(unit), "lower": ["0"] * len(gaps), "gap": [str(int(g * unit)) for g in gaps]}
    claim: Json = {
        "claim": "threshold",
        "kind": "paper",
        "state": last,
        "policy": {"n": "g"} | {f"r{k}": "a" for k in range(length)},
    }
    claim |= {"numerator": ["0"] * (length - 1) + ["1"], "denominator": ["1", "-1"], "polynomial": None}
    claim |= {"interval": [str(low), str(high)], "bounds": bounds}
    gamma = Fraction(19 * 3**digits // 20, 3**digits)
    zero = {"unit": "1", "whole": ["0"] * (length + 1)}
    orbit: Json = {"claim": "orbit", "rewards": {}, "goals": [zero], "size": "1", "outside": "0"}
    orbit |= {"shutdown": "0", "avoid": "0", "tie": "1"}
    short, long = (_charged(model, claim, {**orbit, "gamma": g}) for g in ("1/2", str(gamma)))
    assert long - short >= length**2 // 2 * (gamma.denominator.bit_length() // 64)
