"""Verdicts by hand-made facts: every means, every word, and contradictions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs.kernel.errors import Invalid
from proofs.kernel.facts import PAPER, SHARP, Facts, Orbit
from proofs.kernel.hypotheses import POSITIVE, READINGS, SURE
from proofs.kernel.poly import ALWAYS
from proofs.kernel.verdicts import IDS, Verdict, verdicts
from tests.proofs.kernel.session import facts, model, proved

HALF, ZERO, ONE, ASKED = Fraction(1, 2), Fraction(0), Fraction(1), Fraction(9, 10)
WHOLE = (ZERO, ONE)
SWAP = {"x": "term", "term": "x"}


def of(found: Facts, name: str, reach: str = POSITIVE) -> tuple[object, ...]:
    """Verdict, conclusion, means and n."""
    return verdicts(found)[name, reach][:4]


def bounds(found: Facts) -> tuple[object, object]:
    """What is proved at all, and what is refuted."""
    answer = verdicts(found)["theorem-2", POSITIVE]
    return answer.proved, answer.refuted


def test_every_theorem_and_reading() -> None:
    """In this order."""
    assert list(verdicts(facts("retry"))) == [(name, reach) for name in IDS for reach in READINGS]


def test_without_claims() -> None:
    """Only what the graph says is decided."""
    found = facts("retry")
    assert of(found, "proposition-1") == ("verified", "proved", "paper", 1)
    assert of(found, "proposition-2") == ("undecided", "undecided", "none", 1)
    assert of(found, "proposition-3") == ("undecided", "undecided", "none", 0)
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 1)
    assert of(found, "theorem-1") == ("undecided", "undecided", "none", 1)
    assert bounds(found) == (None, None)
    assert of(facts("half"), "theorem-2") == ("inapplicable", "undecided", "none", 1)


def test_proposition_1() -> None:
    """Refuted by chance, vacuous without a recurrent state."""
    assert of(facts("half"), "proposition-1") == ("refuted", "fails", "graph", 2)
    assert of(facts("half"), "proposition-1", SURE) == ("inapplicable", "proved", "vacuous", 0)
    assert of(facts("stairs"), "proposition-1") == ("verified", "proved", "paper", 1)
    assert of(facts("half-off"), "proposition-1") == ("refuted", "fails", "graph", 1)


def test_proposition_2() -> None:
    """Over the states with a gamma*_x."""
    assert of(proved("corridor-3"), "proposition-2") == ("verified", "proved", "paper", 3)
    assert of(facts("corridor-3"), "proposition-2") == ("undecided", "undecided", "none", 3)
    assert of(facts("half"), "proposition-2") == ("inapplicable", "proved", "vacuous", 0)


def test_the_papers_means() -> None:
    """All hypotheses hold, so n = |N|."""
    found = proved("corridor-3", "threshold", "no-threshold")
    for name in ("proposition-3", "theorem-1", "theorem-2"):
        assert of(found, name) == ("verified", "proved", "paper", 3)
    assert bounds(found) == ((3, "paper"), None)


def test_the_sharp_means() -> None:
    """Where the paper counts nothing, the exact swap theorem does."""
    found = proved("half", "threshold", "no-threshold")
    assert of(found, "theorem-2") == ("inapplicable", "proved", "sharp", 2)
    assert of(found, "theorem-1") == ("verified", "proved", "sharp", 2)
    assert of(found, "proposition-3") == ("inapplicable", "proved", "sharp", 2)
    assert bounds(found) == ((2, "sharp"), None)


def test_more_by_sharp_than_by_paper() -> None:
    """The paper's n comes first; the largest is told beside it."""
    found = proved("stairs", "threshold", "no-threshold")
    assert of(found, "theorem-2") == ("verified", "proved", "paper", 1)
    assert bounds(found) == ((2, "sharp"), None)


