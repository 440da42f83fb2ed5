"""z3, asked about families: it agrees with what is proved; a contradiction is loud; silence is no answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import proofs.families.opinions as module
import proofs.families.search
from exact.family import parse_family, read_family
from exact.instance.gammas import Gammas
from proofs.claims.types import NotCounted
from proofs.errors import EnginesDisagree
from proofs.families.document import document
from proofs.families.opinions import opinions, questions
from proofs.families.search import verify_family
from proofs.families.session import CheckedFamily
from proofs.families.text import lines
from proofs.opinions.by_z3 import Answer
from proofs.opinions.opinion import SOLVERS
from proofs.opinions.scripts import Query
from proofs.report.opinions import opinion_lines
from tests.exact.family.families import RETRY, random_family
from tests.examples import instance_path
from tests.proofs.command import gammastar
from tests.reports import errors

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "families").glob("*.toml"))
SECONDS = 60
QUICK, HARD = (1, 2, 14, 18, 19), (5, 7)  # seeds of random families whose questions z3 answers at once, or not all
HIGH: Gammas = (Fraction(3, 4), Fraction(1))


def retry(gammas: Gammas = HIGH) -> CheckedFamily:
    """Of p in [1/10, 9/10]: from 3/4 on x is counted everywhere, from 1/2 on not everywhere."""
    return verify_family(parse_family(RETRY.encode()), gammas)


@cache
def drawn(seed: int) -> CheckedFamily:
    """A random family, of one or two parameters."""
    family = parse_family(random_family(seed, parameters=1 + seed % 2))
    return verify_family(family, (Fraction(1 + seed % 4, 5), Fraction(1)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples(path: Path) -> None:
    """All that is proved, in the words of the report: z3 finds it too, of the gridworld whatever it comes to."""
    found = verify_family(read_family(path))
    asides = opinions(found, SECONDS if path.stem != "gridworld" else 2)
    assert [aside["question"] for aside in asides] == [question.words for question in questions(found)]
    assert {"x", *found.counted["paper"][1]} >= {aside["permutation"][1] for aside in asides if aside["permutation"]}  # type: ignore[index]
    assert errors(document(found, asides), "family") == []
    if path.stem != "gridworld":
        assert all(aside["agrees"] for aside in asides)


@pytest.mark.parametrize("seed", [*QUICK, *HARD])
def test_random_families(seed: int) -> None:
    """No contradiction (that would raise); a counterexample has its model."""
    found = drawn(seed)
    asides = opinions(found, 2 if seed in HARD else SECONDS)
    assert all((aside["model"] is not None) == (aside["answer"] == "sat") for aside in asides)
    assert errors(document(found, asides), "family") == []
    if seed in QUICK:
        agree = [True if question.ours is not None else None for question in questions(found)]
        assert [aside["agrees"] for aside in asides] == agree
        assert all(aside["answer"] != "unknown" for aside in asides)


def test_what_is_asked() -> None:
    """The random families hold all that can be said: proved, refuted, open; of one state, of n of them, sharply."""
    asked = [question for seed in QUICK for question in questions(drawn(seed))]
    assert {question.ours for question in asked} == {True, False, None}
    assert {question.name for question in asked} == {"rows", "counted", "counted-sharp"}
    assert any(question.state is None and question.name == "counted" for question in asked)


def test_verbose() -> None:
    """What z3 alone says, of what is open."""
    found = drawn(14)
    quiet, *_ = opinion_lines(opinions(found, SECONDS), False)
    assert quiet == "Other engines, asked the same: z3 agrees on 2 of 5 questions; --verbose says where not"
    alone = "  z3 alone says so, unproved, (term s0): for every p in [1/5, 4/5] and every gamma in [3/5, 1): "
    assert f"{alone}is gamma > gamma*_s0? it fails" in list(opinion_lines(opinions(found, SECONDS)))


def test_without_parameters() -> None:
    """An interval of gammas: what is counted everywhere, and what is not, of either kind."""
    ran = gammastar("verify", instance_path("corridor-3"), "--gamma", "11/20:1", "--seconds", str(SECONDS), "--verbose")
    assert (ran.code, "\nOther engines, asked the same: z3 agrees on 7 of 7 questions\n" in ran.out) == (0, True)


def everywhere_counted(found: CheckedFamily) -> CheckedFamily:
    """Called proved: x is counted everywhere."""
    return replace(found, counted={**found.counted, "paper": (1, ("x",))})


def nowhere_counted(found: CheckedFamily) -> CheckedFamily:
    """Called refuted: on a part of the box x is not counted."""
    claim = NotCounted("paper", "x", found.family.box, found.asked[0], 1, {"new": (1,)})
    return replace(found, claims=(claim,), counted={**found.counted, "paper": (0, ())})


def wider(found: CheckedFamily) -> CheckedFamily:
    """The box reaches to p = 1, where `try` never stays."""
    return replace(found, family=replace(found.family, box=((Fraction(1, 10), Fraction(1)),)))


Lie = Callable[[CheckedFamily], CheckedFamily]
LIES: list[tuple[Lie, Gammas, str]] = [
    (everywhere_counted, (Fraction(1, 2), Fraction(1)), "This is proved, but z3 says sat with {'point': {'p': "),
    (nowhere_counted, HIGH, "This is refuted, but z3 says unsat"),
    (wider, HIGH, "does every row sum to 1? This is proved, but z3 says sat with {'point': {'p': '1'}"),
]


@pytest.mark.parametrize(("lie", "gammas", "says"), LIES)
def test_a_lie_is_found(lie: Lie, gammas: Gammas, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exit code 4, one line, no report."""
    monkeypatch.setattr(proofs.families.search, "verify_family", lambda *_: lie(retry(gammas)))
    path = tmp_path / "f.toml"
    path.write_text(RETRY, "utf-8")
    ran = gammastar("verify", path, "--seconds", str(SECONDS))
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("gammastar: ENGINES DISAGREE, please report this: for every p in [1/10, ")
    assert says in ran.err
    assert ran.err.endswith("; keep the SMT-LIB text (--smt2) and report it\n")


