"""Claims as the JSON of kernel/FORMAT.md and back: its keys are the fields of proofs.claims.types, by their types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from exact.digits import decimal_text
from proofs.claims import decode
from proofs.claims import types as c
from proofs.claims.write import exact, integers, rewards

KINDS: dict[str, object] = {
    "closed-form": c.ClosedForm,
    "threshold": c.Threshold,
    "no-threshold": c.NoThreshold,
    "orbit": c.ListedOrbit,
    "orbit-tree": c.OrbitTree,
    "optimal-on-interval": c.Phase,
    "blackwell": c.Blackwell,
    "swap-fails": c.SwapFails,
    "member": c.Member,
    "universal": c.Universal,
    "retargeting": c.Retargeting,
    "counted": c.Counted,
    "not-counted": c.NotCounted,
    "at": c.At,
}
_NAMES = {type_: name for name, type_ in KINDS.items()}


class Codec(NamedTuple):
    """How values of one type are written and read. `read` raises NotACertificate."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def _listed(read: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    return lambda value: tuple(map(read, decode.items(value)))


_LEAVES: dict[object, Codec] = {
    str: Codec(str, decode.string),
    int: Codec(decimal_text, decode.integer),
    Fraction: Codec(exact, decode.rational),
    c.Poly: Codec(integers, decode.polynomial),
    c.Interval: Codec(lambda ends: list(map(exact, ends)), decode.interval),
    c.Rewards: Codec(rewards, decode.rationals),
    c.Proof: Codec(dict, decode.mapping),
    c.Nodes: Codec(lambda nodes: list(map(dict, nodes)), _listed(decode.mapping)),
    c.End: Codec(lambda end: _write_end(end), lambda value: _read_end(value)),
    c.Place: Codec(list, _listed(decode.string)),
    c.Point: Codec(lambda point: {name: exact(value) for name, value in point.items()}, decode.rationals),
    c.Claims: Codec(lambda claims: list(map(as_json, claims)), _listed(lambda value: from_json(value))),
}


def as_json(claim: c.Claim) -> dict[str, object]:
    """The claim as an object of strings, lists and objects."""
    kind = _NAMES[type(claim)]
    body: Any = codec(KINDS[kind]).write(claim)
    return {"claim": kind, **body}


def as_text(claim: c.Claim) -> str:
    """One claim, in one line."""
    return json.dumps(as_json(claim), ensure_ascii=False, separators=(",", ":"))


def from_json(value: object) -> c.Claim:
    """Raises NotACertificate. A claim of an unknown kind is kept as its text."""
    rest = dict(decode.mapping(value))
    kind = decode.string(rest.pop("claim", None))
    if kind not in KINDS:
        return c.Unexplained(kind, json.dumps(rest, sort_keys=True))
    claim: c.Claim = codec(KINDS[kind]).read(rest)
    return claim


def _write_end(end: c.RootIn | str) -> object:
    return end if isinstance(end, str) else codec(c.RootIn).write(end)


def _read_end(value: object) -> object:
    return value if isinstance(value, str) else codec(c.RootIn).read(value)


@cache
def codec(type_: object) -> Codec:
    """Of a field's type. A string annotated with words is one of them."""
    if type_ in _LEAVES:
        return _LEAVES[type_]
    if is_dataclass(type_) and isinstance(type_, type):
        return _record(type_)
    origin, parts = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return Codec(str, lambda value: decode.word(value, *parts[1:]))
    if parts[-1] is type(None):
        inner = codec(parts[0])
        return Codec(_optional(inner.write), _optional(inner.read))
    inner = codec(parts[1] if origin is Mapping else parts[0])
    if origin is Mapping:
        return Codec(
            lambda given: {key: inner.write(entry) for key, entry in given.items()},
            lambda value: decode.over(value, inner.read),
        )
    return Codec(lambda given: list(map(inner.write, given)), _listed(inner.read))


def _optional(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


def _record(type_: type[Any]) -> Codec:
    """An object with the dataclass's fields for keys. Those with a default are left out where they have it."""
    hints = get_type_hints(type_, include_extras=True)
    parts = {field.name: codec(hints[field.name]) for field in fields(type_)}
    defaults = {field.name: field.default for field in fields(type_) if field.default is not MISSING}
    required = [name for name in parts if name not in defaults]

    def write(given: Any) -> dict[str, object]:
        present = {name: getattr(given, name) for name in parts}
        kept = {name: value for name, value in present.items() if name in required or value != defaults[name]}
        return {name: parts[name].write(value) for name, value in kept.items()}

    def read(value: object) -> Any:
        entries = zip(parts.items(), decode.fields(value, *required, **defaults), strict=True)
        return type_(
            *(e if e is defaults.get(name, MISSING) else part.read(e) for (name, part), e in entries)  # absent: no JSON
        )

    return Codec(write, read)
