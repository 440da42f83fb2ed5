"""A DRN document -> an MDP, with its names, its rewards per visit, and what could not be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from exact.digits import shown
from exact.errors import BadInstance, ExactError, NotStochastic
from exact.formats.drn_lines import Choice, Document, State, parse
from exact.formats.errors import NotAModel
from exact.formats.imported import Imported, merged
from exact.formats.repair import Repair, repaired
from exact.limits import LARGEST_FILE
from exact.mdp import Mdp, Rewards, Row

INIT, SHUTDOWN, DEADLOCK = "init", "shutdown", "deadlock"  # labels with a meaning; deadlock is Storm's and PRISM's
TEN_DIGITS = 30  # bits
NO_LABEL = "__NOLABEL__"  # what Storm writes for an action without a name


def read_drn(path: Path | str, terminal: str = DEADLOCK) -> Imported:
    """The model of a DRN file. Raises an ExactError whose place begins with the file's name; OSError passes."""
    with Path(path).open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        return parse_drn(_decoded(data), Path(path).name.partition(".")[0], terminal)
    except ExactError as error:
        raise error.inside(str(path), ": ") from None


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise NotAModel(f"a file of over {LARGEST_FILE} bytes", "only small models can be read")
    if data[:2] == b"\x1f\x8b" or data[:6] == b"\xfd7zXZ\x00":
        raise NotAModel("the file is compressed", "unpack it with gunzip or unxz")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAModel(f"byte {error.start} is not UTF-8 text", "save the file as UTF-8") from None


def parse_drn(text: str, name: str = "drn", terminal: str = DEADLOCK) -> Imported:
    """The model of a DRN text.

    Terminal are the states without actions, and those with the label `terminal` whose every action loops. Rows of
    rationals must sum to 1; decimals that do not are repaired (exact.formats.repair). States are called by a label that
    no other state has, if each has one, else by their numbers.
    """
    document = parse(text)
    if not document.states:
        raise NotAModel("there is no state", "a DRN file lists its states after @model")
    ended = {s for s, state in enumerate(document.states) if _ends(s, state, terminal)}
    rows, repairs = _rows(document, ended)
    rewards, notes = _rewards(document, ended)
    states, unkept = _names(document.states)
    actions, renumbered = _actions(document.states, ended)
    if document.kind == "POMDP":
        notes.append("observations are dropped: the agent sees the state")
    found = Imported(
        mdp=Mdp(states, actions, rows),
        name=name,
        description=f"from DRN, {document.kind}",
        rewards=rewards,
        initial=_only(document.states, INIT),
        repairs=tuple(repairs),
        notes=(*notes, *unkept, *renumbered),
    )
    return _with_shutdown(found, document.states)


def _ends(number: int, state: State, terminal: str) -> bool:
    if all(not choice.row for choice in state.choices):
        return True
    loops = all(p == 0 or successor == number for choice in state.choices for successor, p, _ in choice.row)
    return loops and terminal in state.labels


@dataclass
class _Rows:
    document: Document
    repairs: list[Repair] = field(default_factory=list)

    def row(self, state: int, action: int, choice: Choice) -> Row:
        """The row, repaired if its decimals do not sum to 1."""
        where = f"line {choice.line}"
        if any(p < 0 for _, p, _ in choice.row):
            raise NotStochastic("a negative probability", "use (0, 1]", where)
        entries = [(successor, p, spelled) for successor, p, spelled in choice.row if p]
        if any(successor >= len(self.document.states) for successor, _, _ in entries):
            raise NotAModel("a transition to a state that is not there", "states are numbered from 0", where)
        values = [p for _, p, _ in entries]
        if sum(values) != 1:
            self.repairs.append(self._repair(state, action, entries, where))
            values = list(self.repairs[-1].after)
        return merged([(successor, p) for (successor, _, _), p in zip(entries, values, strict=True)])

    def _repair(self, state: int, action: int, entries: list[tuple[int, Fraction, str]], where: str) -> Repair:
        """Within 2^-40; within 2^-30 where that is not enough: Storm used to write ten digits."""
        values, before = [p for _, p, _ in entries], tuple(text for _, _, text in entries)
        if self.document.exact or not values:
            total = shown(sum(values, Fraction(0)))
            raise NotStochastic(f"the probabilities sum to {total}", "they must sum to 1", where)
        try:
            return Repair(state, action, before, repaired(values, where))
        except NotStochastic:
            return Repair(state, action, before, repaired(values, where, TEN_DIGITS), TEN_DIGITS)


