"""Linear claims: every counterexample satisfies the rows, and no accepted claim is refuted by brute force."""

from __future__ import annotations

import hashlib
import itertools
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exact.instance import Goals, Inequality, Instance, parse_instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from exact.instance.write import write_instance
from exact.mdp import Mdp, Rewards, Row
from proofs.kernel.check import Outcome, check
from proofs.kernel.instance import Model
from proofs.kernel.rows import Line, agreeing, table
from proofs.universal.claim import Always, cycles_of
from proofs.universal.decide import decide
from proofs.universal.parametric import pieces
from proofs.universal.space import Permutation
from proofs.verification import verify
from tests.corpus import instances as corpus
from tests.corpus.build import encoded, honest
from tests.proofs.universal.instances import refutes
from tests.reference import brute_orbit

Name = tuple[str, ...]
Lines = dict[Name, Line]
Point = dict[tuple[str, str], Fraction]  # theta and the values of every copy
ROOT = Path(__file__).parents[3]
ASKED = ("retargets", "stays", "never-both")
SMALL = [Fraction(n) for n in (-1, 0, 0, 1, 2, 3)] + [Fraction(1, 2)]
ALWAYS = ("agrees", "reward", "inequality", "super", "trained", "optimal", "prefers", "shuts")
IMAGE = ("image-inequality", "image-trained", "image-optimal", "image-prefers", "image-shuts")


def drawn(random: Random, size: int = 3) -> Instance:
    """Any option; any state may be a training state, s_new and s_term too; self loops, no A1, s_term with an action."""
    choices: list[list[Row]] = [[_row(random, range(size)) for _ in range(random.randint(0, 2))] for _ in range(size)]
    choices[1] = choices[1][: random.choice([0, 0, 0, 1])]
    off = random.randint(0, len(choices[0]))
    choices[0].insert(off, ((1, Fraction(1)),))
    training = frozenset(s for s in range(size) if random.random() < 0.4)
    reading, trained = random.choice(READINGS), {s: random.randrange(len(choices[s])) for s in training if choices[s]}
    for s in sorted(trained) if reading == "on-training" else ():
        if not training.issuperset(t for t, _ in choices[s][trained[s]]):
            if (s, trained[s]) == (0, off):
                choices[0].append(_row(random, sorted(training)))
                trained[0] = len(choices[0]) - 1
            else:
                choices[s][trained[s]] = _row(random, sorted(training))
    names, rows = tuple(f"s{s}" for s in range(size)), tuple(map(tuple, choices))
    mdp = Mdp(names, tuple(tuple(f"a{a}" for a in range(len(of))) for of in rows), rows)
    limits = tuple(_inequality(random, size) for _ in range(random.choice([0, 0, 1, 2])))
    goals = Goals(reading, random.choice(PREFERENCES), random.random() < 0.6, limits)
    given = Instance(mdp, 0, off, training, trained, goals, random.choice(TIES), name="drawn")
    return parse_instance(write_instance(given).encode())


def _row(random: Random, states: range | list[int]) -> Row:
    found = sorted(random.sample(list(states), min(len(states), random.choice([1, 1, 2]))))
    return tuple((t, Fraction(1, len(found))) for t in found)


def _inequality(random: Random, size: int) -> Inequality:
    row = tuple(Fraction(random.choice([0, 0, 1, -1, 2])) for _ in range(size))
    return Inequality(row, random.choice(["<=", "<", "="]), Fraction(random.choice([0, 0, 1, -1])))


def image(theta: Rewards, phi: Permutation) -> Rewards:
    """phi theta."""
    return tuple(theta[phi.index(s)] for s in range(len(phi)))


def lines_of(given: Instance, phi: Permutation) -> Lines:
    """All the kernel's rows."""
    model, names = Model(write_instance(given).encode()), given.mdp.states
    source = {names[phi[s]]: names[s] for s in range(len(phi))}
    found = table(model, {s: s for s in names}, False) | table(model, source, True)
    return found | agreeing(model, {t for t, s in source.items() if s != t})


def point(given: Instance, theta: Rewards, phi: Permutation, gamma: Fraction) -> Point:
    """theta with the optimal values of every copy, by brute force."""
    names, whole = given.mdp.states, brute_orbit.whole(given)
    found: Point = {("theta", name): reward for name, reward in zip(names, theta, strict=True)}
    cut = {s: {a: r for a, r in whole[s].items() if set(r) <= given.training} for s in given.training}
    for copy, rewards in (("goal", theta), ("image", image(theta, phi))):
        for suffix, rows in (("", whole), ("-training", cut)):
            worth = brute_orbit.q_values(rows, rewards, gamma)
            found |= {(copy + suffix, names[s]): max(qs.values()) for s, qs in worth.items() if qs}
    return found


