"""What Storm's explicit formats say of a model, DRN in text and UMB in bytes, before it is an MDP."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

INIT, SHUTDOWN, DEADLOCK = "init", "shutdown", "deadlock"  # labels with a meaning; deadlock is Storm's and PRISM's
NO_LABEL = "__NOLABEL__"  # what Storm writes for an action without a name
TYPES = ("MDP", "DTMC", "POMDP")

# rational: rows sum to 1. decimal: as people and programs write doubles, meant as they stand where the row sums to 1.
# double: in binary, meant as the simplest fraction nearby.
Numbers = Literal["rational", "decimal", "double"]


@dataclass
class Choice:
    """An action of a state: how it is called, its rewards, and (successor, probability, as written) of each branch."""

    name: str
    where: str  # its place in the file
    rewards: list[Fraction] = field(default_factory=list)
    row: list[tuple[int, Fraction, str]] = field(default_factory=list)


@dataclass
class State:
    """A state: rewards by reward model, labels, actions."""

    where: str
    rewards: list[Fraction] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass
class Document:
    """A whole file. notes: what it says beyond states, actions, labels and rewards."""

    kind: str  # one of TYPES
    numbers: Numbers
    reward_models: list[str]
    states: list[State]
    notes: list[str] = field(default_factory=list)
