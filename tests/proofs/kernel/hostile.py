"""Inputs made to wear the kernel out, each in a size; python -m tests.proofs.kernel.hostile [PART] [FACTOR] measures them.

For each: seconds of one small version, the steps of work that it is charged, nanoseconds a step, and how long the kernel
would go on at that rate until the bound on work stops it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor
from typing import Any

from proofs.kernel import check as module
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.family.check import accept_family, family_settled
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel
from proofs.kernel.instance import Model
from proofs.kernel.limits import CERTIFICATE_BYTES, WORK

Json = dict[str, Any]
Rows = Mapping[str, Mapping[str, Mapping[str, str]]]
Made = tuple[bytes, bytes]
Maker = Callable[[float], Made]


def instance(states: list[str], rows: Rows, rest: str = "") -> bytes:
    """An instance file; `off` is added to `new`."""
    lines = ["format = 1", f"states = {json.dumps(states)}", "[shutdown]", 'state = "new"', 'action = "off"']
    for s, actions in {**rows, "new": {"off": {"term": "1"}, **rows.get("new", {})}}.items():
        lines.append(f"[transitions.{s}]")
        lines += [
            f"{a} = {{ {', '.join(f'{t} = {json.dumps(p)}' for t, p in row.items())} }}" for a, row in actions.items()
        ]
    return ("\n".join(lines) + f"\n{rest}").encode()


def certificate(data: bytes, claims: list[Json] | str, gamma: str | list[str] | None = None) -> bytes:
    """A document about it."""
    about = {"name": "unnamed", "sha256": sha256(data).hexdigest()}
    head = {"format": module.FORMAT, "instance": about, "question": {"gamma": gamma}}
    body = claims if isinstance(claims, str) else json.dumps(claims)
    return f'{json.dumps(head)[:-1]}, "claims": {body}}}'.encode()


def made(data: bytes, *claims: Json) -> Made:
    """Both files."""
    return data, certificate(data, list(claims))


def digits(number: int, seed: int = 7) -> str:
    """A number of so many digits."""
    return "1" + str(seed)[0] * (number - 1)


STEP: Rows = {"new": {"go": {"x": "1"}}, "x": {"stay": {"x": "1"}}}
NAMES = ["new", "x", "term"]


def wide_rows_of_the_fixpoint(size: float) -> Made:
    """R_x: a row of w successors, the last of them lost, is looked at each time that one of them is found, to its end.

    The states with such rows are found late in each round, by another action, and each round removes one state of a chain.
    """
    width = int(40 * size)
    wide, late, chain = ([f"{letter}{k}" for k in range(width)] for letter in "wsc")
    row = dict.fromkeys([*wide, "lost"], f"1/{width + 1}")
    rows: dict[str, Any] = {"new": {"go": {"x": "1"}}, "lost": {"stay": {"lost": "1"}}, "x": {"go": {"w0": "1"}}}
    rows |= {s: {"go": {(["x", *wide])[k]: "1"}} for k, s in enumerate(wide)}
    rows |= {s: {"wide": row, "on": {wide[-1]: "1"}} for s in late}
    rows |= {s: {"on": {(["lost", *chain])[k]: "1/2", "x": "1/2"}} for k, s in enumerate(chain)}
    return made(instance(["new", "x", *wide, *late, *chain, "lost", "term"], rows))


def coprime(count: int, length: int) -> list[str]:
    """Chances that sum to 1, in pairs with denominators that share no factor: their common one is very long."""
    base = 10 ** (length - 1)
    found = []
    for k in range(count):
        below = base + 2 * k + 1
        found += [f"1/{count * below}", f"{below - 1}/{count * below}"]
    return found


def coprime_row(size: float) -> Made:
    """An instance: one row whose common denominator has the digits of all of its entries."""
    count = int(40 * size)
    states = [f"s{k}" for k in range(2 * count)]
    row = dict(zip(states, coprime(count, 480), strict=True))
    return made(instance(["new", *states, "term"], {"new": {"go": row}}))


def short_inequalities(size: float) -> Made:
    """An instance: each inequality of six characters is a row over all states."""
    count, states = int(2000 * size), [f"s{k}" for k in range(int(500 * size))]
    texts = json.dumps(["s0<1"] * count)
    return made(instance(["new", *states, "term"], {}, f"[goals]\ninequalities = {texts}\n"))


def inequalities_of_many_goals(size: float) -> Made:
    """member: every goal is put into every inequality."""
    texts = json.dumps([f"x<{k + 2}" for k in range(int(2000 * size))])
    data = instance(NAMES, STEP, f"[goals]\ninequalities = {texts}\n")
    goal = {"claim": "member", "gamma": "1/2", "rewards": {}, "goal": {"unit": "1", "whole": ["0", "0"]}}
    return made(data, *[goal] * int(10 * size))


def inequalities_of_an_orbit(size: float) -> Made:
    """orbit: the table of rows is paid once, but each vector is put into every row."""
    texts = json.dumps([f"x<{k + 2}" for k in range(int(500 * size))])
    count = int(60 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "x", "term"], {"new": {"go": {"x": "1"}}}, f"[goals]\ninequalities = {texts}\n")
    rewards = {"term": "1"}
    values = {"unit": "2", "whole": ["0"]}
    numbers = {"size": str(count + 3), "outside": "0", "shutdown": "1", "avoid": "1", "tie": str(count + 1)}
    half = {"unit": "2", "whole": ["1"]}
    goals = [half, half, *[values] * count, {"unit": "1", "whole": ["1"]}]
    return made(data, {"claim": "orbit", "gamma": "1/2", "rewards": rewards, "goals": goals, **numbers})


def long_values(size: float) -> Made:
    """member: V* with long numbers and many actions, none of which is right."""
    actions = {f"a{k}": {"x": "1/2", "term": "1/2"} for k in range(int(20 * size))}
    data = instance(NAMES, {"new": actions, "x": {"stay": {"x": "1"}}})
    length = int(4000 * size)
    goal = {"unit": digits(length, 7), "whole": [digits(length, 3), digits(length, 9)]}
    return made(data, {"claim": "member", "gamma": "1/2", "rewards": {}, "goal": goal})


def long_rewards(size: float) -> Made:
    """member: rewards with long denominators that share no factor."""
    count, length = int(40 * size), int(1000 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], {"new": {"go": dict.fromkeys(states, f"1/{count}")}})
    base = 10 ** (length - 1)
    rewards = {s: f"1/{_text(base + 2 * k + 1)}" for k, s in enumerate(states)}
    return made(data, {"claim": "member", "gamma": "1/2", "rewards": rewards, "goal": {"unit": "1", "whole": ["0"]}})


def long_rewards_of_a_closed_form(size: float) -> Made:
    """closed-form: the same."""
    data, text = long_rewards(size)
    rewards = json.loads(text)["claims"][0]["rewards"]
    form = {
        "claim": "closed-form",
        "policy": {"new": "go"},
        "rewards": rewards,
        "denominator": ["1"],
        "values": {"new": []},
    }
    return made(data, form)


def power(base: int, exponent: int) -> str:
    """A long number, which shares no factor with a power of another prime."""
    return _text(base**exponent)


def _text(number: int) -> str:
    sys.set_int_max_str_digits(0)
    try:
        return str(number)
    finally:
        sys.set_int_max_str_digits(4300)


def dense(count: int, actions: int = 1) -> Rows:
    """Every state leads to every state."""
    states = [f"s{k}" for k in range(count)]
    row = dict.fromkeys(states, f"1/{count}")
    return {"new": {"go": {"s0": "1"}}} | {s: {f"a{k}": row for k in range(actions)} for s in states}


def series_of_a_dense_policy(size: float) -> Made:
    """closed-form: coefficients of a policy that can go everywhere from everywhere."""
    count = int(40 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], dense(count))
    form = {"claim": "closed-form", "policy": dict.fromkeys(states, "a0"), "rewards": {"s0": "1"}}
    return made(data, form | {"denominator": [str(count)] * (count + 1), "values": {"s1": []}})


def series_of_long_numbers(size: float) -> Made:
    """closed-form: a denominator of long coefficients."""
    count, length = int(12 * size), int(3000 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], dense(count))
    form = {"claim": "closed-form", "policy": dict.fromkeys(states, "a0"), "rewards": {"s0": "1"}}
    return made(data, form | {"denominator": [digits(length)] * (count + 1), "values": {"s1": []}})


def series_of_odd_denominators(size: float) -> Made:
    """closed-form: each state has a denominator of its own, so that the common one grows at each coefficient."""
    count = int(30 * size)
    states = [f"s{k}" for k in range(count)]
    primes = [p for p in range(1000, 20_000) if all(p % q for q in range(2, 142))]
    rows = {
        s: {"a0": {states[k - 1]: f"1/{primes[k]}", states[k - 2]: f"{primes[k] - 1}/{primes[k]}"}}
        for k, s in enumerate(states)
    }
    data = instance(["new", *states, "term"], rows)
    form = {"claim": "closed-form", "policy": dict.fromkeys(states, "a0"), "rewards": {"s0": "1"}}
    return made(data, form | {"denominator": ["1"], "values": {"s0": ["1"]}})


def corridor(count: int) -> Rows:
    """new -> r0 -> r1 -> ..., each may stay."""
    rows: dict[str, Any] = {"new": {"go": {"r0": "1"}}}
    for k in range(count):
        rows[f"r{k}"] = {"stay": {f"r{k}": "1"}} | ({"go": {f"r{k + 1}": "1"}} if k + 1 < count else {})
    return rows


def long_threshold(size: float) -> tuple[bytes, Json]:
    """A threshold of a corridor with a polynomial of that degree: g^(n-1) + g - 1."""
    count = int(25 * size)
    data = instance(["new", *(f"r{k}" for k in range(count)), "term"], corridor(count))
    policy = {"new": "go"} | {f"r{k}": "go" for k in range(count - 1)} | {f"r{count - 1}": "stay"}
    claim = {"claim": "threshold", "kind": "paper", "state": f"r{count - 1}", "policy": policy}
    return data, claim | {"numerator": ["0"] * (count - 1) + ["1"], "denominator": ["1", "-1"], "polynomial": None}


def quotient_that_grows(size: float) -> Made:
    """threshold: p is monic with long coefficients, so that the quotient grows at every step of the division."""
    data, claim = long_threshold(size)
    long = int(200 * size)
    p = [f"-{digits(long, 5)}", digits(long, 9), "1"]
    return made(data, claim | {"polynomial": p, "interval": ["1/100", "999/1000"]})


def long_ends(size: float) -> Made:
    """threshold: an interval between ends of many digits, before the bounds are looked at."""
    data, claim = long_threshold(size)
    long = int(300 * size)
    return made(
        data, claim | {"interval": [f"1{'0' * (long - 3)}/1{'0' * (long - 1)}7", f"{'9' * long}/1{'0' * long}"]}
    )


def long_bounds(size: float) -> Made:
    """threshold: bounds of long numbers over many actions."""
    rows = {"new": {f"a{k}": {"x": "1/2", "new": "1/2"} for k in range(int(60 * size))}, "x": {"stay": {"x": "1"}}}
    length = int(4000 * size)
    claim = {"claim": "threshold", "kind": "sharp", "state": "x", "policy": {"new": "a0", "x": "stay"}, "numerator": ["1"],
             "denominator": ["2", "-3", "1"], "polynomial": None, "interval": ["3/8", "1/2"]}  # fmt: skip
    bounds = {"unit": digits(length), "lower": ["0", "0"], "gap": [digits(length, 9) + "00", digits(length, 9) + "00"]}
    return made(instance(NAMES, rows), claim | {"bounds": bounds})


def same_actions(size: float) -> Made:
    """threshold: many actions that are the same for every gamma, on a region of long series."""
    count = int(30 * size)
    rows: dict[str, Any] = dict(corridor(count))
    rows["new"] = {"go": {"r0": "1"}} | {f"b{k}": {"r0": "1"} for k in range(int(100 * size))}
    data, claim = long_threshold(count / 25)
    data = instance(["new", *(f"r{k}" for k in range(count)), "term"], rows)
    bounds = {"unit": "1", "lower": ["0"] * (count + 1), "gap": ["99999999"] * (count + 1)}
    return made(data, claim | {"interval": ["1/100", "99/100"], "bounds": bounds})


def long_bound_of_no_threshold(size: float) -> Made:
    """no-threshold: one long number after many actions."""
    rows = {"new": {f"a{k}": {"x": "1/2", "new": "1/2"} for k in range(int(200 * size))}}
    long = digits(int(4000 * size))
    return made(
        instance(NAMES, rows),
        {"claim": "no-threshold", "state": "x", "unit": long, "bound": {"x": long, "new": long + "0"}},
    )


def wide_bound_of_no_threshold(size: float) -> Made:
    """no-threshold: many states, each with the length of all."""
    count = int(200 * size)
    rows = {"new": {"go": {"s0": "1"}}} | {f"s{k}": {"go": {f"s{k + 1}": "1"}} for k in range(count - 1)}
    states = [f"s{k}" for k in range(count)]
    bound = dict.fromkeys(["new", *states], "1") | {states[-1]: "1"}
    return made(
        instance(["new", *states, "term"], rows),
        {"claim": "no-threshold", "state": states[-1], "unit": "1", "bound": bound},
    )


def universal(proof: Json, permutation: list[list[str]] | None = None, **changes: object) -> Json:
    """A claim."""
    about = {"claim": "universal", "property": "stays", "permutation": permutation or [], "interval": ["0", "1"]}
    return about | {"proof": proof} | changes


def agreeing_rows(size: float) -> Made:
    """universal: for each state that moves, who can reach it is asked."""
    count = int(60 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], dense(count))
    return made(data, universal({"violations": []}, [states]))


def many_small_proofs(size: float) -> Made:
    """universal: each claim makes the table of rows anew."""
    return made(instance(NAMES, STEP), *[universal({"violations": []})] * int(300 * size))


def long_multipliers(size: float) -> Made:
    """universal: multipliers of long numbers at one gamma."""
    long = digits(int(3000 * size))
    rows = [["reward", s] for s in NAMES] + [
        ["super", c, s, a] for c in ("goal", "image") for s, a in (("new", "go"), ("x", "stay"))
    ]
    proof = {"multipliers": [[row, [long] * 18] for row in rows]}
    return made(instance(NAMES, STEP), universal(proof, property="retargets", interval=["1/2", "1/2"]))


def long_gamma_of_a_proof(size: float) -> Made:
    """universal: one gamma of many digits, at which the sums' signs are looked at."""
    rows = [["reward", s] for s in NAMES] + [
        ["super", c, s, a] for c in ("goal", "image") for s, a in (("new", "go"), ("x", "stay"))
    ]
    proof = {"multipliers": [[row, ["1"] * 18] for row in rows]}
    at = f"1{'0' * int(3000 * size)}/3{'0' * int(3000 * size)}1"
    return made(instance(NAMES, STEP), universal(proof, property="retargets", interval=[at, at]))