def holds(line: Line, at: Point, gamma: Fraction, strictly: bool = False) -> bool:
    """Is the row satisfied?"""
    form, relation, bound = line
    left = sum((c * gamma**k * at[copy, s] for (copy, s, k), c in form.items()), Fraction(0))
    if relation == "=":
        return left == bound
    return left < bound or (left == bound and relation == "<=" and not strictly)


def unsatisfied(given: Instance, theta: Rewards, phi: Permutation, gamma: Fraction) -> Iterator[str]:
    """What rules out a counterexample although it is one. First the kinds of counterexample that it is."""
    lines, at, moved = lines_of(given, phi), point(given, theta, phi, gamma), image(theta, phi)
    now = {name: holds(line, at, gamma) for name, line in lines.items()}
    yield from (f"{name}" for name, good in now.items() if name[0] in ALWAYS and not good)
    for c, s in {name[1:3] for name in lines if name[0] == "tight"}:
        if not any(good for name, good in now.items() if name[:3] == ("tight", c, s)):
            yield f"every split of {c} {s}"
    decided, stays = brute_orbit.decision(given, moved, gamma), brute_orbit.in_theta(given, moved, gamma)
    if decided != "avoid":
        yield from (f"{name}" for name, good in now.items() if name[0] in ("kept", "image-shuts") and not good)
        kept = [name for name in lines if name[0] == "kept"]
        fits = [all(holds(lines[row], at, gamma, strictly=True) for row in kept if row != chosen) for chosen in kept]
        if given.ties == "uniform" and kept and not any(fits):
            yield "every case of only"
    if not stays and not any(good for name, good in now.items() if name[0] in ("violates", "breaks")):
        yield "every violation"
    if stays and decided == "shutdown":
        yield from (f"{name}" for name, good in now.items() if name[0] in IMAGE and not good)


@pytest.mark.parametrize("tens", range(8))
def test_every_counterexample_satisfies_the_rows(tens: int) -> None:
    """The soundness of the rows, one by one: the values of a counterexample, by brute force, solve them."""
    seen = Counter[str]()
    for seed in range(80 * tens, 80 * tens + 80):
        random = Random(f"rows {seed}")
        given = drawn(random)
        for _ in range(8):
            theta = tuple(random.choice(SMALL) for _ in range(3))
            gamma, phi = Fraction(random.randint(1, 5), 6), tuple(random.sample(range(3), 3))
            accepted = brute_orbit.in_theta(given, theta, gamma)
            if accepted and brute_orbit.decision(given, theta, gamma) == "shutdown":
                assert list(unsatisfied(given, theta, phi, gamma)) == [], (seed, theta, phi, gamma)
                seen.update(asked for asked in ASKED if refutes(given, asked, phi, theta, gamma))
    assert min(seen[asked] for asked in ASKED) > 5, seen


def claimed(given: Instance, *claims: Mapping[str, Any]) -> Outcome:
    """The kernel's word on these claims alone."""
    data = write_instance(given).encode()
    about = {"name": given.name, "sha256": hashlib.sha256(data).hexdigest()}
    return check(data, json.dumps({"format": "gammastar-certificate/1", "instance": about, "claims": claims}).encode())


def universal(given: Instance, asked: str, phi: Permutation, ends: tuple[Fraction, Fraction], proof: Any) -> Any:
    """The claim."""
    cycles = {"permutation": cycles_of(given, phi), "interval": [str(end) for end in ends]}
    return {"claim": "universal", "property": asked, **cycles, "proof": proof}


def accepts(given: Instance, claim: Any) -> bool:
    """Proved; the certificate is HOLEY then, since it holds nothing else."""
    outcome = claimed(given, claim)
    assert outcome.status in ("HOLEY", "INVALID", "MALFORMED")
    return outcome.status == "HOLEY"


def contradicted(random: Random, given: Instance, claim: Any, tries: int) -> str:
    """A theta and a gamma that refute the claim, by brute force."""
    low, high = map(Fraction, claim["interval"])
    names = given.mdp.states
    target = {s: t for cycle in claim["permutation"] for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True)}
    phi = tuple(names.index(target.get(s, s)) for s in names)
    ends = [end for end in (low, high) if 0 < end < 1]
    for theta in random.sample(list(itertools.product(sorted(set(SMALL)), repeat=len(phi))), tries):
        gamma = random.choice([*ends, low + (high - low) * Fraction(random.randint(1, 99), 100)])
        if refutes(given, claim["property"], phi, theta, gamma):
            return f"{claim['property']} {phi} at {gamma}: {theta}"
    return ""


