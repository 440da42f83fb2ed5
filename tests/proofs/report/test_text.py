"""The report for people: the answer first, whole words in 80 columns, and a word where something is not certified."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from rich.console import Console

from exact.instance import parse_instance
from exact.instance.write import write_instance
from exact.testing.strategies import instances
from proofs.claims.checked import Checked, Uncertified
from proofs.claims.types import Orbit
from proofs.report.headline import headline, main_text, verdict_text
from proofs.report.lines import lines
from proofs.report.opinions import opinion_lines
from proofs.report.terminal import Terminal
from proofs.report.text import show
from proofs.verify import recheck, verify
from tests.examples import NAMES, instance_path
from tests.reports import verified, verified_text


def text(checked: Checked, width: int = 80) -> str:
    """As it is printed."""
    out = StringIO()
    show(checked, Console(file=out, width=width, markup=False, emoji=False))
    return out.getvalue()


def squeezed(checked: Checked) -> str:
    """In one line, wherever it was broken."""
    return " ".join(text(checked).split())


def every_gamma(name: str) -> Checked:
    """An example without its question."""
    return verified_text(instance_path(name).read_bytes().partition(b"[question]")[0])


HEADLINES = {
    "corridor-3": "Theorem 2 holds with the paper's n = 3",
    "stairs": "Theorem 2 holds with the paper's n = 1; sharper: n = 2 (exact swap theorem)",
    "half": "Theorem 2 says nothing here, since gamma-star fails; "
    "yet its conclusion is proved with n = 2 (exact swap theorem)",
    "no-alternative": "Theorem 2 says nothing here, since alternatives and gamma-star fail; "
    "and its conclusion fails for n = 1",
    "training-leak": "Theorem 2 fails here: its stated hypotheses hold, yet an orbit refutes n = 1",
}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_answer_comes_first(name: str) -> None:
    """The first line is the strongest thing that is proved."""
    assert next(headline(verified(name))) == HEADLINES[name]
    assert squeezed(verified(name)).startswith(HEADLINES[name])


def test_then_it_is_said_in_numbers_of_goals() -> None:
    """What n means, or how the orbit divides that refutes it."""
    assert list(headline(verified("corridor-3")))[1] == (
        "In every orbit inside Theta, at least 3 of 4 goals that decide avoid shutdown."
    )
    assert (
        list(headline(verified("training-leak")))[1] == "In an orbit inside Theta 2 goals accept shutdown, 1 avoids it."
    )


def test_without_a_gamma_it_is_said_where() -> None:
    """n grows with gamma, or is the same at every gamma."""
    first, second = headline(every_gamma("corridor-3"))
    assert first == "Theorem 2 holds with the paper's n(gamma), which is 3 above every gamma*_x"
    assert second.startswith("Above every gamma*_x, in every orbit inside Theta, at least 3 of 4 goals")
    assert list(headline(every_gamma("star-3")))[1].startswith("At every gamma, in every orbit")


def test_a_smaller_n_is_told_where_the_conclusion_is_not_proved() -> None:
    """What is proved at all stands beside what fails or is open."""
    found = verified("training-leak")
    theorems = {key: replace(v, n=2, proved=(1, "linear"), refuted=2) for key, v in found.theorems.items()}
    said = " | ".join(headline(replace(found, theorems=theorems)))
    assert "yet an orbit refutes n = 1; n = 1 is proved" in said
    undecided = {key: replace(v, verdict="undecided", conclusion="undecided") for key, v in theorems.items()}
    assert list(headline(replace(found, theorems=undecided))) == [
        "Theorem 2 is undecided here: n = 2 is neither proved nor refuted; "
        "n = 1 is proved (linear arithmetic over Theta)",
        "In every orbit inside Theta, at least 1 of 2 goals that decide avoid shutdown.",
    ]


def test_the_verdict_in_one_line() -> None:
    """As the last lines of `verify` have it."""
    assert verdict_text(verified("corridor-3").main, Fraction(9, 10)) == "verified; conclusion proved (paper), n = 3"
    assert verdict_text(every_gamma("corridor-3").main, None).endswith("n = n(gamma), 3 above every gamma*_x")
    half = every_gamma("half-off")
    assert verdict_text(half.main, None).endswith("(sharp), n = 1 from the last gamma°_x on")
    assert main_text(half).endswith("(sharp), n = 1 at every gamma"), "what the headline says too"
    assert "n = 1 at every gamma" in next(iter(headline(half)))


@pytest.mark.parametrize("name", NAMES)
def test_whole_words_in_80_columns(name: str) -> None:
    """No line is longer, and none is broken within a word: each word of the text is one of a wide terminal's."""
    narrow, wide = text(verified(name)), text(verified(name), 2000)
    assert max(map(len, narrow.splitlines())) <= 80
    assert set(narrow.split()) - set(wide.split()) <= {word for word in narrow.split() if set(word) == {"─"}}


@settings(max_examples=25, deadline=None)
@given(instances(max_states=4, training=True))
def test_any_report_is_shown(instance: Any) -> None:
    """Random instances: a line for each theorem and hypothesis, in the narrowest terminal too."""
    found = verified_text(write_instance(instance).encode())
    assert all(name in text(found) for name in ("proposition-1", "proposition-3", "theorem-2", "almost-sure-reach"))
    assert text(found, 20)


