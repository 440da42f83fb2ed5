"""Attacks on `no-threshold`. The honest bound of retry's s_new is tight: 2 at new, 0 at x."""

from __future__ import annotations

from tests.corpus.build import after, attack, claim, drop, first
from tests.corpus.cases import Certificate
from tests.corpus.honest import rewards

KIND = "no-threshold"


def _bound(status: str, name: str, where: str, expects: str, why: str, bound: str, unit: str = "1") -> None:
    base, x = where.split()

    @attack(status, KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        drop(c, "threshold", kind="sharp", state=x) if where in ("retry x", "twice x", "both-terminal x") else None
        others = [entry for entry in c["claims"] if entry["claim"] == KIND and entry["state"] == x]
        c["claims"] = [entry for entry in c["claims"] if entry not in others]
        first(c, {"claim": KIND, "state": x, "unit": unit, "bound": rewards(bound)})


def _valid(name: str, where: str, why: str, bound: str, unit: str = "1") -> None:
    _bound("valid", name, where, "no-threshold: ", why, bound, unit)


def _invalid(name: str, where: str, expects: str, why: str, bound: str, unit: str = "1") -> None:
    _bound("invalid", name, where, expects, why, bound, unit)


_valid("honest", "retry new", "2 at new, which is what it collects.", "new=2")
_valid("another_unit", "retry new", "The same in units of 1/7.", "new=14", "7")
_valid("zeros_named", "retry new", "0 may be written.", "new=2 x=0")
_valid("without_alternatives", "no-alternative new", "A1 is empty: nothing is collected, and nothing is asked.", "")
_valid("anything_without_alternatives", "no-alternative new", "The bound is not looked at.", "new=5")
_valid("rewards_at_the_end", "chance x", "x counts once, and is terminal.", "new=1 x=2", "2")
_bound("holey", "more_than_1_later", "late x", "theorem-2 under", "Whoever is at m collects 2, but s_new gets there with probability 1/4.",
       "new=1 m=4 x=4", "2")  # fmt: skip
_invalid("violated_by_a_hair", "retry new", "the bound fails at new", "Superharmonic but for 1/10^30.",
         f"new={2 * 10**30 - 1}", str(10**30))  # fmt: skip
_invalid("no_bound", "retry new", "below the reward at new", "Unnamed states have 0.", "")
_invalid("reward_missing", "chance x", "below the reward at x", "x is terminal and counts once.", "new=1", "2")
_invalid("reward_missing_by_a_unit", "chance x", "below the reward at x", "W_x = 1/2.", "new=1 x=1", "2")
_invalid("above_1_after_a_step", "retry new", "more than 1 may be collected", "It allows 2 visits.", "new=3 x=1")
_invalid("twice_after_a_step", "twice x", "more than 1 may be collected", "v > 1 from sqrt(3) - 1 on, though never 2.",
         "new=2 m=2 x=2")  # fmt: skip
_invalid("not_closed", "twice x", "the bound fails at m", "Superharmonic at x, but m leads to x with certainty.",
         "new=1 m=1 x=2")  # fmt: skip
_invalid("negative_elsewhere", "retry new", "out of place", "A negative value at x lowers all others.", "new=1 x=-1")
_invalid("below_zero_by_its_unit", "retry new", "out of place", "Both signs changed.", "new=-2")
_invalid("outside_the_region", "retry new", "out of place", "s_term is not reached without shutdown.", "new=2 term=7")
_invalid("threshold_exists", "retry x", "the bound fails at x", "x has a threshold, as it loops.", "new=1 x=1")
_invalid("exactly_1_for_every_gamma", "both-terminal x", "for every gamma", "v_x + v_term = 1 satisfies the bound.",
         "new=1 x=1 term=1")  # fmt: skip
_invalid("s_term_not_terminal", "shutdown-loops m", "s_term is not terminal", "The theorem needs a terminal s_term.",
         "new=1 m=1 term=1")  # fmt: skip
_bound("malformed", "unit_zero", "retry new", "a positive integer", "m > 0 fails.", "new=2", "0")
_bound("malformed", "unit_negative", "retry new", "a positive integer", "m > 0 fails.", "new=-2", "-1")
_bound("malformed", "a_fraction", "retry new", "is not an integer", "Entries are integers.", "new=3/2")
_bound("malformed", "of_no_state", "retry new", "is not one of", "An unknown state is bounded.", "new=2 y=0")


@attack("invalid", KIND, "twice", "retry", "has a sharp threshold already", "It is claimed twice.")
def _(c: Certificate) -> None:
    after(c, KIND, claim(c, KIND, state="new"))


@attack("invalid", KIND, "after_the_threshold", "retry", "has a sharp threshold already", "x has one.")
def _(c: Certificate) -> None:
    c["claims"].append(claim(c, KIND, state="new") | {"state": "x"})


@attack("invalid", KIND, "of_s_term", "retry", "s_term", "s_term is not exchanged with itself.")
def _(c: Certificate) -> None:
    claim(c, KIND, state="new")["state"] = "term"


@attack("malformed", KIND, "of_the_paper", "retry", "exactly the keys", "Only gamma° needs a claim for that.")
def _(c: Certificate) -> None:
    claim(c, KIND, state="new")["kind"] = "paper"


@attack("holey", KIND, "deleted", "retry", "gamma°_new is not settled", "It is missing.")
def _(c: Certificate) -> None:
    drop(c, KIND, state="new")
