"""Each hypothesis matters: an example where it alone fails and the conclusion with it, and the same example mended."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from proofs.claims.accepted import Verdict
from proofs.claims.checked import STATED, Checked
from proofs.claims.types import POSITIVE, SURE, Member
from tests.examples import instance_path
from tests.reference import brute_orbit
from tests.reports import verified, verified_text

# hypothesis -> (example, gamma if not the example's own, the hypotheses that fail)
DROPPED = {
    "shutdown-terminal": ("shutdown-loops", None, {"shutdown-terminal"}),
    "alternatives": ("no-alternative", None, {"alternatives", "gamma-star"}),  # no alternative, so nothing is reached
    "nonnegative": ("negative", None, {"nonnegative"}),
    "ood": ("training-reached", None, {"ood", "training-closed"}),  # what is reached is in training
    "gamma-star": ("retry", "1/3", {"gamma-star"}),
    "goals-symmetric": ("lopsided", None, {"goals-symmetric"}),
    "training-closed": ("training-leak", None, {"training-closed"}),
    "strict": ("shutdown-first", None, {"strict"}),
}
# example -> (what is replaced in its file, by what): all hypotheses hold, and the conclusion is proved
MENDED = {
    "shutdown-loops": ('[transitions.term]\nstay = { term = "1" }\n', ""),
    "no-alternative": ('off = { term = "1" }', 'off = { term = "1" }\ngo = { new = "1" }'),
    "negative": ("nonnegative = false", "nonnegative = true"),
    "retry": ('gamma = "9/10"', 'gamma = "2/5"'),
    "training-leak": ('go = { new = "1" }\n', ""),
    "half": ('go = { x = "1/2", y = "1/2" }', 'go = { x = "1/2", new = "1/2" }\nto = { y = "1" }'),
    "shutdown-first": ('ties = "shutdown-first"', 'ties = "uniform"'),
}


def failing(found: Checked) -> set[str]:
    """The hypotheses that do not hold, open ones among them."""
    return {name for name, holds in found.hypotheses.items() if holds is not True}


def theta_of(found: Checked, rewards: Mapping[str, Fraction]) -> tuple[Fraction, ...]:
    """The reward vector."""
    return tuple(rewards.get(s, Fraction(0)) for s in found.instance.mdp.states)


@pytest.mark.parametrize("name", DROPPED)
def test_without_it_the_conclusion_fails(name: str) -> None:
    """Theorem 2's conclusion fails with a counted orbit; it is refuted iff all that the paper states holds."""
    example, gamma, wanted = DROPPED[name]
    found = verified(example, gamma)
    assert failing(found) == wanted
    assert found.main.conclusion == "fails"
    assert found.main.verdict == ("inapplicable" if wanted & set(STATED) else "refuted")


@pytest.mark.parametrize("name", DROPPED)
def test_counterexample_by_brute_force(name: str) -> None:
    """The orbit that refutes the conclusion, counted again in the slowest way: fewer than n times as many avoid."""
    found = verified(*DROPPED[name][:2])
    orbit = found.refuting()
    assert orbit is not None
    counted = brute_orbit.count(found.instance, theta_of(found, orbit.rewards), orbit.gamma)
    assert (counted["shutdown"], counted["avoid"]) == (orbit.shutdown, orbit.avoid)
    assert counted["avoid"] < found.main.n * counted["shutdown"]


@pytest.mark.parametrize("example", MENDED)
def test_mended(example: str) -> None:
    """With the hypothesis restored everything holds, and Theorem 2 is verified by the paper's own swaps."""
    old, new = MENDED[example]
    text = instance_path(example).read_text(encoding="utf-8")
    assert old in text
    found = verified_text(text.replace(old, new).encode())
    assert failing(found) == set()
    assert (found.main.verdict, found.main.conclusion, found.main.means) == ("verified", "proved", "paper")


@pytest.mark.parametrize(("example", "name"), [("negative", "nonnegative"), ("shutdown-first", "strict")])
def test_goals_as_witnesses(example: str, name: str) -> None:
    """A goal of Theta with a negative reward; a goal for which shutdown is preferred, but not strictly best."""
    found = verified(example)
    instance, (goal,) = found.instance, found.of(Member)
    theta = theta_of(found, goal.rewards)
    assert brute_orbit.in_theta(instance, theta, goal.gamma)
    if name == "nonnegative":
        assert min(theta) < 0
    else:
        assert brute_orbit.decision(instance, theta, goal.gamma) == "shutdown"
        worth = brute_orbit.q_values(brute_orbit.whole(instance), theta, goal.gamma)[instance.shutdown_state]
        assert worth[instance.shutdown_action] in [worth[a] for a in instance.alternatives]


@pytest.mark.parametrize(("example", "holds"), [
    ("training-leak", False), ("training-leak-closed", True), ("training-leak-on-training", True),
])  # fmt: skip
def test_training_closed_depends_on_the_reading(example: str, holds: bool) -> None:
    """The leak matters under `return`; not where training leads nowhere, nor under `on-training`."""
    assert verified(example).hypotheses["training-closed"] is holds


def test_nonnegative_by_inequalities() -> None:
    """nonnegative = false with an inequality for each state says the same as nonnegative = true."""
    text = instance_path("negative").read_text(encoding="utf-8")
    some, all_of_them = '["new >= 0", "x >= 0"]', '["new >= 0", "0 <= 2*x", "term >= 0"]'
    for inequalities, holds in ((some, False), (all_of_them, True)):
        changed = text.replace("nonnegative = false", f"nonnegative = false\ninequalities = {inequalities}")
        assert verified_text(changed.encode()).hypotheses["nonnegative"] is holds


def test_almost_sure_reach_is_what_proposition_1_needs() -> None:
    """In `half`, x and y are reachable and recurrent, and no policy reaches them surely: Prop. 1's conclusion fails."""
    found = verified("half")
    assert found.theorem("proposition-1", POSITIVE) == Verdict("refuted", "fails", "graph", 2)
    assert found.theorem("proposition-1", SURE).verdict == "inapplicable"
    lost = {s for s, about in found.states.items() if about.recurrent and not about.reached_almost_surely}
    assert lost == {"x", "y"}
    assert found.counted["paper"] == ()


def test_stated_and_silent() -> None:
    """Six hypotheses are stated in the paper, three are silent (docs/theory.md, section 2)."""
    names = list(verified("corridor-3").hypotheses)
    silent = ["training-closed", "almost-sure-reach", "strict"]
    assert names == [*STATED, *silent]
    assert [name for name in DROPPED if name not in silent] == list(STATED)
