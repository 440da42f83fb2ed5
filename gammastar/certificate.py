"""A certificate as an object: its bytes, with what they say and where they go."""

from __future__ import annotations

import hashlib
from functools import cached_property
from os import PathLike
from pathlib import Path

from rich.console import Console

from gammastar.notebook import Answer, Json
from proofs.claims import types
from proofs.claims.decode import LARGEST_FILE
from proofs.claims.read import parse_certificate
from proofs.report import certificate

MOST = 40  # claims that are shown


class Certificate(bytes, Answer):
    """The bytes of a certificate file. What they say is believed only after `gammastar.check`.

    >>> import gammastar as gs
    >>> certificate = gs.verify("examples/half.toml").certificate
    >>> certificate
    <Certificate of half: 4 claims, 1422 bytes>
    """

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Certificate:
        """A file, or as much of it as shows that it is too large. OSError passes."""
        with Path(path).open("rb") as file:
            return cls(file.read(LARGEST_FILE + 1))

    def save(self, path: str | Path) -> Path:
        """Write the file. OSError passes."""
        target = Path(path)
        target.write_bytes(self)
        return target

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self).hexdigest()

    @cached_property
    def stated(self) -> types.Certificate:
        """What it says, unchecked. Raises NotACertificate."""
        return parse_certificate(self)

    def show(self, console: Console) -> None:
        """Claim by claim, the first of them, as `gammastar show` prints them."""
        certificate.show(self.stated, None, console, "gammastar.check does that", MOST)

    def to_dict(self) -> Json:
        """The document itself. Raises NotACertificate."""
        import json

        parse_certificate(self)
        document: Json = json.loads(self)
        return document

    def __repr__(self) -> str:
        return f"<Certificate of {self.stated.instance}: {len(self.stated.claims)} claims, {len(self)} bytes>"

    __str__ = Answer.__str__

    def __reduce__(self) -> tuple[type[Certificate], tuple[bytes]]:
        return Certificate, (bytes(self),)
