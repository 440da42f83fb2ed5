"""Attacks on `threshold`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.corpus.attacks.closed_form import times
from tests.corpus.build import after, attack, claim, drop, first
from tests.corpus.cases import Certificate
from tests.corpus.honest import rewards

KIND = "threshold"
Claim = dict[str, Any]
Change = Callable[[Claim], object]


def of(c: Certificate, kind: str, x: str) -> Claim:
    """The honest claim."""
    return claim(c, KIND, kind=kind, state=x)


def bound(given: Claim, key: str, k: int, by: int) -> Claim:
    """Move one entry of the bounds."""
    given["bounds"][key][k] = str(int(given["bounds"][key][k]) + by)
    return given


def multiplied(given: Claim, factor: list[int]) -> Claim:
    """N and D times a common factor."""
    given.update(numerator=times(given["numerator"], factor), denominator=times(given["denominator"], factor))
    return given


def changed(status: str, name: str, where: str, expects: str, why: str, change: Change) -> None:
    """A change of the claim `where`: instance, kind, state."""
    base, kind, x = where.split()

    @attack(status, KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        change(of(c, kind, x))


def valid(name: str, where: str, why: str, change: Change) -> None:
    """Still true."""
    changed("valid", name, where, "threshold: ", why, change)


def invalid(name: str, where: str, expects: str, why: str, change: Change) -> None:
    """Refused."""
    changed("invalid", name, where, expects, why, change)


def malformed(name: str, where: str, expects: str, why: str, change: Change) -> None:
    """Not of the form."""
    changed("malformed", name, where, expects, why, change)


RETRY, STAIRS, TIE, ASIDE = "retry paper x", "stairs paper x", "tie sharp x", "tie-aside sharp x"
LEAST = ["3", "-5", "2"]  # (1 - g) (3 - 2g)
TRUE = ["1", "-3", "1"]  # retry's polynomial

# N / D
invalid(
    "wrong_numerator", RETRY, "the visit count is another", "v is half of that.", lambda t: t.update(numerator=["2"])
)
invalid("wrong_denominator", RETRY, "not the denominator", "One coefficient is changed.",
        lambda t: t["denominator"].__setitem__(2, "2"))  # fmt: skip
invalid("too_few_terms_agree", RETRY, "not the denominator",
        "N / D agrees with v in 4 terms: one fewer than decide. Its root is near the true one.",
        lambda t: t.update(numerator=["7", "3", "1"], denominator=["14", "-15"], polynomial=None))  # fmt: skip
invalid("count_from_t_0", RETRY, "the visit count is another", "Visits are counted from t = 1 on.",
        lambda t: t.update(numerator=["0", *t["numerator"]]))  # fmt: skip
invalid("counts_other_visits", "half-off sharp x", "the visit count is another", "v_x alone, not v_x + v_term.",
        lambda t: t.update(numerator=["1"], denominator=["2", "-2"]))  # fmt: skip
invalid(
    "negative_denominator", RETRY, "not positive at gamma = 0", "N and D change sign.", lambda t: multiplied(t, [-1])
)
invalid("zero_denominator", RETRY, "the denominator is 0 at gamma = 0", "With D = 0 and N = 0 every identity holds.",
        lambda t: t.update(numerator=[], denominator=[]))  # fmt: skip
invalid("denominator_0_at_0", STAIRS, "the denominator is 0 at gamma = 0", "N and D share the factor g.",
        lambda t: multiplied(t, [0, 1]))  # fmt: skip
valid("common_factor_without_a_zero", STAIRS, "1 + g has no zero in (0,1).", lambda t: multiplied(t, [1, 1]))
invalid("common_factor_hides_root", STAIRS, "not positive at the ends", "N - D vanishes at 1/3 with D.",
        lambda t: (multiplied(t, [1, -3]), t.update(polynomial=["-1", "3"], interval=["1/3", "1/3"])))  # fmt: skip
invalid("common_factor_between_the_ends", STAIRS, "not positive at the ends", "The same, from an interval.",
        lambda t: (multiplied(t, [1, -3]), t.update(polynomial=["-1", "3"], interval=["1/4", "2/5"])))  # fmt: skip
invalid("common_factor_touches_zero", STAIRS, "does not cross 1", "(1 - 3 g)^2 vanishes without a change of sign.",
        lambda t: (multiplied(t, [1, -6, 9]), t.update(polynomial=["-1", "3"], interval=["1/4", "2/5"])))  # fmt: skip
invalid("common_factor_beside_the_root", STAIRS, "several zeros", "Its zeros and the root lie in the interval.",
        lambda t: (multiplied(t, [1, -6, 9]), t.update(polynomial=["-1", "2"], interval=["1/4", "2/3"])))  # fmt: skip
invalid("common_factor_at_1", STAIRS, "no simple pole", "N and D share the factor 1 - g: the pole is not shown.",
        lambda t: multiplied(t, [1, -1]))  # fmt: skip
invalid("common_factor_negative_at_the_lower_end", STAIRS, "not positive at the ends",
        "(1 - 4 g)(3 - 4 g) is negative at 3/5 and positive at 4/5: 3/4 looks like a crossing of v, which is at 1/2.",
        lambda t: (multiplied(t, [3, -16, 16]), t.update(polynomial=["3", "-4"], interval=["3/5", "4/5"])))  # fmt: skip
invalid("common_factor_0_at_the_upper_end", STAIRS, "not positive at the ends", "N and D share 4 - 5 g, and b = 4/5.",
        lambda t: (multiplied(t, [4, -5]), t.update(polynomial=["-1", "2"], interval=["1/4", "4/5"])))  # fmt: skip
invalid("common_factor_0_at_the_lower_end", STAIRS, "not positive at the ends", "N and D share 1 - 4 g, and a = 1/4.",
        lambda t: (multiplied(t, [1, -4]), t.update(polynomial=["-1", "2"], interval=["1/4", "3/4"])))  # fmt: skip
valid("common_factor_beyond_the_interval", STAIRS, "N and D change sign at 4/5: the same quotient, with the same pole.",
      lambda t: multiplied(t, [4, -5]))  # fmt: skip
invalid("degree_too_high", RETRY, "too high a degree", "D has a higher degree than there are states.",
          lambda t: multiplied(t, [1, 1]))  # fmt: skip
invalid("polynomial_degree_too_high", RETRY, "does not divide", "p has a higher degree than N - D can have.",
          lambda t: t.update(polynomial=times(TRUE, [1, 1])))  # fmt: skip

# both kinds
invalid("both_in_different_regions", "corridor-3 paper r1", "not thresholds of the same count",
        "gamma* counts where r1 is certain, gamma° wherever the corridor leads, though both are 0.",
        lambda t: t.update(kind="both"))  # fmt: skip
invalid("both_of_different_visits", "tie paper x", "not thresholds of the same count", "gamma° counts s_term too.",
        lambda t: t.update(kind="both"))  # fmt: skip
invalid("both_after_one_of_them", "retry sharp x", "has a paper threshold already", "gamma*_x is proved before.",
        lambda t: t.update(kind="both"))  # fmt: skip


@attack("valid", KIND, "both_of_one_count", "retry", "threshold: ", "s_term is out of reach for either.")
def _(c: Certificate) -> None:
    drop(c, KIND, kind="sharp", state="x")
    of(c, "paper", "x")["kind"] = "both"


# the root
invalid("from_the_wrong_side", RETRY, "does not cross 1", "The interval lies below the root.",
        lambda t: t.update(interval=["1/4", "3/8"]))  # fmt: skip
invalid(
    "from_above", RETRY, "does not cross 1", "The interval lies above it.", lambda t: t.update(interval=["2/5", "1/2"])
)
invalid("root_at_the_upper_end", STAIRS, "does not cross 1", "b is the root: v(b) = 1 is not above 1.",
        lambda t: t.update(interval=["1/4", "1/2"]))  # fmt: skip
invalid("root_at_the_lower_end", STAIRS, "does not cross 1", "a is the root: v(a) = 1 is not below 1.",
        lambda t: t.update(interval=["1/2", "3/4"]))  # fmt: skip
invalid("root_of_another_polynomial", RETRY, "does not divide", "3 g - 1 changes its sign there.",
        lambda t: t.update(polynomial=["-1", "3"], interval=["1/4", "1/2"]))  # fmt: skip
invalid("polynomial_of_two_roots", "corridor-3 paper r3", "does not change its sign", "4/5 lies in the interval too.",
        lambda t: t.update(polynomial=times(["-1", "1", "1"], [-4, 5]), interval=["1/2", "9/10"]))  # fmt: skip
invalid("polynomial_without_change_of_sign", STAIRS, "does not change its sign", "(2 g - 1)^2 touches 0 at the root.",
        lambda t: t.update(polynomial=["1", "-4", "4"], interval=["1/4", "3/4"]))  # fmt: skip
invalid("constant_polynomial", RETRY, "does not change its sign", "p = 1 divides N - D, and has no root.",
        lambda t: t.update(polynomial=["1"]))  # fmt: skip
invalid("not_whole_multiple", RETRY, "does not divide", "2 (N - D) divides N - D, but not with whole coefficients.",
        lambda t: t.update(polynomial=["2", "-6", "2"]))  # fmt: skip
invalid(
    "polynomial_zero", RETRY, "the polynomial is 0", "p = 0 vanishes everywhere.", lambda t: t.update(polynomial=[])
)
invalid("rational_for_an_irrational", RETRY, "v is not 1", "Agrees with (3 - sqrt 5)/2 to 30 digits.",
        lambda t: t.update(interval=[str(Fraction(381966011250105151795413165634, 10**30))] * 2))  # fmt: skip
invalid("polynomial_not_0_at_a_rational_root", STAIRS, "the polynomial not 0", "v(1/2) = 1, but p(1/2) = 1/2.",
        lambda t: t.update(polynomial=["-1", "3"], interval=["1/2", "1/2"]))  # fmt: skip
invalid("root_elsewhere_on_the_polynomial", STAIRS, "v is not 1", "p(1/3) = 0, but v(1/3) = 1/2.",
        lambda t: t.update(polynomial=["-1", "3"], interval=["1/3", "1/3"]))  # fmt: skip
invalid("interval_from_0", RETRY, "not inside (0, 1)", "0 < a fails.", lambda t: t.update(interval=["0", "1/2"]))
invalid("interval_to_1", RETRY, "not inside (0, 1)", "b < 1 fails.", lambda t: t.update(interval=["1/4", "1"]))
invalid("interval_backwards", RETRY, "not inside (0, 1)", "a <= b fails.", lambda t: t.update(interval=["1/2", "1/4"]))
malformed("interval_of_one_end", RETRY, "a list of 2 entries", "One end.", lambda t: t.update(interval=["1/2"]))
valid("polynomial_spelled", RETRY, "N - D itself, up to its sign.", lambda t: t.update(polynomial=TRUE))
valid("null_polynomial", "corridor-3 paper r2", "null stands for N - D.", lambda t: t.update(polynomial=None))
valid("rational_root_by_an_interval", "star-3 paper x1", "Zero, as it was.", lambda t: None)

# zero
invalid("zero_too_early", RETRY, "below 1 near gamma = 0", "v_x < 1 for small gamma.",
        lambda t: (t.update(polynomial=["0", "1"], interval=["0", "0"]), t.pop("bounds")))  # fmt: skip
invalid("zero_of_another_polynomial", "star-3 paper x1", "not inside (0, 1)", "Zero is spelled [0, 1].",
        lambda t: t.update(polynomial=["0", "2"]))  # fmt: skip
valid("zero_by_null", "star-3 paper x1", "N - D happens to be g.", lambda t: t.update(polynomial=None))
invalid(
    "zero_by_another_null", "ring paper m", "not inside (0, 1)", "N - D is g^2.", lambda t: t.update(polynomial=None)
)
malformed("zero_with_junk_bounds", "star-3 paper x1", "", "No bounds are needed, but these are none.",
          lambda t: t.update(bounds={"junk": True}))  # fmt: skip
malformed("zero_with_junk_ties", "star-3 paper x1", "", "No ties are needed, but these are none.",
          lambda t: t.update(ties="no"))  # fmt: skip

# the policy
invalid("policy_shuts_down", "retry sharp x", "no action in new", "a_sd is worth 1 for every gamma, but not allowed.",
        lambda t: t.update(policy={"new": "off", "x": "stay"}, numerator=["1"], denominator=["1"],
                           polynomial=["0", "1"], interval=["0", "0"]))  # fmt: skip
invalid("policy_leaves_R_x", "gamble paper x", "no action in new", "The gamble misses x with probability 1/10.",
        lambda t: t.update(policy={"new": "gamble", "m": "go", "x": "stay"}, numerator=["9"], denominator=["10", "-10"],
                           polynomial=["-1", "10"], interval=["1/10", "1/10"]))  # fmt: skip
invalid("policy_ends", RETRY, "no action in x, where it can get", "It goes to x, which it omits.",
        lambda t: t["policy"].pop("x"))  # fmt: skip
invalid("policy_of_a_part_of_the_region", "two-ways paper x", "no action in m1", "m1 is in the region, though not visited.",
        lambda t: t["policy"].pop("m1"))  # fmt: skip
invalid("policy_never_stays", "detour paper x", "does not reach x from everywhere", "x is visited once.",
        lambda t: t.update(policy=rewards("new=go x=go y=stay"), numerator=["1"], denominator=["1"]))  # fmt: skip
malformed("unknown_action", RETRY, "is not one of stay", "No action of x.", lambda t: t["policy"].update(x="leap"))
malformed("unknown_action_elsewhere", "star-3 paper x1", "is not one of", "No action of x2, which is not visited.",
          lambda t: t["policy"].update(x2="leap"))  # fmt: skip
malformed("action_of_a_terminal_state", RETRY, "is not one of", "s_term has none.",
          lambda t: t["policy"].update(term="leap"))  # fmt: skip

# nobody is better at the root
SLOW = {"policy": rewards("new=slow m=go m1=go m2=go x=stay"), "numerator": ["0", "0", "1"], "denominator": ["1", "-1"],
        "polynomial": ["-1", "1", "1"], "interval": ["8/13", "13/21"]}  # fmt: skip


def slow(t: Claim, kind: str) -> Claim:
    """The longer way of two-ways, with bounds that hold: V is at most 3 there, and exactly known but for 1/1000."""
    unit, states = 10**6, ("new", "m", "m1", "m2", "x")
    low, high = (Fraction(e) for e in SLOW["interval"])
    power = {"new": 3, "m": 1, "m1": 1, "m2": 2, "x": 0}
    below = [int(low ** power[s] / (1 - low) * unit) - 10 for s in states]
    above = [int(high ** power[s] / (1 - high) * unit) + 10 for s in states]
    bounds = {
        "unit": str(unit),
        "lower": list(map(str, below)),
        "gap": [str(u - v) for u, v in zip(above, below, strict=True)],
    }
    t.update(SLOW, bounds=bounds)
    return t


for _kind in ("paper", "sharp"):
    invalid(f"{_kind}_policy_not_optimal", f"two-ways {_kind} x", "not shown to be as bad", "The other way is shorter.",
            lambda t, kind=_kind: slow(t, kind))  # type: ignore[misc]  # fmt: skip
    invalid(f"{_kind}_policy_said_to_tie", f"two-ways {_kind} x", "not shown to be as bad or as good",
            "The denominator is right, but at the root it is worse.",
            lambda t, kind=_kind: (slow(t, kind), t.update(ties=["1", "-1"])))  # type: ignore[misc]  # fmt: skip
invalid("lower_bound_above_the_value", RETRY, "the lower bound fails at x", "L_x is one too high.",
        lambda t: (bound(t, "lower", 1, 10**6), bound(t, "gap", 1, -(10**6))))  # fmt: skip
invalid("lower_bound_above_elsewhere", RETRY, "the lower bound fails at new", "L_new is too high.",
        lambda t: bound(t, "lower", 0, 10**6))  # fmt: skip
invalid("lower_bound_above_by_less_than_a_unit", RETRY, "the lower bound fails at new", "100 of 4096 too high.",
        lambda t: (bound(t, "lower", 0, 100), bound(t, "gap", 0, -100)))  # fmt: skip
invalid("upper_bound_below_the_value", RETRY, "the upper bound fails at", "U = L: no bound from above.",
        lambda t: t["bounds"].update(gap=["0", "0"]))  # fmt: skip
invalid("upper_bound_below_the_lower", RETRY, "the upper bound fails at", "The gap is negative.",
        lambda t: bound(t, "gap", 1, -(10**6)))  # fmt: skip
invalid("upper_bound_too_low_elsewhere", RETRY, "the upper bound fails at new", "U_new is too low.",
        lambda t: bound(t, "gap", 0, -(10**4)))  # fmt: skip
invalid("bounds_too_wide", "two-ways paper x", "not shown to be as bad", "True bounds that separate nothing.",
        lambda t: t["bounds"].update(unit="1", lower=["0"] * 5, gap=["9"] * 5))  # fmt: skip
invalid("bounds_in_another_order", "corridor-3 paper r3", "bound fails", "The states are in the instance's order.",
        lambda t: t["bounds"]["lower"].reverse())  # fmt: skip
invalid("bounds_in_a_larger_unit", RETRY, "the upper bound fails", "Half of every value.",
        lambda t: t["bounds"].update(unit=str(2 * int(t["bounds"]["unit"]))))  # fmt: skip
invalid("bounds_in_a_smaller_unit", STAIRS, "the lower bound fails", "Twice every value, exact ones.",
        lambda t: t["bounds"].update(lower=[str(2 * int(v)) for v in t["bounds"]["lower"]]))  # fmt: skip
invalid("bounds_for_a_wider_interval", RETRY, "the lower bound fails", "L holds at the old a, not at this one.",
        lambda t: t.update(interval=["3/8", t["interval"][1]]))  # fmt: skip
invalid("bounds_for_a_longer_interval", RETRY, "the upper bound fails", "U holds at the old b, not at this one.",
        lambda t: t.update(interval=[t["interval"][0], "2/5"]))  # fmt: skip
EXACT = {"interval": ["1/2", "1/2"], "polynomial": ["-1", "2"]}  # two-ways' values at its threshold: new m m1 m2 x


def exact(t: Claim, *gap: int) -> None:
    """Exact lower bounds, and upper ones that are so much higher."""
    t.update(EXACT, bounds={"unit": "2", "lower": ["1", "2", "2", "1", "4"], "gap": [str(g) for g in gap]})


valid("exact_bounds", "two-ways paper x", "The shorter way is worth 1/2 at new, the longer 1/4.",
      lambda t: exact(t, 0, 0, 0, 0, 0))  # fmt: skip
valid("bounds_that_just_separate", "two-ways paper x", "m2 is worth 1 at most, so that the longer way is worth 1/2 at most.",
      lambda t: exact(t, 0, 0, 0, 1, 0))  # fmt: skip
invalid("bounds_too_wide_by_a_unit", "two-ways paper x", "not shown to be as bad", "m2 may be worth 3/2.",
        lambda t: exact(t, 0, 0, 0, 2, 0))  # fmt: skip
invalid("upper_bound_too_low_by_a_unit", "two-ways paper x", "the upper bound fails at new", "m may be worth 3/2.",
        lambda t: exact(t, 0, 1, 0, 0, 0))  # fmt: skip
malformed("bounds_missing", RETRY, "expected an object", "A positive threshold needs them.", lambda t: t.pop("bounds"))
malformed("bounds_of_too_few_states", RETRY, "a list of 2 entries", "One state.", lambda t: t["bounds"]["lower"].pop())
malformed("bounds_of_too_many_states", RETRY, "a list of 2 entries", "s_term is terminal.",
          lambda t: t["bounds"]["gap"].append("0"))  # fmt: skip
malformed("unit_zero", RETRY, "a positive integer", "m > 0 fails.", lambda t: t["bounds"].update(unit="0"))
malformed("unit_negative", RETRY, "a positive integer", "m > 0 fails.", lambda t: t["bounds"].update(unit="-4096"))
malformed("unit_a_fraction", RETRY, "is not an integer", "m is an integer.", lambda t: t["bounds"].update(unit="1/2"))

# ties at an irrational root: of the policy's values there, 3 - 2g is a denominator
valid("ties_by_the_own_denominator", TIE, "Two ways are worth the same at (3 - sqrt 5)/2 alone; D serves.",
      lambda t: t.pop("ties"))  # fmt: skip
valid("ties_at_the_root_only", ASIDE, "The same, where D does not serve.", lambda t: None)
valid("ties_of_a_smaller_denominator", ASIDE, "Both values in lowest terms.", lambda t: t.update(ties=LEAST))
valid("ties_of_a_larger_denominator", ASIDE, "D' times 1 + g.", lambda t: t.update(ties=times(LEAST, [1, 1])))
invalid("ties_missing", ASIDE, "not the denominator", "D has no zero where they have.", lambda t: t.pop("ties"))
invalid("ties_of_another_denominator", ASIDE, "not the denominator", "3 - g.",
        lambda t: t.update(ties=times(["1", "-1"], [3, -1])))  # fmt: skip
invalid("ties_denominator_negative", ASIDE, "the denominator of the ties may vanish", "D' changes its sign.",
        lambda t: t.update(ties=times(t["ties"], [-1])))  # fmt: skip
invalid("ties_denominator_zero", ASIDE, "the denominator of the ties may vanish", "0 is divided by everything.",
        lambda t: t.update(ties=[]))  # fmt: skip
invalid("ties_denominator_vanishes", ASIDE, "the denominator of the ties may vanish", "It has the factor p: every tie holds.",
        lambda t: t.update(ties=times(LEAST, [1, -3, 1])))  # fmt: skip


def at_an_end(t: Claim, k: int) -> list[str]:
    """LEAST times a factor that vanishes at an end of the interval, and is positive within."""
    above, below = (int(part) for part in t["interval"][k].split("/"))
    return times(LEAST, [above, -below] if k else [-above, below])


for _end, _k in (("lower", 0), ("upper", 1)):
    invalid(f"ties_denominator_0_at_the_{_end}_end", ASIDE, "the denominator of the ties may vanish", "D' > 0 fails there.",
            lambda t, k=_k: t.update(ties=at_an_end(t, k)))  # type: ignore[misc]  # fmt: skip
invalid("ties_of_too_high_a_degree", ASIDE, "too high a degree", "More than the region has states.",
        lambda t: t.update(ties=times(LEAST, [1, 0, 0, 0, 1])))  # fmt: skip
malformed("ties_that_are_no_list", ASIDE, "expected a list", "No polynomial.", lambda t: t.update(ties="1"))
malformed("ties_of_format_1", ASIDE, "expected a list", "They are a polynomial.",
          lambda t: t.update(ties={"denominator": LEAST, "values": {}}))  # fmt: skip
invalid("ties_that_nothing_needs", RETRY, "nothing needs the ties", "No action ties.", lambda t: t.update(ties=["1"]))

# the claim
invalid("of_s_term", RETRY, "s_term", "s_term is not exchanged with itself.", lambda t: t.update(state="term"))
malformed("of_no_state", RETRY, "is not one of new, x, term", "No state.", lambda t: t.update(state="y"))
malformed("of_no_kind", RETRY, "is not one of paper, sharp", "No such kind.", lambda t: t.update(kind="blunt"))
malformed("with_a_frequency", RETRY, "exactly the keys", "Format 1 said it.", lambda t: t.update(frequency="1"))
malformed("without_an_interval", RETRY, "exactly the keys", "A key is missing.", lambda t: t.pop("interval"))


@attack("invalid", KIND, "positive_though_it_always_holds", "both-terminal", "for every gamma",
        "v_x + v_term = 1 for every gamma, so every gamma looks like a crossing.")  # fmt: skip
def _(c: Certificate) -> None:
    of(c, "sharp", "x").update(polynomial=["-1", "2"], interval=["1/2", "1/2"],
                               bounds={"unit": "2", "lower": ["1"], "gap": ["0"]})  # fmt: skip


@attack(
    "invalid", KIND, "paper_for_a_state_not_recurrent", "stairs", "no reach-and-revisit policy", "m is visited once."
)
def _(c: Certificate) -> None:
    first(c, of(c, "sharp", "m") | {"kind": "paper"})


@attack("invalid", KIND, "paper_for_a_state_not_reached_surely", "half", "no reach-and-revisit policy",
        "x is recurrent, but reached with probability 1/2 only.")  # fmt: skip
def _(c: Certificate) -> None:
    first(c, of(c, "sharp", "x") | {"kind": "paper"})


@attack("invalid", KIND, "sharp_though_s_term_acts", "shutdown-loops", "s_term is not terminal",
        "The exact swap theorem needs a terminal s_term.")  # fmt: skip
def _(c: Certificate) -> None:
    first(c, of(c, "paper", "x") | {"kind": "sharp"})


@attack("invalid", KIND, "without_alternatives", "no-alternative", "the visit count is another",
        "A1 is empty: no policy avoids shutdown, and v = 0.")  # fmt: skip
def _(c: Certificate) -> None:
    zero = {"polynomial": ["0", "1"], "interval": ["0", "0"]}
    about = {"claim": KIND, "kind": "sharp", "state": "new", "policy": {}, "numerator": ["1"], "denominator": ["1"]}
    first(c, about | zero)


@attack("invalid", KIND, "twice", "retry", "has a paper threshold already", "A threshold is claimed twice.")
def _(c: Certificate) -> None:
    after(c, KIND, of(c, "paper", "x"))


@attack(
    "invalid", KIND, "though_there_is_none", "retry", "has a sharp threshold already", "Claimed after `no-threshold`."
)
def _(c: Certificate) -> None:
    after(c, "no-threshold", of(c, "sharp", "x") | {"state": "new"})


@attack("holey", KIND, "deleted", "retry", "gamma*_x is not settled", "Everything rests on the missing threshold.")
def _(c: Certificate) -> None:
    drop(c, KIND, kind="paper", state="x")


@attack("holey", KIND, "sharp_deleted", "retry", "gamma°_x is not settled", "The sharp threshold is missing.")
def _(c: Certificate) -> None:
    drop(c, KIND, kind="sharp", state="x")


@attack("holey", KIND, "all_deleted", "retry", "whether gamma-star holds is open", "Nothing is known of N.")
def _(c: Certificate) -> None:
    c["claims"] = []
