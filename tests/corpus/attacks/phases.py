"""Attacks on `optimal-on-interval` and `blackwell`, on the instance `later`; worked by hand.

After `now` comes r(a), after `wait` r(b) + gamma r(c) + gamma^2 r(d), after `off` r(term); the rewards are the claims' own.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.corpus.build import attack, first
from tests.corpus.cases import Certificate, Json
from tests.corpus.honest import rewards

ON, LAST = "optimal-on-interval", "blackwell"
Change = Callable[[Json], object]


def root(polynomial: str, low: str, high: str) -> Json:
    """An end, from `-1 2` and its interval."""
    return {"polynomial": polynomial.split(), "interval": [low, high]}


def phase(kind: str, theta: str, action: str, low: object, high: object, **more: object) -> Json:
    """A claim; now, soon or wait in the start."""
    about = {
        "claim": kind,
        "rewards": rewards(theta),
        "policy": rewards(f"new={action} b=on c=on"),
        "denominator": ["1"],
    }
    return about | {"low": low, "high": high} | more


HALF, IRRATIONAL = root("-1 2", "1/4", "3/4"), root("-1 0 2", "1/2", "3/4")
PATIENT = phase(LAST, "a=1 c=2", "wait", HALF, "1", before=["new", "now"])
HASTY = phase(ON, "a=1 c=2", "now", "0", HALF, after=["new", "wait"])
TOUCH = phase(LAST, "a=1 c=4 d=-4", "now", "0", "1", squares=[["-1", "2"]])
SOONER = phase(ON, "a=1 c=4 d=-4", "now", "0", HALF)
IDLE = phase(LAST, "", "now", "0", "1")


def _case(status: str, name: str, claim: Json, expects: str, why: str, change: Change = lambda c: None) -> None:
    @attack(status, claim["claim"], name, "later", expects, why)
    def _(c: Certificate) -> None:
        given = {**claim, "policy": dict(claim["policy"])}
        change(given)
        first(c, given)


def _valid(name: str, claim: Json, why: str, change: Change = lambda c: None) -> None:
    _case("valid", name, claim, f"{claim['claim']}: 1 proved", why, change)


def _invalid(name: str, claim: Json, expects: str, why: str, change: Change) -> None:
    _case("invalid", name, claim, expects, why, change)


def _malformed(name: str, expects: str, why: str, change: Change) -> None:
    _case("malformed", name, HASTY, expects, why, change)


SHORT = phase(ON, "a=1 c=2", "now", "0", HALF)
HALVED = phase(LAST, "a=3 c=10 d=-10", "now", "0", "1")
NO_BETTER, NO_GAIN = "is not shown to be no better", "does not gain beyond the root"
LOST, MOVED = "not isolate a root", root("-2 3", "1/2", "3/4")

_valid("below_a_half", HASTY, "`wait` gains 2 gamma - 1.")
_valid("above_a_half", PATIENT, "The Blackwell discount factor is 1/2.")
_valid(
    "above_an_irrational_end",
    phase(LAST, "a=1 d=2", "wait", IRRATIONAL, "1", before=["new", "soon"]),
    "It is the root of 1/2.",
)
_valid("a_touch_is_no_breakpoint", TOUCH, "`wait` gains -(2 gamma - 1)^2, so that `now` is optimal throughout.")
_valid("up_to_a_touch", SOONER, "Nothing is said of what comes next.")
_valid("all_actions_are_equal", IDLE, "Without rewards every gain is 0, and the factor is 0.")
_valid("a_factor_that_no_gain_has", SOONER, "The end's polynomial is (2 gamma - 1)(gamma + 5), its square the gain's.",
       lambda c: c.update(high=root("-5 9 2", "1/4", "3/4"), squares=[["-1", "2"]]))  # fmt: skip
_valid("an_interval_of_all_discounts", HASTY, "The end's polynomial has one root there.",
       lambda c: c.update(high=root("-1 2", "0", "1")))  # fmt: skip
_valid("a_denominator_that_vanishes_where_the_interval_ends", SHORT, "3 - 4 gamma is positive below 3/4.",
       lambda c: c.update(denominator=["3", "-4"]))  # fmt: skip
_valid("a_gain_that_has_to_be_halved", HALVED, "10 gamma^2 - 10 gamma + 3 is positive, with two sign changes.")
_valid("between_ends_that_meet", SHORT, "From 1/3 to 1/2, in [1/4, 2/5] and [2/5, 3/5].",
       lambda c: c.update(low=root("-1 3", "1/4", "2/5"), high=root("-1 2", "2/5", "3/5")))  # fmt: skip
_valid("a_denominator_that_is_longer", HASTY, "2 - gamma is positive.", lambda c: c.update(denominator=["2", "-1"]))

_invalid(
    "another_root_at_the_end_of_the_interval",
    HASTY,
    LOST,
    "(4 gamma - 1)(2 gamma - 1) vanishes at 1/4 too.",
    lambda c: c.update(high=root("1 -6 8", "1/4", "3/4")),
)
_invalid(
    "a_gain_between_two_roots",
    phase(ON, "a=3 c=14 d=-14", "now", "0", "1"),
    NO_BETTER,
    "14 gamma^2 - 14 gamma + 3 < 0 at 1/2.",
    lambda c: None,
)
_invalid(
    "a_breakpoint_moved_up", HASTY, NO_BETTER, "From 1/2 to 2/3 waiting is better.", lambda c: c.update(high=MOVED)
)
_invalid("a_breakpoint_moved_down", HASTY, NO_GAIN, "At 1/3 `wait` gains nothing yet.",
         lambda c: c.update(high=root("-1 3", "1/4", "2/5")))  # fmt: skip
_invalid(
    "a_piece_is_left_out",
    HASTY,
    NO_BETTER,
    "The next one is swallowed.",
    lambda c: (c.update(high="1"), c.pop("after")),
)
_invalid("a_simple_root_taken_for_a_double_one", HASTY, NO_BETTER, "The square of 2 gamma - 1 does not divide the gain.",
         lambda c: (c.update(high="1", squares=[["-1", "2"]]), c.pop("after")))  # fmt: skip
_invalid("a_double_root_taken_for_a_simple_one", SOONER, NO_GAIN, "`wait` touches, and stays worse beyond 1/2.",
         lambda c: c.update(after=["new", "wait"]))  # fmt: skip
_invalid("a_double_root_as_an_end", SOONER, LOST, "(2 gamma - 1)^2 does not change its sign.",
         lambda c: c.update(high=root("1 -4 4", "1/4", "3/4")))  # fmt: skip
_invalid("two_roots_in_the_interval", HASTY, LOST, "(4 gamma - 1)(4 gamma - 3) between 1/5 and 4/5.",
         lambda c: c.update(high=root("3 -16 16", "1/5", "4/5")))  # fmt: skip
_invalid("three_roots_in_the_interval", HASTY, LOST, "(2 gamma - 1)(4 gamma - 1)(4 gamma - 3) changes its sign.",
         lambda c: c.update(high=root("-3 22 -48 32", "1/5", "4/5")))  # fmt: skip
_invalid(
    "no_root_in_the_interval", HASTY, LOST, "1/4 lies outside.", lambda c: c.update(high=root("-1 4", "1/3", "3/4"))
)
_invalid("a_root_at_the_end_of_the_interval", HASTY, LOST, "It lies at 1/2.",
         lambda c: c.update(high=root("-1 2", "1/4", "1/2")))  # fmt: skip
_invalid("a_touch_that_is_not_named", TOUCH, NO_BETTER, "Where it is 0 it is not negative.", lambda c: c.pop("squares"))
_invalid("a_square_of_a_number", TOUCH, "a number is no square", "1 divides as often as one likes.",
         lambda c: c.update(squares=[["1"]]))  # fmt: skip
_invalid("what_gains_nothing_stops_it", HASTY, NO_GAIN, "`soon` is `now` under another name.",
         lambda c: c.update(after=["new", "soon"]))  # fmt: skip
_invalid("its_own_action_stops_it", HASTY, "the policy takes this action", "An action does not beat itself.",
         lambda c: c.update(after=["new", "now"]))  # fmt: skip
_invalid("stopped_where_it_begins", HASTY, "no root here", "There is nothing below 0.",
         lambda c: c.update(before=["new", "wait"]))  # fmt: skip
_invalid("another_policy", HASTY, NO_BETTER, "`wait` is worse at first.", lambda c: c["policy"].update(new="wait"))
_invalid("the_shutdown_action", HASTY, NO_BETTER, "It is worth 0.", lambda c: c["policy"].update(new="off"))
_invalid("a_state_without_an_action", HASTY, "no action in c", "Gains count in every state that can be reached.",
         lambda c: c["policy"].pop("c"))  # fmt: skip
_invalid("other_rewards", HASTY, NO_BETTER, "Waiting is worth more.", lambda c: c.update(rewards=rewards("a=1 c=3")))
_invalid("a_zero_of_the_denominator", phase(ON, "a=1", "now", "0", "1"), "the denominator may vanish",
         "Times (2 gamma - 1)^2 every gain is 0 at 1/2, and no better elsewhere.",
         lambda c: c.update(denominator=["1", "-4", "4"], squares=[["-1", "2"]]))  # fmt: skip
_invalid("a_denominator_that_turns_the_signs", phase(ON, "a=1", "wait", HALF, "1"), "the denominator may vanish",
         "Above 1/2, 1 - 2 gamma is negative, and so are the gains times it, which are positive.",
         lambda c: c.update(denominator=["1", "-2"]))  # fmt: skip
_invalid("a_negative_denominator", phase(ON, "a=1", "wait", "0", "1"), "the denominator may vanish",
         "It turns every gain into a loss.", lambda c: c.update(denominator=["-1"]))  # fmt: skip
_invalid("a_denominator_of_0", HASTY, "denominator is 0", "It makes every gain 0.", lambda c: c.update(denominator=[]))
_invalid("a_denominator_too_long", HASTY, "too high a degree", "There are three states with actions.",
         lambda c: c.update(denominator=["1", "0", "0", "0", "1"]))  # fmt: skip

_invalid("a_factor_too_small", PATIENT, NO_BETTER, "Below 1/2 `now` is better.",
         lambda c: c.update(low=root("-1 3", "1/4", "2/5")))  # fmt: skip
_invalid("a_factor_of_0", PATIENT, NO_BETTER, "It is 1/2.", lambda c: (c.update(low="0"), c.pop("before")))
_invalid(
    "a_factor_too_large",
    PATIENT,
    NO_GAIN,
    "Between 1/2 and 2/3 the same policy is optimal.",
    lambda c: c.update(low=MOVED),
)
_invalid("not_shown_to_be_the_least", PATIENT, "not shown that the policy stops", "Below it another one may be as good.",
         lambda c: c.pop("before"))  # fmt: skip
_invalid("a_touch_taken_for_the_factor", phase(LAST, "a=1 c=4 d=-4", "now", HALF, "1"), NO_GAIN, "It is 0.",
         lambda c: c.update(before=["new", "wait"]))  # fmt: skip
_invalid("a_factor_below_another_end", HASTY, "does not end at 1", "Nothing is said of what is beyond 1/2.",
         lambda c: c.update(claim=LAST))  # fmt: skip

_malformed("an_end_of_0", "in an interval of some length", "Every number is a root of 0.",
           lambda c: c.update(high=root("", "1/4", "3/4")))  # fmt: skip
_malformed("an_interval_of_one_point", "in an interval of some length", "A rational is written like any root.",
           lambda c: c.update(high=root("-1 2", "1/2", "1/2")))  # fmt: skip
_malformed("an_interval_beyond_1", "a root lies within", "Discounts end there.",
           lambda c: c.update(high=root("-1 2", "1/4", "5/4")))  # fmt: skip
_malformed(
    "a_rational_end", "is not one of 0, 1", "A root with its polynomial is asked for.", lambda c: c.update(high="1/2")
)
_malformed("ends_turned_round", "not in their order", "It ends where it begins.", lambda c: c.update(low="1"))
_malformed("ends_that_may_be_one", "not in their order", "The same root twice.", lambda c: c.update(low=HALF))
_malformed("nothing_but_0", "not in their order", "There is no gamma in between.", lambda c: c.update(high="0"))
_malformed("a_place_of_one_name", "2 entries", "A state and an action.", lambda c: c.update(after=["new"]))
_malformed("no_such_action", "is not one of", "b has `on` alone.", lambda c: c.update(after=["b", "now"]))