def answering(answer: Answer) -> Callable[[Query, float, int], Answer]:
    """A solver that always says this."""
    return lambda *_: answer


@pytest.mark.parametrize(
    ("p", "gamma"), [("19/20", "3/4"), ("1/10", "1/2"), ("1/10", "1"), ("1/2", "4/5")],
    ids=["outside the box", "outside the gammas", "no discount", "counted there"],
)  # fmt: skip
def test_a_false_model(p: str, gamma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a point where nothing fails is wrong, whatever is proved."""
    monkeypatch.setitem(SOLVERS, "z3", answering(Answer("sat", (Fraction(p),), Fraction(gamma))))
    open_still = replace(retry(), counted={"paper": None, "sharp": None})
    with pytest.raises(EnginesDisagree, match=r"z3's counterexample to for every p in .* is none"):
        opinions(open_still, SECONDS)


def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is unknown, agrees with nothing and contradicts nothing; the verdict and the exit code stay."""
    monkeypatch.setitem(SOLVERS, "z3", answering(Answer("unknown")))
    ran = gammastar("verify", EXAMPLES[-1], "--json")
    assert ran.code == 0
    asides = json.loads(ran.out)["opinions"]
    assert {(aside["answer"], aside["agrees"]) for aside in asides} == {("unknown", None)}
    said = " ".join(gammastar("verify", EXAMPLES[-1], "--verbose").out.split())
    assert "z3 agrees on 0 of 3 questions" in said
    assert "z3 did not answer in time: for every p in [1/5, 4/5], q in [1/5, 4/5]" in said
    assert "(term hall), (term garden)" in said


def test_a_hard_question_leaves_time_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gets its share of what is left."""
    given: list[float] = []

    def slow(query: Query, seconds: float, rlimit: int) -> Answer:
        given.append(seconds)
        return Answer("unknown")

    monkeypatch.setitem(SOLVERS, "z3", slow)
    found = verify_family(read_family(EXAMPLES[-1]))
    opinions(found, 30)
    assert len(given) == 3
    assert all(share < 30 * part for share, part in zip(given, (0.34, 0.51, 1.01), strict=True))


def test_too_large_to_be_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Said, not passed over; texts are written all the same."""
    monkeypatch.setattr(module, "STATES", 4)
    folder = tmp_path / "smt"
    said = gammastar("verify", EXAMPLES[-1], "--smt2", folder).out
    why = "Other engines: not asked: 5 states, and where gamma is no number at most 4 are asked about"
    assert why in " ".join(said.split())
    assert len(list(folder.iterdir())) == 3
    assert json.loads(gammastar("verify", EXAMPLES[-1], "--json").out)["opinions"] == []
    assert "Other engines" not in gammastar("verify", EXAMPLES[-1], "--seconds", "0").out


def test_no_time_no_questions(tmp_path: Path) -> None:
    """0 seconds ask nothing."""
    found = retry()
    assert opinions(found, 0) == []
    assert "Other engines" not in "\n".join(lines(found, opinion_lines([])))
    assert opinions(found, 0, tmp_path / "smt") == []
    assert sorted(path.name for path in (tmp_path / "smt").iterdir()) == ["000-rows.smt2", "001-counted.smt2"]


@pytest.mark.parametrize("stem", ["retry", "corridor", "two-doors"])
def test_texts(stem: str, tmp_path: Path) -> None:
    """--smt2: z3 and cvc5 read them as they are, and answer as they do within `verify`."""
    z3: Any = pytest.importorskip("z3")
    path = next(path for path in EXAMPLES if path.stem == stem)
    assert gammastar("verify", path, "--smt2", tmp_path, "--seconds", "0").code == 0
    texts = [text.read_text(encoding="utf-8") for text in sorted(tmp_path.iterdir())]
    assert len(texts) == len(list(questions(verify_family(read_family(path)))))
    for text in texts:
        solver = z3.Solver()
        solver.from_string(text)
        assert str(solver.check()) == "unsat"
        if _has_cvc5():
            from proofs.opinions.in_cvc5 import solved

            assert solved(text, SECONDS, 0) == ("unsat", {})


def _has_cvc5() -> bool:
    try:
        import cvc5  # noqa: F401
    except ImportError:
        return False
    return True


def test_a_third_opinion() -> None:
    """cvc5 agrees on the same questions; by the option, in the report."""
    pytest.importorskip("cvc5")
    said = " ".join(gammastar("verify", EXAMPLES[-1], "--seconds", str(SECONDS), "--cvc5").out.split())
    assert "z3 agrees on 3 of 3 questions, cvc5 agrees on 3 of 3 questions" in said
    for found in (retry((Fraction(1, 2), Fraction(1))), drawn(19)):
        asides = opinions(found, SECONDS, third=True)
        both = [[a["answer"] for a in asides if a["solver"] == name] for name in ("z3", "cvc5")]
        assert all(one == two or "unknown" in (one, two) for one, two in zip(*both, strict=True))


def test_cvc5_is_ended_with_its_time() -> None:
    """Of this one it thinks for minutes, and looks at no clock."""
    pytest.importorskip("cvc5")
    found = verify_family(parse_family(random_family(5, parameters=2)), (Fraction(4, 5), Fraction(1)))
    hard = next(question for question in questions(found) if question.state == "s2")
    assert SOLVERS["cvc5"](hard.script(), 1, 0).answer == "unknown"
