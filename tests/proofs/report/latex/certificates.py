"""Certificates for the tests: those of the examples, and parts of them changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from exact.instance import parse_instance
from exact.rational import discount
from proofs.cli.checking import run_kernel
from proofs.paper.claims import Claim
from proofs.paper.evidence import Evidence, Source
from proofs.paper.read import parse_certificate
from proofs.verification import verify
from tests.examples import instance_path

Json = dict[str, Any]


@cache
def certificate_text(name: str, gamma: str | None = None) -> str:
    """As `gammastar verify` writes it."""
    instance = parse_instance(instance_path(name).read_bytes())
    return verify(instance if gamma is None else instance.at(discount(gamma))).certificate


def certificate(name: str) -> Json:
    """A copy to be changed."""
    document: Json = json.loads(certificate_text(name))
    return document


@cache
def evidence(name: str, gamma: str | None = None) -> Evidence:
    """What the kernel proved of the example."""
    return evidence_of(instance_path(name).read_bytes(), certificate_text(name, gamma), gamma)


def evidence_of(data: bytes, text: str, gamma: str | None = None) -> Evidence:
    """What the kernel proved; the certificate must not be refused."""
    instance = parse_instance(data)
    instance = instance if gamma is None else instance.at(discount(gamma))
    checked, parsed = run_kernel(data, text.encode(), instance), parse_certificate(text.encode())
    assert checked.refusal is None, checked.outcome.reason
    source = Source("instance.toml", "certificate.json", parsed.digest, gamma)
    return checked.evidence(instance, parsed.claims, source)


def without(found: Evidence, unwanted: Callable[[Claim], bool]) -> Evidence:
    """The evidence with some claims left out."""
    return replace(found, claims=[claim for claim in found.claims if not unwanted(claim)])


def exchanged(found: Evidence, old: Claim, new: Claim) -> Evidence:
    """The evidence with one claim for another."""
    return replace(found, claims=[new if claim is old else claim for claim in found.claims])
