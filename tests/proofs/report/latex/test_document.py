"""The LaTeX text says what the kernel accepted, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from exact.instance import parse_instance
from proofs.claims.checked import Checked
from proofs.claims.types import (
    Blackwell,
    Claim,
    ClosedForm,
    ListedOrbit,
    Member,
    NoThreshold,
    Orbit,
    Phase,
    Retargeting,
    SwapFails,
    Threshold,
    Unexplained,
    Universal,
)
from proofs.verify import recheck, verify
from tests.examples import NAMES, instance_path
from tests.proofs.report.latex.certificates import SOURCE, checked, exchanged, fragment, given, text, without
from tests.proofs.search.linear.defects import defect


@pytest.mark.parametrize("name", NAMES)
def test_each_example_has_a_text(name: str) -> None:
    """Plain ASCII, every reference has its label, labels and environments are in order, the same bytes each time."""
    found = text(checked(name))
    labels = re.findall(r"\\label\{([^}]*)\}", found)
    assert found.isascii()
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\ref\{([^}]*)\}", found)) <= set(labels)
    assert sorted(re.findall(r"\\begin\{(\w+)\}", found)) == sorted(re.findall(r"\\end\{(\w+)\}", found))
    assert found.count("$") % 2 == 0
    assert found == text(recheck(given(name), checked(name).certificate))
    assert r"answer is \textbf{VALID}" in found


def test_the_fragment_is_the_body_of_the_article() -> None:
    """It differs in its headings only, and says what its preamble needs."""
    found = checked("corridor-3")
    part = fragment(found)
    assert r"\documentclass" not in part
    assert r"%   \newtheorem{gsexchange}{Exchange}" in part
    body = part.partition(r"\begingroup")[2].replace(r"\subsection{", r"\section{")
    assert body in text(found)


def test_only_exchanges_are_numbered() -> None:
    """The other numbers are the paper's: nothing here has a name of its propositions, nor of anybody's environment."""
    found = text(checked("corridor-3"))
    assert re.findall(r"\\newtheorem(\*?)\{(\w+)\}", found) == [
        ("", "gsexchange"),
        ("*", "gsconclusion"),
        ("*", "gssetting"),
    ]
    assert r"\begin{gsexchange}[with \texttt{r2}, as in Proposition 3 of the paper]" in found
    assert r"Condition~1 and $r(s_{\text{term}}) > r(x)$ are Exchanges~\ref{exchange:corridor-3:r1}, \ref{" in found


def threshold_of(*states: str) -> Callable[[Claim], bool]:
    """Is it a threshold of one of these?"""
    return lambda claim: isinstance(claim, Threshold) and claim.state in states


REMOVALS: list[tuple[str, Callable[[Claim], bool], str]] = [
    ("corridor-3", lambda c: isinstance(c, Orbit), "Orbits inside"),
    ("corridor-3", lambda c: isinstance(c, Orbit), "With $n = 4$ the inequality would be false"),
    ("corridor-3", threshold_of("r3"), r"\sqrt{5}"),
    ("corridor-3", threshold_of("r3"), r"\begin{gsconclusion}"),
    ("corridor-3", threshold_of("r3"), "that witness Proposition~3"),
    ("corridor-3", lambda c: isinstance(c, NoThreshold), r"There is no $\gamma^\circ_x$"),
    ("stairs", lambda c: isinstance(c, Threshold) and c.kind == "sharp", "More is proved"),
    ("training-leak", lambda c: isinstance(c, SwapFails), "each with a permutation"),
    ("training-leak", lambda c: isinstance(c, Orbit), "is a counterexample"),
    ("half", lambda c: isinstance(c, Threshold), "by the exact swap theorem]"),
    ("box", lambda c: isinstance(c, Retargeting), r"\begin{gsconclusion}"),
    ("corridor-3", lambda c: isinstance(c, Blackwell), "The Blackwell discount factor is $\\gamma_{1}$"),
    ("corridor-3", lambda c: isinstance(c, Phase), r"\gamma_{1} = \tfrac{999}{1000}$"),
    ("corridor-3", lambda c: isinstance(c, Phase) and not isinstance(c, Blackwell), "The goal shuts down for"),
    ("corridor-3", lambda c: isinstance(c, ClosedForm), r"$V^*(s_{\text{new}}) = \gamma\,/\,(1-\gamma)$"),
    ("box", lambda c: isinstance(c, Member), "has a negative reward: $r("),
    ("box", lambda c: isinstance(c, (Universal, Retargeting)), "Farkas' lemma"),
]


@pytest.mark.parametrize(("name", "unwanted", "said"), REMOVALS)
def test_what_is_not_proved_is_not_said(name: str, unwanted: Callable[[Claim], bool], said: str) -> None:
    """A claim that is left out takes with it what rests on it."""
    found = checked(name, with_phases=any(word in said for word in ("Blackwell", "999", "The goal", "V^*")))
    assert said in text(found)
    assert said not in text(without(found, unwanted))


def test_phases_that_do_not_cover_say_so() -> None:
    """One is left out: nothing is said of the rest."""
    found = checked("corridor-3", with_phases=True)
    assert "the rest nothing is certified" not in text(found)
    part = text(without(found, lambda c: isinstance(c, Blackwell)))
    assert "the rest nothing is certified" in part
    assert "avoids shutdown for" not in part


def test_without_claims_only_the_graph_is_left() -> None:
    """No number that only a certificate can know, no lemma, no result; what is open is called so."""
    found = text(without(checked("corridor-3"), lambda _: True))
    for word in (r"\sqrt", r"\approx", r"\begin{gsexchange}", r"\begin{gsconclusion}", "witness"):
        assert word not in found
    assert r"answer is \textbf{HOLEY}" in found
    assert r"\textbf{open}: $\gamma^*_x$ is not settled for" in found
    assert "is undecided for this MDP" in found


def test_the_numbers_are_those_of_the_claims() -> None:
    """Where a claim had other numbers, so would the text: nothing is worked out again."""
    found = checked("corridor-3")
    (orbit,) = found.of(ListedOrbit)
    changed = text(exchanged(found, orbit, replace(orbit, size=4711, avoid=4001, shutdown=710)))
    assert "$4711$" in changed
    assert "$4001$" in changed
    assert "$20$" not in changed
    theorems = {key: replace(verdict, n=77) for key, verdict in found.theorems.items()}
    assert "$n = 77$" in text(replace(found, theorems=theorems))
    assert r"\tfrac{3}{7}" in text(replace(found, frequencies={**found.frequencies, "r3": Fraction(3, 7)}))
    threshold = found.thresholds["paper", "r3"]
    moved = replace(threshold, numerator=(0, 0, 13), polynomial=(-1, 1, 1))
    assert r"\frac{13\gamma^{2}}{1-\gamma}" in text(exchanged(found, threshold, moved))


def test_every_number_stands_in_the_files_or_is_derived() -> None:
    """Integers of the text: in the certificate, in the instance, in the fixed words, or one of the derived values."""
    found = checked("corridor-3")
    fixed = numbers(text(without(found, lambda _: True)))
    known = numbers(found.certificate.decode() + instance_path("corridor-3").read_text(encoding="utf-8"))
    derived = {"8", "618034", "6", "39", "34", "35"}  # v = 8.1, roots to 6 places, gains, powers of two
    words = {"0", "1", "2", "3", "4", "5", "6", "7"}  # numbers of claims, decimals of gains
    said = text(found).partition("sha256")[0]  # then the digests of the files
    assert numbers(said) <= fixed | known | derived | words


def numbers(given: str) -> set[str]:
    """The runs of digits."""
    return set(re.findall(r"\d+", given))


def anywhere(name: str) -> Checked:
    """The example without its gamma."""
    return verify(parse_instance(re.sub(rb'gamma = "[0-9/]+"\n', b"", instance_path(name).read_bytes())))


def test_every_gamma() -> None:
    """Without a gamma the theorem speaks of n(gamma), and the counted states are those with a threshold."""
    found = text(anywhere("corridor-3"))
    assert r"$n = n(\gamma)$, which is $3$ above every" in found
    assert "In numbers" not in found
    assert r"each above its $\gamma^*_x$" in found


def test_what_holds_at_every_gamma_is_not_confused_with_what_grows() -> None:
    """stairs: N has one state, but gamma° is 0 for another one: one swap grows with gamma, one is always there."""
    found = anywhere("stairs")
    assert found.main.n == 1
    assert r"$n = n(\gamma)$, which is $1$ above every" in text(found)


def test_what_fails_says_at_which_gamma() -> None:
    """overlap without a gamma: N has two states, but near 0 none of them counts, and an orbit refutes n = 1 there."""
    found = text(anywhere("overlap"))
    assert re.search(r"its conclusion fails, with \$n = 1\$ at \$\\gamma = \\tfrac\{1\}\{\d+\}\$, by an orbit", found)
    assert "its conclusion is undecided." in text(anywhere("box"))


def test_another_gamma() -> None:
    """--gamma is what the text is about, and stands in the command that checks it."""
    found = checked("corridor-3", "11/20")
    assert r"Let $\gamma = \tfrac{11}{20}$ and $n = 2$" in text(found)
    assert r"-{}-{}gamma} \texttt{11/20}" in fragment(found, replace(SOURCE, gamma="11/20"))


def test_a_certificate_with_a_hole() -> None:
    """Without a threshold it is HOLEY: its theorem is open, the hole is named."""
    lines = checked("corridor-3").certificate.decode().splitlines(keepends=True)
    kept = [line for line in lines if '"kind":"both","state":"r3"' not in line]
    assert len(kept) == len(lines) - 1
    found = text(recheck(given("corridor-3"), "".join(kept).encode()))
    assert r"answer is \textbf{HOLEY}" in found
    assert r"is not settled" in found
    assert r"gamma\ensuremath{^{\circ}}\allowbreak{}\_\allowbreak{}r3" in found
    assert r"$\geq 2$" in found


def test_linear_claims_are_summarised() -> None:
    """Properties with their cases, sets of permutations, and the theorem that rests on them."""
    found = text(checked("box"))
    assert "stays in $\\Theta$ (Condition 2): $\\gamma = \\tfrac{9}{10}$, 10 cases." in found
    assert r"(\texttt{term}~\texttt{right}) together satisfy Definition~4 with $n = 2$" in found
    assert r"By linear arithmetic over all of $\Theta$: the permutations" in found


def test_proposition_3_by_linear_claims() -> None:
    """r(new) may be negative, so that its own argument does not apply: the claims are named."""
    found = verify(parse_instance(LOOSE.encode()))
    assert found.theorem("proposition-3").means == "linear"
    assert "The argument of Proposition~3 does not apply here." in text(found)
    assert re.search(
        r"for \$x\$ each of \\texttt\{x\} and every goal .* linear arithmetic: claims~\d+ and \d+ of", text(found)
    )


LOOSE = """format = 1
name = "loose"
states = ["new", "x", "term"]
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = { term = "1" }
go = { x = "1" }
[transitions.x]
stay = { x = "1" }
[goals]
nonnegative = false
inequalities = ["x >= 0", "term >= 0"]
[question]
gamma = "9/10"
"""


def test_hypotheses_on_theta_name_their_proof() -> None:
    """Where linear arithmetic proves them, the claim is named; where a goal breaks them, the goal."""
    assert re.search(r"proved for every goal of \$\\Theta\$ \(claim~\d+\)", text(verify(defect("nn4"))))
    tied = text(verify(defect("tie1")))
    assert "another action is as good: $r(" in tied


def test_claims_without_words_are_named() -> None:
    """Of a kind that is not explained."""
    found = checked("corridor-3")
    other = Unexplained("volume", "{}")
    more = replace(found, claims=(*found.claims, other), numbers=(*found.numbers, 99))
    assert r"not put into words here: \texttt{volume}" in text(more)


def test_long_polynomials_are_named_by_their_degree() -> None:
    """A polynomial beyond the stated length points to its claim."""
    found = checked("corridor-3")
    threshold = found.thresholds["paper", "r3"]
    long = tuple(10**9 + k for k in range(60))
    changed = text(exchanged(found, threshold, replace(threshold, numerator=long, polynomial=(-1, 1, 1))))
    assert re.search(
        rf"a polynomial of degree (59|60), see claim {found.number(threshold)} of the certificate", changed
    )
