"""The rows of linear claims: every counterexample satisfies them, and by hand what each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random

import pytest

from exact.instance import Goals, Inequality, Instance, parse_instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from exact.instance.write import write_instance
from exact.mdp import Mdp, Rewards, Row
from proofs.kernel.rows import Line, Name, agreeing, copies, table
from proofs.kernel.rules.linear import USABLE, VIOLATIONS
from tests.proofs.kernel.session import model, model_of
from tests.reference import brute_orbit
from tests.reference.brute_property import PROPERTIES, Permutation, image, refutes

Lines = dict[Name, Line]
Point = dict[tuple[str, str], Fraction]  # theta and the values of every copy
SMALL = [Fraction(n) for n in (-1, 0, 0, 1, 2, 3)] + [Fraction(1, 2)]


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


def lines_of(given: Instance, phi: Permutation) -> Lines:
    """All the kernel's rows."""
    read, names = model_of(given), given.mdp.states
    moves = {names[s]: names[phi[s]] for s in range(len(phi)) if phi[s] != s}
    return table(read, {}, image=False) | table(read, moves, image=True) | agreeing(read, moves)


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
    left = sum((c * gamma**k * at[place] for (place, k), c in form.items()), Fraction(0))
    if relation == "=":
        return left == bound
    return left < bound or (left == bound and relation == "<=" and not strictly)


def unsatisfied(given: Instance, asked: str, theta: Rewards, phi: Permutation, gamma: Fraction) -> Iterator[str]:
    """What would rule out this counterexample to the property although it is one."""
    lines, at = lines_of(given, phi), point(given, theta, phi, gamma)
    now = {name: holds(line, at, gamma) for name, line in lines.items()}
    yield from (f"{name}" for name, good in now.items() if name[0] in USABLE[asked] and not good)
    for c, s in {name[1:3] for name in lines if name[0] == "tight"}:
        if not any(good for name, good in now.items() if name[:3] == ("tight", c, s)):
            yield f"every split of {c} {s}"
    if asked == "retargets" and given.ties == "uniform":
        kept = [name for name in lines if name[0] == "kept"]
        fits = [all(holds(lines[row], at, gamma, strictly=True) for row in kept if row != chosen) for chosen in kept]
        if kept and not any(fits):
            yield "every case of only"
    if asked in VIOLATIONS and not any(good for name, good in now.items() if name[0] in VIOLATIONS[asked]):
        yield "every violation"


@pytest.mark.parametrize("tens", range(6))
def test_every_counterexample_satisfies_the_rows(tens: int) -> None:
    """The soundness of the rows, one by one: the values of a counterexample, by brute force, solve them."""
    seen = Counter[str]()
    for seed in range(80 * tens, 80 * tens + 80):
        random = Random(f"rows {seed}")
        given = drawn(random)
        for _ in range(8):
            theta = tuple(random.choice(SMALL) for _ in range(3))
            gamma, phi = Fraction(random.randint(1, 5), 6), tuple(random.sample(range(3), 3))
            for asked in PROPERTIES:
                moved = (0, 1, 2) if asked in ("nonnegative", "strict") else phi
                if refutes(given, asked, moved, theta, gamma):
                    assert list(unsatisfied(given, asked, theta, moved, gamma)) == [], (seed, asked, theta, phi, gamma)
                    seen[asked] += 1
    assert min(seen[asked] for asked in PROPERTIES) > 3, seen


STEP = "new x term", "new go x=1/3 new=2/3\nx stay x=1"
SWAPPED = {"x": "term", "term": "x"}


def spelled(line: Line) -> str:
    """A row as text: coefficients sorted, zeros left out."""
    form, relation, bound = line
    terms = [f"{c}*g^{k}*{copy}({s})" for ((copy, s), k), c in sorted(form.items()) if c]
    return f"{' + '.join(terms) or '0'} {relation} {bound}"


