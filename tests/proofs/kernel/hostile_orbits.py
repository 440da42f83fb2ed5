"""Inputs made to wear the kernel out by orbit trees and by phases, each in a size; hostile.py measures them."""

from __future__ import annotations

from tests.proofs.kernel.hostile import Json, Made, Maker, Rows, coprime, digits, instance, made, power

ZERO = {"unit": "1", "whole": ["0"]}


def names(count: int) -> list[str]:
    """s0, s1, ..."""
    return [f"s{k}" for k in range(count)]


def orbit_tree(nodes: list[Json], rewards: dict[str, str], **more: object) -> Json:
    """A claim whose counts are wrong, which is seen last."""
    counts = dict.fromkeys(("size", "outside", "shutdown", "avoid", "tie"), "-1")
    return (
        {"claim": "orbit-tree", "gamma": "1/2", "rewards": rewards, "alike": [], "flows": [], "nodes": nodes}
        | counts
        | more
    )


def star(count: int, rest: str = "") -> bytes:
    """Every state at once, each for ever."""
    arms: Rows = {s: {"stay": {s: "1"}} for s in names(count)}
    return instance(["new", *names(count), "term"], {"new": {f"go{s}": {s: "1"} for s in names(count)}, **arms}, rest)


def parts_of_many_classes(size: float) -> Made:
    """orbit-tree: splits all the way down, where each class is one state."""
    count = min(498, int(100 * size))
    inside = {"node": "inside", "values": {"unit": "1", "whole": [str(2 * (count - k)) for k in range(count)]}}
    inside["values"]["whole"] = [str(count + 1 + count), *(str(2 * (count - k)) for k in range(count))]  # type: ignore[index]
    rewards = {s: str(count - k) for k, s in enumerate(names(count))} | {"new": str(count + 1)}
    return made(star(count), *[orbit_tree([inside, *[{"node": "split"}] * count], rewards)] * int(5 * size))