def leaves_of(proof: Any) -> Iterator[list[Any]]:
    """The lists of multipliers of a tree."""
    if "multipliers" in proof:
        yield proof["multipliers"]
    below = [*proof.get("cases", {}).values(), *proof.get("only", {}).values()]
    for child in [*below, *(child for _, child in proof.get("violations", []))]:
        yield from leaves_of(child)


def mutated(random: Random, given: Instance, claim: Any) -> tuple[Instance, Any]:
    """Another claim with the same proof, or another proof of the same claim, or both for another instance."""
    claim = json.loads(json.dumps(claim))
    leaves = [leaf for leaf in leaves_of(claim["proof"]) if leaf]
    what = random.choice(["property", "permutation", "interval", "ties", "strict", "reading", "row", "factor", "limit"])
    goals = given.goals
    if what == "property":
        claim["property"] = random.choice(ASKED)
    elif what == "permutation":
        claim["permutation"] = cycles_of(given, tuple(random.sample(range(3), 3)))
    elif what == "interval":
        claim["interval"] = random.choice([["0", "1"], ["0", "1/2"], ["1/2", "1"], ["1/3", "1/3"], ["1/7", "6/7"]])
    elif what == "ties":
        given = replace(given, ties=random.choice(TIES))
    elif what == "strict":
        given = replace(given, goals=replace(goals, preference=random.choice(PREFERENCES)))
    elif what == "reading":
        given = replace(given, goals=replace(goals, reading=random.choice(["return", "immediate"])))
    elif what == "limit" and goals.inequalities:
        k = random.randrange(len(goals.inequalities))
        changed = replace(goals.inequalities[k], relation=random.choice(["<=", "<", "="]), text="")
        limits = (*goals.inequalities[:k], changed, *goals.inequalities[k + 1 :])
        given = replace(given, goals=replace(goals, inequalities=limits))
    elif leaves and what == "row":
        entry = random.choice(random.choice(leaves))
        entry[0][-1] = random.choice([*given.mdp.states, *given.mdp.actions[0]])
        entry[0][0] = random.choice([entry[0][0], "kept", "prefers", "super", "tight", "trained", "image-trained"])
    elif leaves:
        random.choice(random.choice(leaves))[1][:] = random.choice([["1"], ["-1"], ["0", "1"], ["1", "-1"], []])
    return parse_instance(write_instance(given).encode()), claim


@pytest.mark.parametrize("tens", range(8))
def test_no_accepted_claim_is_refuted(tens: int) -> None:
    """Proofs at one gamma and on intervals, as found and changed at random: what the kernel accepts holds."""
    seen = Counter[str]()
    for seed in range(14 * tens, 14 * tens + 14):
        random = Random(f"claims {seed}")
        given, asked, phi = drawn(random), random.choice(ASKED), tuple(random.sample(range(3), 3))
        if seed % 2:
            found = [piece.answer for piece in pieces(given, asked, phi, most_pieces=4)]  # type: ignore[arg-type]
        else:
            found = [decide(given, asked, phi, Fraction(random.randint(1, 9), 10))]  # type: ignore[arg-type, list-item]
        for answer in found:
            if isinstance(answer, Always):
                claim = universal(given, asked, phi, (answer.low, answer.high), answer.proof)
                assert accepts(given, claim), seed
                assert not contradicted(random, given, claim, 6), seed
                seen["honest"] += 1
                for _ in range(12):
                    other, changed = mutated(random, given, claim)
                    if accepts(other, changed):
                        seen["changed"] += 1
                        assert not contradicted(random, other, changed, 6), (seed, changed)
    assert seen["honest"] > 1
    assert seen["changed"] > 1


STEP = """format = 1
name = "step"
states = ["new", "x", "term"]
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = { term = 1 }
go = { x = 1 }
[transitions.x]
stay = { x = 1 }
[question]
gamma = "9/10"
"""
BASE = parse_instance(STEP.encode())
HONEST = {  # r(term) > W(x), and after the swap r(x) >= W(x) >= r(term) / (1 - gamma)
    "prefers go": ["1", "-1"],
    "super goal x stay": ["0", "1"],
    "super image x stay": ["0", "1", "-1"],
    "kept go": ["1", "-2", "1"],
    "reward x": ["0", "0", "2", "-1"],
}