def test_rows_by_hand() -> None:
    """On one small instance every coefficient of the rows about theta, and those about phi theta."""
    read = model(*STEP, '[goals]\ninequalities = ["x + 2*term < 3", "x = term"]\n')
    found = {" ".join(name): spelled(line) for name, line in table(read, {}, image=False).items()}
    assert found == {
        "reward new": "-1*g^0*theta(new) <= 0", "reward x": "-1*g^0*theta(x) <= 0", "reward term": "-1*g^0*theta(term) <= 0",
        "negative new": "1*g^0*theta(new) < 0", "negative x": "1*g^0*theta(x) < 0", "negative term": "1*g^0*theta(term) < 0",
        "inequality 0": "2*g^0*theta(term) + 1*g^0*theta(x) < 3",
        "inequality 1": "-1*g^0*theta(term) + 1*g^0*theta(x) = 0",
        "breaks 0 above": "-2*g^0*theta(term) + -1*g^0*theta(x) <= -3",
        "breaks 1 above": "1*g^0*theta(term) + -1*g^0*theta(x) < 0",
        "breaks 1 below": "-1*g^0*theta(term) + 1*g^0*theta(x) < 0",
        "super goal new off": "-1*g^0*goal(new) + 1*g^0*theta(new) + 1*g^1*theta(term) <= 0",
        "tight goal new off": "1*g^0*goal(new) + -1*g^0*theta(new) + -1*g^1*theta(term) <= 0",
        "super goal new go": "-1*g^0*goal(new) + 2/3*g^1*goal(new) + 1/3*g^1*goal(x) + 1*g^0*theta(new) <= 0",
        "tight goal new go": "1*g^0*goal(new) + -2/3*g^1*goal(new) + -1/3*g^1*goal(x) + -1*g^0*theta(new) <= 0",
        "super goal x stay": "-1*g^0*goal(x) + 1*g^1*goal(x) + 1*g^0*theta(x) <= 0",
        "tight goal x stay": "1*g^0*goal(x) + -1*g^1*goal(x) + -1*g^0*theta(x) <= 0",
        "shuts": "1*g^0*goal(new) + -1*g^0*theta(new) + -1*g^1*theta(term) <= 0",
        "prefers go": "2/3*g^1*goal(new) + 1/3*g^1*goal(x) + -1*g^1*theta(term) < 0",
        "kept go": "2/3*g^1*goal(new) + 1/3*g^1*goal(x) + -1*g^1*theta(term) <= 0",
        "beaten go": "2/3*g^1*goal(new) + 1/3*g^1*goal(x) + -1*g^1*theta(term) <= 0",
        "no-greater": "0 <= 0",
        "unpaid": "1*g^0*theta(term) <= 0",
        "costs": "1*g^0*theta(term) < 0",
        "ties go": "-2/3*g^1*goal(new) + -1/3*g^1*goal(x) + 1*g^1*theta(term) <= 0",
    }  # fmt: skip
    moved = {" ".join(name): spelled(line) for name, line in table(read, SWAPPED, image=True).items()}
    assert moved["image-inequality 0"] == "1*g^0*theta(term) + 2*g^0*theta(x) < 3"
    assert moved["breaks 1 below"] == "1*g^0*theta(term) + -1*g^0*theta(x) < 0"
    assert moved["super image x stay"] == "-1*g^0*image(x) + 1*g^1*image(x) + 1*g^0*theta(term) <= 0"
    assert moved["image-prefers go"] == "2/3*g^1*image(new) + 1/3*g^1*image(x) + -1*g^1*theta(x) < 0"
    assert moved["kept go"] == "2/3*g^1*image(new) + 1/3*g^1*image(x) + -1*g^1*theta(x) <= 0"
    assert "ties go" not in moved
    assert moved["unpaid"] == found["unpaid"]
    assert moved["costs"] == "1*g^0*theta(x) < 0"
    assert moved["reward x"] == found["reward x"]
    assert moved["image-shuts"] == "1*g^0*image(new) + -1*g^0*theta(new) + -1*g^1*theta(x) <= 0"


def decision_rows(ties: str) -> Mapping[str, str]:
    """The relations at s_new."""
    read = model(*STEP, f'[goals]\nnonnegative = false\n[decision]\nties = "{ties}"\n')
    return {name[0]: line[1] for name, line in table(read, {}, image=False).items()}


def test_ties_decide_which_rows_are_strict() -> None:
    """`prefers` is weak if ties go to shutdown, `kept` strict if they go to the others; no sign is asked for."""
    found = {ties: decision_rows(ties) for ties in TIES}
    assert {ties: rows["prefers"] for ties, rows in found.items()} == {
        "uniform": "<",
        "shutdown-first": "<=",
        "shutdown-last": "<",
    }
    assert {ties: rows["kept"] for ties, rows in found.items()} == {
        "uniform": "<=",
        "shutdown-first": "<=",
        "shutdown-last": "<",
    }
    assert not any("reward" in rows for rows in found.values())


TRAINING = "t a t=1\nt b u=1\nt c x=1/2 t=1/2\nu back t=1\nnew go x=1\nx stay x=1"


def training_rows(reading: str, preference: str) -> dict[str, str]:
    """What Def. 6 says, for the trained action a of t."""
    goals = f'[policy]\nt = "a"\nu = "back"\n[goals]\nreading = "{reading}"\npreference = "{preference}"\n'
    read = model("t u new x term", TRAINING, goals, "t u")
    named = {"trained", "violates", "optimal"}
    found = table(read, {}, image=False)
    return {" ".join(name): spelled(line) for name, line in found.items() if name[0] in named}


