"""`universal`, `retargeting`: claims about every theta of Theta, shown by Farkas multipliers (Def. 4, Thm. 1)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.decode import Object, fields, interval, items, one_of, polynomial, typed
from proofs.kernel.errors import expect, require
from proofs.kernel.facts import Facts, Interval
from proofs.kernel.graph import Rows
from proofs.kernel.instance import Moves
from proofs.kernel.limits import DEPTH
from proofs.kernel.poly import Poly, bits, positive, sign, trim, whole
from proofs.kernel.rows import Line, Name, Place, agreeing, copies, table

THETA = {"reward", "inequality", "super", "trained", "optimal"}  # rows about theta in Theta
PREFERS = THETA | {"prefers", "shuts", "agrees"}  # and A0 is preferred for it
IMAGE = {"image-inequality", "image-trained", "image-optimal", "image-prefers", "image-shuts"}
USABLE = {  # the rows that every branch of a property's proof may use
    "retargets": PREFERS | {"kept", "image-shuts"},
    "stays": PREFERS,
    "never-both": PREFERS | IMAGE,
    "not-optimal": PREFERS | {"beaten", "image-shuts"},
    "exceeds": PREFERS | {"no-greater"},
    "pays": PREFERS,
    "nonnegative": THETA,
    "strict": PREFERS,
}
GAP, STRICT = ("", "gap"), ("", "strict")  # what the sum of a leaf's rows leaves beside the variables
VIOLATIONS = {
    "stays": ("violates", "breaks"),
    "pays": ("unpaid", "costs"),
    "nonnegative": ("negative",),
    "strict": ("ties",),
}


class Branch(NamedTuple):
    """A node that waits to be checked, the rows of its case, and what an `only` chose."""

    node: object
    case: tuple[Name, ...] = ()
    only: str = ""


class Asked(NamedTuple):
    """What is to be shown: that a counterexample's rows have no solution at any gamma of the interval."""

    property: str
    gammas: Interval
    lines: Mapping[Name, Line]
    copies: Mapping[str, Rows]


def universal(facts: Facts, claim: Object) -> None:
    """Prove a property of a permutation, or of Theta, for every theta of Theta and every gamma of an interval."""
    model = facts.model
    name, cycles, ends, proof = fields(claim, "property", "permutation", "interval", "proof")
    phi, gammas = model.moves(cycles), interval(ends)
    facts.pay_for_rows()
    lines = table(model, {}, image=False) | table(model, phi, image=True) | agreeing(model, phi)
    asked = Asked(one_of(name, USABLE), gammas, lines, copies(model, "goal") | copies(model, "image"))
    expect(not phi or asked.property not in ("nonnegative", "strict"), f"{asked.property} is about no permutation")
    waiting = _roots(asked, proof)
    while waiting:
        branch = waiting.pop()
        expect(len(branch.case) <= DEPTH, f"more than {DEPTH} splits on a branch")
        waiting += _checked(facts, asked, branch)
    facts.note_universal(asked.property, phi, gammas)


def _roots(asked: Asked, proof: object) -> list[Branch]:
    """One branch for each way in which the property can be violated; most properties have one way."""
    kinds = VIOLATIONS.get(asked.property)
    if kinds is None:
        return [Branch(proof)]
    named = _pairs(fields(proof, "violations")[0])
    possible = [row for row in asked.lines if row[0] in kinds]
    require(sorted(row for row, _ in named) == sorted(possible), "the violations are not exactly the possible ones")
    return [Branch(below, (row,)) for row, below in named]


def _checked(facts: Facts, asked: Asked, branch: Branch) -> Iterator[Branch]:
    """The branches below a node; none below a leaf, once its rows are shown to contradict each other."""
    node = typed(branch.node, dict)
    if "split" in node:
        yield from _split(asked, branch, node)
    elif "only" in node:
        cases = typed(fields(node, "only")[0], dict)
        possible = (asked.property, facts.model.ties, branch.only) == ("retargets", "uniform", "")
        require(possible and cases and cases.keys() == facts.model.others.keys(), "`only` is out of place")
        yield from (branch._replace(node=below, only=a) for a, below in cases.items())
    else:
        _leaf(facts, asked, branch, node)


