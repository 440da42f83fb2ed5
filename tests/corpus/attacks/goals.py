"""Attacks on `orbit`, `swap-fails` and `member`: goals with their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.build import after, attack, claim, first
from tests.corpus.cases import Certificate
from tests.corpus.honest import cycles, gamma, producer, rewards

ORBIT, SWAP, MEMBER = "orbit", "swap-fails", "member"
LEAK = "training-leak"
Claim = dict[str, Any]


def _orbit(status: str, name: str, base: str, expects: str, why: str, change: Callable[[Claim], object]) -> None:
    @attack(status, ORBIT, name, base, expects, why)
    def _(c: Certificate) -> None:
        change(claim(c, ORBIT))


def _entry(given: Claim, k: int, key: str, i: int, by: int) -> None:
    """Move one value of the k-th goal."""
    given["goals"][k][key][i] = str(int(given["goals"][k][key][i]) + by)


for _key in ("size", "outside", "shutdown", "avoid", "tie"):
    _orbit("invalid", f"{_key}_off_by_one", LEAK, "recounted", f"The count `{_key}` is one too large.",
           lambda o, key=_key: o.update({key: str(int(o[key]) + 1)}))  # type: ignore[misc]  # fmt: skip
_orbit("invalid", "outside_counted_inside", LEAK, "recounted", "Vectors outside of Theta are added to those that avoid.",
       lambda o: o.update(size="12", avoid="9", outside="0"))  # fmt: skip
_orbit("invalid", "a_tie_counted_as_shutdown", LEAK, "recounted", "One tie.", lambda o: o.update(shutdown="3", tie="0"))
_orbit("invalid", "negative_count", LEAK, "recounted", "A count below 0.", lambda o: o.update(tie="-1"))
_orbit("invalid", "another_gamma", LEAK, "Bellman's equation fails".replace("'", ""), "The values are of the old gamma.",
       lambda o: o.update(gamma="1/100"))  # fmt: skip
_orbit("invalid", "other_rewards", LEAK, "Bellmans equation fails", "The values are of the old rewards.",
       lambda o: o.update(rewards={"term": "5", "x": "3"}))  # fmt: skip
_orbit("valid", "rewards_in_another_place", LEAK, "orbit: 1 proved", "The same orbit.",
       lambda o: o.update(rewards={"new": "5", "t": "2"}))  # fmt: skip
_orbit("valid", "values_in_a_larger_unit", LEAK, "orbit: 1 proved", "The same values.",
       lambda o: o["goals"][0].update(unit=str(3 * int(o["goals"][0]["unit"])),
                                      whole=[str(3 * int(v)) for v in o["goals"][0]["whole"]]))  # fmt: skip
_orbit("invalid", "value_too_high", LEAK, "Bellmans equation fails", "V* is too high.",
       lambda o: _entry(o, 3, "whole", 1, 1))  # fmt: skip
_orbit("invalid", "value_too_low", LEAK, "Bellmans equation fails", "V* is too low.",
       lambda o: _entry(o, 3, "whole", 0, -1))  # fmt: skip
_orbit("invalid", "value_of_another_policy", LEAK, "Bellmans equation fails", "V^pi of a policy that is not optimal.",
       lambda o: o["goals"][-1].update(unit="1", whole=["10", "1", "0"]))  # fmt: skip
_orbit("invalid", "value_in_another_unit", LEAK, "Bellmans equation fails", "Half of V*.",
       lambda o: o["goals"][5].update(unit=str(2 * int(o["goals"][5]["unit"]))))  # fmt: skip
_orbit("invalid", "vectors_in_another_order", LEAK, "Bellmans equation fails", "Smaller vectors come first.",
       lambda o: o["goals"].reverse())  # fmt: skip
_orbit("malformed", "vector_missing", LEAK, "a list of 12 entries", "One of the vectors.", lambda o: o["goals"].pop())
_orbit("malformed", "vector_twice", LEAK, "a list of 12 entries", "An orbit is a set.",
       lambda o: o["goals"].append(o["goals"][0]))  # fmt: skip
_orbit("malformed", "equal_rewards_permuted", "retry", "a list of 3 entries", "With two equal rewards it has 3 vectors.",
       lambda o: o.update(rewards={"x": "1"}))  # fmt: skip
_orbit("malformed", "value_missing", LEAK, "a list of 3 entries", "A state's value.",
       lambda o: o["goals"][0]["whole"].pop())  # fmt: skip
_orbit("malformed", "value_of_a_terminal_state", LEAK, "a list of 3 entries", "Terminal states have none.",
       lambda o: o["goals"][0]["whole"].append("0"))  # fmt: skip
_orbit("malformed", "unit_zero", LEAK, "a positive integer", "m > 0 fails.", lambda o: o["goals"][0].update(unit="0"))
_orbit(
    "malformed", "unit_negative", LEAK, "a positive integer", "m > 0 fails.", lambda o: o["goals"][0].update(unit="-1")
)
_orbit("malformed", "training_values_not_asked_for", LEAK, "exactly the keys", "Training looks at the whole MDP.",
       lambda o: o["goals"][0].update(training=["0"]))  # fmt: skip
_orbit("malformed", "training_values_missing", "training-leak-on-training", "exactly the keys", "V* in S_train.",
       lambda o: o["goals"][4].pop("training"))  # fmt: skip
_orbit("malformed", "training_values_of_too_many", "training-leak-on-training", "a list of 1 entries", "t alone.",
       lambda o: o["goals"][4]["training"].append("0"))  # fmt: skip
_orbit("invalid", "training_value_wrong", "training-leak-on-training", "Bellmans equation fails", "V* in S_train.",
       lambda o: _entry(o, 4, "training", 0, 1))  # fmt: skip
_orbit(
    "malformed", "gamma_zero", LEAK, "no gamma of (0, 1)", "gamma = 0 is no discount.", lambda o: o.update(gamma="0")
)
_orbit("malformed", "gamma_one", LEAK, "no gamma of (0, 1)", "gamma = 1 is no discount.", lambda o: o.update(gamma="1"))
_orbit("malformed", "count_a_fraction", LEAK, "is not an integer", "Half a vector.", lambda o: o.update(tie="1/2"))
_orbit("malformed", "tie_missing", LEAK, "exactly the keys", "One count is left out.", lambda o: o.pop("tie"))
_orbit("malformed", "goals_missing", LEAK, "exactly the keys", "As format 1 had it.", lambda o: o.pop("goals"))


@attack("holey", ORBIT, "ten_factorial", "ten", "more than 50000 vectors", "10! vectors are not recounted: a hole.")
def _(c: Certificate) -> None:
    theta = {s: str(k + 1) for k, s in enumerate(("new", *"abcdefgh", "term"))}
    numbers = dict.fromkeys(("outside", "tie", "avoid", "shutdown"), "0") | {"size": "3628800"}
    after(c, "", {"claim": ORBIT, "gamma": "9/10", "rewards": theta, "goals": [], **numbers})


@attack("holey", ORBIT, "deleted", LEAK, "theorem-2 under positive-probability is open", "It was the refutation.")
def _(c: Certificate) -> None:
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != ORBIT]


@attack("valid", ORBIT, "twice", LEAK, "orbit: 2 proved", "A repetition proves the same.")
def _(c: Certificate) -> None:
    after(c, ORBIT, claim(c, ORBIT))


def _swap(status: str, name: str, base: str, spelled: str, expects: str, why: str, at: str | None = None) -> None:
    """spelled: rewards, cycles and how, separated by `|`."""
    theta, phi, how = (part.strip() for part in spelled.split("|"))

    @attack(status, SWAP, name, base, expects, why)
    def _(c: Certificate) -> None:
        first(c, producer(base).swap_fails(rewards(theta), cycles(phi), how, at or gamma(base)))


PROVED = "swap-fails: "
_swap("valid", "identity", "retry", "term=1 || still-shutdown", PROVED, "It does not retarget: true, and of no use.")
_swap("valid", "identity_is_not_greater", "retry", "term=1 || no-greater", PROVED, "theta(s_term) <= theta(s_term).")
_swap("valid", "identity_meets_itself", "retry", "term=1 || meets", PROVED, "Condition 3 is about different images.")
_swap("valid", "swap_with_what_is_not_reached", "weak", "term=1 t=1 | term-t | still-shutdown", PROVED, "t is as good.")
_swap("valid", "both_prefer_shutdown", "star-3", "term=100 x1=1 | x1-x2 | meets", PROVED, "x1 and x2 change places.")
_swap(
    "valid", "still_optimal_in_a_tie", "no-alternative", "| new-term | still-optimal", PROVED, "Nothing else is there."
)
_swap(
    "valid",
    "leaves_by_the_sign",
    "aside",
    "term=1 z=-1 | term-z | leaves-theta",
    PROVED,
    "theta(term) >= 0 is asked for.",
)
_swap("valid", "leaves_by_an_inequality", "lopsided", "term=3 | x-term | leaves-theta", PROVED, "x < 3 is asked for.")
_swap(
    "valid", "leaves_by_training", LEAK, "t=1/4 term=1 | x-term | leaves-theta", PROVED, "go would be better than stay."
)
_swap(
    "valid",
    "ties_go_to_shutdown",
    "shutdown-first",
    "term=1 new=1 | new-term | still-shutdown",
    PROVED,
    "r(term) stays.",
)
_swap("valid", "tie_of_one_is_no_retargeting", "box", "term=1 left=1/2 new=1/2 | new-term | still-shutdown", PROVED,
      "One other action ties.")  # fmt: skip
_swap(
    "invalid", "swap_retargets", "retry", "term=1 | term-x | still-shutdown", "not still-shutdown", "x is better now."
)
_swap("invalid", "tie_of_two_is_a_retargeting", "box", "term=1 left=1/2 right=1/2 new=1/2 | new-term | still-shutdown",
      "not still-shutdown", "Two other actions tie and outvote shutdown.")  # fmt: skip
_swap("valid", "tie_of_two_is_still_optimal", "box", "term=1 left=1/2 right=1/2 new=1/2 | new-term | still-optimal",
      PROVED, "Two other actions tie, but none is better.")  # fmt: skip
_swap(
    "invalid", "not_still_optimal", "retry", "term=1 | term-x | still-optimal", "not still-optimal", "x is better now."
)
_swap("invalid", "is_greater", "retry", "term=2 x=1/10 | term-x | no-greater", "not no-greater", "2 > 1/10.")
_swap(
    "invalid",
    "another_state_is_not_greater",
    "star-3",
    "term=20 x1=1 | term-x2 | no-greater",
    "not no-greater",
    "20 > 0.",
)
_swap(
    "invalid",
    "goal_avoids_shutdown",
    "retry",
    "x=1 | term-x | still-shutdown",
    "shutdown is not preferred",
    "No goal of A0.",
)
_swap("invalid", "goal_ties", "retry", "| term-x | still-shutdown", "shutdown is not preferred", "theta = 0 ties.")
_swap("invalid", "goal_outside_Theta", "retry", "x=-1 term=1 | term-new | still-shutdown", "not preferred in Theta",
      "A negative reward.")  # fmt: skip
_swap("invalid", "does_not_leave_Theta", "retry", "term=1 | term-new | leaves-theta", "not leaves-theta", "It stays.")
_swap("invalid", "a_tie_counts_as_shutdown", "star-3", "term=10 x1=1 x2=1 | term-x1 | still-shutdown",
      "shutdown is not preferred", "Two other actions tie with shutdown.")  # fmt: skip
_swap("invalid", "tie_goes_to_the_others", "shutdown-last", "| term-x | still-shutdown", "shutdown is not preferred",
      "theta = 0 ties, and ties go to A1.")  # fmt: skip
_swap("invalid", "image_avoids_shutdown", "star-3", "term=10 | term-x1 | meets", "not meets", "x1 is better now.")
_swap(
    "invalid", "image_outside_Theta", LEAK, "term=5 t=2 | x-t | meets", "not meets", "It shuts down, but out of Theta."
)
_swap(
    "malformed", "unknown_how", "retry", "term=1 | term-x | somehow", "is not one of", "There is no such way to fail."
)


def _changed(status: str, name: str, expects: str, why: str, change: Callable[[Claim], object]) -> None:
    @attack(status, SWAP, name, "retry", expects, why)
    def _(c: Certificate) -> None:
        entry = producer("retry").swap_fails({"term": "1"}, [["term", "new"]], "still-shutdown", "9/10")
        change(entry)
        first(c, entry)


_changed("invalid", "another_permutation", "Bellmans equation fails", "The image's values are of another.",
         lambda e: e.update(permutation=[["term", "x"]]))  # fmt: skip
_changed("invalid", "inverse_permutation", "Bellmans equation fails", "phi theta moves theta(term) to new, not to x.",
         lambda e: e.update(permutation=[["new", "term", "x"]]))  # fmt: skip
_changed("invalid", "image_values_of_the_goal", "Bellmans equation fails", "The image has others.",
         lambda e: e.update(image=e["goal"]))  # fmt: skip
_changed("invalid", "goal_values_wrong", "Bellmans equation fails", "One too high.",
         lambda e: e["goal"]["whole"].__setitem__(0, "11"))  # fmt: skip
_changed("malformed", "overlapping_cycles", "cycles meet", "term is in two.",
         lambda e: e.update(permutation=[["term", "new"], ["term", "x"]]))  # fmt: skip
_changed("malformed", "cycle_of_one", "are short", "It is the identity.", lambda e: e.update(permutation=[["term"]]))
_changed("malformed", "empty_cycle", "are short", "It is nothing.", lambda e: e.update(permutation=[[]]))
_changed("malformed", "state_twice_in_a_cycle", "listed twice", "It would lose a reward.",
         lambda e: e.update(permutation=[["term", "x", "term"]]))  # fmt: skip
_changed(
    "malformed", "cycle_of_no_state", "is not one of", "No state.", lambda e: e.update(permutation=[["term", "y"]])
)
_changed("malformed", "image_missing", "exactly the keys", "Format 1 had no values.", lambda e: e.pop("image"))


def _member(status: str, name: str, base: str, theta: str, expects: str, why: str, at: str | None = None) -> None:
    @attack(status, MEMBER, name, base, expects, why)
    def _(c: Certificate) -> None:
        first(c, producer(base).member(rewards(theta), at or gamma(base)))


INSIDE, OUTSIDE = "member: ", "the rewards are not in Theta"
_member("valid", "of_all_goals", "retry", "x=3 term=1/7", INSIDE, "Nothing is asked but theta >= 0.")
_member("valid", "negative_where_allowed", "negative", "x=-3 term=-1/7", INSIDE, "Signs are free.")
_member("valid", "strict_inequality_within", "lopsided", "x=29/10", INSIDE, "x < 3.")
_member("valid", "equation", "two-ties", "a=2 b=2 d=2", INSIDE, "d = a = b.")
_member("valid", "weak_tie_in_training", "weak", "x=1", INSIDE, "go is as good as stay, which is enough.")
_member("valid", "trained_action_is_best", LEAK, "t=2", INSIDE, "Staying in t pays.")
_member("valid", "next_reward_alone", "immediate", "t=2 u=1", INSIDE, "t pays more than u.")
_member("valid", "inside_training_alone", "training-leak-on-training", "term=5", INSIDE, "go leaves S_train.")
_member("invalid", "negative_reward", "retry", "x=-1 term=1", OUTSIDE, "theta >= 0 is asked for.")
_member("invalid", "negative_by_a_hair", "retry", "new=-1/1000000000000", OUTSIDE, "theta >= 0 is asked for.")
_member("invalid", "on_a_strict_inequality", "lopsided", "x=3", OUTSIDE, "x < 3.")
_member("invalid", "beyond_an_inequality", "box", "x=0".replace("x=0", "left=2"), OUTSIDE, "left <= 1.")
_member("invalid", "above_an_equation", "two-ties", "a=2 b=2 d=3", OUTSIDE, "d = a.")
_member("invalid", "below_an_equation", "two-ties", "a=2 b=2 d=1", OUTSIDE, "d = a.")
_member("invalid", "second_equation", "two-ties", "a=2 b=1 d=2", OUTSIDE, "d = b.")
_member("invalid", "trained_action_is_worse", LEAK, "term=5", OUTSIDE, "go is better than stay.")
_member("invalid", "trained_action_is_worse_later", "weak", "u=1", OUTSIDE, "Moving between t and u pays.")
_member("invalid", "strict_tie_in_training", "immediate", "x=1", OUTSIDE, "A tie is not enough here.")
_member("invalid", "next_reward_is_lower", "immediate", "u=1", OUTSIDE, "u pays more than t.")
_member(
    "invalid", "where_it_was_trained", LEAK, "t=1/4 x=1", OUTSIDE, "x is worth 1/2 in two steps, t 1/2 at once.", "3/4"
)


@attack("holey", MEMBER, "no_negative_goal_shown", "negative", "nonnegative", "That `nonnegative` fails is not shown.")
def _(c: Certificate) -> None:
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != MEMBER]


@attack("holey", MEMBER, "no_tied_goal_shown", "shutdown-first", "strict", "That `strict` fails is not shown.")
def _(c: Certificate) -> None:
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != MEMBER]


def _unshown(name: str, base: str, theta: str, expects: str, why: str, at: str | None = None) -> None:
    @attack("holey", MEMBER, name, base, expects, why)
    def _(c: Certificate) -> None:
        c["claims"] = [entry for entry in c["claims"] if entry["claim"] != MEMBER]
        first(c, producer(base).member(rewards(theta), at or gamma(base)))


_unshown("positive_goal", "negative", "x=1", "nonnegative", "It breaks nothing.")
_unshown("zero_goal", "negative", "", "nonnegative", "0 is not negative.")
_unshown("negative_goal_at_another_gamma", "negative", "new=-1", "nonnegative", "It is not asked about.", "1/2")
_unshown("goal_without_a_tie", "shutdown-first", "term=1", "strict", "Shutdown alone is optimal.")
_unshown("goal_that_avoids", "shutdown-first", "x=1", "strict", "Shutdown is not optimal.")
_unshown("tied_goal_at_another_gamma", "shutdown-first", "", "strict", "It is not asked about.", "1/2")


@attack("malformed", MEMBER, "says_it_holds", "retry", "exactly the keys", "As format 1 had it.")
def _(c: Certificate) -> None:
    first(c, producer("retry").member({"x": "1"}, "9/10") | {"holds": True})


@attack(
    "invalid",
    MEMBER,
    "unit_that_makes_no_reward_whole",
    "half-off",
    "make the rewards whole",
    "m makes the values whole; 10/9 is not.",
)
def _(c: Certificate) -> None:
    goal = {"unit": "1", "whole": ["1", "0"]}
    first(c, {"claim": MEMBER, "gamma": "9/10", "rewards": {"term": "10/9"}, "goal": goal})
