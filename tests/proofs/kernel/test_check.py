"""The whole check: statuses, holes, what is skipped, and that nothing but an answer comes out."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from proofs.kernel import check as module
from proofs.kernel.__main__ import lines
from proofs.kernel.check import EXIT_CODES, Outcome, accept, check, open_questions, settled
from proofs.kernel.errors import Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.limits import WORK
from proofs.kernel.verdicts import verdicts
from tests.campaigns.mutations import leaves, replaced
from tests.corpus.build import claim
from tests.corpus.cases import encoded, text
from tests.corpus.honest import honest
from tests.proofs.kernel.session import facts

HALF = Fraction(1, 2)


def _outcome(base: str, certificate: Any, gamma: Fraction | None = None) -> Outcome:
    return check(text(base), encoded(certificate), gamma)


@pytest.mark.parametrize("value", [True, None, "x", [], {}, ["1"], {"x": "1"}, "9" * 30, [[["x"]]]], ids=str)
@pytest.mark.parametrize("base", ["half", "overlap", "tie"])
def test_wrong_types_at_every_leaf(base: str, value: object) -> None:
    """Whatever stands at any one place, the kernel ends in a status and never in a traceback."""
    certificate = honest(base)
    every = list(leaves(certificate, ()))
    for path, old in every[:: 1 + len(every) // 150]:
        if type(old) is not type(value) and path:
            outcome = check(text(base), json.dumps(replaced(certificate, path, value)).encode())
            assert outcome.status in EXIT_CODES
            assert outcome.status != "VALID" or value is None or path[-1] in ("polynomial", "interval", "proof")


@pytest.mark.parametrize("base", ["retry", "half", "training-leak", "overlap"])
def test_every_claim_is_needed_or_beside_the_point(base: str) -> None:
    """Without one claim the certificate is never MALFORMED, and VALID only if the claim is of a kind that may be beside."""
    certificate = honest(base)
    for k, entry in enumerate(certificate["claims"]):
        rest = certificate | {"claims": certificate["claims"][:k] + certificate["claims"][k + 1 :]}
        status = _outcome(base, rest).status
        assert status != "MALFORMED"
        assert status != "VALID" or entry["claim"] in ("orbit", "swap-fails", "member", "universal")


def test_the_outcome_is_a_function_of_the_bytes() -> None:
    """Twice the same."""
    first, second = (_outcome("training-leak", honest("training-leak")) for _ in range(2))
    assert (first.status, first.reason, first.holes, first.theorems) == (
        second.status, second.reason, second.holes, second.theorems)  # fmt: skip


def test_the_order_of_claims_matters_only_where_one_rests_on_another() -> None:
    """Reversed, with retargeting moved to the end again: the same verdicts."""
    certificate = honest("overlap")
    expected = _outcome("overlap", certificate).theorems
    claims = [entry for entry in reversed(certificate["claims"]) if entry["claim"] != "retargeting"]
    outcome = _outcome("overlap", certificate | {"claims": [*claims, claim(certificate, "retargeting")]})
    assert (outcome.status, outcome.theorems) == ("VALID", expected)


def test_a_refusal_names_the_claim() -> None:
    """Its number, kind and state; nothing after it is looked at."""
    certificate = honest("retry")
    claim(certificate, "no-threshold")["unit"] = "0"
    certificate["claims"].append({"claim": "nonsense"})
    outcome = _outcome("retry", certificate)
    number = next(k for k, entry in enumerate(certificate["claims"]) if entry["claim"] == "no-threshold")
    assert outcome.status == "MALFORMED"
    assert outcome.reason.startswith(f"claim {number}: no-threshold new: ")
    assert (outcome.facts, outcome.theorems) == (None, {})


def test_a_claim_is_named_in_one_line() -> None:
    """Whatever it calls itself."""
    certificate = honest("retry")
    certificate["claims"][0]["state"] = "\n\x1b" + "x" * 500
    reason = _outcome("retry", certificate).reason
    assert reason.isprintable()
    assert len(reason) < 400


@pytest.mark.parametrize(("instance", "certificate", "problem"), [
    (b"", b"", "TOML"), (b"format = 2", b"{}", "format is not 1"), (text("retry"), b"", "not JSON"), (text("retry"), b"[]", "expected an object"),
])  # fmt: skip
def test_a_damaged_instance_wins(instance: bytes, certificate: bytes, problem: str) -> None:
    """Over a damaged certificate."""
    outcome = check(instance, certificate)
    assert outcome.status == "MALFORMED"
    assert problem in outcome.reason or "maximum" in outcome.reason or problem == "TOML"


def _limited(monkeypatch: pytest.MonkeyPatch, work: int) -> None:
    """The kernel may do so many steps."""
    monkeypatch.setattr(Facts, "of", lambda model, gamma=None: Facts(model, gamma or model.gamma, left=work))


def test_what_is_beyond_the_bound_is_a_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skipped claims prove nothing and are numbered; what comes before them counts."""
    certificate = honest("retry")
    found = facts("retry")
    for entry in certificate["claims"][:2]:
        accept(found, entry)
    verdicts(found)
    _limited(monkeypatch, WORK - found.left)
    outcome = _outcome("retry", certificate)
    assert outcome.status == "HOLEY"
    assert outcome.facts is not None
    assert outcome.facts.skipped
    assert all("bound on work" in hole for hole in outcome.holes[: len(outcome.facts.skipped)])
    assert outcome.facts.used == [
        c["claim"] for k, c in enumerate(certificate["claims"]) if k not in outcome.facts.skipped
    ]


