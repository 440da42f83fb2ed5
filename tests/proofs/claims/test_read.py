"""The reader of certificates: strict about form, one line for each error; it reads what the writer writes."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from proofs.claims.codec import as_json
from proofs.claims.decode import NotACertificate
from proofs.claims.read import parse_certificate
from proofs.claims.types import Member, Threshold, Unexplained
from tests.examples import NAMES
from tests.reports import verified


def parsed(claims: list[Any]) -> Any:
    """A certificate with these claims."""
    about, question = {"name": "x", "sha256": "0"}, {"gamma": "1/2"}
    document = {"format": "gammastar-certificate/2", "instance": about, "question": question, "claims": claims}
    return parse_certificate(json.dumps(document).encode())


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_read(name: str) -> None:
    """Every claim of every example comes out as it went in, in order, and for the question that was asked."""
    checked = verified(name)
    found = parse_certificate(checked.certificate)
    assert found.claims == checked.claims
    assert (found.gamma, found.sha256) == (checked.gamma, checked.instance.sha256)
    document = json.loads(checked.certificate)
    assert [as_json(claim) for claim in found.claims] == document["claims"]


THRESHOLD = {"claim": "threshold", "kind": "sharp", "state": "x", "policy": {"new": "go"}, "numerator": ["0", "1"],
             "denominator": ["1", "-1"], "polynomial": None, "interval": ["1/2", "1/2"]}  # fmt: skip
MEMBER = {"claim": "member", "gamma": "1/2", "rewards": {"x": "1"}, "goal": {"unit": "1", "whole": ["1", "0"]}}


def test_numbers_are_exact() -> None:
    """A threshold comes out as it stands in the file; what is optional may be missing."""
    half = Fraction(1, 2)
    (found,) = parsed([THRESHOLD]).claims
    assert found == Threshold("sharp", "x", {"new": "go"}, (0, 1), (1, -1), None, (half, half))


def test_an_integer_of_many_digits_is_read() -> None:
    """CPython's bound on digits is not the format's."""
    (found,) = parsed([MEMBER | {"rewards": {"x": "1" + "0" * 5000}}]).claims
    assert isinstance(found, Member)
    assert found.rewards["x"] == 10**5000


def test_an_unknown_kind_is_kept() -> None:
    """Newer certificates can be read; what they say more is not put into words."""
    (found,) = parsed([{"claim": "volume", "share": "1/3"}]).claims
    assert found == Unexplained("volume", '{"share": "1/3"}')


def test_older_certificates_are_told_apart() -> None:
    """Made by a version that wrote another format."""
    with pytest.raises(NotACertificate, match="older version of gammastar; run `gammastar verify` again"):
        parse_certificate(b'{"format": "gammastar-certificate/1"}')


HEAD = '{"format": "gammastar-certificate/2"'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"format": 1}', "the number 1 is not a string"),
        (b'{"format": NaN}', "the number NaN is not a string"),
        (b'{"a": "1", "a": "2"}', "a key is repeated"),
        (b"[]", "list is not an object"),
        (b'{"format": "x", "instance": {}, "question": {}, "claims": []}', "'x' is not one of gammastar-certificate/2"),
        (f'{HEAD}, "question": {{}}, "claims": []}}'.encode(), 'the key "instance" is missing'),
        (f'{HEAD}, "instance": {{}}, "claims": []}}'.encode(), 'the key "question" is missing'),
    ],
)
def test_what_is_no_certificate_is_refused(data: bytes, message: str) -> None:
    """One line says what is wrong with the file."""
    with pytest.raises(NotACertificate, match=message) as caught:
        parse_certificate(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({}, "claim 1: None is not a string"),
        ("x", "'x' is not an object"),
        ({**MEMBER, "extra": "1"}, 'claim 1: the key "extra" is unknown'),
        ({**MEMBER, "goal": {"unit": "1"}}, 'claim 1: the key "whole" is missing'),
        ({**MEMBER, "gamma": "2/4"}, "not a rational in lowest"),
        ({**MEMBER, "rewards": []}, "list is not an object"),
        ({**THRESHOLD, "interval": ["1/2", "1/3"]}, "not an interval"),
        ({**THRESHOLD, "interval": ["1/2"]}, "not a list of 2"),
        ({**THRESHOLD, "numerator": ["-0"]}, "not an integer"),
        ({**THRESHOLD, "numerator": ["1", "0"]}, "ends in a zero"),
        ({**THRESHOLD, "kind": "third"}, "not one of paper, sharp"),
    ],
)
def test_a_claim_of_the_wrong_form_is_refused(claim: Any, message: str) -> None:
    """The message names the claim."""
    with pytest.raises(NotACertificate, match=message):
        parsed([MEMBER, claim])
