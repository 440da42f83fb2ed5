"""The pipeline: claims are accepted one by one, what comes back is plain data, and its certificate stands by itself."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from exact.instance import Instance, Question, parse_instance, read_instance
from exact.instance.write import write_instance
from exact.mdp import Mdp
from proofs.claims import types as c
from proofs.claims.read import parse_certificate
from proofs.errors import EnginesDisagree
from proofs.verify import Refused, Trial, proved, recheck, thresholds, verify
from tests.examples import NAMES, instance_path
from tests.reports import verified


def built() -> Instance:
    """An instance that never was a file."""
    rows = {"new": {"off": {"term": 1}, "go": {"x": 1}}, "x": {"stay": {"x": 1}}}
    return Instance(Mdp.from_dict(["new", "x", "term"], rows), 0, 0, question=Question(Fraction(9, 10)), name="built")


@pytest.mark.parametrize("name", NAMES)
def test_written_claims_read_back(name: str) -> None:
    """A certificate reads back as the very claims that were accepted."""
    found = verified(name)
    assert parse_certificate(found.certificate).claims == found.claims
    assert found.numbers == tuple(range(len(found.claims)))


@pytest.mark.parametrize("name", ["corridor-3", "training-leak", "box", "overlap"])
def test_the_kernel_alone_comes_to_the_same(name: str) -> None:
    """`check` of the written certificate: the same status, hypotheses, verdicts, counts."""
    found = verified(name)
    again = recheck(found.instance, found.certificate)
    assert again == replace(found, aside=again.aside)


def test_it_can_be_pickled() -> None:
    """With its instance, claims and certificate."""
    found = verified("corridor-3")
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert again.roots == found.roots


def test_a_built_instance_gets_a_file(tmp_path: Path) -> None:
    """Its certificate is about the file that it writes."""
    instance = built()
    found = verify(instance)
    path = tmp_path / "built.toml"
    path.write_text(write_instance(instance), encoding="utf-8")
    assert recheck(read_instance(path), found.certificate).status == "VALID"
    assert found.main.verdict == "verified"


def test_a_changed_copy_has_a_text_of_its_own() -> None:
    """The bytes of the file that was read do not speak for an instance that was changed."""
    instance = read_instance(instance_path("corridor-3"))
    changed = replace(instance, ties="shutdown-first")
    assert changed.sha256 != instance.sha256
    assert recheck(parse_instance(changed.source), verify(changed).certificate).status == "VALID"


def test_another_question_is_a_hole() -> None:
    """Made for one gamma and checked without it: the kernel names the flag; it is not called invalid."""
    instance = read_instance(instance_path("corridor-3"))
    other = verify(instance.at(Fraction(3, 4)))
    holey = recheck(instance, other.certificate)
    assert holey.status == "HOLEY"
    assert any("add --gamma 3/4" in hole for hole in holey.holes)
    assert recheck(instance.at(Fraction(3, 4)), other.certificate).status == "VALID"


def test_what_is_refused() -> None:
    """A false certificate is refused with the kernel's reason."""
    instance = read_instance(instance_path("corridor-3"))
    data = verified("corridor-3").certificate.replace(b'"polynomial":["-1","2"]', b'"polynomial":["-1","3"]')
    with pytest.raises(Refused, match="INVALID") as caught:
        recheck(instance, data)
    assert caught.value.status == "INVALID"


def test_a_refused_claim_is_a_disagreement() -> None:
    """What the search offers was proved by other means; if the kernel refuses it, one of the two is wrong."""
    false = c.NoThreshold("x", 1, {})
    with pytest.raises(EnginesDisagree, match="the kernel refuses no-threshold x"):
        proved(built(), [false])


def test_thresholds_alone_leave_the_rest_open() -> None:
    """Without the search for goals nothing is decided beyond what thresholds say."""
    found = thresholds(built())
    assert found.counted == {"paper": ("x",), "sharp": ("x",)}
    assert not found.of(c.Orbit)


def test_beyond_the_room_of_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim for which there is no room is a hole, not an error, and nothing is called proved by it."""
    found = verified("coinrun")
    monkeypatch.setattr("proofs.verify.CERTIFICATE_BYTES", 4_500)
    assert verify(found.instance).status == "HOLEY"
    trial = Trial(found.instance)
    accepted = [trial.offer(claim) for claim in found.claims]
    assert not all(accepted)
    result = trial.result()
    assert result.status == "HOLEY"
    assert any("no room" in hole for hole in result.holes)
    assert result.main.conclusion != "proved"


@pytest.mark.parametrize("gamma", [None, Fraction(1, 3), Fraction(3, 4)])
def test_the_order_of_claims_has_no_influence(gamma: Fraction | None) -> None:
    """The same claims in another order, or without those that are not needed: the same conclusion."""
    instance = read_instance(instance_path("corridor-3")).at(gamma)
    found = verify(instance)
    for claims in (found.claims[::-1], [x for x in found.claims if not isinstance(x, c.Orbit)]):
        again = proved(instance, claims)
        assert again.main.conclusion == found.main.conclusion
        assert again.main.n == found.main.n


def test_the_steps_are_what_the_kernel_counts() -> None:
    """n on each interval between two thresholds is what the kernel counts at a gamma inside."""
    for name in ("corridor-3", "gridworld", "ring", "half"):
        found = verified(name)
        for kind in (c.PAPER, c.SHARP):
            for step in found.steps(kind):
                asked = proved(found.instance.at(step.inside()), found.of(c.Threshold) + found.of(c.NoThreshold))
                assert asked.counted[kind] == step.counted
