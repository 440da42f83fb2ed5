"""Attacks on `count`."""

from __future__ import annotations

from tests.corpus.build import Certificate, after, attack, claim

KIND = "count"


def counted(c: Certificate, kind: str, low: str, high: str, states: str) -> None:
    claim(c, KIND, kind=kind).update({"from": low, "to": high, "states": states.split()})


@attack(
    "invalid",
    KIND,
    "paper_at_its_own_threshold",
    "stairs",
    "other states are counted",
    "gamma > gamma*_x is strict: at 1/2 x is not counted.",
)
def _(c: Certificate) -> None:
    counted(c, "paper", "1/2", "1/2", "x")


@attack("valid", KIND, "paper_stops_at_its_threshold", "stairs", "count paper: proved", "At 1/2 x is not counted.")
def _(c: Certificate) -> None:
    counted(c, "paper", "1/4", "1/2", "")


@attack("valid", KIND, "sharp_at_its_own_threshold", "stairs", "count sharp: proved", "gamma >= gamma°_x holds at 1/2.")
def _(c: Certificate) -> None:
    counted(c, "sharp", "1/2", "99/100", "x m")


@attack("invalid", KIND, "sharp_not_at_its_own_threshold", "stairs", "other states are counted", "x is counted at 1/2.")
def _(c: Certificate) -> None:
    counted(c, "sharp", "1/4", "1/2", "m")


@attack("invalid", KIND, "across_a_threshold", "corridor-3", "other states are counted", "r2 is counted from 1/2 on.")
def _(c: Certificate) -> None:
    counted(c, "paper", "1/4", "9/10", "r1 r2 r3")


@attack("invalid", KIND, "one_too_many", "retry", "other states are counted", "new has no threshold.")
def _(c: Certificate) -> None:
    claim(c, KIND, kind="paper")["states"].append("new")


@attack("invalid", KIND, "one_too_few", "corridor-3", "other states are counted", "r3 is forgotten.")
def _(c: Certificate) -> None:
    claim(c, KIND, kind="paper")["states"].remove("r3")


@attack("malformed", KIND, "empty_interval", "retry", "no gamma or interval of gamma", "from > to.")
def _(c: Certificate) -> None:
    counted(c, "paper", "1/2", "1/4", "x")


@attack("holey", KIND, "before_the_thresholds", "retry", "gamma*_x is not proved", "It rests on what comes after it.")
def _(c: Certificate) -> None:
    entry = claim(c, KIND, kind="paper")
    c["claims"].remove(entry)
    after(c, "reach", entry)


@attack("malformed", KIND, "unknown_state_before_the_thresholds", "retry", "is not one of", "A hole hides no bad form.")
def _(c: Certificate) -> None:
    entry = claim(c, KIND, kind="paper")
    entry["states"] = ["nobody"]
    c["claims"].remove(entry)
    c["claims"].insert(0, entry)


@attack("malformed", KIND, "state_twice", "retry", "listed twice", "The list names x twice.")
def _(c: Certificate) -> None:
    claim(c, KIND, kind="paper")["states"].append("x")


@attack("malformed", KIND, "gamma_one", "retry", "no gamma or interval of gamma", "gamma = 1 is no discount.")
def _(c: Certificate) -> None:
    counted(c, "paper", "1", "1", "x")


@attack("valid", KIND, "up_to_one", "retry", "count paper: proved", "[9/10, 1] means [9/10, 1).")
def _(c: Certificate) -> None:
    counted(c, "paper", "9/10", "1", "x")


@attack(
    "invalid", KIND, "from_zero_across_a_threshold", "retry", "other states are counted", "Near 0, x is not counted."
)
def _(c: Certificate) -> None:
    counted(c, "paper", "0", "9/10", "x")
