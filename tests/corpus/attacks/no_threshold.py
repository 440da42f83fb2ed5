"""Attacks on `no-threshold`. The honest bound of retry's s_new is tight: 2 at new, 0 at x."""

from __future__ import annotations

from fractions import Fraction

from tests.corpus.build import Certificate, after, attack, claim, drop

KIND = "no-threshold"


def bound(c: Certificate, **values: str) -> None:
    claim(c, KIND, state="new")["bound"] = values


@attack("invalid", KIND, "violated_by_a_hair", "retry", "the bound fails at new", "Superharmonic but for 1/10^30.")
def _(c: Certificate) -> None:
    bound(c, new=str(2 - Fraction(1, 10**30)), x="0")


@attack(
    "valid", KIND, "looser_bound", "retry", "no-threshold new: proved", "A larger bound that is still at most 1 after."
)
def _(c: Certificate) -> None:
    bound(c, new="2", x="0", term="7")


@attack("invalid", KIND, "leaves_out_s_new", "retry", "leaves out s_new", "A bound on nothing holds everywhere.")
def _(c: Certificate) -> None:
    bound(c)


@attack("invalid", KIND, "not_closed", "retry", "the bound is not closed", "The bound leaves out a successor.")
def _(c: Certificate) -> None:
    bound(c, new="2")


@attack("invalid", KIND, "above_1_after_a_step", "retry", "the bound fails at new", "It allows more than one visit.")
def _(c: Certificate) -> None:
    bound(c, new="6", x="0")


@attack(
    "invalid", KIND, "negative_elsewhere", "retry", "below the reward at x", "A negative value at x lowers all others."
)
def _(c: Certificate) -> None:
    bound(c, new="1", x="-1")


@attack("invalid", KIND, "threshold_exists", "retry", "the bound fails at x", "x has a threshold, as x loops.")
def _(c: Certificate) -> None:
    claim(c, KIND, state="new").update(state="x", bound={"new": "1", "x": "1"})
    drop(c, "threshold", kind="sharp", state="x")


@attack(
    "invalid",
    KIND,
    "exactly_1_for_every_gamma",
    "both-terminal",
    "for every gamma",
    "v_x + v_term = 1 satisfies the bound, but also the condition.",
)
def _(c: Certificate) -> None:
    drop(c, "threshold", kind="sharp", state="x")
    after(c, "reach", {"claim": KIND, "state": "x", "bound": {"new": "1", "x": "1", "term": "1"}})


@attack(
    "invalid",
    KIND,
    "s_term_not_terminal",
    "shutdown-loops",
    "s_term is not terminal",
    "The exact swap theorem needs a terminal s_term.",
)
def _(c: Certificate) -> None:
    after(c, "reach", {"claim": KIND, "state": "m", "bound": {"new": "1", "m": "1", "x": "0", "term": "1"}})


@attack("invalid", KIND, "twice", "retry", "has a sharp threshold already", "It is claimed twice.")
def _(c: Certificate) -> None:
    after(c, KIND, claim(c, KIND, state="new"))


@attack("invalid", KIND, "of_s_term", "retry", "s_term", "s_term cannot be exchanged with itself.")
def _(c: Certificate) -> None:
    claim(c, KIND, state="new")["state"] = "term"