def tree(given: Mapping[str, list[str]]) -> Any:
    """A leaf."""
    return {"multipliers": [[name.split(), factor] for name, factor in given.items()]}


LEAF, HALF = tree(HONEST), Fraction(1, 2)
SPLIT = {"split": ["goal", "new"], "cases": {"off": LEAF, "go": LEAF}}
REFUSED = {
    "a proof of the identity": {"permutation": []},
    "stays by a leaf": {"property": "stays"},
    "never-both by rows of retargets": {"property": "never-both"},
    "a case too many": {"proof": {"split": ["goal", "x"], "cases": {"stay": LEAF, "go": LEAF}}},
    "a split of a state without actions": {"proof": {"split": ["goal", "term"], "cases": {}}},
    "a split of a copy that is not": {"proof": {"split": ["goal-training", "new"], "cases": {"off": LEAF, "go": LEAF}}},
    "a split and a leaf in one": {"proof": SPLIT | LEAF},
    "only twice": {"proof": {"only": {"go": {"only": {"go": LEAF}}}}},
    "violations for retargets": {"proof": {"violations": []}},
    "violations below a split": {"property": "stays", "proof": {"split": ["goal", "x"], "cases": {"stay": LEAF}}},
    "the tight row of another case": {
        "proof": {"split": ["goal", "x"], "cases": {"stay": tree(HONEST | {"tight image x stay": ["1"]})}}
    },
    "agrees where phi moves": {"proof": tree(HONEST | {"agrees goal x": ["1"]})},
    "agrees of a terminal state": {"proof": tree(HONEST | {"agrees goal term": ["1"]})},
    "a zero factor of a row that is not": {"proof": tree(HONEST | {"inequality 0": []})},
    "a factor with a trailing zero": {"proof": tree(HONEST | {"shuts": ["1", "0"]})},
    "a double zero inside": {"proof": tree(HONEST | {"kept go": ["1", "-4", "4"]}), "interval": ["1/3", "2/3"]},
    "ends in the wrong order": {"interval": ["2/3", "1/3"]},
    "the point 1": {"interval": ["1", "1"]},
    "an end above 1": {"interval": ["0", "3/2"]},
    "an end below 0": {"interval": ["-1/2", "1/2"]},
    "too high a degree": {"proof": tree(HONEST | {"shuts": ["0"] * 19 + ["1"]})},
    "no node": {"proof": {}},
    "a cycle of one state": {"permutation": [["x"]]},
    "cycles that meet": {"permutation": [["x", "term"], ["x", "new"]]},
}