def _split(asked: Asked, branch: Branch, node: Object) -> Iterator[Branch]:
    """One case for each action of a state: the optimal value is attained by one of them."""
    place, given = fields(node, "split", "cases")
    c, s = _name(items(place, 2))
    actions = asked.copies[one_of(c, asked.copies)][one_of(s, asked.copies[c])]
    cases = typed(given, dict)
    require(cases and cases.keys() == actions.keys(), f"the split at {s} does not have exactly its actions as cases")
    yield from (branch._replace(node=b, case=(*branch.case, ("tight", c, s, a))) for a, b in cases.items())


def _leaf(facts: Facts, asked: Asked, branch: Branch, node: Object) -> None:
    """Sum the rows by their multipliers: the variables vanish, and 0 <= (or <) a negative number remains."""
    given = _pairs(fields(node, "multipliers")[0])
    factors = {row: polynomial(factor) for row, factor in given}
    known = [row for row in factors if row in asked.lines and (row[0] in USABLE[asked.property] or row in branch.case)]
    require(len(known) == len(given), "a row is repeated, or not available here")
    sums: dict[Place, dict[int, Fraction]] = defaultdict(lambda: defaultdict(Fraction))  # polynomials in gamma
    common = 0  # at most the length of the sums' common denominator
    for row, factor in factors.items():
        form, relation, bound = asked.lines[row]
        common += bits([bound.denominator, *(x.denominator for x in form.values())])
        facts.pay(len(factor) * (2 + len(form)), bits(factor) + common, common)
        facts.pay_to_evaluate(2 * len(factor), factor, *asked.gammas)
        require(relation == "=" or positive(factor, *asked.gammas, or_zero=True), f"negative multiplier of {row}")
        strict = relation == "<" or (row[0] == "kept" and branch.only not in ("", row[1]))
        for (place, power), x in [*form.items(), ((GAP, 0), -bound), ((STRICT, 0), Fraction(strict))]:
            for k, m in enumerate(factor, power):
                sums[place][k] += m * x
    polys = {place: whole([terms[k] for k in range(max(terms) + 1)], facts.pay)[1] for place, terms in sums.items()}
    _contradict(asked.gammas, {place: trim(poly) for place, poly in polys.items()})


def _contradict(gammas: Interval, sums: dict[Place, Poly]) -> None:
    """Prove that the sum of the rows cannot hold."""
    gap, strict = sums.pop(GAP, ()), sums.pop(STRICT, ())
    at_one_gamma = gammas[0] == gammas[1]
    left = [p for p in sums.values() if p and not (at_one_gamma and not sign(p, gammas[0]))]
    require(not left, "the multiplied rows do not cancel")
    weak = positive(strict, *gammas, or_zero=False)
    require(positive(gap, *gammas, or_zero=weak), "the rows do not contradict each other")


def _pairs(value: object) -> list[tuple[Name, object]]:
    """Names of rows, each with something."""
    return [(_name(row), given) for row, given in (items(pair, 2) for pair in items(value))]


def _name(value: object) -> Name:
    return tuple(typed(part, str) for part in items(value))


def retargeting(facts: Facts, claim: Object) -> None:
    """Def. 4 for a set of permutations: each retargets and stays, and no two images meet."""
    ends, given = fields(claim, "interval", "permutations")
    gammas = interval(ends)
    phis = [facts.model.moves(cycles) for cycles in items(given)]
    known = facts.known(gammas)
    require(len(phis) <= len(known), "fewer permutations have their conditions proved on the interval")
    facts.pay(len(phis) ** 2 * len(known))
    for j, phi in enumerate(phis):
        meeting = [("never-both", _between(other, phi)) for other in phis[:j]]
        for needed in [("retargets", phi), ("stays", phi), *meeting]:
            require(needed in known, f"{needed[0]} is not proved on the interval for {needed[1]}")
    facts.retargetable.append((gammas, len(phis)))


def _between(first: Moves, second: Moves) -> Moves:
    """second^-1 first, where it moves something."""
    back = {t: s for s, t in second.items()}
    through = {s: first.get(s, s) for s in first.keys() | second.keys()}
    return {s: back.get(t, t) for s, t in through.items() if back.get(t, t) != s}