def parts_of_two_classes(size: float) -> Made:
    """orbit-tree: two classes, among which many equal amounts are shared in every way; each way is a part."""
    count = min(498, int(100 * size))
    alike = [names(count)[: count // 2], names(count)[count // 2 :]]
    half = dict.fromkeys(names(count)[: count // 2], "1")
    values = {"unit": "1", "whole": ["2", *["2"] * (count // 2 - 1), *["0"] * (count - count // 2 + 1)]}
    nodes: list[Json] = [
        {"node": "inside", "values": values},
        *[{"node": "split"}, {"node": "avoid", "flow": "0"}] * count,
    ]
    return made(star(count), *[orbit_tree(nodes, half, alike=alike, flows=[stay()])] * int(5 * size))


def stay() -> Json:
    """To s0 for ever, at gamma = 1/2."""
    return {"action": "gos0", "policy": {"s0": "stay"}, "unit": "1", "visits": {"s0": "2"}}


def avoided_with_long_amounts(size: float) -> Made:
    """orbit-tree: the worth of a flow meets amounts of many digits."""
    count = min(498, int(100 * size))
    rewards = dict.fromkeys(["new", *names(count), "term"], digits(int(1000 * size)))
    values = {"unit": "1", "whole": [_times(rewards["new"])] * (count + 1)}
    nodes: list[Json] = [*[{"node": "inside", "values": values}] * 20, {"node": "avoid", "flow": "0"}]
    return made(star(count), orbit_tree(nodes, rewards, flows=[stay()]))


def _times(number: str) -> str:
    """Twice as much, of a number of ones and sevens, without reading it."""
    carry, found = 0, []
    for digit in reversed(number):
        carry, last = divmod(2 * int(digit) + carry, 10)
        found.append(str(last))
    return "".join([*([str(carry)] if carry else []), *reversed(found)])


def units_of_long_rewards(size: float) -> Made:
    """orbit: rewards with one long denominator, to which each vector's unit is compared."""
    count, below = int(100 * size), digits(int(1000 * size))
    rewards = dict.fromkeys(["new", *names(count)], f"1/{below}") | {"term": f"2/{below}"}
    goal = {"unit": _times(below), "whole": ["4"]}
    counts = {"size": str(count + 2), "outside": "0", "shutdown": "0", "avoid": "0", "tie": "0"}
    data = instance(["new", *names(count), "term"], {"new": {"go": {"s0": "1"}}})
    whole = [goal | {"whole": ["3"]}] * (count + 1) + [goal | {"whole": ["5"]}]
    whole[0] = whole[count] = goal
    return made(data, {"claim": "orbit", "gamma": "1/2", "rewards": rewards, "goals": whole, **counts})


def exchanged_states(size: float) -> Made:
    """orbit-tree: many states said to be alike, with rows of long numbers that all have the same scale."""
    count = int(40 * size)
    row = dict(zip(names(2 * count), coprime(count, 480), strict=True))
    more = {f"t{k}": {"go": {"s0": "1"}} for k in range(count)}
    states = ["new", *names(2 * count), *more, "term"]
    data = instance(states, {"new": {"go": row, "on": dict.fromkeys(more, f"1/{count}")}, **more})
    return made(data, orbit_tree([], {}, alike=[list(more)]))


def flows_of_long_scales(size: float) -> Made:
    """orbit-tree: a flow along rows without a common denominator, its visits of many digits."""
    count = int(20 * size)
    primes = [p for p in range(1000, 20_000) if all(p % q for q in range(2, 142))]
    base, rows = 10**470, {}
    for k, s in enumerate(names(count)):
        below = base + 2 * primes[k] + 1
        rows[s] = {"a": {"s0": f"1/{below}", f"s{1 + (k + 1) % (count - 1)}": f"{below - 1}/{below}"}}
    data = instance(["new", *names(count), "term"], {"new": {"go": {"s0": "1"}}, **rows})
    policy = dict.fromkeys(names(count), "a")
    flow = {
        "action": "go",
        "policy": policy,
        "unit": digits(2000),
        "visits": dict.fromkeys(names(count), digits(2000, 3)),
    }
    return made(data, orbit_tree([], {}, flows=[flow]))


def phase(rows: Rows, states: list[str], policy: dict[str, str], rewards: dict[str, str], **more: object) -> Made:
    """A certificate of one claim, of a policy that is best everywhere if nothing else is said."""
    claim = {
        "claim": "optimal-on-interval",
        "rewards": rewards,
        "policy": policy,
        "denominator": ["1"],
        "low": "0",
        "high": "1",
    }
    return made(instance(["new", *states, "term"], rows), claim | more)


def chain(count: int, rivals: int = 1) -> tuple[Rows, list[str], dict[str, str]]:
    """A corridor where one goes on, or leaves for an end, by as many actions."""
    leave = {f"b{k}": {"end": "1"} for k in range(rivals)}
    rows: dict[str, Json] = {"new": {"go": {"s0": "1"}}}
    rows |= {s: {"go": {f"s{k + 1}": "1"}, **leave} for k, s in enumerate(names(count - 1))}
    return rows, [*names(count), "end"], {"new": "go"} | dict.fromkeys(names(count - 1), "go")


def gains_divided_by_squares(size: float) -> Made:
    """Phases: a square with long coefficients, so that each quotient grows, though it never divides."""
    rows, states, policy = chain(int(40 * size))
    square = [*[digits(int(100 * size), 9)] * 3, "1"]
    return phase(rows, states, policy, dict.fromkeys(states, "-1") | {"end": "-9"}, squares=[square] * int(10 * size))


def gains_of_nothing(size: float) -> Made:
    """Phases: many squares for many gains that are 0."""
    rows, states, policy = chain(int(40 * size), 10)
    return phase(rows, states, policy, {}, squares=[["1", "1"]] * int(200 * size), low="0", high="1")


def signs_by_halving(size: float) -> Made:
    """Phases: a gain with a double zero is halved to the last round: (2 gamma^n - 1)^2 with 3 in the way."""
    count = int(20 * size)
    rows, states, policy = chain(2 * count + 3)
    rows = {**rows, "new": {"go": {"s0": "1"}, "wait": {"end": "1"}}}
    rewards = {"end": "-1", f"s{2 * count}": "4", f"s{count}": "-4"}
    return phase(rows, states, policy, {s: _negative(r) for s, r in rewards.items()})


def _negative(number: str) -> str:
    return number.removeprefix("-") if number.startswith("-") else f"-{number}"


def long_ends_of_phases(size: float) -> Made:
    """Phases: an end in an interval of many digits."""
    degree, long = int(20 * size), int(300 * size)
    ends = [f"1{'0' * (long - 3)}/1{'0' * (long - 1)}7", f"{'9' * long}/1{'0' * long}"]
    end = {"polynomial": ["-1", *["0"] * degree, "2"], "interval": ends}
    rows, states, policy = chain(int(20 * size))
    return phase(rows, states, policy, {"end": "-9"}, high=end)


def gains_of_odd_denominators(size: float) -> Made:
    """Phases: gains whose coefficients share no denominator are made whole."""
    count = int(30 * size)
    primes = [p for p in range(1000, 20_000) if all(p % q for q in range(2, 142))]
    rows: dict[str, Json] = {"new": {"go": {"s0": "1"}, "wait": {"end": "1"}}}
    for k, s in enumerate(names(count - 1)):
        rows[s] = {"go": {f"s{k + 1}": f"1/{primes[k]}", "end": f"{primes[k] - 1}/{primes[k]}"}, "wait": {"end": "1"}}
    policy = {"new": "go"} | dict.fromkeys(names(count - 1), "go")
    rewards = {s: f"1/{primes[-k - 1]}" for k, s in enumerate(names(count))}
    return phase(rows, [*names(count), "end"], policy, rewards)


def gains_of_long_rewards(size: float) -> Made:
    """Phases: each coefficient of many gains is a long number over another, which share no factor."""
    return _gains(f"{power(3, int(40_000 * size))}/{power(7, int(20_000 * size))}", int(60 * size))


def gains_with_long_denominators(size: float) -> Made:
    """Phases: each coefficient of very many gains is short, but keeps a long denominator."""
    return _gains(f"1/{power(7, int(2000 * size))}", int(300 * size))


def _gains(reward: str, count: int) -> Made:
    """So many other actions, each of which may lead to where the reward is, again and again."""
    ways = {f"a{k}": {"x": f"{k + 1}/{count + 1}", "y": f"{count - k}/{count + 1}"} for k in range(count)}
    loops: Rows = {s: {"stay": {s: "1"}} for s in "xy"}
    return phase({"new": ways, **loops}, ["x", "y"], {"new": "off", "x": "stay", "y": "stay"}, {"x": reward})


def steps_of_long_scales(size: float) -> Made:
    """Phases: differences of steps with long denominators."""
    count = int(10 * size)
    row = dict(zip(names(2 * count), coprime(count, 480), strict=True))
    other = dict(zip(reversed(names(2 * count)), coprime(count, 470), strict=True))
    return phase({"new": {"go": row, "wait": other}}, names(2 * count), {"new": "go"}, {"s0": "1"})


def differences_of_wide_steps(size: float) -> Made:
    """Phases: many narrow actions beside one that leads everywhere: each difference is as wide."""
    states = names(int(500 * size))
    wide = {"wide": dict.fromkeys(states, f"1/{len(states)}")}
    narrow = {f"a{k}": {states[k % len(states)]: "1"} for k in range(int(1000 * size))}
    return phase({"new": wide | narrow}, states, {"new": "wide"}, {"s0": "1"})


MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        parts_of_many_classes, parts_of_two_classes, avoided_with_long_amounts, units_of_long_rewards, exchanged_states,
        flows_of_long_scales, gains_divided_by_squares, gains_of_nothing, signs_by_halving, long_ends_of_phases,
        gains_of_odd_denominators, gains_of_long_rewards, gains_with_long_denominators, steps_of_long_scales, differences_of_wide_steps,
    )
}  # fmt: skip
