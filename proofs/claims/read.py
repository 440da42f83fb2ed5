"""A certificate file -> `Certificate`. Strict about form, silent about truth: that is the kernel's."""

from __future__ import annotations

import hashlib

from proofs.claims import types as c
from proofs.claims.codec import from_json
from proofs.claims.decode import NotACertificate, document, fields, interval, items, mapping, rational, string, word
from proofs.claims.write import FORMAT

OLDER = "gammastar-certificate/1"
REMEDY = "give a file that `gammastar verify --certificate` wrote"


def certificate_in(data: bytes, name: str) -> c.Certificate:
    """What a file's bytes say. Raises NotACertificate with the file's name."""
    try:
        return parse_certificate(data)
    except NotACertificate as error:
        raise NotACertificate(
            error.problem, error.remedy or REMEDY, f"{name}: {error.where}".removesuffix(": ")
        ) from None


def parse_certificate(data: bytes) -> c.Certificate:
    """Raises NotACertificate, whose place names the claim."""
    whole = mapping(document(data))
    if whole.get("format") == OLDER:
        raise NotACertificate("made by an older version of gammastar", "run `gammastar verify` again")
    form, about, question, given = fields(whole, "format", "instance", "question", "claims")
    word(form, FORMAT)
    name, digest = map(string, fields(about, "name", "sha256"))
    (asked,) = fields(question, "gamma")
    gamma = None if asked is None else interval(asked) if isinstance(asked, list) else rational(asked)
    found = tuple(_claim(number, value) for number, value in enumerate(items(given)))
    return c.Certificate(name, digest, gamma, found, hashlib.sha256(data).hexdigest())


def _claim(number: int, value: object) -> c.Claim:
    try:
        return from_json(value)
    except NotACertificate as error:
        raise error.inside(f"claim {number}", ": ") from None