def step(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The honest claim on `step`, changed."""
    claim = {"claim": "universal", "property": "retargets", "permutation": [["term", "x"]], "interval": ["0", "1"]}
    return {**claim, "proof": LEAF, **changes}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED.keys())
def test_refused(changes: Mapping[str, Any]) -> None:
    """The honest claim is accepted, the changed one is not."""
    assert accepts(BASE, step({}))
    assert not accepts(BASE, step(changes))


def test_a_strict_sum_must_not_vanish_at_an_end_inside() -> None:
    """gamma - 1/2 times 0 < 0 shows nothing at gamma = 1/2: on [1/2, 1] refused, on [3/5, 1] it is a proof."""
    limits = tuple(Inequality(tuple(map(Fraction, row)), "<", Fraction(0)) for row in ((0, 1, 0), (0, -1, 0)))
    given = parse_instance(write_instance(replace(BASE, goals=Goals(inequalities=limits))).encode())
    proof = tree({"inequality 0": ["-1", "2"], "inequality 1": ["-1", "2"]})
    for low, expected in ((Fraction(3, 5), True), (HALF, False), (Fraction(2, 5), False)):
        claim = universal(given, "retargets", (0, 2, 1), (low, Fraction(1)), proof)
        assert accepts(given, claim) is expected


def test_retargeting_counts_a_permutation_once() -> None:
    """Two equal permutations, or the identity, need a proof that they never meet: there is none."""
    stays = step({"property": "stays", "proof": {"violations": []}})
    swap: list[list[str]] = [["term", "x"]]
    attacks: list[list[list[list[str]]]] = [[swap, [["x", "term"]]], [[]], [swap, []], [[*swap, ["new"]]]]
    for phis in attacks:
        claim = {"claim": "retargeting", "interval": ["0", "1"], "permutations": phis}
        assert claimed(BASE, step({}), stays, claim).status in ("INVALID", "MALFORMED")
    once = {"claim": "retargeting", "interval": ["0", "1"], "permutations": [[["term", "x"]]]}
    assert claimed(BASE, step({}), stays, once).status == "HOLEY"
    assert claimed(BASE, step({"interval": ["0", "1/2"]}), stays, once).status == "INVALID"


@pytest.mark.parametrize("ties", TIES)
def test_one_tie_is_no_avoidance(ties: str) -> None:
    """The swap makes x and s_term equal in all theta with r(x) = r(term): avoided only if ties go against shutdown."""
    limits = (Inequality((Fraction(1), Fraction(0), Fraction(0)), "=", Fraction(0)),)
    mdp = Mdp(("new", "x", "term"), (("off", "go"), (), ()), ((((2, Fraction(1)),), ((1, Fraction(1)),)), (), ()))
    made = Instance(mdp, 0, 0, goals=Goals(inequalities=limits), ties=ties)
    given, zero = parse_instance(write_instance(made).encode()), (Fraction(0), Fraction(0), Fraction(1))
    for proof in (tree({"prefers go": ["1"], "kept go": ["1"]}), {"only": {"go": tree({"prefers go": ["1"]})}}):
        for phi in ((0, 1, 2), (0, 2, 1), (2, 1, 0)):
            claim = universal(given, "retargets", phi, (HALF, HALF), proof)
            assert not accepts(given, claim) or not refutes(given, "retargets", phi, zero, HALF)


def limited(*limits: str, nonnegative: bool = True) -> Instance:
    """`step` with inequalities."""
    texts = json.dumps(list(limits))
    return parse_instance(f"{STEP}[goals]\nnonnegative = {str(nonnegative).lower()}\ninequalities = {texts}\n".encode())


def test_refused_on_other_goal_sets() -> None:
    """Rows that the property does not offer, factors of the wrong sign, and a tie with the chosen action."""
    given = limited("x < 1", "x < 2")
    assert not accepts(given, step({"proof": tree({"inequality 0": ["1"], "inequality 1": ["-1"]})}))
    broken = [[["breaks", "0", "above"], LEAF]]
    assert not accepts(limited("x <= 1"), step({"property": "stays", "proof": {"violations": broken}}))
    given, proof = limited("x <= 1", "term = 2"), tree({"image-inequality 0": ["1"], "inequality 1": ["-1"]})
    assert not accepts(given, step({"proof": proof}))
    assert accepts(given, step({"proof": proof, "property": "never-both"}))


def test_the_chosen_action_of_only_may_tie() -> None:
    """r = (0, -1, 0): after exchanging new and x, x is worth as much as s_term, and nothing else is: a tie."""
    text = STEP.replace("[transitions.x]\nstay = { x = 1 }\n", "")
    goals = '[goals]\nnonnegative = false\ninequalities = ["new = 0", "term = 0"]\n'
    given, phi = parse_instance((text + goals).encode()), (1, 0, 2)
    assert refutes(given, "retargets", phi, (Fraction(0), Fraction(-1), Fraction(0)), HALF)
    leaf = tree({"kept go": ["1"], "inequality 0": ["0", "-1"], "inequality 1": ["0", "1"]})
    for proof in ({"only": {"go": leaf}}, leaf):
        assert not accepts(given, universal(given, "retargets", phi, (HALF, HALF), proof))


def ends_soon(given: Instance, claim: Any, seconds: float = 2) -> bool:
    """The kernel ends, without a traceback."""
    data = write_instance(given).encode()
    about = {"name": given.name, "sha256": hashlib.sha256(data).hexdigest()}
    certificate = json.dumps({"format": "gammastar-certificate/1", "instance": about, "claims": [claim]})
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "i.toml"), Path(folder, "c.json")]
        paths[0].write_bytes(data)
        paths[1].write_text(certificate)
        try:
            command = [sys.executable, "-S", "-m", "proofs.kernel", *map(str, paths)]
            found = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return False
    return found.stderr == b""


def test_many_permutations_do_not_run_away() -> None:
    """12 kB of identities."""
    assert ends_soon(BASE, {"claim": "retargeting", "interval": ["0", "1"], "permutations": [[]] * 4000})


def test_signs_on_long_intervals_do_not_run_away() -> None:
    """One leaf of a few kB on a chain of twelve states; on sixteen it takes minutes."""
    size = 12
    names = [f"s{s}" for s in range(size)]
    rows = [{"off": names[-1], "go": "s1"}, *({"go": name} for name in names[2:]), {}]
    tables = [
        f"[transitions.s{s}]\n" + "".join(f"{a} = {{ {t} = 1 }}\n" for a, t in of.items()) for s, of in enumerate(rows)
    ]
    head = f'format = 1\nstates = {json.dumps(names)}\n[shutdown]\nstate = "s0"\naction = "off"\n'
    given = parse_instance((head + "".join(tables[:-1])).encode())
    ends = [str(Fraction(k * 10**494 + 7, 3 * 10**494 + k)) for k in (1, 2)]
    leaf = [[["super", c, name, "go"], ["1"] * (6 * size)] for c in ("goal", "image") for name in names[:-1]]
    assert ends_soon(given, step({"permutation": [], "interval": ends, "proof": {"multipliers": leaf}}))


@pytest.mark.parametrize("base", ["half", "corridor-3"])
def test_a_proposition_claimed_too_early_proves_nothing(base: str) -> None:
    """On `half` Prop. 1 is refuted; claimed before any reach claim it is `proved / vacuous`, and all is VALID."""
    certificate = honest(base)
    early = [entry for entry in certificate["claims"] if entry.get("id") in ("proposition-1", "proposition-2")]
    rest = [entry for entry in certificate["claims"] if entry not in early]
    for entry in early:
        entry.update(verdict="inapplicable", conclusion="proved", means="vacuous", n="0")
    certificate["claims"] = [*early, *rest]
    assert check(corpus.text(base), encoded(certificate)).status != "VALID"


@pytest.mark.parametrize("name", ["nonnegative", "strict"])
def test_a_goal_at_another_gamma_breaks_no_hypothesis(name: str) -> None:
    """At 9/10 all of Theta has r(y) >= 2 - 1/gamma > 0 and none ties; at 1/10 r(y) = -1 is in, at 2/3 a goal ties."""
    if name == "nonnegative":
        more = '"t", "m", "y", "c", "d"]\ntraining = ["t"]\npolicy = { t = "a" }'
        limits = '["new >= 0", "term >= 0", "x >= 0", "z >= 0", "t >= 0", "m = 1", "c = 0", "d = 2"]'
        moves = "[transitions]\nt.a = { m = 1 }\nt.b = { c = 1 }\nm.on = { y = 1 }\nc.on = { d = 1 }\n"
        goals, rewards, gamma = f"nonnegative = false\ninequalities = {limits}", {"m": "1", "d": "2", "y": "-1"}, "1/10"
    else:
        more, moves = '"m"]', "[transitions]\nm.go = { x = 1 }\n"
        goals = 'inequalities = ["m = 0", "new = 0", "z = 0", "x = 1", "term = 1"]\n[decision]\nties = "shutdown-first"'
        rewards, gamma = {"x": "1", "term": "1"}, "2/3"
    first = "m" if name == "strict" else "x"
    moves += f'new.off = {{ term = 1 }}\nnew.go = {{ {first} = "1/2", z = "1/2" }}\nx.stay = {{ x = 1 }}\n'
    text = (
        f'format = 1\nstates = ["new", "term", "x", "z", {more}\n{moves}z.stay = {{ z = 1 }}\n'
        f'[shutdown]\nstate = "new"\naction = "off"\n[goals]\n{goals}\n[question]\ngamma = "9/10"\n'
    ).encode()
    certificate = json.loads(verify(parse_instance(text)).certificate)
    place = next(i for i, entry in enumerate(certificate["claims"]) if entry["claim"] == "hypothesis")
    shown = {"claim": "member", "gamma": gamma, "rewards": rewards, "holds": True}
    certificate["claims"][place:] = [shown, {"claim": "hypothesis", "id": name, "holds": False}]
    outcome = check(text, json.dumps(certificate).encode())
    assert outcome.status == "INVALID" or any(f"hypothesis {name}" in hole for hole in outcome.holes), outcome


def test_an_orbit_below_every_threshold_refutes_nothing() -> None:
    """`scattered` with x in training (one action, so Theta is all of theta >= 0): true for every gamma > gamma*_x."""
    text = (
        corpus.text("scattered").decode().replace("states = [", 'training = ["x"]\npolicy = { x = "stay" }\nstates = [')
    )
    outcome = check(text.encode(), verify(parse_instance(text.encode())).certificate.encode())
    assert outcome.theorems["theorem-2", "positive-probability"][1] != "fails"
