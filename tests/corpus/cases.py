"""Reading the corpus: instances/NAME.toml and cases/STATUS/KIND/NAME.json. See README.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs.kernel.family.model import asked

ROOT = Path(__file__).parent
CASES, INSTANCES, PROOFS = ROOT / "cases", ROOT / "instances", ROOT / "proofs"
STATUSES = ("valid", "holey", "invalid", "malformed")
Json = Any
Certificate = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """expects: a part of what the kernel prints; why: one sentence; gamma: the question, if it is another one."""

    status: str
    kind: str
    name: str
    instance: str
    gamma: str | None
    expects: str
    why: str
    certificate: bytes

    @property
    def path(self) -> Path:
        """Its file."""
        return CASES / self.status / self.kind / f"{self.name}.json"

    @property
    def question(self) -> object:
        """What `--gamma` says."""
        return None if self.gamma is None else asked(self.gamma)


def text(name: str) -> bytes:
    """The bytes of an instance file, by name."""
    return INSTANCES.joinpath(f"{name}.toml").read_bytes()


def names() -> list[str]:
    """All instances."""
    return sorted(path.stem for path in INSTANCES.glob("*.toml"))


def encoded(certificate: Certificate) -> bytes:
    """JSON with one claim a line."""
    rows = ",\n  ".join(json.dumps(claim, ensure_ascii=False) for claim in certificate["claims"])
    head = {key: value for key, value in certificate.items() if key != "claims"}
    return f'{json.dumps(head, ensure_ascii=False)[:-1]},\n "claims": [\n  {rows}\n ]}}'.encode()


def written(case: Case) -> str:
    """The file of a case. A certificate that is no plain JSON is kept as text, or byte by byte."""
    head = {"instance": case.instance, "gamma": case.gamma, "expects": case.expects, "why": case.why}
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "{" + ",\n".join([*lines, _certificate(case.certificate)]) + "}\n"


def _certificate(data: bytes) -> str:
    try:
        if encoded(json.loads(data)) == data:
            return f'"certificate": {data.decode()}'
        return f'"certificate_text": {json.dumps(data.decode(), ensure_ascii=False)}'
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    try:
        return f'"certificate_text": {json.dumps(data.decode())}'
    except UnicodeDecodeError:
        return f'"certificate_bytes": {json.dumps(data.decode("latin-1"))}'


def read(path: Path) -> Case:
    """The case of a file."""
    found = json.loads(path.read_text("utf-8"))
    if "certificate" in found:
        data = encoded(found["certificate"])
    elif "certificate_text" in found:
        data = found["certificate_text"].encode()
    else:
        data = found["certificate_bytes"].encode("latin-1")
    instance, gamma, expects, why = (found[key] for key in ("instance", "gamma", "expects", "why"))
    return Case(path.parts[-3], path.parts[-2], path.stem, instance, gamma, expects, why, data)


def every() -> list[Case]:
    """The whole corpus."""
    return [read(path) for path in sorted(CASES.glob("*/*/*.json"))]
