"""UMB, the unified Markov binary format, read: a tar file of `index.json` and arrays, with exact values.

After the format's version 1, https://github.com/pmc-tools/umb. What an instance has no place for is noted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from struct import iter_unpack
from typing import Any

from exact.errors import NotAModel
from exact.formats.explicit import INIT, NO_LABEL, Choice, Document, State
from exact.formats.imported import check_states
from exact.formats.packed import archived
from exact.formats.repair import ROUNDED, TOLERANCE
from exact.limits import LARGEST_FILE
from exact.linear.simplest import near

_INDEX, _CHOICES, _BRANCHES = "index.json", "choices", "branches"


def parse(data: bytes) -> Document:
    """The document of a UMB file's bytes, unpacked. Raises NotAModel, TooLarge."""
    files = archived(data)
    if _INDEX not in files:
        raise NotAModel(f"there is no {_INDEX} in it", "a UMB file is a tar file that begins with one")
    try:
        return _Reader(files, json.loads(files[_INDEX])).document()
    except (ArithmeticError, LookupError, AttributeError, RecursionError, TypeError, ValueError) as error:
        problem = f"it cannot be read ({type(error).__name__}: {error})"
        raise NotAModel(problem, "see UMB's specification", _INDEX) from None


class _Reader:
    """One archive. Every array has the length that the index says, or is absent where the format allows that."""

    def __init__(self, files: Mapping[str, bytes], index: dict[str, Any]) -> None:
        self.files, self.system, self.notes = files, index["transition-system"], list[str]()
        self.annotated: dict[str, dict[str, Any]] = index.get("annotations", {})
        if index["format-version"] != 1:
            raise NotAModel(f"version {index['format-version']} of the format", "version 1 can be read", _INDEX)
        self.states, self.choices, self.branches = (self._size(f"#{what}") for what in ("states", _CHOICES, _BRANCHES))
        check_states(self.states)
        if index.get("valuations"):
            self.notes.append("valuations of variables are dropped")

    def document(self) -> Document:
        """The whole of it."""
        players, observed = self._size("#players"), self._size("#observations")
        if self.system["time"] != "discrete" or players > 1:
            raise NotAModel(f'{players} players and "{self.system["time"]}" time', "one player, discrete time", _INDEX)
        kind = "DTMC" if players == 0 else "POMDP" if observed else "MDP"
        given = self.system.get("branch-probability-type", {"type": "none"})
        states = self._states(given)
        for group in self.annotated.keys() - {"aps", "rewards"}:
            self.notes.append(f"annotations {group} are dropped")
        return Document(kind, given["type"], self._rewards(states), states, self.notes)

    def _states(self, probability: dict[str, Any]) -> list[State]:
        of_state = self._intervals("state-to-choices.bin", self.states, self.choices)
        of_choice = self._intervals("choice-to-branches.bin", self.choices, self.branches)
        targets = self._integers("branch-to-target.bin", self.branches, 8)
        chances = self._values("branch-to-probability.bin", self.branches, probability)
        row = [(target, *chance) for target, chance in zip(targets, chances, strict=True)]
        names = self._action_names()
        choices = [Choice(names[c], f"choice {c}", [], row[slice(*of_choice[c])]) for c in range(self.choices)]
        found = [State(f"state {s}", [], [], choices[slice(*of_state[s])]) for s in range(self.states)]
        aps = self.annotated.get("aps", {})
        labels = {INIT: "state-is-initial.bin"}
        labels |= {about.get("alias", ap): f"annotations/aps/{ap}/states/values.bin" for ap, about in aps.items()}
        for label, file in labels.items():
            bits = int.from_bytes(self._bytes(file, -(-self.states // 64) * 8), "little")
            for s in range(self.states):
                found[s].labels += [label] if bits >> s & 1 else []
        return found

    def _action_names(self) -> list[str]:
        """Of each choice."""
        count, folder = self._size("#choice-actions"), f"actions/{_CHOICES}"
        if not count or f"{folder}/strings.bin" not in self.files:
            return [NO_LABEL] * self.choices
        text = self.files[f"{folder}/strings.bin"]
        parts = self._intervals(f"{folder}/string-mapping.bin", count, len(text))
        names = [text[slice(*part)].decode() or NO_LABEL for part in parts]
        return [names[number] for number in self._integers(f"{folder}/values.bin", self.choices, 4)]

    def _rewards(self, states: list[State]) -> list[str]:
        """Those of states and choices; each reward model has its place in every list."""
        models, changed = self.annotated.get("rewards", {}), False
        for model, about in models.items():
            name = about.get("alias", model)
            if _BRANCHES in about["applies-to"]:
                self.notes.append(f"rewards {name} of single transitions are dropped")
            choices = [choice for state in states for choice in state.choices]
            places: tuple[tuple[str, Sequence[State | Choice]], ...] = (("states", states), (_CHOICES, choices))
            for kind, holders in places:
                file = f"annotations/rewards/{model}/{kind}/values.bin"
                for holder, (value, _) in zip(holders, self._values(file, len(holders), about["type"]), strict=True):
                    holder.rewards.append(near(value, TOLERANCE) if about["type"]["type"] == "double" else value)
                    changed = changed or holder.rewards[-1] != value
        self.notes += [ROUNDED] if changed else []
        return [about.get("alias", model) for model, about in models.items()]

    def _values(self, file: str, count: int, kind: dict[str, Any]) -> list[tuple[Fraction, str]]:
        """Each exactly, and as it is to be shown."""
        if kind["type"] == "double":
            data = self._bytes(file, 8 * count)
            return [(Fraction(x), repr(x)) for (x,) in iter_unpack("<d", data)]
        if kind["type"] != "rational":
            raise NotAModel(f"numbers of type {kind['type']}", "double and rational can be read", file)
        half = kind.get("size", 128) // 16
        parts = self._integers(file, 2 * count, half)
        signed = [n - (n >> 8 * half - 1 << 8 * half) for n in parts[::2]]
        values = [Fraction(n, d or int(n == 0)) for n, d in zip(signed, parts[1::2], strict=True)]
        return [(value, str(value)) for value in values]

    def _intervals(self, file: str, count: int, end: int) -> list[tuple[int, int]]:
        """A CSR mapping: where the part of each begins and ends."""
        starts = self._integers(file, count + 1, 8) if file in self.files else list(range(count + 1))
        if starts[0] != 0 or starts[-1] != end or any(a > b for a, b in pairwise(starts)):
            raise NotAModel("its intervals are not in order", f"from 0 to {end}, ascending", file)
        return list(pairwise(starts))

    def _integers(self, file: str, count: int, size: int) -> list[int]:
        data = self._bytes(file, size * count)
        return [int.from_bytes(data[k : k + size], "little") for k in range(0, len(data), size)]

    def _bytes(self, file: str, size: int) -> bytes:
        """An array that is absent is all 0."""
        data = self.files.get(file, bytes(size))
        if len(data) != size:
            raise NotAModel(f"{len(data)} bytes", f"the index asks for {size}", file)
        return data

    def _size(self, key: str) -> int:
        size = self.system[key]
        if type(size) is not int or not 0 <= size <= LARGEST_FILE:
            raise NotAModel(f"{key} is {str(size)[:20]}", f"a number up to {LARGEST_FILE}", _INDEX)
        return size