def signs_on_an_interval(size: float) -> Made:
    """universal: multipliers of the highest degree between long ends."""
    count = int(8 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], {})
    ends = [f"{k}{'0' * int(48 * size)}/3{'0' * int(47 * size)}1" for k in (1, 2)]
    proof = {"multipliers": [[["reward", s], ["1"] * (6 * count)] for s in states]}
    return made(data, universal(proof, property="retargets", interval=ends))


def coprime_rows_of_a_proof(size: float) -> Made:
    """universal: rows whose coefficients share no denominator, summed up."""
    count = int(40 * size)
    base = 10**470
    texts = json.dumps([f"1/{base + 2 * k + 1}*x <= 1" for k in range(count)])
    data = instance(NAMES, STEP, f"[goals]\ninequalities = {texts}\n")
    proof = {"multipliers": [[["inequality", str(k)], ["1"]] for k in range(count)]}
    return made(data, universal(proof, property="retargets", interval=["1/2", "1/2"]))


def wide_inequalities_of_a_proof(size: float) -> Made:
    """universal: the table has each inequality four times over."""
    count = int(100 * size)
    states = [f"s{k}" for k in range(count)]
    texts = json.dumps([" + ".join(states) + f" <= {k}" for k in range(count // 4)])
    data = instance(["new", *states, "term"], {}, f"[goals]\ninequalities = {texts}\n")
    return made(data, universal({"multipliers": []}, property="retargets"))


def permutations_alike(size: float) -> Made:
    """retargeting: long permutations that differ in their last cycle alone."""
    count = int(100 * size)
    states = [f"s{k}" for k in range(count)]
    head = [states[k : k + 2] for k in range(0, count - 40, 2)]
    tails = [states[count - 40 : count - 1 - k] for k in range(20)]
    phis = [[*head, tail] for tail in tails]
    texts = json.dumps(["s0 < 0"])
    data = instance(["new", *states, "term"], {}, f"[goals]\ninequalities = {texts}\n")
    empty = {"multipliers": [[["inequality", "0"], ["1"]], [["reward", "s0"], ["1"]]]}
    claims = [universal(empty, phi, property="retargets") for phi in phis] * 5
    return made(
        data, *claims, *[{"claim": "retargeting", "interval": ["0", "1"], "permutations": phis[-1:]}] * int(50 * size)
    )


def proved_threshold(size: float) -> tuple[bytes, Json]:
    """long_threshold with its bounds, in an interval of width 2^-20."""
    data, claim = long_threshold(size)
    count, unit = len(claim["policy"]) - 1, 2**60
    rows = {
        s: {a: row for a, row in actions.items() if a == claim["policy"][s]} for s, actions in corridor(count).items()
    }
    data = instance(["new", *(f"r{k}" for k in range(count)), "term"], rows)
    low, high = 0, 2**20
    while high - low > 1:
        middle = (low + high) // 2
        gamma = Fraction(middle, 2**20)
        low, high = (low, middle) if gamma ** (count - 1) + gamma >= 1 else (middle, high)
    a, b = Fraction(low, 2**20), Fraction(high, 2**20)
    slack = ceil(b / (1 - b))
    below, above = ([g ** max(0, count - k) / (1 - g) * unit for k in range(count + 1)] for g in (a, b))
    below[0], above[0] = below[1] * a, above[1] * b
    lower, upper = [floor(v) - slack for v in below], [ceil(v) + slack for v in above]
    bounds = {
        "unit": str(unit),
        "lower": list(map(str, lower)),
        "gap": [str(u - v) for u, v in zip(upper, lower, strict=True)],
    }
    return data, claim | {"interval": [str(a), str(b)], "bounds": bounds}


def orbits_at_long_gammas(size: float) -> Made:
    """The verdict: a threshold's polynomial is evaluated at each orbit's gamma, which lies in its interval."""
    data, claim = proved_threshold(size)
    low, high = map(Fraction, claim["interval"])
    base = 10 ** (int(2000 * size) - 1)
    text = f"{_text(floor((low + high) / 2 * base) * 10 + 1)}/{_text(10 * base)}"
    at = {
        "claim": "orbit",
        "gamma": text,
        "rewards": {},
        "size": "1",
        "outside": "0",
        "shutdown": "0",
        "avoid": "0",
        "tie": "1",
    }
    whole = {"goals": [{"unit": "1", "whole": ["0"] * len(claim["policy"])}]}
    return made(data, claim, *[at | whole] * int(10 * size))


def question_of_many_digits(size: float) -> Made:
    """The verdict: the polynomials of all thresholds are evaluated at the question's gamma, which lies in their intervals."""
    count, gamma = int(120 * size), f"0.5{'0' * int(600 * size)}1"
    states = [*(f"r{k}" for k in range(count)), "c0", "c1", "c2"]
    rows = {s: {"go": {t: "1"}} for s, t in zip(["new", *states], [*states, "c0"], strict=True)}
    data = instance(["new", *states, "term"], rows, f"[question]\ngamma = {json.dumps(gamma)}\n")
    bounds = {"unit": "1", "lower": ["0"] * (count + 4), "gap": ["9999"] * (count + 4)}
    claim: Json = {"claim": "threshold", "kind": "paper", "policy": dict.fromkeys(["new", *states], "go")}
    claim |= {
        "denominator": ["1", "0", "0", "-1"],
        "polynomial": None,
        "interval": ["1/4", "999/1000"],
        "bounds": bounds,
    }
    claims = [claim | {"state": f"c{k}", "numerator": [*["0"] * (count + k), "1"]} for k in range(3)]
    return data, certificate(data, claims, str(Fraction(gamma)))


def long_integers(size: float) -> Made:
    """Reading: integers of the greatest length."""
    goal = {"unit": "1", "whole": [digits(100_000)] * int(5 * size)}
    return made(instance(NAMES, STEP), {"claim": "member", "gamma": "1/2", "rewards": {}, "goal": goal})


def long_rationals(size: float) -> Made:
    """Reading: rationals of the greatest length, each brought to lowest terms."""
    count = int(2 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], {})
    rewards = {s: f"{digits(100_000, 3)}/{digits(99_999, 7)}" for s in states}
    return made(data, {"claim": "member", "gamma": "1/2", "rewards": rewards, "goal": {"unit": "0", "whole": []}})


def many_universals(size: float) -> Made:
    """The verdict: every swap is looked up among all universal claims."""
    count = int(60 * size)
    states = [f"s{k}" for k in range(count)]
    data = instance(["new", *states, "term"], {}, '[goals]\ninequalities = ["s0 <= 1"]\n')
    proof = {
        "violations": [
            [
                ["breaks", "0", "above"],
                {"multipliers": [[["breaks", "0", "above"], ["1"]], [["inequality", "0"], ["1"]]]},
            ]
        ]
    }
    claims = int(200 * size)
    return made(data, *(universal(proof, interval=[f"{k}/100003"] * 2) for k in range(1, claims)))


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        wide_rows_of_the_fixpoint, coprime_row, short_inequalities, inequalities_of_many_goals, inequalities_of_an_orbit, long_values,
        long_rewards, long_rewards_of_a_closed_form, series_of_a_dense_policy, series_of_long_numbers, series_of_odd_denominators,
        quotient_that_grows, long_ends, long_bounds, same_actions, long_bound_of_no_threshold, wide_bound_of_no_threshold, agreeing_rows,
        many_small_proofs, long_multipliers, long_gamma_of_a_proof, signs_on_an_interval, coprime_rows_of_a_proof,
        wide_inequalities_of_a_proof, permutations_alike, orbits_at_long_gammas, question_of_many_digits, long_integers, long_rationals, many_universals,
    )
}  # fmt: skip