def test_no_work_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for the graph: a hole, and no verdict."""
    _limited(monkeypatch, 0)
    outcome = _outcome("retry", honest("retry") | {"claims": []})
    assert outcome.status == "HOLEY"
    assert any("bound on work" in hole for hole in outcome.holes)


@pytest.mark.parametrize("base", ["retry", "stairs"])
def test_any_amount_of_work(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    """Wherever the bound is reached: an outcome that can be printed, never an exception; enough work is enough."""
    certificate, whole, seen = encoded(honest(base)), facts(base), set()
    for entry in honest(base)["claims"]:
        accept(whole, entry)
    list(lines(settled(whole, ())))
    total = WORK - whole.left
    for work in range(0, 2 * total, total // 300):
        _limited(monkeypatch, work)
        outcome = check(text(base), certificate)
        seen.add(outcome.status)
        assert list(lines(outcome))[-1] == f"s {outcome.status}"
        assert outcome.status == "VALID" or any("bound on work" in hole for hole in outcome.holes)
    assert seen == {"VALID", "HOLEY"}


def test_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it runs out, nothing is said to be false, and nothing to be proved."""

    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setitem(module.RULES, "threshold", hungry)
    outcome = check(text("retry"), encoded(honest("retry")))
    assert (outcome.status, outcome.holes, outcome.facts) == ("HOLEY", ["not enough memory"], None)
    assert list(lines(outcome)) == ["hole: not enough memory", "s HOLEY"]


def test_the_graph_is_paid_before_the_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims that leave no work at all leave the verdicts what they need of the graph."""

    def greedy(found: Facts, _: object) -> None:
        found.left = 0

    monkeypatch.setitem(module.RULES, "threshold", greedy)
    outcome = check(text("retry"), encoded({**honest("retry"), "claims": [{"claim": "threshold"}]}))
    assert outcome.status == "HOLEY"
    assert outcome.theorems["proposition-1", "probability-1"].conclusion == "proved"


def test_questions() -> None:
    """--gamma replaces the question; the certificate says which one it was made for."""
    always, retry = honest("always"), honest("retry")
    assert _outcome("always", always).status == "VALID"
    assert _outcome("always", always, HALF).holes == [
        "it was made for the question without a gamma, not for this one: leave out --gamma"
    ]
    assert "add --gamma 9/10" in _outcome("retry", retry, HALF).holes[0]
    assert _outcome("retry", retry, Fraction(9, 10)).status == "VALID"
    assert _outcome("always", always | {"question": {"gamma": "1/2"}}, HALF).status == "VALID"


def test_open_questions() -> None:
    """Thresholds, hypotheses, theorems: each by name."""
    found = facts("negative")
    assert open_questions(found, verdicts(found)) == [
        "gamma*_x is not settled",
        "gamma°_new is not settled",
        "gamma°_x is not settled",
        *(f"whether {name} holds is open" for name in ("nonnegative", "gamma-star", "goals-symmetric", "training-closed")),
        *(f"{name} under {reach} is open" for name in ("proposition-2", "proposition-3", "theorem-1", "theorem-2")
          for reach in ("positive-probability", "probability-1")),
    ]  # fmt: skip


def test_rules_are_complete() -> None:
    """A rule for each kind of claim; an unknown kind, or none, is MALFORMED."""
    assert set(module.RULES) == {
        "closed-form", "threshold", "no-threshold", "orbit", "orbit-tree", "optimal-on-interval", "blackwell",
        "swap-fails", "member", "universal", "retargeting"}  # fmt: skip
    entries: list[dict[str, object]] = [{}, {"claim": "theorem"}, {"claim": ["orbit"]}, {"claim": None}]
    for entry in entries:
        with pytest.raises(Malformed, match="is not one of closed-form"):
            accept(facts("retry"), entry)


def test_accepting_counts() -> None:
    """One entry for each claim."""
    found = facts("retry")
    for entry in honest("retry")["claims"]:
        accept(found, entry)
    assert found.used == [entry["claim"] for entry in honest("retry")["claims"]]


def test_exit_codes() -> None:
    """As FORMAT.md has them."""
    assert EXIT_CODES == {"VALID": 0, "INVALID": 1, "MALFORMED": 2, "HOLEY": 3}
