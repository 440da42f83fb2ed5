"""A document of an explicit format -> an MDP, with its names, its rewards per visit, and what could not be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exact.digits import shown
from exact.errors import NotAModel, NotStochastic
from exact.formats.explicit import DEADLOCK, INIT, NO_LABEL, SHUTDOWN, Choice, Document, State
from exact.formats.imported import Imported, merged, merging, ranges
from exact.formats.repair import BITS, Repair, repaired
from exact.instance.tables import readable
from exact.mdp import Mdp, Rewards, Row

TEN_DIGITS = 30  # bits: Storm used to write ten digits


def modelled(document: Document, name: str, terminal: str = DEADLOCK) -> Imported:
    """The model of a document.

    Terminal are the states without actions, and those with the label `terminal` whose every action loops. Rows of
    rationals must sum to 1; decimals that do not, and doubles, are repaired (exact.formats.repair). States are called
    by a label that no other state has, if each has one, else by their numbers. Raises NotAModel, NotStochastic,
    BadInstance.
    """
    if not document.states:
        raise NotAModel("there is no state", "a model has one at least")
    several = [state.where for state in document.states if document.kind == "DTMC" and len(state.choices) > 1]
    if several:
        raise NotAModel("a state of a DTMC with several actions", "its type is MDP", several[0])
    ended = {s for s, state in enumerate(document.states) if _ends(s, state, terminal)}
    built = _Rows(document)
    rows = tuple(
        () if s in ended else tuple(built.row(s, a, choice) for a, choice in enumerate(state.choices))
        for s, state in enumerate(document.states)
    )
    rewards, notes = _rewards(document, ended)
    initial, ended_by = (_only(document.states, label) for label in (INIT, SHUTDOWN))
    ways = _ways(rows, initial, ended_by)
    states, unkept = _names(document.states, bool(ways))
    actions, renumbered = _actions(document.states, ended)
    if document.kind == "POMDP":
        notes.append("observations are dropped: the agent sees the state")
    return Imported(
        mdp=Mdp(states, actions, rows),
        name=name,
        rewards=rewards,
        initial=initial,
        shutdown=ways[0] if len(ways) == 1 else None,
        repairs=tuple(built.repairs),
        notes=(*merging(built.repeated), *notes, *unkept, *renumbered, *document.notes),
    )


def _ends(number: int, state: State, terminal: str) -> bool:
    if all(not choice.row for choice in state.choices):
        return True
    loops = all(p == 0 or successor == number for choice in state.choices for successor, p, _ in choice.row)
    return loops and terminal in state.labels


@dataclass
class _Rows:
    """The rows as they are built, and what was done to them."""

    document: Document
    repairs: list[Repair] = field(default_factory=list)
    repeated: int = 0  # rows with a successor that occurs twice

    def row(self, state: int, action: int, choice: Choice) -> Row:
        """The row, repaired where that is needed."""
        if any(p < 0 for _, p, _ in choice.row):
            raise NotStochastic("a negative probability", "use (0, 1]", choice.where)
        entries = [(successor, p, spelled) for successor, p, spelled in choice.row if p]
        if any(successor >= len(self.document.states) for successor, _, _ in entries):
            raise NotAModel("a transition to a state that is not there", "states are numbered from 0", choice.where)
        given = tuple(p for _, p, _ in entries)
        after, bits = self._exact(given, choice.where)
        if after != given:
            self.repairs.append(Repair(state, action, tuple(text for _, _, text in entries), after, given, bits))
        found = merged([(successor, p) for (successor, _, _), p in zip(entries, after, strict=True)])
        self.repeated += len(found) < len(entries)
        return found

    def _exact(self, values: tuple[Fraction, ...], where: str) -> tuple[tuple[Fraction, ...], int]:
        """The probabilities, within 2^-40; decimals within 2^-30 where that is not enough."""
        numbers = self.document.numbers
        if sum(values) == 1 and numbers != "double":
            return values, BITS
        if numbers == "rational" or not values:
            total = shown(sum(values, Fraction(0)))
            raise NotStochastic(f"the probabilities sum to {total}", "they must sum to 1", where)
        try:
            return repaired(values, where), BITS
        except NotStochastic:
            if numbers == "double":
                raise
            return repaired(values, where, TEN_DIGITS), TEN_DIGITS


def _rewards(document: Document, ended: set[int]) -> tuple[Rewards | None, list[str]]:
    """The first reward model that pays per visit: each action of a state pays the same. The others are named."""
    found: Rewards | None = None
    notes: list[str] = []
    for model, name in enumerate(document.reward_models):
        paid = [_paid(state, model) for state in document.states]
        kept = [reward for reward in paid if reward is not None]
        if len(kept) < len(paid):
            notes.append(f"rewards {name} are dropped: actions of state {paid.index(None)} pay differently")
        elif found is not None:
            notes.append(f"rewards {name} are dropped: an instance holds one reward vector")
        else:
            found = tuple(kept)
            once = [s for s in sorted(ended) if found[s] and any(c.row for c in document.states[s].choices)]
            if once:
                notes.append(f"rewards {name} count once in terminal states, which loop in Storm: {ranges(once)}")
    return found, notes


def _paid(state: State, model: int) -> Fraction | None:
    """What a visit pays; None if that depends on the action."""
    holders: list[State | Choice] = [state, *state.choices]
    own, *by_action = (h.rewards[model] if model < len(h.rewards) else Fraction(0) for h in holders)
    return None if len(set(by_action)) > 1 else own + sum(set(by_action))


def _names(states: list[State], roles: bool) -> tuple[tuple[str, ...], list[str]]:
    """Labels as names where each state has one of its own; else numbers, and the labels are named as lost.

    roles: init and shutdown may be names, since they say who s_new and s_term are. (deadlock is none: no file can spell
    it as a name.)
    """
    held = Counter(label for state in states for label in dict.fromkeys(state.labels))
    own = [_own([label for label in state.labels if held[label] == 1], roles) for state in states]
    names = tuple(name for name in own if name is not None and name.strip() and name.isprintable())
    called = names if len(names) == len(states) else tuple(map(str, range(len(states))))
    lost = [f"{label} ({count})" for label, count in held.items() if label not in (*called, INIT, SHUTDOWN, DEADLOCK)]
    return called, [f"labels are dropped (states): {', '.join(lost)}"] if lost else []


def _own(labels: list[str], roles: bool) -> str | None:
    plain = [label for label in labels if label not in (INIT, SHUTDOWN, DEADLOCK)]
    return (*plain, *(label for label in labels if label != DEADLOCK and roles), None)[0]


def _actions(states: list[State], ended: set[int]) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Their names; those without one by their number; all of a state by their numbers where a name is there twice."""
    made: list[tuple[str, ...]] = []
    numbered: list[int] = []
    for number, state in enumerate(states):
        choices = [] if number in ended else state.choices
        numbers = tuple(map(str, range(len(choices))))
        names = tuple(a if c.name == NO_LABEL else c.name for a, c in zip(numbers, choices, strict=True))
        if len(set(names)) < len(names):
            numbered.append(number)
            names = numbers
        readable(names, "an action", state.where)
        made.append(names)
    note = f"two actions have one name; actions go by their numbers there: {ranges(numbered)}"
    return tuple(made), [note] if numbered else []


def _only(states: list[State], label: str) -> int | None:
    having = [number for number, state in enumerate(states) if label in state.labels]
    return having[0] if len(having) == 1 else None


def _ways(rows: Sequence[Sequence[Row]], start: int | None, end: int | None) -> list[tuple[int, int]]:
    """The actions of the one state `init` that lead to the one state labelled `shutdown`."""
    if start is None or end is None or start == end:
        return []
    return [(start, a) for a, row in enumerate(rows[start]) if row == ((end, Fraction(1)),)]
