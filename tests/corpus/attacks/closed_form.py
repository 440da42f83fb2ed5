"""Attacks on `closed-form`."""

from __future__ import annotations

from typing import Any

from tests.corpus.build import Certificate, after, attack, claim

KIND = "closed-form"


def times(p: list[str], q: list[int]) -> list[str]:
    """The product of two polynomials."""
    total = [0] * (len(p) + len(q) - 1)
    for i, x in enumerate(p):
        for j, y in enumerate(q):
            total[i + j] += int(x) * y
    return [str(x) for x in total] if p else []


def multiplied(form: dict[str, Any], factor: list[int]) -> None:
    """N and D times a common factor: the same rational functions."""
    form["denominator"] = times(form["denominator"], factor)
    form["values"] = {s: times(p, factor) for s, p in form["values"].items()}


@attack(
    "invalid",
    KIND,
    "common_factor_hides_root",
    "retry",
    "may vanish",
    "N and D share the factor 1 - 3 gamma, so every identity holds at 1/3, which is then claimed as the threshold.",
)
def _(c: Certificate) -> None:
    multiplied(claim(c, KIND, name="paper x"), [1, -3])
    claim(c, "threshold", kind="paper", state="x").update(polynomial=["-1", "3"], interval=["1/3", "1/3"])


@attack(
    "invalid",
    KIND,
    "common_factor_touches_zero",
    "corridor-3",
    "may vanish",
    "The common factor (1 - 2 gamma)^2 vanishes at 1/2 without a change of sign.",
)
def _(c: Certificate) -> None:
    multiplied(claim(c, KIND, name="paper r3"), [1, -4, 4])


@attack(
    "valid",
    KIND,
    "common_factor_without_a_zero",
    "retry",
    "closed-form paper x: proved",
    "The common factor 1 + gamma has no zero in (0,1): the rational functions are the same.",
)
def _(c: Certificate) -> None:
    multiplied(claim(c, KIND, name="paper x"), [1, 1])


@attack("invalid", KIND, "negative_denominator", "retry", "may vanish", "D and every N change sign: D(0) > 0 fails.")
def _(c: Certificate) -> None:
    multiplied(claim(c, KIND, name="paper x"), [-1])


@attack("invalid", KIND, "zero_denominator", "retry", "may vanish", "With D = 0 and N = 0 every identity holds.")
def _(c: Certificate) -> None:
    form = claim(c, KIND, name="paper x")
    form.update(denominator=[], values={s: [] for s in form["values"]})


@attack("invalid", KIND, "wrong_numerator", "corridor-3", "Bellman identity fails", "One coefficient is changed.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper r3")["values"]["new"][-1] = "2"


@attack(
    "invalid", KIND, "wrong_rewards", "retry", "Bellman identity fails", "The rewards are twice those of the values."
)
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper x")["rewards"] = {"x": "2"}


@attack("invalid", KIND, "another_action", "corridor-3", "Bellman identity fails", "The values are of another policy.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper r3")["policy"]["r1"] = "stay"


@attack(
    "invalid", KIND, "policy_leaves_its_states", "retry", "leaves its states", "The policy goes to x, which it omits."
)
def _(c: Certificate) -> None:
    form = claim(c, KIND, name="paper x")
    del form["policy"]["x"], form["values"]["x"]


@attack("invalid", KIND, "values_of_other_states", "retry", "different states", "A state has an action and no value.")
def _(c: Certificate) -> None:
    del claim(c, KIND, name="paper x")["values"]["new"]


@attack("invalid", KIND, "name_taken", "retry", "name is taken", "The same name is given to two closed forms.")
def _(c: Certificate) -> None:
    after(c, KIND, claim(c, KIND, name="paper x"))


@attack("malformed", KIND, "terminal_state_acts", "retry", "is not one of none", "s_term is given an action.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper x")["policy"]["term"] = "off"
    claim(c, KIND, name="paper x")["values"]["term"] = []


@attack("malformed", KIND, "unknown_action", "retry", "is not one of stay", "The policy names no action of the state.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper x")["policy"]["x"] = "leap"


@attack("malformed", KIND, "unknown_state", "retry", "is not one of new, x, term", "The rewards name no state.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper x")["rewards"]["X"] = "1"


@attack("malformed", KIND, "trailing_zero", "retry", "trailing zero", "A polynomial ends in the coefficient 0.")
def _(c: Certificate) -> None:
    claim(c, KIND, name="paper x")["denominator"].append("0")


@attack(
    "malformed", KIND, "degree_too_high", "retry", "too high a degree", "D has a higher degree than there are states."
)
def _(c: Certificate) -> None:
    multiplied(claim(c, KIND, name="paper x"), [1, 0, 0, 0, 1])
