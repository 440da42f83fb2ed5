"""The LaTeX text says what the certificate says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs.paper.claims import (
    Claim,
    Count,
    Hypothesis,
    NoThreshold,
    Orbit,
    Reach,
    Retargeting,
    SwapFails,
    Theorem,
    Threshold,
    Unexplained,
    Universal,
)
from proofs.paper.document import article, fragment
from tests.examples import NAMES, instance_path
from tests.proofs.paper.certificates import certificate_text, evidence, evidence_of, exchanged, without


@pytest.mark.parametrize("name", NAMES)
def test_each_example_has_a_text(name: str) -> None:
    """Plain ASCII, every reference has its label, labels and environments are in order, the same bytes each time."""
    text = article(evidence(name))
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert text.isascii()
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\ref\{([^}]*)\}", text)) <= set(labels)
    assert sorted(re.findall(r"\\begin\{(\w+)\}", text)) == sorted(re.findall(r"\\end\{(\w+)\}", text))
    assert text.count("$") % 2 == 0
    assert text == article(evidence(name))
    assert r"answer is \textbf{VALID}" in text


def test_the_fragment_is_the_body_of_the_article() -> None:
    """It differs in its headings only, and says what its preamble needs."""
    found = evidence("corridor-3")
    part = fragment(found)
    assert r"\documentclass" not in part
    assert r"%   \newtheorem{theorem}{Theorem}" in part
    body = part.partition(r"\begingroup")[2].replace(r"\subsection{", r"\section{")
    assert body in article(found)


REMOVALS: list[tuple[str, Callable[[Claim], bool], str]] = [
    ("corridor-3", lambda c: isinstance(c, Orbit), r"Orbits inside"),
    ("corridor-3", lambda c: isinstance(c, SwapFails), r"each with a permutation"),
    ("corridor-3", lambda c: isinstance(c, Hypothesis) and c.id == "strict", r"\texttt{strict}"),
    ("corridor-3", lambda c: isinstance(c, Hypothesis) and c.id == "strict", r"\begin{proof}"),
    ("corridor-3", lambda c: isinstance(c, Theorem) and c.id == "theorem-2", r"\begin{theorem}"),
    ("corridor-3", lambda c: isinstance(c, Theorem) and c.id == "theorem-2", "In short"),
    ("corridor-3", lambda c: isinstance(c, Theorem) and c.id == "proposition-2", "Proposition 2 &"),
    ("corridor-3", lambda c: isinstance(c, Theorem) and c.id == "proposition-3", r"\begin{proposition}"),
    ("corridor-3", lambda c: isinstance(c, Count), r"that witness Proposition~3"),
    ("corridor-3", lambda c: isinstance(c, Threshold) and c.state == "r3", r"\sqrt{5}"),
    ("corridor-3", lambda c: isinstance(c, NoThreshold), r"There is no $\gamma^\circ_x$"),
    ("corridor-3", lambda c: isinstance(c, Reach) and c.state == "new", r"There is no $\gamma^*_x$"),
    ("training-leak", lambda c: isinstance(c, Orbit), "is a counterexample"),
    ("training-leak", lambda c: isinstance(c, Theorem), "is a counterexample"),
    ("half", lambda c: isinstance(c, Threshold), r"Exact swap for"),
]


@pytest.mark.parametrize(("name", "unwanted", "said"), REMOVALS)
def test_what_is_not_claimed_is_not_said(name: str, unwanted: Callable[[Claim], bool], said: str) -> None:
    """A claim that is left out takes its sentence with it."""
    found = evidence(name)
    assert said in article(found)
    assert said not in article(without(found, unwanted))


def test_without_claims_only_the_instance_is_left() -> None:
    """No number that only a certificate can know, no verdict, no proof."""
    text = article(without(evidence("corridor-3"), lambda _: True))
    for word in (r"\sqrt", "proved", "verified", "yes", r"\approx", "recurrent"):
        assert word not in text.replace(r"\textbf{VALID}: every claim is proved", "").replace("proof kernel", "")


def test_the_numbers_are_those_of_the_claims() -> None:
    """Where a claim had other numbers, so would the text: nothing is worked out again."""
    found = evidence("corridor-3")
    (orbit,) = found.of(Orbit)
    text = article(exchanged(found, orbit, replace(orbit, size=4711, avoid=4001, shutdown=710)))
    assert "$4711$" in text
    assert "$4001$" in text
    assert "$20$" not in text
    theorem = next(claim for claim in found.of(Theorem) if claim.id == "theorem-2")
    assert "$n = 77$" in article(exchanged(found, theorem, replace(theorem, n=77)))
    threshold = found.thresholds["paper", "r3"]
    text = article(exchanged(found, threshold, replace(threshold, frequency=Fraction(3, 7))))
    assert r"\tfrac{3}{7}" in text
    form = found.forms["paper r3"]
    changed = replace(form, values={**form.values, "r1": (0, 0, 13)})
    assert r"\frac{13\gamma^{2}}{1-\gamma}" in article(exchanged(found, form, changed))


def test_every_number_stands_in_the_files_or_is_derived() -> None:
    """Integers of the text: in the certificate, in the instance, in the fixed words, or one of the derived values."""
    found = evidence("corridor-3")
    fixed = numbers(article(without(found, lambda _: True)))
    given = numbers(certificate_text("corridor-3") + instance_path("corridor-3").read_text(encoding="utf-8"))
    derived = {"8", "618034", "6", "39", "34", "35", "51", "52"}  # v = 8.1, roots to 6 places, gains, powers of two
    decimals = {"81", "29", "7", "2"}
    words = {"0", "1", "2", "3", "4", "5", "6", "17", "18"}  # table widths, numbering
    shares = set(re.findall(r"0\.(\d+)\\linewidth", article(found)))
    assert numbers(article(found)) <= fixed | given | derived | decimals | words | shares


def numbers(text: str) -> set[str]:
    """The runs of digits."""
    return set(re.findall(r"\d+", text))


def test_every_gamma() -> None:
    """Without a gamma the theorem speaks of n(gamma), and the counted states are those with a threshold."""
    data = re.sub(rb'gamma = "9/10"\n', b"", instance_path("corridor-3").read_bytes())
    from exact.instance import parse_instance
    from proofs.verification import verify

    text = article(evidence_of(data, verify(parse_instance(data)).certificate))
    assert r"$n = n(\gamma)$, which is $3$ above every" in text
    assert "In numbers" not in text


def test_another_gamma() -> None:
    """--gamma is what the text is about, and stands in the command that checks it."""
    text = article(evidence("corridor-3", "11/20"))
    assert r"Let $\gamma = \tfrac{11}{20}$ and $n = 2$" in text
    assert r"-{}-{}gamma} \texttt{11/20}" in text


def test_a_claim_that_the_kernel_does_not_prove_is_not_said() -> None:
    """A certificate without a threshold is HOLEY: its theorem is a hole, named as such and not stated."""
    lines = certificate_text("corridor-3").splitlines(keepends=True)
    kept = [line for line in lines if '"kind": "sharp", "state": "r3"' not in line and '"count"' not in line]
    text = article(evidence_of(instance_path("corridor-3").read_bytes(), "".join(kept)))
    assert r"answer is \textbf{HOLEY}" in text
    assert r"\begin{theorem}" not in text
    assert r"is not settled" in text
    assert r"gamma\ensuremath{^{\circ}}\allowbreak{}\_\allowbreak{}r3" in text


def test_linear_claims_are_summarised() -> None:
    """Universal properties with their cases, sets of permutations, and the theorem that rests on them."""
    found = evidence("training-leak")
    swap = (("term", "x"),)
    universal = Universal(90, "retargets", swap, (Fraction(1, 2), Fraction(1, 2)), 41)
    whole = Universal(91, "stays", swap, (Fraction(0), Fraction(1)), 43)
    together = Retargeting(92, (Fraction(1, 4), Fraction(3, 4)), (swap, (("term", "t", "x"),)))
    theorem = next(claim for claim in found.of(Theorem) if claim.id == "theorem-2")
    linear = replace(theorem, verdict="verified", conclusion="proved", means="linear", n=2)
    other = Unexplained(93, "volume", "{}")
    claims = [*exchanged(found, theorem, linear).claims, universal, whole, together, other]
    text = article(replace(found, claims=claims))
    assert "$41$" in text
    assert "$43$" in text
    assert r"$\in (0, 1)$" in text
    assert r"(\texttt{term}~\texttt{t}~\texttt{x}) together satisfy Definition~4 with $n = 2$" in text
    assert r"By linear arithmetic over all of $\Theta$" in text
    assert r"\texttt{volume}" in text


def test_long_polynomials_are_named_by_their_degree() -> None:
    """A polynomial beyond the stated length points to its claim."""
    found = evidence("corridor-3")
    form = found.forms["paper r3"]
    long = tuple(10**9 + k for k in range(60))
    text = article(exchanged(found, form, replace(form, values={**form.values, "r1": long})))
    assert rf"\text{{a polynomial of degree 60, see claim {form.number} of the certificate}}" in text or (
        rf"\text{{a polynomial of degree 59, see claim {form.number} of the certificate}}" in text
    )
