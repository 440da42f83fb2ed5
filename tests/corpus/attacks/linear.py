"""Attacks on `universal` and `retargeting`. On `step` one action leads to x, which loops; on `firm` x = 0 < term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.corpus.build import attack, claim, first
from tests.corpus.cases import Certificate

UNIVERSAL, RETARGETING = "universal", "retargeting"
SWAP = [["term", "x"]]
Proof = dict[str, Any]
Rows = Mapping[str, str]
PROOFS: dict[str, Rows] = {  # for the swap on step: r(term) > W(x) >= r(x)/(1-g), W'(x) >= r(term)/(1-g)
    "retargets": {
        "prefers go": "1 -1",
        "super goal x stay": "0 1",
        "super image x stay": "0 1 -1",
        "kept go": "1 -2 1",
        "reward x": "0 0 2 -1",
    },
    "not-optimal": {
        "prefers go": "1 -1",
        "super goal x stay": "0 1",
        "super image x stay": "0 1 -1",
        "beaten go": "1 -2 1",
        "reward x": "0 0 2 -1",
    },
    "exceeds": {"prefers go": "1 -1", "super goal x stay": "0 1", "no-greater": "0 1 -1", "reward x": "0 0 1"},
    "never-both": {
        "prefers go": "1 -2 1",
        "super goal x stay": "0 1 -1",
        "super image x stay": "0 1 -2 1",
        "image-prefers go": "1 -3 3 -1",
        "reward x": "0 0 2 -3 1",
    },
}


def leaf(rows: Rows) -> Proof:
    """Multipliers from short spellings."""
    return {"multipliers": [[name.split(), factor.split()] for name, factor in rows.items()]}


def proof(asked: str = "retargets", changes: Rows | None = None, without: str = "") -> Proof:
    """The multipliers of an honest proof, changed."""
    return leaf({name: given for name, given in {**PROOFS[asked], **(changes or {})}.items() if name != without})


def universal(given: Proof, asked: str = "retargets", **changes: object) -> dict[str, Any]:
    """A claim about the swap, for every gamma."""
    entry = {"claim": UNIVERSAL, "property": asked, "permutation": SWAP, "interval": ["0", "1"], "proof": given}
    return entry | changes


STAYS = universal({"violations": []}, "stays")
RETARGETS = universal(proof())


def _claims(status: str, kind: str, name: str, base: str, expects: str, why: str, *claims: dict[str, Any]) -> None:
    @attack(status, kind, name, base, expects, why)
    def _(c: Certificate) -> None:
        first(c, *claims)


def _valid(name: str, why: str, given: Proof, asked: str = "retargets", base: str = "step", **changes: object) -> None:
    _claims("valid", UNIVERSAL, name, base, "universal: ", why, universal(given, asked, **changes))


def _invalid(
    name: str, expects: str, why: str, given: Proof, asked: str = "retargets", base: str = "step", **changes: object
) -> None:
    _claims("invalid", UNIVERSAL, name, base, expects, why, universal(given, asked, **changes))


def _malformed(name: str, expects: str, why: str, given: Proof, asked: str = "retargets", **changes: object) -> None:
    _claims("malformed", UNIVERSAL, name, "step", expects, why, universal(given, asked, **changes))


ONE: dict[str, Any] = {"permutation": []}
FIRM = {"ties go": "1 -1", "tight goal x stay": "0 1", "inequality 0": "0 1", "inequality 1": "0 1 -1"}
TIES: dict[str, Proof] = {  # on two-ties: b is strictly worse though b = d, or a is
    "to-a": leaf({"kept to-b": "1", "inequality 1": "0 1"}),
    "to-b": leaf({"kept to-a": "1", "inequality 0": "0 1"}),
}
TERM_D: dict[str, Any] = {"permutation": [["term", "d"]]}

for _asked in PROOFS:
    _valid(f"{_asked}_on_all_of_0_1", "Polynomial multipliers.", proof(_asked), _asked)
_valid("on_a_part_of_it", "The same proof.", proof(), interval=["1/3", "1/2"])
_valid("at_one_gamma", "The same proof.", proof(), interval=["9/10", "9/10"])
_valid("by_numbers_at_one_gamma", "At 1/2 the polynomials may be put in.", leaf({
    "prefers go": "4", "super goal x stay": "4", "super image x stay": "2", "kept go": "2", "reward x": "3"}),
    interval=["1/2", "1/2"])  # fmt: skip
_valid("stays_without_a_way_out", "Nothing is asked that the swap could break.", {"violations": []}, "stays")
_valid("split_where_none_is_needed", "Each case as before.", {"split": ["goal", "new"], "cases": {
    "off": proof(), "go": proof()}})  # fmt: skip
_valid("split_by_the_best_action", "In one case it is used.", {"split": ["image", "x"], "cases": {
    "stay": leaf({**PROOFS["retargets"], "tight image x stay": ""})}})  # fmt: skip
_valid("only_of_one", "One action ties at most.", {"only": {"go": proof()}})
_valid("only_of_two", "A tie with both is outvoted.", {"only": TIES}, base="two-ties", **TERM_D)
_valid("free_sign_of_an_equation", "An equation may be multiplied by anything.",
       {"violations": [[["ties", "go"], {"split": ["goal", "x"], "cases": {"stay": leaf(FIRM)}}]]}, "strict", "firm", **ONE)  # fmt: skip
_valid("gap_alone", "x <= 0 and x > 0: no strict row is needed where the bounds contradict.",
       {"violations": [[["breaks", str(k), "above"], leaf({f"breaks {k} above": "1", f"inequality {j}": "1"})]
                       for k, j in ((0, 0), (1, 4), (2, 2), (3, 3), (4, 1), (5, 5), (6, 9), (7, 7), (8, 8), (9, 6))]},
       "stays", "box", permutation=[["left", "term"]])  # fmt: skip
_valid("negative_multiplier_of_an_equation", "d = a times -g, d = b times g: a = b.",
       leaf({"prefers to-b": "1", "no-greater": "0 1", "inequality 0": "0 -1", "inequality 1": "0 1"}),
       "exceeds", "two-ties", permutation=[["term", "a"]])  # fmt: skip
_valid("of_the_highest_degree", "Multipliers of degree 17, which is below six times three.",
       leaf({name: "0 " * 14 + factor for name, factor in PROOFS["retargets"].items()}))  # fmt: skip
_invalid(
    "negative_multiplier", "negative multiplier of", "An inequality times -g.", proof(changes={"reward x": "0 -1"})
)
_invalid(
    "negative_near_one", "negative multiplier of", "1 - 2 g is negative above 1/2.", proof(changes={"kept go": "1 -2"})
)
_invalid("negative_at_one_gamma", "negative multiplier of", "-1 at 9/10.", proof(changes={"kept go": "-1"}),
         interval=["9/10", "9/10"])  # fmt: skip
_invalid("negative_within", "negative multiplier of", "(1 - 3 g)(2 - 3 g) is negative between its zeros.",
         proof(changes={"kept go": "2 -9 9"}))  # fmt: skip
_invalid("negative_multiplier_of_a_strict_row", "negative multiplier of", "term > 0 is no equation.",
         {"violations": [[["ties", "go"], {"split": ["goal", "x"], "cases": {
             "stay": leaf(FIRM | {"inequality 1": "0 -1"})}}]]}, "strict", "firm", **ONE)  # fmt: skip
_invalid("does_not_cancel", "do not cancel", "A variable is left.", proof(changes={"reward x": "0 0 2"}))
_invalid("does_not_cancel_at_one_gamma", "do not cancel", "At 1/3 other numbers would be needed.", leaf({
    "prefers go": "4", "super goal x stay": "4", "super image x stay": "2", "kept go": "2", "reward x": "3"}),
    interval=["1/3", "1/3"])  # fmt: skip
_invalid("cancels_at_one_gamma_only", "do not cancel", "The numbers are those of 1/2.", leaf({
    "prefers go": "4", "super goal x stay": "4", "super image x stay": "2", "kept go": "2", "reward x": "3"}),
    interval=["1/2", "2/3"])  # fmt: skip
_invalid("row_left_out", "do not cancel", "r(x) >= 0 is needed.", proof(without="reward x"))
_invalid("no_rows", "do not contradict", "0 <= 0 is no contradiction.", leaf({}))
_invalid("weak_rows_only", "do not contradict", "No strict row is left.", leaf({"super goal x stay": ""}))
_invalid("strict_row_times_zero", "do not contradict", "Its multiplier is 0.", leaf({"prefers go": ""}))
_invalid("touches_zero_within", "negative multiplier of", "(1 - g)(1 - 2 g)^2 is not negative, but by no rule of signs.",
         {"violations": [[["ties", "go"], {"split": ["goal", "x"], "cases": {"stay": leaf({
             "ties go": "1 -5 8 -4", "tight goal x stay": "0 1 -4 4", "inequality 0": "0 1 -4 4",
             "inequality 1": "0 1 -5 8 -4"})}}]]}, "strict", "firm", **ONE)  # fmt: skip
_invalid("bound_of_the_wrong_sign", "do not contradict", "The gap is -1 times a bound: 0 <= 1.",
         leaf({"inequality 0": "1", "inequality 5": "1"}), "retargets", "box", permutation=[["left", "term"]])  # fmt: skip
_invalid("row_repeated", "a row is repeated", "Its multipliers could hide each other.",
         {"multipliers": [*proof()["multipliers"], [["reward", "x"], ["0", "0", "2", "-1"]]]})  # fmt: skip
_invalid("row_that_is_not", "not available", "There is no such row.", proof(changes={"reward y": "1"}))
_invalid("row_without_a_name", "not available", "There is no such row.", {"multipliers": [[[], ["1"]]]})
_invalid("reward_not_asked_for", "not available", "Signs are free on `negative`.", proof(), base="negative")
_invalid("tight_without_a_split", "not available", "No case was distinguished.",
         proof(changes={"tight goal x stay": "1"}))  # fmt: skip
_invalid("tight_of_another_case", "not available", "The case is the other one.", {"split": ["goal", "new"], "cases": {
    "off": proof(), "go": proof(changes={"tight goal new off": ""})}})  # fmt: skip
_invalid("violation_of_another_branch", "not available", "Only the violation at hand is known.",
         {"violations": [[["breaks", str(k), "above"], leaf({f"breaks {3} above": "1", "inequality 3": "1"})]
                         for k in range(10)]}, "stays", "box", permutation=[["left", "term"]])  # fmt: skip
NOT_FOR = {  # a row -> properties that may not use it
    "prefers go": ["nonnegative"],
    "shuts": ["nonnegative"],
    "agrees goal x": ["nonnegative"],
    "kept go": ["stays", "never-both", "not-optimal", "exceeds", "strict"],
    "beaten go": ["retargets", "exceeds", "never-both"],
    "image-shuts": ["exceeds", "strict"],
    "no-greater": ["retargets", "not-optimal", "never-both", "pays"],
    "unpaid": ["exceeds", "strict", "never-both"],
    "costs": ["not-optimal", "exceeds"],
    "image-prefers go": ["retargets", "not-optimal", "exceeds"],
    "image-trained t go": ["retargets"],
    "image-inequality 0": ["not-optimal"],
    "negative x": ["retargets", "never-both", "strict", "pays"],
    "ties go": ["not-optimal", "exceeds"],
    "violates t go": ["retargets", "never-both"],
    "breaks 0 above": ["exceeds", "never-both"],
}


def _not_for(row: str, asked: str) -> None:
    base = "training-leak" if " t go" in row else "positive" if row.split()[-1] in ("0", "above") else "firm"
    base = "aside" if asked == "nonnegative" else base
    below = leaf({row: ""})
    rooted = {"nonnegative": [["negative", s] for s in ("new", "x", "y", "z", "term")], "strict": [["ties", "go"]],
              "pays": [["unpaid"], ["costs"]],
              "stays": [["breaks", "0", "above"], ["breaks", "0", "below"], ["breaks", "1", "above"]]}  # fmt: skip
    given = {"violations": [[way, below] for way in rooted[asked]]} if asked in rooted else below
    phi: object = [] if asked in ("nonnegative", "strict") else [["term", "x"]]
    name = f"{row.replace(' ', '_')}_for_{asked}"
    _invalid(
        name,
        "not available here",
        f"`{row.split()[0]}` is not a row of `{asked}`.",
        given,
        asked,
        base,
        permutation=phi,
    )


for _row, _properties in NOT_FOR.items():
    for _asked in _properties:
        _not_for(_row, _asked)
UNPAID = {"prefers go": "1 -1", "super goal x stay": "0 1", "reward x": "0 1", "unpaid": "0 1 -1"}
COSTS = {"costs": "1", "reward x": "1"}


def _pays(unpaid: Rows = UNPAID, costs: Rows = COSTS) -> Proof:
    return {"violations": [[["unpaid"], leaf(unpaid)], [["costs"], leaf(costs)]]}


_valid("pays_on_all_of_0_1", "r(term) > (1-g) W(x) >= r(x) >= 0.", _pays(), "pays")
_valid("pays_without_another_state", "phi leaves s_term alone: r(term) > 0 is all that is said.",
       _pays(costs={"costs": "1", "reward term": "1"}), "pays", **ONE)  # fmt: skip
_invalid("pays_where_a_tie_pays_nothing", "do not contradict", "Ties go to shutdown: theta = 0 prefers it.",
         _pays(), "pays", "shutdown-first")  # fmt: skip
_invalid(
    "pays_though_the_state_may_cost", "not available", "Signs are free on `negative`.", _pays(), "pays", "negative"
)
_invalid("pays_without_costs", "exactly the possible ones", "That r(x) >= 0 is left out.",
         {"violations": [[["unpaid"], leaf(UNPAID)]]}, "pays")  # fmt: skip
_invalid("pays_without_unpaid", "exactly the possible ones", "That r(term) > 0 is left out.",
         {"violations": [[["costs"], leaf(COSTS)]]}, "pays")  # fmt: skip
_invalid("pays_nothing_twice", "exactly the possible ones", "r(term) > 0 alone, said twice.",
         {"violations": [[["unpaid"], leaf(UNPAID)], [["unpaid"], leaf(UNPAID)]]}, "pays")  # fmt: skip
_invalid("pays_by_what_costs", "not available", "`costs` holds in its own case only.", _pays(unpaid=COSTS), "pays")
_invalid("pays_where_r_x_is_0", "do not contradict", "r(x) = 0 costs nothing, but nor is it below 0.",
         _pays(costs={"reward x": "", "costs": ""}), "pays")  # fmt: skip
_invalid("split_without_a_case", "exactly its actions", "A case is missing.",
         {"split": ["goal", "new"], "cases": {"go": proof()}})  # fmt: skip
_invalid("split_with_a_case_too_many", "exactly its actions", "No such action.",
         {"split": ["goal", "x"], "cases": {"stay": proof(), "go": proof()}})  # fmt: skip
_invalid(
    "split_of_a_terminal_state", "exactly its actions", "No case at all.", {"split": ["goal", "term"], "cases": {}}
)
_invalid("split_without_cases", "exactly its actions", "No case at all.", {"split": ["goal", "new"], "cases": {}})
_invalid("only_without_cases", "out of place", "No case distinguished, nothing proved.", {"only": {}})
_invalid(
    "only_with_a_case_too_many", "out of place", "off is no action of A1.", {"only": {"go": proof(), "off": proof()}}
)
_invalid("only_with_a_case_missing", "out of place", "to-b is one too.", {"only": {"to-a": TIES["to-a"]}}, base="two-ties",
         **TERM_D)  # fmt: skip
_invalid("only_twice", "out of place", "Two choices could contradict each other.",
         {"only": {a: {"only": TIES} for a in TIES}}, base="two-ties", **TERM_D)  # fmt: skip
_invalid("only_for_another_property", "out of place", "`only` is for retargets.", {"only": {"go": proof("never-both")}},
         "never-both")  # fmt: skip
_invalid("only_where_ties_go_elsewhere", "out of place", "Ties are not uniform.", {"only": {"go": proof()}},
         base="shutdown-first")  # fmt: skip
_invalid("only_of_the_wrong_one", "do not contradict", "Where b may tie, it is not strictly worse.",
         {"only": {"to-a": TIES["to-b"], "to-b": TIES["to-a"]}}, base="two-ties", **TERM_D)  # fmt: skip
_invalid("tie_that_is_not_split", "do not contradict", "b may tie.", TIES["to-a"], base="two-ties", **TERM_D)
_invalid("only_where_there_is_no_other_action", "out of place", "A1 is empty: shutdown is chosen.", {"only": {}},
         base="no-alternative", permutation=[["term", "new"]])  # fmt: skip
_invalid(
    "another_permutation", "do not cancel", "The proof is of another swap.", proof(), permutation=[["term", "new"]]
)
_invalid("inverse_permutation", "do not cancel", "phi moves r(term) to new here, and r(x) to term.", proof(),
         permutation=[["term", "new", "x"]])  # fmt: skip
_invalid("violation_left_out", "the violations are not exactly", "How Theta is left is not gone through.",
         {"violations": []}, "stays", "training-leak")  # fmt: skip
_invalid("violation_twice", "the violations are not exactly", "Each way once.",
         {"violations": [[["ties", "go"], leaf({})], [["ties", "go"], leaf({})]]}, "strict", "firm", **ONE)  # fmt: skip
_invalid("violation_of_another_kind", "the violations are not exactly", "`negative` is no way to tie.",
         {"violations": [[["negative", "x"], leaf({})]]}, "strict", "firm", **ONE)  # fmt: skip
_invalid("nonnegative_where_one_is_not", "the violations are not exactly", "z may be negative.",
         {"violations": [[["negative", s], leaf({f"negative {s}": "1", f"inequality {k}": "1"})]
                         for k, s in enumerate(("new", "x", "y", "term"))]}, "nonnegative", "aside", **ONE)  # fmt: skip
_invalid("nonnegative_by_another_state", "do not cancel", "z is not new.",
         {"violations": [[["negative", s], leaf({f"negative {s}": "1", f"inequality {k}": "1"})]
                         for k, s in enumerate(("new", "x", "y", "z", "term")) if k < 4] +
          [[["negative", "term"], leaf({"negative term": "1", "inequality 3": "1"})]]}, "nonnegative", "aside", **ONE)  # fmt: skip
_malformed("interval_is_0", "no gamma of (0, 1)", "gamma = 0 is no discount.", proof(), interval=["0", "0"])
_malformed("interval_is_1", "no gamma of (0, 1)", "gamma = 1 is no discount.", proof(), interval=["1", "1"])
_malformed("interval_backwards", "ends in order", "a <= b fails.", proof(), interval=["2/3", "1/3"])
_malformed("interval_above_1", "lies in [0, 1]", "b <= 1 fails.", proof(), interval=["1/2", "3/2"])
_malformed("interval_below_0", "lies in [0, 1]", "0 <= a fails.", proof(), interval=["-1/2", "1/2"])
_malformed("unknown_property", "is not one of", "There is no such property.", proof(), "convinces")
_malformed(
    "strict_of_a_permutation", "is about no permutation", "It is about Theta alone.", {"violations": []}, "strict"
)
_malformed("nonnegative_of_a_permutation", "is about no permutation", "It is about Theta alone.", {"violations": []},
           "nonnegative")  # fmt: skip
_malformed("no_proof", "expected exactly the keys", "An empty tree.", {})
_malformed("violations_elsewhere", "expected exactly the keys", "`retargets` has no violations.", {"violations": []})
_malformed("stays_without_violations", "expected exactly the keys", "It has ways to fail.", leaf({}), "stays")
_malformed(
    "split_of_an_unknown_copy", "is not one of goal, image", "No such copy.", {"split": ["gaol", "x"], "cases": {}}
)
_malformed("split_of_the_training_copy", "is not one of goal, image", "Only under on-training.",
           {"split": ["goal-training", "x"], "cases": {}})  # fmt: skip
_malformed(
    "split_of_an_unknown_state", "is not one of new, x, term", "No such state.", {"split": ["goal", "y"], "cases": {}}
)
_malformed(
    "split_of_three", "a list of 2 entries", "A copy and a state.", {"split": ["goal", "x", "stay"], "cases": {}}
)
_malformed("row_is_a_string", "expected a list", "A row's name is a list.", {"multipliers": [["shuts", ["1"]]]})
_malformed(
    "row_with_a_number", "not written as a string", "k is a string.", {"multipliers": [[["inequality", 0], ["1"]]]}
)
_malformed(
    "pair_of_three", "a list of 2 entries", "A row and a polynomial.", {"multipliers": [[["shuts"], ["1"], ["1"]]]}
)
_malformed("multiplier_a_fraction", "is not an integer", "Whole coefficients.", {"multipliers": [[["shuts"], ["1/2"]]]})
_malformed(
    "node_is_a_list", "expected an object", "A node is an object.", {"split": ["goal", "x"], "cases": {"stay": []}}
)


def deep(splits: int) -> Proof:
    """So many splits at x, which has one action."""
    given: Proof = proof()
    for _ in range(splits):
        given = {"split": ["goal", "x"], "cases": {"stay": given}}
    return given


def _retargeting(permutations: list[list[list[str]]], interval: tuple[str, str] = ("0", "1")) -> dict[str, Any]:
    return {"claim": RETARGETING, "interval": list(interval), "permutations": permutations}


BOTH = [RETARGETS, STAYS]
_claims("valid", RETARGETING, "one_swap", "step", "retargeting: 1 proved", "Its two conditions are proved.", *BOTH,
        _retargeting([SWAP]))  # fmt: skip
_claims("valid", RETARGETING, "on_a_part_of_it", "step", "retargeting: 1 proved", "A smaller interval.", *BOTH,
        _retargeting([SWAP], ("1/2", "1/2")))  # fmt: skip
_claims("valid", RETARGETING, "cycle_from_another_state", "step", "retargeting: 1 proved", "The same permutation.", *BOTH,
        _retargeting([[["x", "term"]]]))  # fmt: skip
_claims("valid", RETARGETING, "none", "step", "retargeting: 1 proved", "n = 0 is no news.", _retargeting([]))
_claims("invalid", RETARGETING, "same_swap_twice", "step", "never-both is not proved", "Equal permutations count once.",
        *BOTH, _retargeting([SWAP, SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "not_shown_to_stay", "step", "stays is not proved", "Condition 2 is missing.", RETARGETS,
        _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "not_shown_to_retarget", "step", "retargets is not proved", "Condition 1 is missing.",
        STAYS, _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "before_its_conditions", "step", "fewer permutations", "They are proved only after it.",
        _retargeting([SWAP]), *BOTH)  # fmt: skip
_claims("invalid", RETARGETING, "more_than_there_are_claims", "step", "fewer permutations", "Three of them.", *BOTH,
        _retargeting([SWAP, SWAP, SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "wider_interval", "step", "retargets is not proved", "Up to 1/2, claimed up to 1.",
        RETARGETS | {"interval": ["0", "1/2"]}, STAYS, _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "from_further_below", "step", "retargets is not proved", "From 1/2, claimed from 0.",
        RETARGETS | {"interval": ["1/2", "1"]}, STAYS, _retargeting([SWAP]))  # fmt: skip
HALVES = [RETARGETS | {"interval": ["1/2", "1"]}, RETARGETS | {"interval": ["0", "1/2"]}]
_claims("valid", RETARGETING, "pieced_together", "step", "retargeting: 1 proved", "Two claims that meet at 1/2.",
        *HALVES, STAYS, _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "pieces_with_a_gap", "step", "retargets is not proved", "Nothing is said just above 1/2.",
        RETARGETS | {"interval": ["51/100", "1"]}, HALVES[1], STAYS, _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "pieces_of_two_conditions", "step", "retargets is not proved", "Below 1/2 it stays.",
        HALVES[0], STAYS, _retargeting([SWAP]))  # fmt: skip
_claims("invalid", RETARGETING, "another_swap", "step", "retargets is not proved", "Nothing is proved of it.", *BOTH,
        _retargeting([[["term", "new"]]]))  # fmt: skip
_claims(
    "malformed", RETARGETING, "of_no_state", "step", "is not one of", "No such state.", _retargeting([[["term", "y"]]])
)
_claims(
    "malformed", RETARGETING, "interval_is_0", "step", "no gamma of (0, 1)", "No gamma.", _retargeting([], ("0", "0"))
)


@attack("valid", UNIVERSAL, "four_hundred_splits", "step", "universal: 1 proved", "As many as a branch may have.")
def _(c: Certificate) -> None:
    c["claims"].insert(0, universal(deep(400)))


@attack("malformed", UNIVERSAL, "four_hundred_and_one_splits", "step", "more than 400 splits", "One more than allowed.")
def _(c: Certificate) -> None:
    c["claims"].insert(0, universal(deep(401)))


def _overlap(name: str, index: int, expects: str, why: str, property_: str = "") -> None:
    """Leave out a universal claim of overlap's honest certificate, or change what it says."""

    @attack("invalid", RETARGETING, name, "overlap", expects, why)
    def _(c: Certificate) -> None:
        found = [entry for entry in c["claims"] if entry["claim"] == UNIVERSAL]
        c["claims"].remove(found[index])


_overlap("images_may_meet", -1, "never-both is not proved", "Two different swaps may have the same image.")
_overlap("second_does_not_stay", -2, "stays is not proved", "Condition 2 of the second permutation.")


@attack(
    "invalid",
    UNIVERSAL,
    "stays_without_the_training_row",
    "overlap",
    "do not cancel",
    "That theta is in Theta is needed.",
)
def _(c: Certificate) -> None:
    entry = claim(c, UNIVERSAL, property="stays")
    branch = entry["proof"]["violations"][0][1]["cases"]["walk"]
    branch["multipliers"] = [pair for pair in branch["multipliers"] if pair[0][0] != "trained"]
