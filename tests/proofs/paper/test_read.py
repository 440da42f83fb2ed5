"""The reader of certificates: strict about form, one line for each error."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from proofs.paper.claims import Threshold, Unexplained, Universal
from proofs.paper.errors import NotACertificate
from proofs.paper.read import parse_certificate
from tests.examples import NAMES
from tests.proofs.paper.certificates import certificate, certificate_text


def parsed(claims: list[Any]) -> Any:
    """A certificate with these claims."""
    about = {"name": "x", "sha256": "0"}
    document = {"format": "gammastar-certificate/1", "instance": about, "claims": claims}
    return parse_certificate(json.dumps(document).encode())


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_read(name: str) -> None:
    """Every claim of every example is understood, in order."""
    found = parse_certificate(certificate_text(name).encode())
    assert [claim.number for claim in found.claims] == list(range(len(certificate(name)["claims"])))
    assert not any(isinstance(claim, Unexplained) for claim in found.claims)


def test_numbers_are_exact() -> None:
    """A threshold comes out as it stands in the file."""
    claim = {"claim": "threshold", "kind": "sharp", "state": "x", "closed-form": "f", "polynomial": ["-1", "2"]}
    (found,) = parsed([claim | {"interval": ["1/2", "1/2"]}]).claims
    assert found == Threshold(0, "sharp", "x", "f", (-1, 2), (Fraction(1, 2), Fraction(1, 2)), None)


def test_an_integer_of_many_digits_is_read() -> None:
    """CPython's bound on digits is not the format's."""
    claim = {"claim": "count", "kind": "paper", "from": "1" + "0" * 5000, "to": "1" + "0" * 5000, "states": []}
    assert parsed([claim]).claims[0].interval[0] == 10**5000


def test_the_cases_of_a_linear_proof_are_counted() -> None:
    """Leaves of splits, of `only` and of violations."""
    leaf: dict[str, Any] = {"multipliers": []}
    tree = {"violations": [[["a"], {"split": ["goal", "s"], "cases": {"a": leaf, "b": {"only": {"c": leaf}}}}]]}
    claim = {"claim": "universal", "property": "stays", "permutation": [["a", "b"]], "interval": ["0", "1"]}
    (found,) = parsed([claim | {"proof": tree}]).claims
    assert isinstance(found, Universal)
    assert found.leaves == 2


def test_an_unknown_kind_is_kept() -> None:
    """Newer certificates can be read; what they say more is not put into words."""
    (found,) = parsed([{"claim": "volume", "share": "1/3"}]).claims
    assert found == Unexplained(0, "volume", '{"share": "1/3"}')


GOOD = {"claim": "hypothesis", "id": "ood", "holds": True}


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
        (b'{"format": "x", "instance": {}, "claims": []}', "'x' is not one of gammastar-certificate/1"),
        (b'{"format": "gammastar-certificate/1", "claims": []}', 'the key "instance" is missing'),
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
        ({**GOOD, "extra": "1"}, 'claim 1: the key "extra" is unknown'),
        ({**GOOD, "holds": "yes"}, "claim 1: 'yes' is not true or false"),
        ({"claim": "count", "kind": "paper", "from": "2/4", "to": "1/2", "states": []}, "not a rational in lowest"),
        ({"claim": "count", "kind": "paper", "from": "1/2", "to": "1/3", "states": []}, "not an interval"),
        ({"claim": "count", "kind": "paper", "from": "-0", "to": "1/3", "states": []}, "not an integer"),
        ({"claim": "count", "kind": "third", "from": "1/3", "to": "1/2", "states": []}, "not one of paper, sharp"),
        ({"claim": "reach", "state": "x", "ranks": [["a"]], "removed": []}, "not a list of 2"),
    ],
)
def test_a_claim_of_the_wrong_form_is_refused(claim: Any, message: str) -> None:
    """The message names the claim."""
    with pytest.raises(NotACertificate, match=message):
        parsed([GOOD, claim])
