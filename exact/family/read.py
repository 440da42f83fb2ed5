"""The instance file of a family -> Family: `[parameters]`, and probabilities that are polynomials in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from flint import fmpq_mpoly

from exact.conversion import flint
from exact.digits import shown
from exact.errors import BadInstance, NotStochastic, within
from exact.family.bernstein import Box, Point, centre, evaluate, not_positive, size
from exact.family.expression import polynomial, ring
from exact.family.model import Family, Row
from exact.family.reading import Reading, length, length_at
from exact.family.spelling import brief
from exact.instance.document import document as parsed
from exact.instance.document import number
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.instance.model import Instance
from exact.instance.read import given_gamma, instance_of, parse_instance, read_file
from exact.instance.tables import Table, table
from exact.limits import MOST_PARAMETERS

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}\Z")
Polynomials = dict[tuple[str, str, str], fmpq_mpoly]
Numbers = dict[str, dict[str, dict[str, str]]]
RESERVED = ("gamma", "g")  # the discount, as it is written and as it is printed


def is_family(data: bytes) -> bool:
    """True iff the file declares parameters. Raises what the reader of instances does."""
    return "parameters" in parsed(data)


def read_family(path: Path | str) -> Family:
    """Read the file of a family. Raises an ExactError whose `where` begins with the file's name; OSError passes."""
    return family_in(read_file(path), str(path))


def either_in(data: bytes, name: str) -> Instance | Family:
    """An instance, or a family where the file declares parameters. Raises an ExactError."""
    with within(name):
        return parse_family(data) if b"parameters" in data and is_family(data) else parse_instance(data)


def family_in(data: bytes, name: str) -> Family:
    """The same of a file's bytes. An instance without parameters is no family."""
    with within(name):
        return parse_family(data)


def parse_family(data: bytes) -> Family:
    """The same from the file's bytes. Raises an ExactError that names the place, and a point where a row is wrong."""
    document = dict(parsed(data))
    names, box = box_of(table(document.pop("parameters", {}), "parameters"))
    polynomials, numbers = chances_of(table(document.get("transitions", {}), "transitions"), names, box)
    question = dict(table(document.get("question", {}), "question"))
    asked = ends(given_gamma(question.pop("gamma", None), "question.gamma"))
    instance = instance_of(document | {"transitions": numbers, "question": question})
    mdp = instance.mdp

    def chances(s: int, a: int) -> Row:
        state, action = mdp.states[s], mdp.actions[s][a]
        return tuple((t, polynomials[state, action, mdp.states[t]]) for t, _ in mdp.rows[s][a])

    rows = tuple(tuple(chances(s, a) for a in range(len(actions))) for s, actions in enumerate(mdp.actions))
    return Family(names, box, rows, instance, data, asked)


def without_parameters(instance: Instance) -> Family:
    """An instance and the interval of gammas that it is asked about (all of (0, 1) where it asks about none)."""
    question, constant = instance.question, ring(()).constant
    rows = tuple(tuple(tuple((t, constant(flint(p))) for t, p in row) for row in rows) for rows in instance.mdp.rows)
    centre = replace(instance, question=question.about(None))
    return Family((), (), rows, centre, instance.source, question.interval or ends(question.gamma))


def ends(given: Fraction | Gammas | None) -> Gammas:
    """The gammas of a family's question."""
    return EVERYWHERE if given is None else given if isinstance(given, tuple) else (given, given)


def chances_of(transitions: Table, names: Sequence[str], box: Box) -> tuple[Polynomials, Numbers]:
    """By state, action and successor, those that are not 0; and their values in the middle of the box, as text."""
    polynomials, numbers, reading, middle = Polynomials(), Numbers(), Reading(), centre(box)
    for state, actions in transitions.items():
        numbers[state] = {}
        for action, row in table(actions, f"transitions.{state}").items():
            where = f"transitions.{state}.{action}"
            entries = {t: _chance(p, names, f"{where}.{t}", reading) for t, p in table(row, where).items()}
            _check(entries, names, box, where, reading)
            polynomials |= {(state, action, t): chance for t, chance in entries.items()}
            numbers[state][action] = {t: str(p) for t, p in _at(entries, middle, reading).items()}
    return polynomials, numbers


def box_of(keys: Table) -> tuple[tuple[str, ...], Box]:
    """The parameters' names and their intervals. Raises BadInstance, NotExact."""
    if not 0 < len(keys) <= MOST_PARAMETERS:
        raise BadInstance(f"{len(keys)} parameters", f"a family has 1 to {MOST_PARAMETERS}", "parameters")
    box: list[tuple[Fraction, Fraction]] = []
    for name, ends in keys.items():
        where = f"parameters.{name}"
        if not _NAME.match(name) or name in RESERVED:
            raise BadInstance("this is no name for a parameter", "use letters, digits and _; not gamma or g", where)
        if not isinstance(ends, list) or len(ends) != 2:
            raise BadInstance("an interval was expected", 'write ["1/10", "9/10"]', where)
        low, high = (number(end, f"{where}[{k}]") for k, end in enumerate(ends))
        if low >= high:
            raise BadInstance(f"the interval [{shown(low)}, {shown(high)}] is empty or a point", "low < high", where)
        box.append((low, high))
    return tuple(keys), tuple(box)


def _chance(value: object, names: Sequence[str], where: str, reading: Reading) -> fmpq_mpoly:
    if isinstance(value, str):
        return polynomial(value, names, where, reading)
    return ring(names).constant(flint(number(value, where)))


def _check(chances: dict[str, fmpq_mpoly], names: Sequence[str], box: Box, where: str, reading: Reading) -> None:
    """Entries that are not identically 0 are positive on the box; the row sums to 1 identically."""
    for t in [t for t, chance in chances.items() if not chance]:
        del chances[t]
    total = ring(names).constant(0)
    for chance in chances.values():
        reading.spend(1 + len(chance), length(total), length(chance))
        total += chance
    if missing := total - 1:
        raise NotStochastic(f"the probabilities sum to 1 + ({brief(missing)})", "they must sum to 1 identically", where)
    for t, chance in chances.items():
        point = not_positive(chance, box, reading)
        if point is not None:
            raise _not_positive(chance, point, names, f"{where}.{t}")


def _at(chances: dict[str, fmpq_mpoly], point: Point, reading: Reading) -> dict[str, Fraction]:
    """The row at a point."""
    here: dict[str, Fraction] = {}
    for t, chance in chances.items():
        longest = length_at(chance, [point])
        reading.spend(size(chance), longest, longest)
        here[t] = evaluate(chance, point)
    lengths = [p.denominator.bit_length() for p in here.values()]
    reading.spend(3 * len(here), sum(lengths), max(lengths))
    return here


def _not_positive(chance: fmpq_mpoly, point: Sequence[Fraction], names: Sequence[str], where: str) -> NotStochastic:
    at = ", ".join(f"{name} = {shown(value)}" for name, value in zip(names, point, strict=True))
    value = evaluate(chance, point)
    if value > 0:
        return NotStochastic(f"{brief(chance)} comes too near to 0 at {at}", "keep it away from 0 on the box", where)
    remedy = "a probability is positive on the whole box: which transitions are possible must not depend on a parameter"
    if not value:
        remedy = f"{remedy}; narrow the interval, so that it leaves this point out"
    return NotStochastic(f"{brief(chance)} is {shown(value)} at {at}", remedy, where)