def test_linear_means() -> None:
    """A retargeting that covers the question, and Prop. 3 by two claims for each x."""
    found = proved("lopsided", "threshold", "no-threshold")
    assert of(found, "theorem-2") == ("inapplicable", "undecided", "none", 1)
    found.retargetable += [((HALF, HALF), 7), (WHOLE, 1)]
    assert of(found, "theorem-2") == ("inapplicable", "proved", "linear", 1)
    assert bounds(found) == ((1, "linear"), None)
    found = proved("aside", "threshold", "no-threshold", "member")
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.universal.append(("not-optimal", SWAP, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.universal.append(("exceeds", SWAP, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "proved", "linear", 1)


def test_where_shutdown_pays() -> None:
    """Prop. 3 by the policies of the thresholds: every state that they visit after the start is paid for, or is proved."""
    found = proved("paid", "threshold", "no-threshold", "member")
    assert found.visited == {"x": {"m", "x"}}
    found.universal.append(("pays", SWAP, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.universal.append(("pays", {"m": "term", "term": "m"}, (ZERO, Fraction(99, 100))))
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.universal.append(("pays", {"m": "term", "term": "m"}, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "proved", "pays", 1)
    found.universal.append(("exceeds", SWAP, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "proved", "pays", 1)
    found.universal.append(("not-optimal", SWAP, WHOLE))
    assert of(found, "proposition-3") == ("inapplicable", "proved", "linear", 1)


def test_where_shutdown_pays_for_some() -> None:
    """Some x by `not-optimal` and `exceeds`, the others because shutdown pays; never where s_term loops."""
    found = proved("corridor-3", "threshold", "no-threshold")
    found.model.nonnegative = False
    assert found.visited["r1"] == {"r1"}
    assert found.visited["r3"] == {"r1", "r2", "r3"}
    for r in ("r1", "r2"):
        found.universal.append(("pays", {r: "term", "term": r}, WHOLE))
    assert of(found, "proposition-3")[1:3] == ("undecided", "none")
    found.universal += [(half, {"r3": "term", "term": "r3"}, WHOLE) for half in ("not-optimal", "exceeds")]
    assert of(found, "proposition-3")[1:3] == ("proved", "pays")
    assert proved("ring", "threshold").visited == {"new": {"new", "m"}, "m": {"new", "m"}}
    looping = proved("shutdown-loops", "threshold")
    looping.universal += [("pays", {t: "term", "term": t}, WHOLE) for t in ("m", "x")]
    assert looping.visited["x"] == {"m", "x"}
    assert of(looping, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    looping.universal += [(half, SWAP, WHOLE) for half in ("not-optimal", "exceeds")]
    assert of(looping, "proposition-3") == ("inapplicable", "proved", "linear", 1)


def test_too_few_permutations() -> None:
    """n0 = 3: two permutations prove 2, which is told, but conclude nothing."""
    found = proved("corridor-3", "threshold", "no-threshold")
    found.model.strict, found.model.nonnegative = True, False
    found.retargetable.append((WHOLE, 2))
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 3)
    assert bounds(found) == ((2, "linear"), None)
    found.retargetable.append((WHOLE, 3))
    assert of(found, "theorem-2") == ("undecided", "proved", "linear", 3)


def test_an_orbit_refutes() -> None:
    """n0 goals for each that shuts down are too many; `refuted` is the least n that is."""
    found = proved("training-leak", "threshold", "no-threshold")
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 1)
    found.orbits.append(Orbit(HALF, 2, 2))
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 1)
    assert bounds(found) == (None, 2)
    found.orbits.append(Orbit(HALF, 2, 1))
    assert of(found, "theorem-2") == ("refuted", "fails", "orbit", 1)
    assert of(found, "theorem-1") == ("inapplicable", "fails", "orbit", 1)
    assert bounds(found) == (None, 1)
    found.orbits[:] = [Orbit(Fraction(1, 3), 2, 1), Orbit(HALF, 0, 4)]
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 1)
    assert bounds(found) == (None, None)


def test_an_orbit_where_nothing_is_counted() -> None:
    """Without a gamma: only gammas with N(gamma) not empty, or any if N is."""
    found = proved("always")
    found.model.nonnegative = False
    found.roots[PAPER]["x"] = ((-1, 2), HALF, HALF)
    found.orbits.append(Orbit(HALF, 2, 1))
    assert of(found, "theorem-2")[1] == "undecided"
    assert bounds(found)[1] is None
    found.orbits.append(Orbit(ASKED, 2, 1))
    assert of(found, "theorem-2")[1] == "fails"
    nothing = facts("half-always")
    nothing.roots[SHARP] = dict.fromkeys(nothing.candidates)
    nothing.orbits.append(Orbit(HALF, 2, 1))
    assert of(nothing, "theorem-2") == ("inapplicable", "fails", "orbit", 1)


def test_without_a_gamma() -> None:
    """What holds at every gamma: thresholds of 0, claims on [0, 1]; and n(gamma) if every swap keeps Theta."""
    found = facts("half-always")
    half = ((-1, 2), HALF, HALF)
    found.roots[SHARP] = {"new": None, "x": half, "y": half}
    assert of(found, "theorem-2") == ("inapplicable", "undecided", "none", 1)
    found.roots[SHARP]["x"] = ALWAYS
    assert of(found, "theorem-2") == ("inapplicable", "proved", "sharp", 1)
    found.roots[SHARP]["y"] = ALWAYS
    assert of(found, "theorem-2") == ("inapplicable", "proved", "sharp", 2)
    assert of(proved("always"), "theorem-2") == ("verified", "proved", "paper", 1)
    third = facts("always")
    third.roots = {PAPER: {"x": half}, SHARP: {"x": half, "new": None}}
    third.frequencies["x"] = ONE
    assert of(third, "theorem-2") == ("verified", "proved", "paper", 1)
    third.retargetable.append(((ZERO, HALF), 9))
    assert bounds(third) == ((1, "paper"), None)


def test_n_of_gamma_by_the_sharp_theorem() -> None:
    """Without a gamma and with a stated hypothesis open, all of N is counted by sharp means."""
    found = proved("always")
    found.model.training = frozenset({"x"})
    assert of(found, "theorem-2") == ("inapplicable", "proved", "sharp", 1)


def test_n_of_gamma_where_a_stated_hypothesis_fails() -> None:
    """The same with a threshold that is not 0: no x counts at every gamma, but each counts where it is past its own."""
    found, half = facts("always"), ((-1, 2), HALF, HALF)
    found.roots = {PAPER: {"x": half}, SHARP: {"x": half, "new": None}}
    found.frequencies["x"] = ONE
    found.model.training = frozenset({"x"})
    assert of(found, "theorem-2") == ("inapplicable", "proved", "sharp", 1)


def test_every_counted_swap_must_keep_theta() -> None:
    """a leaks into training, b does not: one swap is proved to stay, which is one too few."""
    moves = "new to-a a=1\nnew to-b b=1\na stay a=1\nb stay b=1\nt stay t=1\nt go a=1"
    found = Facts.of(model("t new a b term", moves, '[policy]\nt = "stay"\n[question]\ngamma = "1/2"\n', "t"))
    found.roots = {
        PAPER: dict.fromkeys("ab", ALWAYS),
        SHARP: {**dict.fromkeys("ab", ALWAYS), "t": None, "new": None},
    }
    assert of(found, "theorem-2") == ("undecided", "undecided", "none", 2)
    assert bounds(found)[0] == (1, "sharp")


def test_swaps_that_leave_theta_prove_nothing() -> None:
    """Condition 2 is needed for each."""
    found = proved("training-leak", "threshold", "no-threshold")
    found.universal.append(("stays", SWAP, (HALF, HALF)))
    assert of(found, "theorem-2") == ("verified", "proved", "paper", 1)
    found.universal.clear()
    assert of(found, "theorem-2")[1] == "undecided"


def test_proposition_3_fails() -> None:
    """A failing swap of an x of N at the question."""
    found = proved("negative", "threshold", "no-threshold", "member")
    found.failing.append((HALF, "x"))
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.failing.append((ASKED, "new"))
    assert of(found, "proposition-3") == ("inapplicable", "undecided", "none", 1)
    found.failing.append((ASKED, "x"))
    assert of(found, "proposition-3") == ("inapplicable", "fails", "swap", 1)
    first = proved("shutdown-first", "threshold", "no-threshold", "member")
    first.failing.append((ASKED, "x"))
    assert of(first, "proposition-3") == ("refuted", "fails", "swap", 1)


def test_proposition_3_in_vain() -> None:
    """N is empty: vacuous, unless sharp means say more."""
    assert of(proved("chance"), "proposition-3") == ("inapplicable", "proved", "vacuous", 0)
    found = proved("negative", "threshold", "no-threshold", "member", gamma="1/2")
    found.roots[PAPER]["x"] = ((-2, 3), Fraction(2, 3), Fraction(2, 3))
    assert of(found, "proposition-3") == ("inapplicable", "proved", "vacuous", 0)


def test_contradictions_are_errors() -> None:
    """Two proofs that cannot both be right are INVALID, and say to report it."""
    found = proved("corridor-3")
    found.orbits.append(Orbit(ASKED, 1, 2))
    with pytest.raises(Invalid, match="an orbit contradicts Theorem 2: please report"):
        verdicts(found)
    found = proved("stairs")
    found.orbits.append(Orbit(ASKED, 2, 3))
    with pytest.raises(Invalid, match="an orbit refutes an n that is proved: please report"):
        verdicts(found)
    found = proved("retry")
    found.failing.append((ASKED, "x"))
    with pytest.raises(Invalid, match="a goal contradicts Proposition 3: please report"):
        verdicts(found)
    found = proved("stairs")
    found.orbits.append(Orbit(ASKED, 1, 2))
    assert bounds(found) == ((2, "sharp"), 3)


def test_defaults() -> None:
    """Only Theorem 2 has bounds of its own."""
    assert Verdict("verified", "proved", "paper", 1)[4:] == (None, None)