def charged(data: bytes, text: bytes) -> tuple[float, float, int, str]:
    """(seconds to read the instance, seconds for the rest, steps charged, what came out)."""
    start = time.process_time()
    read = Model(data)
    between = time.process_time()
    kept: list[Facts] = []
    original = Facts.of
    Facts.of = lambda model, gamma=None: kept.append(original(read, gamma)) or kept[0]  # type: ignore[method-assign, func-returns-value]
    try:
        outcome = module.check(data, text)
    finally:
        Facts.of = original  # type: ignore[method-assign]
    spent = time.process_time() - between
    return (
        between - start,
        spent - (between - start),
        WORK - kept[0].left,
        f"{outcome.status} {outcome.reason} {outcome.holes[:1]}",
    )


def charged_to_family(data: bytes, text: bytes) -> tuple[float, float, int, str]:
    """The same of a family; the steps of reading are not among them."""
    start = time.process_time()
    family = FamilyFacts.of(FamilyModel(data))
    between = time.process_time()
    try:
        _, claims = module.opened(family.model, text)
        outcome = family_settled(family, module.prove(family, claims, accept_family))
        said = f"{outcome.status} {outcome.holes[:1]}"
    except (Malformed, Invalid, Hole) as error:
        said = f"{type(error).__name__.upper()} {error}"
    return between - start, time.process_time() - between, WORK - family.facts.left, said


def main(part: str = "", size: float = 1) -> None:
    """The table."""
    from tests.proofs.kernel.hostile_families import MAKERS as FAMILIES
    from tests.proofs.kernel.hostile_orbits import MAKERS as ORBITS

    for name, maker in {**MAKERS, **ORBITS, **FAMILIES}.items():
        if part in name:
            data, text = maker(size)
            reading, seconds, steps, said = (charged_to_family if name in FAMILIES else charged)(data, text)
            rate = 1e9 * seconds / max(1, steps)
            again = seconds * CERTIFICATE_BYTES / len(text)
            print(f"{name:30} {reading:6.2f} {seconds:6.2f} s {steps:13,} steps {rate:9.1f} ns {rate * WORK / 1e9:11,.0f} s "
                  f"{again:9,.0f} s  {said[:50]}", flush=True)  # fmt: skip


if __name__ == "__main__":
    part, factor = (*sys.argv[1:3], "", "1")[:2] if len(sys.argv) < 3 else sys.argv[1:3]
    main(part, float(factor))