def test_training_rows_by_hand() -> None:
    """Each reading and preference."""
    weak = training_rows("return", "weak")
    assert weak["trained t b"] == "-1*g^1*goal(t) + 1*g^1*goal(u) <= 0"
    assert weak["violates t b"] == "1*g^1*goal(t) + -1*g^1*goal(u) < 0"
    assert weak["trained t c"] == "-1/2*g^1*goal(t) + 1/2*g^1*goal(x) <= 0"
    assert weak["optimal t"] == "1*g^0*goal(t) + -1*g^1*goal(t) + -1*g^0*theta(t) <= 0"
    assert weak["optimal u"] == "-1*g^1*goal(t) + 1*g^0*goal(u) + -1*g^0*theta(u) <= 0"
    assert not any(name.startswith(("trained u", "trained t a")) for name in weak)
    strict = training_rows("return", "strict")
    assert strict["trained t b"] == "-1*g^1*goal(t) + 1*g^1*goal(u) < 0"
    assert strict["violates t b"] == "1*g^1*goal(t) + -1*g^1*goal(u) <= 0"
    near = training_rows("immediate", "weak")
    assert near == {
        "trained t b": "-1*g^0*theta(t) + 1*g^0*theta(u) <= 0",
        "violates t b": "1*g^0*theta(t) + -1*g^0*theta(u) < 0",
        "trained t c": "-1/2*g^0*theta(t) + 1/2*g^0*theta(x) <= 0",
        "violates t c": "1/2*g^0*theta(t) + -1/2*g^0*theta(x) < 0",
    }
    inside = training_rows("on-training", "weak")
    assert set(inside) == {"trained t b", "violates t b", "optimal t", "optimal u"}
    assert inside["trained t b"] == "-1*g^1*goal-training(t) + 1*g^1*goal-training(u) <= 0"
    assert inside["optimal t"] == "1*g^0*goal-training(t) + -1*g^1*goal-training(t) + -1*g^0*theta(t) <= 0"


def test_copies() -> None:
    """One copy, or two under on-training."""
    assert list(copies(model(*STEP), "image")) == ["image"]
    read = model("t u new x term", TRAINING, '[policy]\nt = "a"\nu = "back"\n[goals]\nreading = "on-training"\n', "t u")
    assert {c: {s: list(actions) for s, actions in rows.items()} for c, rows in copies(read, "goal").items()} == {
        "goal": {"t": ["a", "b", "c"], "u": ["back"], "new": ["off", "go"], "x": ["stay"], "term": []},
        "goal-training": {"t": ["a", "b"], "u": ["back"]},
    }


def test_agreeing_by_hand() -> None:
    """t and u lead to x by the action c, x only to itself; s_new leads to all that is swapped."""
    read = model("t u new x term", TRAINING, '[policy]\nt = "a"\nu = "back"\n', "t u")
    found = {name[1:]: spelled(line) for name, line in agreeing(read, {"new": "term", "term": "new"}).items()}
    assert {s for _, s in found} == {"t", "u", "x"}
    assert found["goal", "x"] == "1*g^0*goal(x) + -1*g^0*image(x) <= 0"
    assert found["image", "t"] == "-1*g^0*goal(t) + 1*g^0*image(t) <= 0"
    assert {name[2] for name in agreeing(read, {"x": "t", "t": "x"})} == set()
    assert {name[2] for name in agreeing(read, {"t": "u", "u": "t"})} == {"new", "x"}
    assert {name[2] for name in agreeing(read, {})} == {"t", "u", "new", "x"}


def test_agreeing_in_training_alone() -> None:
    """Under on-training the copies of S_train see only what is in it."""
    goals = '[policy]\nt = "a"\nu = "back"\n[goals]\nreading = "on-training"\n'
    found = agreeing(model("t u new x term", TRAINING, goals, "t u"), {"x": "term", "term": "x"})
    assert {name[1:] for name in found} == {(c, s) for c in ("goal-training", "image-training") for s in "tu"}


def test_no_greater_by_hand() -> None:
    """theta(s_term) against where phi moves it."""
    read = model(*STEP)
    moved = "1*g^0*theta(term) + -1*g^0*theta(x) <= 0"
    phis = {moved: {"term": "x", "x": "new", "new": "term"}, "0 <= 0": {"x": "new", "new": "x"}}
    for expected, phi in phis.items():
        assert spelled(table(read, phi, image=True)["no-greater",]) == expected
