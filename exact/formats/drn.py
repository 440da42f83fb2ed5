"""Storm's explicit format DRN, read: a text of header sections, states, actions and transitions.

After https://www.stormchecker.org/documentation/background/drn.html, and what Storm's own reader takes. Bad input
raises one NotAModel with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact.errors import NotAModel, NotExact
from exact.formats.explicit import TYPES, Choice, Document, Numbers, State
from exact.formats.imported import check_states
from exact.rational import rational

_SECTION = re.compile(r"@(\w+)\s*:?\s*(.*)")
_COMMENT = re.compile(r"(?:^|\s)//")
_PARTS = re.compile(
    r"(?:\{(?P<observation>[^}]*)\}|\[(?P<rewards>[^\]]*)\]|!(?P<rate>\S+)"
    r'|"(?P<quoted>[^"]*)"|(?P<label>[^\s"\[{]\S*))\s*'
)
_REMEDIES = {  # for numbers of other types
    "parametric": "give each parameter a value and write the model anew",
    "double-interval": "an interval is no exact number: write one value of it",
    "rational-interval": "an interval is no exact number: write one value of it",
}


def parse(text: str) -> Document:
    """The document of a DRN text. Raises NotAModel, NotExact, TooLarge."""
    numbered = _clean(text)
    header = _header(numbered)
    kind, value_type = _checked(header)
    announced = header.get("nr_states", _NOTHING).text
    if announced.isdecimal():
        check_states(int(announced[:9]))
    states = _states(numbered, dict(re.findall(r"(\$\S+?)\s*:\s*(\S+)", header.get("placeholders", _NOTHING).text)))
    _count(header, "nr_states", len(states))
    _count(header, "nr_choices", sum(max(len(state.choices), 1) for state in states))
    numbers: Numbers = "rational" if value_type == "rational" else "decimal"
    return Document(kind, numbers, header.get("reward_models", _NOTHING).text.split(), states)


@dataclass
class _Section:
    """What a section says, in its line or below."""

    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.lines).strip()


_NOTHING = _Section(0, [])


def _header(numbered: Iterator[tuple[int, str]]) -> dict[str, _Section]:
    """Each section up to @model."""
    header: dict[str, _Section] = {}
    section = _NOTHING
    for number, line in numbered:
        match = _SECTION.fullmatch(line)
        if match is None and section is _NOTHING:
            raise NotAModel(f'"{line[:40]}" comes first', "a DRN file begins with @type: MDP", f"line {number}")
        if match is None:
            section.lines.append(line)
            continue
        if match[1] in header:
            raise NotAModel(f"@{match[1]} is there twice", "each section occurs once", f"line {number}")
        section = header[match[1]] = _Section(number, [match[2]])
        if match[1] == "model":
            return header
    raise NotAModel("there is no section @model", "a DRN file lists its states after @model")


def _clean(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(text.split("\n"), 1):
        bare = line if '"' in line else _COMMENT.split(line, maxsplit=1)[0]
        if bare.strip() and not bare.lstrip().startswith("//"):
            yield number, bare.strip()


def _checked(header: dict[str, _Section]) -> tuple[str, str]:
    """The kind of model, and the type of its numbers."""
    said = header.get("type", _NOTHING)
    kind = said.text.upper()
    if kind not in TYPES:
        where = f"line {said.line}: @type" if said.line else "@type"
        raise NotAModel(f'the model type "{said.text[:40]}"', f"{', '.join(TYPES)} can be read", where)
    given, parameters = header.get("value_type", _NOTHING), header.get("parameters", _NOTHING)
    value_type = given.text.lower() or "double"
    if parameters.text:
        value_type, given = "parametric", parameters
    if value_type not in ("double", "rational"):
        remedy = _REMEDIES.get(value_type, "double and rational can be read")
        raise NotAModel(f'numbers of type "{value_type[:40]}"', remedy, f"line {given.line}")
    return kind, value_type


def _count(header: dict[str, _Section], section: str, found: int) -> None:
    said = header.get(section)
    if said is not None and said.text != str(found):
        problem = f"{said.text[:40]} are announced, {found} are there"
        raise NotAModel(problem, "the file is cut off or miscounted", f"line {said.line}: @{section}")


def _states(numbered: Iterator[tuple[int, str]], values: dict[str, str]) -> list[State]:
    states: list[State] = []
    for number, line in numbered:
        word, _, rest = line.partition(" ") if line.startswith(("state", "action")) else ("", "", line)
        where = f"line {number}"
        if word == "state":
            check_states(len(states) + 1)
            states.append(_state(where, rest.strip(), len(states), values))
        elif word == "action" and states:
            states[-1].choices.append(_choice(where, rest.strip(), values))
        elif states:
            choices = states[-1].choices
            if not choices:  # the one action of a state may go unsaid
                choices.append(Choice("0", where))
            choices[-1].row.append(_transition(line, where, values))
        else:
            raise NotAModel(f'"{line[:40]}" is out of place', "a state, its actions, their transitions", where)
    return states


def _state(where: str, text: str, expected: int, values: dict[str, str]) -> State:
    first, _, rest = text.partition(" ")
    if first != str(expected):
        raise NotAModel(f'state "{first[:40]}"', f"states are numbered in order; this is state {expected}", where)
    rewards, labels, rate = _parts(rest, where, values)
    if rate:
        raise NotAModel("an exit rate", "models in continuous time cannot be read", where)
    return State(where, rewards, labels)


def _choice(where: str, text: str, values: dict[str, str]) -> Choice:
    """Its first word is its name; labels after it are read over."""
    name, _, rest = text.partition(" ")
    if not name:
        raise NotAModel("an action without a name", "write action 0", where)
    rewards, _, _ = _parts(rest, where, values)
    return Choice(name, where, rewards)


def _parts(text: str, where: str, values: dict[str, str]) -> tuple[list[Fraction], list[str], bool]:
    """What follows the name of a state or an action: rewards, labels, and whether there is an exit rate."""
    rewards, labels, rate = list[Fraction](), list[str](), False
    position, text = 0, text.strip()
    while position < len(text):
        match = _PARTS.match(text, position)
        if match is None:
            raise NotAModel(f'"{text[position : position + 40]}" cannot be read', 'write [rewards] "label"', where)
        position = match.end()
        entries = (match["rewards"] or "").split(",")
        rewards += [_number(entry.strip(), where, values) for entry in entries if entry.strip()]
        labels += [label for label in (match["quoted"], match["label"]) if label is not None]
        rate = rate or match["rate"] is not None
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