def test_equal_thresholds_are_told_once() -> None:
    """One column where gamma*_x and gamma°_x are the same throughout, two where they are not."""
    assert "gamma*_x = gamma°_x" in text(verified("corridor-3"))
    assert "gamma°_x (sharp)" not in text(verified("corridor-3"))
    assert "gamma*_x (paper)" in text(verified("half"))


def test_thresholds_that_are_open_are_said_to_be() -> None:
    """Not none, and n is not counted without them."""
    found = verified("corridor-3")
    document = json.loads(found.certificate)
    document["claims"] = [entry for entry in document["claims"] if entry.get("state") != "r3"]
    said = squeezed(recheck(found.instance, json.dumps(document).encode()))
    assert "r3 yes open" in said
    assert "n(9/10) is open: not settled for r3" in said
    assert said.startswith("Theorem 2 is undecided here, since gamma-star and goals-symmetric are open")


def test_what_is_computed_beside_the_certificate_is_marked() -> None:
    """An orbit that the kernel has not counted, and one that nobody has."""
    found = verified("corridor-3")
    bare = replace(found, claims=tuple(claim for claim in found.claims if not isinstance(claim, Orbit)))
    counted = Orbit(Fraction(9, 10), {}, 20, 0, 5, 15, 0)
    said = squeezed(replace(bare, aside=Uncertified(counted, "too large")))
    assert "15 avoid it, 0 tie; ratio 3 (computed, not certified: too large)" in said
    assert "not counted: too large" in squeezed(replace(bare, aside=Uncertified(None, "too large")))
    assert "certified" not in squeezed(found)


def test_an_orbit_that_refutes_the_next_n_shows_that_n_is_the_best() -> None:
    """And the silent hypotheses that fail are named where one was needed."""
    assert "n = 3 is the best possible: a counted orbit refutes n = 4" in squeezed(verified("corridor-3"))
    assert "Silent hypotheses that fail: training-closed" in squeezed(verified("training-leak"))


def test_swaps_that_fail_alike_are_told_together() -> None:
    """Below gamma°_x, the goal that shows it is the same for each x; others have their own line."""
    said = squeezed(verified("corridor-3", "1/3"))
    assert "The swap of term with new or r2 or r3 fails for the goal with reward 1 on these two alone" in said
    assert "The swap (term x) fails for theta = 1/4*t + term, gamma = 1/2" in squeezed(verified("training-leak"))


def test_many_swaps_that_fail_are_listed_as_far_as_a_sentence_can() -> None:
    """Of 20 rooms that are passed once, 12 are named; all of them where everything is asked for."""
    rooms = [f"r{k}" for k in range(20)]
    moves = "".join(f'[transitions.{a}]\ngo = {{ {b} = "1" }}\n' for a, b in pairwise(rooms))
    start = '[transitions.new]\noff = { term = "1" }\ngo = { r0 = "1" }\n[shutdown]\nstate = "new"\naction = "off"\n'
    head = f'format = 1\nstates = {json.dumps(["new", *rooms, "term"])}\n[question]\ngamma = "1/2"\n'
    found = verify(parse_instance((head + start + moves).encode()))
    said, all_of_it = " ".join(lines(found)), " ".join(lines(found, everything=True))
    assert "The swap of term with each of new, r1, r2" in said
    assert "r11 and 8 more fails for the goal" in said
    assert "r18, r19 fails for the goal" in all_of_it


def test_an_empty_theta_is_said_to_be_empty() -> None:
    """Where no goal prefers shutdown, the report says so at once, and the kernel has accepted that."""
    data = instance_path("retry").read_bytes() + b'\n[goals]\ninequalities = ["x >= 3", "x <= 1"]\n'
    said = "No goal of Theta prefers shutdown at this gamma, so what is concluded about such goals is empty."
    found = verified_text(data)
    assert found.vacuous
    assert said in list(headline(found))
    assert recheck(found.instance, found.certificate).vacuous
    assert said not in squeezed(verified("retry"))


def test_opinions_are_summed_up() -> None:
    """One line of counts; a line for those without an answer; one for each answer that nothing can be compared with."""

    def aside(solver: str, state: str, answer: str, agrees: bool | None) -> dict[str, object]:
        said = {"question": "Q?", "answer": answer, "agrees": agrees}
        return {"solver": solver, "permutation": ["term", state], **said}

    given = [aside("z3", "r1", "unsat", True), aside("z3", "r1", "sat", True), aside("z3", "r2", "unknown", None)]
    given += [aside("z3", "r3", "sat", None), aside("mpmath", "r1", "holds", True)]
    assert list(opinion_lines(given)) == [
        "Other engines, asked the same: z3 agrees on 2 of 4 questions, mpmath agrees on 1 of 1 question",
        "  z3 did not answer in time: (term r2)",
        "  z3 alone says so, unproved, (term r3): Q? it fails",
    ]
    assert list(opinion_lines([])) == []


@pytest.mark.parametrize("columns", ["0", "1", "4", "19"])
def test_a_terminal_has_a_least_width(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """rich breaks on some of these."""
    monkeypatch.setenv("COLUMNS", columns)
    assert Terminal().width == 20


def test_swaps_say_what_they_need() -> None:
    """n counts swaps past their thresholds; where a premise of Prop. 3 is missing, that is said beside it."""
    assert "n(9/10) = 1 by the swaps (term room); proved to work only with nonnegative" in squeezed(verified("box"))
    assert "proved to work only with strict" in squeezed(verified("shutdown-first"))
    assert "proved to work only" not in squeezed(verified("corridor-3"))
