"""Storm's explicit format DRN, as text: its header sections, states, actions and transitions, not yet a model.

After https://www.stormchecker.org/documentation/background/drn.html. Bad input raises one NotAModel with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from exact.errors import NotExact
from exact.formats.errors import NotAModel
from exact.formats.imported import check_states
from exact.rational import rational

_SECTION = re.compile(r"@(\w+)\s*:?\s*(.*)")
_PARTS = re.compile(
    r"\s*(?:\{(?P<observation>[^}]*)\}|\[(?P<rewards>[^\]]*)\]|!(?P<rate>\S+)"
    r'|"(?P<quoted>[^"]*)"|(?P<label>[^\s"\[{]\S*))'
)
_VALUE_TYPES = ("double", "rational")
_TYPES = ("MDP", "DTMC", "POMDP")


@dataclass
class Choice:
    """An action of a state: how it is called, its rewards, and {successor: probability, as written}."""

    name: str
    line: int
    rewards: list[Fraction] = field(default_factory=list)
    row: list[tuple[int, Fraction, str]] = field(default_factory=list)


@dataclass
class State:
    """A state: rewards by reward model, labels, actions."""

    line: int
    rewards: list[Fraction] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass
class Document:
    """A whole file."""

    kind: str
    exact: bool  # the numbers are rationals, not doubles
    reward_models: list[str]
    states: list[State]


def parse(text: str) -> Document:
    """The document of a DRN text. Raises NotAModel, NotExact, TooLarge."""
    numbered = _clean(text)
    header = _header(numbered)
    kind, exact = _checked(header)
    values = _placeholders(header.get("placeholders", ""))
    states = _states(numbered, values)
    _count(header, "nr_states", len(states))
    _count(header, "nr_choices", sum(max(len(state.choices), 1) for state in states))
    return Document(kind, exact, header.get("reward_models", "").split(), states)


def _header(numbered: Iterator[tuple[int, str]]) -> dict[str, str]:
    """Each section up to @model and what it says, in its line or below."""
    header: dict[str, str] = {}
    section = ""
    for number, line in numbered:
        match = _SECTION.fullmatch(line)
        if match is None and not section:
            raise NotAModel(f'"{line[:40]}" comes first', "a DRN file begins with @type: MDP", f"line {number}")
        if match is None:
            header[section] = f"{header[section]} {line}".strip()
            continue
        section = match[1]
        if section in header:
            raise NotAModel(f"@{section} is there twice", "each section occurs once", f"line {number}")
        header[section] = match[2].strip()
        if section == "model":
            break
    return header


def _clean(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip() if '"' in line else line.partition("//")[0].strip()
        if bare and not bare.startswith("//"):
            yield number, bare


def _checked(header: dict[str, str]) -> tuple[str, bool]:
    """The kind of model, and whether its numbers are rationals."""
    if "model" not in header:
        raise NotAModel("there is no section @model", "a DRN file lists its states after @model")
    kind = header.get("type", "").upper()
    if kind not in _TYPES:
        raise NotAModel(f'the model type "{header.get("type", "")}"', f"{', '.join(_TYPES)} can be read", "@type")
    value_type = header.get("value_type", "double").lower()
    if value_type not in _VALUE_TYPES or header.get("parameters", ""):
        raise NotAModel(
            f'numbers of type "{"parametric" if header.get("parameters") else value_type}"',
            f"{' and '.join(_VALUE_TYPES)} can be read: instantiate the model first",
            "@value_type",
        )
    return kind, value_type == "rational"


def _placeholders(text: str) -> dict[str, str]:
    return dict(re.findall(r"(\$\S+?)\s*:\s*(\S+)", text))


def _count(header: dict[str, str], section: str, found: int) -> None:
    said = header.get(section)
    if said is not None and said != str(found):
        raise NotAModel(
            f"{said[:40]} are announced, {found} are there", "the file is cut off or miscounted", f"@{section}"
        )


def _states(numbered: Iterator[tuple[int, str]], values: dict[str, str]) -> list[State]:
    states: list[State] = []
    for number, line in numbered:
        word, _, rest = line.partition(" ") if line.startswith(("state", "action")) else ("", "", line)
        where = f"line {number}"
        if word == "state":
            check_states(len(states) + 1)
            states.append(_state(number, rest.strip(), len(states), values))
        elif word == "action" and states:
            states[-1].choices.append(_choice(number, rest.strip(), values))
        elif states and states[-1].choices:
            states[-1].choices[-1].row.append(_transition(line, where, values))
        else:
            raise NotAModel(f'"{line[:40]}" is out of place', "a state, its actions, their transitions", where)
    return states


def _state(number: int, text: str, expected: int, values: dict[str, str]) -> State:
    where = f"line {number}"
    first, _, rest = text.partition(" ")
    if first != str(expected):
        raise NotAModel(f'state "{first[:40]}"', f"states are numbered in order; this is state {expected}", where)
    rewards, labels, rate = _parts(rest, where, values)
    if rate:
        raise NotAModel("an exit rate", "models in continuous time cannot be read", where)
    return State(number, rewards, labels)


def _choice(number: int, text: str, values: dict[str, str]) -> Choice:
    """Its first word is its name; labels after it are read over."""
    name, _, rest = text.partition(" ")
    if not name:
        raise NotAModel("an action without a name", "write action 0", f"line {number}")
    return Choice(name, number, _parts(rest, f"line {number}", values)[0])


def _parts(text: str, where: str, values: dict[str, str]) -> tuple[list[Fraction], list[str], bool]:
    """Rewards, labels, and whether there is an exit rate."""
    rewards: list[Fraction] = []
    labels: list[str] = []
    rate, position = False, 0
    while text[position:].strip():
        match = _PARTS.match(text, position)
        if match is None:
            raise NotAModel(f'"{text[position:].strip()[:40]}" cannot be read', 'write [rewards] "label"', where)
        position = match.end()
        if match["rewards"] is not None:
            rewards += [_number(entry.strip(), where, values) for entry in match["rewards"].split(",") if entry.strip()]
        rate = rate or match["rate"] is not None
        labels += [label for label in (match["quoted"], match["label"]) if label is not None]
    return rewards, labels, rate


def _transition(line: str, where: str, values: dict[str, str]) -> tuple[int, Fraction, str]:
    target, colon, value = (part.strip() for part in line.partition(":"))
    if not colon or not target.isdecimal() or len(target) > 9:
        raise NotAModel(f'"{line[:40]}" is no transition', "write 3 : 1/2", where)
    return int(target), _number(value, where, values), value


def _number(text: str, where: str, values: dict[str, str]) -> Fraction:
    """Raises NotExact; intervals and parameters are no numbers."""
    try:
        return rational(values.get(text, text), where)
    except NotExact as error:
        raise NotExact(error.problem, "numbers are written like 1/3 or 0.25 in DRN", where) from None
