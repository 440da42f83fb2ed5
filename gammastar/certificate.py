"""A certificate as an object: its bytes, with what they say and where they go."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from rich.console import Console

from exact.digits import exact_text
from gammastar.notebook import Answer, Json
from proofs.claims import types
from proofs.claims.decode import LARGEST_FILE
from proofs.claims.read import parse_certificate
from proofs.claims.spelling import printable
from proofs.claims.words import told
from proofs.report.table import row, table
from proofs.report.text import show_blocks, show_lines

MOST = 40  # claims that are shown


class Certificate(bytes, Answer):
    """The bytes of a certificate file. What they say is believed only after `gammastar.check`.

    >>> import gammastar as gs
    >>> certificate = gs.verify("examples/half.toml").certificate
    >>> certificate
    <Certificate of half: 4 claims, 1422 bytes>
    """

    @classmethod
    def read(cls, path: str | Path) -> Certificate:
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
        """Claim by claim, the first of them."""
        show_lines(console, [_head(self.stated), "Nothing of this has been checked here: gammastar.check does that."])
        made = table("Claims (g = gamma)", "no.", "about", "says")
        for number, claim in enumerate(self.stated.claims[:MOST]):
            row(made, str(number), *map(printable, told(claim)))
        left = len(self.stated.claims) - MOST
        show_blocks(console, [made, *([f"... and {left} more claims"] if left > 0 else [])])

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


def _head(stated: types.Certificate) -> str:
    gamma = "every gamma in (0, 1)" if stated.gamma is None else f"gamma = {exact_text(stated.gamma)}"
    return printable(f"certificate about {stated.instance}, {gamma}, {len(stated.claims)} claims")
