"""`universal`, `retargeting`: claims about every theta of Theta, shown by Farkas multipliers (Def. 4, Thm. 1)."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import lcm

from proofs.kernel.decode import Malformed, fields, interval, items, polynomial, require, typed, word
from proofs.kernel.facts import Facts, Interval
from proofs.kernel.instance import member
from proofs.kernel.poly import Poly, positive, sign, trim
from proofs.kernel.rows import Line, agreeing, inside, table
from proofs.kernel.rules.goals import moves

Name = tuple[str, ...]
ALWAYS = {"agrees", "reward", "inequality", "super", "trained", "optimal", "prefers", "shuts"}
USED = {
    "retargets": {"kept", "image-shuts"},
    "stays": set[str](),
    "never-both": {"image-inequality", "image-trained", "image-optimal", "image-prefers", "image-shuts"},
}
MOST_NODES = 10_000


def universal(facts: Facts, claim: dict[str, object]) -> None:
    """Prove a property of a permutation for every theta of Theta and every gamma of an interval."""
    name, cycles, ends, proof = fields(claim, "property", "permutation", "interval", "proof")
    model, asked, target = facts.model, word(name, *USED), moves(facts.model, cycles)
    gammas = interval(*items(ends, 2), most=100)
    itself, copies = {s: s for s in model.states}, {"goal": model.rows, "image": model.rows}
    if model.reading == "on-training":
        copies |= {"goal-training": inside(model), "image-training": inside(model)}
    lines = table(model, itself, False) | table(model, itself | {target[s]: s for s in target}, True)
    lines |= agreeing(copies, set(target))
    usable = {row for row in lines if row[0] in ALWAYS | USED[asked]}
    waiting: list[tuple[object, set[Name], str]] = [(proof, usable, "")]  # node, rows that hold, what `only` chose
    if asked == "stays":
        shown = [items(way, 2) for way in items(fields(proof, "violations")[0])]
        ways = {_name(row): below for row, below in shown}
        possible = {row for row in lines if row[0] in ("violates", "breaks")}
        once = set(ways) == possible and len(ways) == len(shown)
        require(once, "the violations are not exactly those that are possible")
        waiting = [(below, usable | {row}, "") for row, below in ways.items()]
    for _ in range(MOST_NODES):
        if not waiting:
            facts.universal.append((asked, target, gammas))
            return
        node, usable, only = waiting.pop()
        if "split" in typed(node, dict):
            split, given = fields(node, "split", "cases")
            copy, s = (typed(part, str) for part in items(split, 2))
            actions, cases = copies[member(copy, copies)][member(s, copies[copy])], typed(given, dict)
            require(set(cases) == set(actions) != set(), f"the split at {s} does not have exactly its actions as cases")
            waiting += [(below, usable | {("tight", copy, s, a)}, only) for a, below in cases.items()]
        elif "only" in typed(node, dict):
            cases = typed(fields(node, "only")[0], dict)
            fits = set(cases) == set(model.others) != set() and (asked, model.ties, only) == (
                "retargets",
                "uniform",
                "",
            )
            require(fits, "`only` is out of place, or does not have exactly A1 as cases")
            waiting += [(below, usable, a) for a, below in cases.items()]
        else:
            _leaf(facts, node, {row: lines[row] for row in usable if row in lines}, gammas, only)
    raise Malformed("the proof has too many nodes")


def _leaf(facts: Facts, node: object, lines: dict[Name, Line], gammas: Interval, only: str) -> None:
    """Sum the rows by their multipliers: the variables vanish, and 0 <= (or <) a negative number remains."""
    sums: dict[object, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))  # polynomials in gamma
    pairs = [items(pair, 2) for pair in items(fields(node, "multipliers")[0])]
    factors = {_name(row): polynomial(given, 6 * len(facts.model.states)) for row, given in pairs}
    require(len(factors) == len(pairs) and set(factors) <= set(lines), "a row is repeated, or not available here")
    for name, factor in factors.items():
        form, relation, bound = lines[name]
        facts.pay(len(factor) ** 2 // 16 if gammas[0] < gammas[1] else 0)
        signed = relation == "=" or positive(factor, *gammas, or_zero=True)
        require(signed, f"the multiplier of {' '.join(name)} may be negative")
        strict = relation == "<" or (name[0] == "kept" and only not in ("", name[1]))
        for i, m in enumerate(factor):
            sums["bound"][i] -= m * bound
            sums["strict"][i] += m * strict
            for variable, (c0, c1) in form.items():
                sums[variable][i] += m * c0
                sums[variable][i + 1] += m * c1
    gap, strictly = _integral(sums.pop("bound", {})), _integral(sums.pop("strict", {}))
    left = [p for p in map(_integral, sums.values()) if p and (gammas[0] < gammas[1] or sign(p, gammas[0]))]
    require(not left, "the multiplied rows do not cancel")
    contradiction = positive(gap, *gammas, or_zero=positive(strictly, *gammas, or_zero=False))
    require(contradiction, "the multiplied rows do not contradict each other")


def _integral(values: dict[int, Fraction]) -> Poly:
    common = lcm(*(value.denominator for value in values.values()))
    return trim(int(values[i] * common) for i in sorted(values))


def _name(value: object) -> Name:
    return tuple(typed(part, str) for part in items(value))


def retargeting(facts: Facts, claim: dict[str, object]) -> None:
    """Def. 4 for a set of permutations: each retargets and stays, and no two images meet."""
    ends, given = fields(claim, "interval", "permutations")
    (low, high), phis = interval(*items(ends, 2)), [moves(facts.model, cycles) for cycles in items(given)]
    known = [(asked, phi) for asked, phi, (a, b) in facts.universal if a <= low and high <= b]
    require(len(phis) <= len(known), "fewer permutations have their conditions proved on the interval")
    for j, phi_j in enumerate(phis):
        require(("retargets", phi_j) in known, f"retargets is not proved on the interval for {phi_j}")
        require(("stays", phi_j) in known, f"stays is not proved on the interval for {phi_j}")
        back = {t: s for s, t in phi_j.items()}
        for phi_i in phis[:j]:
            moved = {s: back.get(phi_i.get(s, s), phi_i.get(s, s)) for s in facts.model.states}
            meeting = "never-both", {s: t for s, t in moved.items() if s != t}
            require(meeting in known, f"never-both is not proved on the interval for {meeting[1]}")
    facts.linear.append(((low, high), len(phis)))
