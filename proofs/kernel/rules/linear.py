"""`universal`, `retargeting`: claims about every theta of Theta, shown by Farkas multipliers (Def. 4, Thm. 1)."""

from collections import defaultdict
from fractions import Fraction
from math import lcm

from proofs.kernel.decode import fields, interval, items, one_of, polynomial, require, typed
from proofs.kernel.facts import Facts, Interval
from proofs.kernel.poly import Poly, positive, sign, trim
from proofs.kernel.rows import Line, Name, agreeing, copies, table

ALWAYS = {"agrees", "reward", "inequality", "super", "trained", "optimal", "prefers", "shuts"}
IMAGE = {"image-inequality", "image-trained", "image-optimal", "image-prefers", "image-shuts"}
USED = {"retargets": {"kept", "image-shuts"}, "stays": set[str](), "never-both": IMAGE}


def universal(facts: Facts, claim: dict[str, object]) -> None:
    """Prove a property of a permutation for every theta of Theta and every gamma of an interval."""
    name, cycles, ends, proof = fields(claim, "property", "permutation", "interval", "proof")
    model, asked, target = facts.model, one_of(name, USED), facts.model.moves(cycles)
    gammas, itself = interval(ends, most=100), {s: s for s in model.states}
    lines = table(model, itself, False) | table(model, itself | {t: s for s, t in target.items()}, True)
    lines |= agreeing(model, target)
    every = copies(model, "goal") | copies(model, "image")
    waiting: list[tuple[object, tuple[Name, ...], str]] = [(proof, (), "")]  # node, rows of its case, what `only` chose
    if asked == "stays":
        ways = [(_name(row), below) for row, below in (items(way, 2) for way in items(fields(proof, "violations")[0]))]
        possible = [row for row in lines if row[0] in ("violates", "breaks")]
        require(sorted(row for row, _ in ways) == sorted(possible), "the violations are not exactly the possible ones")
        waiting = [(below, (row,), "") for row, below in ways]
    while waiting:
        found, case, only = waiting.pop()
        node = typed(found, dict)
        if "split" in node:
            split, given = fields(node, "split", "cases")
            c, s = _name(items(split, 2))
            actions, cases = every[one_of(c, every)][one_of(s, every[c])], typed(given, dict)
            require(set(cases) == set(actions) != set(), f"the split at {s} does not have exactly its actions as cases")
            waiting += [(below, (*case, ("tight", c, s, a)), only) for a, below in cases.items()]
        elif "only" in node:
            cases = typed(fields(node, "only")[0], dict)
            wanted = model.others.keys() if (asked, model.ties, only) == ("retargets", "uniform", "") else set[str]()
            require(cases.keys() == wanted != set(), "`only` is out of place, or does not have exactly A1 as cases")
            waiting += [(below, case, a) for a, below in cases.items()]
        else:
            leaf = [items(pair, 2) for pair in items(fields(node, "multipliers")[0])]
            factors = {_name(row): polynomial(given, 6 * len(model.states)) for row, given in leaf}
            usable = [row for row in factors if row in lines and (row[0] in ALWAYS | USED[asked] or row in case)]
            require(len(usable) == len(leaf), "a row is repeated, or not available here")
            _leaf(facts, factors, lines, gammas, only)
    facts.universal.append((asked, target, gammas))


def _leaf(facts: Facts, factors: dict[Name, Poly], lines: dict[Name, Line], gammas: Interval, only: str) -> None:
    """Sum the rows by their multipliers: the variables vanish, and 0 <= (or <) a negative number remains."""
    sums: dict[object, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))  # polynomials in gamma
    for name, factor in factors.items():
        form, relation, bound = lines[name]
        bits = len(factor) * lcm(gammas[0].denominator, gammas[1].denominator).bit_length()
        facts.pay(len(factor) ** 2 * (1 + bits // 1024) // 16 if gammas[0] < gammas[1] else 0)
        require(relation == "=" or positive(factor, *gammas, or_zero=True), f"negative multiplier of {' '.join(name)}")
        strict = relation == "<" or (name[0] == "kept" and only not in ("", name[1]))
        for i, m in enumerate(factor):
            sums["bound"][i] -= m * bound
            sums["strict"][i] += m * strict
            for (c, s, k), x in form.items():
                sums[c, s][i + k] += m * x
    gap, strictly = _integral(sums.pop("bound", {})), _integral(sums.pop("strict", {}))
    left = [p for p in map(_integral, sums.values()) if p and (gammas[0] < gammas[1] or sign(p, gammas[0]))]
    require(not left, "the multiplied rows do not cancel")
    require(positive(gap, *gammas, positive(strictly, *gammas, False)), "the rows do not contradict each other")


def _integral(values: dict[int, Fraction]) -> Poly:
    common = lcm(*(value.denominator for value in values.values()))
    return trim(int(values.get(i, 0) * common) for i in range(max(values, default=-1) + 1))


def _name(value: object) -> Name:
    return tuple(typed(part, str) for part in items(value))


def retargeting(facts: Facts, claim: dict[str, object]) -> None:
    """Def. 4 for a set of permutations: each retargets and stays, and no two images meet."""
    ends, given = fields(claim, "interval", "permutations")
    (low, high), phis = interval(ends), [facts.model.moves(cycles) for cycles in items(given)]
    known = [(asked, phi) for asked, phi, (a, b) in facts.universal if a <= low and high <= b]
    require(len(phis) <= len(known), "fewer permutations have their conditions proved on the interval")
    for j, phi in enumerate(phis):
        back = {t: s for s, t in phi.items()}
        moved = [{s: back.get(other.get(s, s), other.get(s, s)) for s in facts.model.states} for other in phis[:j]]
        meeting = [("never-both", {s: t for s, t in between.items() if s != t}) for between in moved]
        for needed in [("retargets", phi), ("stays", phi), *meeting]:
            require(needed in known, f"{needed[0]} is not proved on the interval for {needed[1]}")
    facts.linear.append(((low, high), len(phis)))
