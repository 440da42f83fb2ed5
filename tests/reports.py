"""Verifications and JSON reports of the examples, each worked out once for all the tests of a process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from exact.instance import parse_instance
from exact.rational import discount
from proofs.claims.checked import Checked
from proofs.report.document import report
from proofs.verify import verify
from tests.examples import ROOT, instance_path

GOLDEN = ROOT / "tests" / "golden"
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "proofs" / "report" / "schemas").glob("*.schema.json"))
}
SCHEMA = SCHEMAS["report"]
KNOWN = Registry().with_resources((s["$id"], DRAFT202012.create_resource(s)) for s in SCHEMAS.values())


@cache
def verified(name: str, gamma: str | None = None) -> Checked:
    """Everything about an example; gamma replaces that of its question."""
    return verified_text(instance_path(name).read_bytes(), gamma)


def verified_text(data: bytes, gamma: str | None = None) -> Checked:
    """The same of an instance file's bytes."""
    instance = parse_instance(data)
    return verify(instance if gamma is None else instance.at(discount(gamma)))


@cache
def report_of(name: str) -> dict[str, Any]:
    """The JSON report, without second opinions. Not to be changed by its readers."""
    return dict(report(verified(name)))


def as_text(document: Mapping[str, Any]) -> str:
    """As the golden files hold it: where a number is irrational, [0, 1] stands for whatever interval isolates it."""
    return json.dumps(_without_intervals(document), indent=1, ensure_ascii=False) + "\n"


def _without_intervals(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_intervals(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    known = {key: _without_intervals(value) for key, value in node.items()}
    if isinstance(node.get("interval"), list) and node["interval"][0] != node["interval"][1]:
        known["interval"] = ["0", "1"]
    return known


def roots(node: Any) -> Iterator[dict[str, Any]]:
    """Every algebraic number in a report."""
    for entry in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from roots(entry)
    if isinstance(node, dict) and "approximation" in node:
        yield node


def errors(document: object, schema: str = "report") -> list[str]:
    """What the schema has against a document. The other schemas use definitions of the report's, by its $id."""
    found = Draft202012Validator(SCHEMAS[schema], registry=KNOWN).iter_errors(document)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