def _rows(document: Document, ended: set[int]) -> tuple[tuple[tuple[Row, ...], ...], list[Repair]]:
    build = _Rows(document)
    rows = tuple(
        () if s in ended else tuple(build.row(s, a, choice) for a, choice in enumerate(state.choices))
        for s, state in enumerate(document.states)
    )
    return rows, build.repairs


def _rewards(document: Document, ended: set[int]) -> tuple[Rewards | None, list[str]]:
    """The first reward model that pays per visit: each action of a state pays the same. The others are named."""
    found: Rewards | None = None
    notes: list[str] = []
    for model, name in enumerate(document.reward_models):
        paid = [_paid(state, model, s in ended) for s, state in enumerate(document.states)]
        kept = [reward for reward in paid if reward is not None]
        if len(kept) < len(paid):
            notes.append(f"rewards {name} are dropped: actions of state {paid.index(None)} pay differently")
        elif found is not None:
            notes.append(f"rewards {name} are dropped: an instance holds one reward vector")
        else:
            found = tuple(kept)
    return found, notes


def _paid(state: State, model: int, ended: bool) -> Fraction | None:
    """What a visit pays; None if that depends on the action."""
    own = state.rewards[model] if model < len(state.rewards) else Fraction(0)
    by_action = {c.rewards[model] if model < len(c.rewards) else Fraction(0) for c in state.choices if not ended}
    return None if len(by_action) > 1 else own + sum(by_action)


def _names(states: list[State]) -> tuple[tuple[str, ...], list[str]]:
    """Labels as names where each state has one of its own; else numbers, and the labels are named as lost."""
    held: dict[str, int] = {}
    for state in states:
        for label in dict.fromkeys(state.labels):
            held[label] = held.get(label, 0) + 1
    own = [_own([label for label in state.labels if held[label] == 1]) for state in states]
    names = tuple(name for name in own if name is not None and name.strip() and name.isprintable())
    called = names if len(names) == len(states) else tuple(map(str, range(len(states))))
    lost = [f"{label} ({count})" for label, count in held.items() if label not in (*called, INIT, SHUTDOWN, DEADLOCK)]
    return called, [f"labels are dropped (states): {', '.join(lost)}"] if lost else []


def _own(labels: list[str]) -> str | None:
    plain = [label for label in labels if label not in (INIT, SHUTDOWN, DEADLOCK)]
    return (*plain, *labels, None)[0]


def _actions(states: list[State], ended: set[int]) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Their names; their numbers in a state where a name is missing or is there twice."""
    made: list[tuple[str, ...]] = []
    numbered: list[str] = []
    for number, state in enumerate(states):
        names = () if number in ended else tuple(choice.name for choice in state.choices)
        if NO_LABEL in names or len(set(names)) < len(names):
            numbered += [] if len(names) == 1 else [str(number)]
            names = tuple(map(str, range(len(names))))
        if any(not name.isprintable() for name in names):
            raise BadInstance("the name of an action is not printable", "use letters", f"line {state.line}")
        made.append(names)
    note = f"actions are called by their numbers, not having names of their own, in states {' '.join(numbered)}"
    return tuple(made), [note] if numbered else []


def _only(states: list[State], label: str) -> int | None:
    having = [number for number, state in enumerate(states) if label in state.labels]
    return having[0] if len(having) == 1 else None


def _with_shutdown(found: Imported, states: list[State]) -> Imported:
    """The one action of the state `init` that leads to the one state labelled `shutdown`."""
    start, end = found.initial, _only(states, SHUTDOWN)
    if start is None or end is None or start == end:
        return found
    ways = [a for a, row in enumerate(found.mdp.rows[start]) if row == ((end, Fraction(1)),)]
    if len(ways) != 1:
        return found
    return Imported(**{**found.__dict__, "shutdown": (start, ways[0])})
