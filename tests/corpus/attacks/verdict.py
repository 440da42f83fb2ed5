"""Attacks on what is derived: claims that are true, about something else than the question."""

from __future__ import annotations

from tests.corpus.build import attack, claim, drop, first
from tests.corpus.cases import Certificate
from tests.corpus.honest import cycles, gamma, producer, rewards

KIND = "verdict"
OPEN2, OPEN3 = "theorem-2 under positive-probability is open", "proposition-3 under positive-probability is open"


def _asked_at(name: str, base: str, at: str, expects: str, why: str) -> None:
    """The honest certificate, at another gamma, and said to be made for that."""

    @attack("holey", KIND, name, base, expects, why, at)
    def _(c: Certificate) -> None:
        c["question"]["gamma"] = at


_asked_at("retargeting_below_its_interval", "overlap", "3/4", OPEN2, "It is proved at 9/10 only.")
_asked_at("retargeting_above_its_interval", "overlap", "19/20", OPEN2, "It is proved at 9/10 only.")
_asked_at("retargeting_at_another_gamma", "box", "1/2", OPEN2, "It is proved at 9/10 only.")
_asked_at("orbit_at_another_gamma", "training-leak", "2/3", OPEN2, "The orbit is counted at 1/2.")
_asked_at("swap_at_another_gamma", "negative", "1/2", OPEN3, "The swap fails at 9/10.")
_asked_at(
    "nonnegative_at_another_gamma", "positive", "3/4", "whether nonnegative holds is open", "It is proved at 1/2."
)
_asked_at("linear_swap_at_another_gamma", "aside", "3/4", OPEN3, "`not-optimal` and `exceeds` are proved at 1/2.")


def _interval(name: str, prop: str, low: str, high: str, expects: str) -> None:
    @attack("holey", KIND, name, "aside-always", expects, "The question is about every gamma.")
    def _(c: Certificate) -> None:
        entry = claim(c, "retargeting") if prop == "retargeting" else claim(c, "universal", property=prop)
        entry["interval"] = [low, high]


_interval("retargeting_from_0", "retargeting", "0", "99/100", OPEN2)
_interval("retargeting_to_1", "retargeting", "1/100", "1", OPEN2)
_interval("exceeds_from_0", "exceeds", "0", "99/100", OPEN3)
_interval("not_optimal_to_1", "not-optimal", "1/100", "1", OPEN3)


@attack("holey", KIND, "exceeds_of_another_swap", "aside", OPEN3, "N = {x}: the swap of y and s_term says nothing.")
def _(c: Certificate) -> None:
    drop(c, "universal", property="exceeds")


@attack("holey", KIND, "not_optimal_left_out", "aside", OPEN3, "`exceeds` alone is half of Prop. 3.")
def _(c: Certificate) -> None:
    drop(c, "universal", property="not-optimal")


@attack("holey", KIND, "retargeting_left_out", "overlap", OPEN2, "Its conditions are proved, but not put together.")
def _(c: Certificate) -> None:
    drop(c, "retargeting")


@attack("holey", KIND, "fewer_permutations_than_n", "overlap", OPEN2, "One permutation, but N has two states.")
def _(c: Certificate) -> None:
    claim(c, "retargeting")["permutations"].pop()


def _swap(status: str, name: str, base: str, spelled: str, expects: str, why: str) -> None:
    """Another goal and permutation instead of the honest swap-fails claim: rewards | cycles | how."""
    theta, phi, how = (part.strip() for part in spelled.split("|"))

    @attack(status, KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        drop(c, "swap-fails")
        first(c, producer(base).swap_fails(rewards(theta), cycles(phi), how, gamma(base)))


FAILS3 = "proposition-3 (positive-probability): inapplicable; conclusion fails (swap), n = 1"
_swap("valid", "still_optimal_though_not_named", "negative", "x=-10/99 term=-1/99 new=1/11 | x-term | still-shutdown", FAILS3,
      "Shutdown stays the only optimum, which includes that it is optimal.")  # fmt: skip
_swap(
    "valid",
    "no_greater_though_not_named",
    "negative",
    "x=-1/5 term=-1 | x-term | still-shutdown",
    FAILS3,
    "-1 <= -1/5.",
)
_swap("valid", "no_greater", "negative", "x=-1/5 term=-1 | x-term | no-greater", FAILS3, "-1 <= -1/5.")
_swap("holey", "swap_of_another_state", "negative", "x=-1 | new-term | still-shutdown", OPEN3, "new is not in N.")
_swap(
    "holey",
    "longer_permutation",
    "negative",
    "x=-1/5 term=-1 | x-term-new | no-greater",
    OPEN3,
    "No swap of x and s_term.",
)
_swap(
    "holey", "swap_without_s_term", "negative", "x=-1/5 term=-1 | x-new | no-greater", OPEN3, "s_term stays in place."
)
_swap("holey", "swap_that_leaves_theta_alone", "negative", "x=-1/5 term=-1 || still-shutdown", OPEN3, "The identity.")


def _orbit(status: str, name: str, base: str, theta: str, at: str, expects: str, why: str) -> None:
    @attack(status, KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        c["claims"] = [entry for entry in c["claims"] if entry["claim"] != "orbit"]
        first(c, producer(base).orbit(rewards(theta), at))


_orbit("holey", "orbit_where_nothing_is_counted", "scattered", "term=1 x=1 d=1 c=1", "1/10", OPEN2,
       "At 1/10 more goals shut down, but Theorem 2 speaks of gamma > 1/2 alone.")  # fmt: skip
_orbit("holey", "orbit_at_the_threshold", "scattered", "term=1 x=1 d=1 c=1", "1/2", OPEN2, "gamma > 1/2 is strict.")
_orbit("valid", "tight_orbit", "star-3", "term=1000 x1=1 x2=1 x3=1", "9/10",
       "theorem-2 (probability-1): verified; conclusion proved (paper), n = 3", "1 : 3 refutes 4, not 3.")  # fmt: skip
_orbit("valid", "orbit_beside_the_proof", "half-off-always", "term=1000 x=1", "1/2",
       "theorem-2 (probability-1): inapplicable; conclusion proved (sharp), n = 1", "3 : 3 refutes 2, not 1.")  # fmt: skip
_orbit("holey", "orbit_without_a_shutdown", "training-leak", "", "1/2", OPEN2, "theta = 0: one tie.")
_orbit("holey", "orbit_that_is_fine", "training-leak-always", "term=1000", "9/10", OPEN2, "It refutes nothing.")
_orbit("valid", "orbit_at_any_gamma", "training-leak-always", "term=5 t=2", "2/3",
       "theorem-2 (positive-probability): refuted; conclusion fails (orbit), n = 1", "Without a gamma any will do.")  # fmt: skip


def _universal(name: str, base: str, asked: str, expects: str, why: str) -> None:
    @attack("holey", KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        drop(c, "universal", property=asked)


_universal(
    "nonnegative_not_shown", "positive", "nonnegative", "whether nonnegative holds is open", "The form does not say it."
)
_universal("strict_not_shown", "firm", "strict", "whether strict holds is open", "Ties go to shutdown.")


PAID = "proposition-3 (positive-probability): inapplicable; conclusion proved (pays), n = 1"


def _paid(status: str, name: str, state: str, expects: str, why: str, **changes: object) -> None:
    """The claim that shutdown pays and the state costs nothing, changed."""

    @attack(status, KIND, name, "paid", expects, why)
    def _(c: Certificate) -> None:
        next(entry for entry in c["claims"] if entry.get("permutation") == [["term", state]]).update(changes)


@attack("valid", KIND, "shutdown_pays", "paid", PAID, "m and x cost nothing and shutdown pays: from gamma*_x = 1/3 on.")
def _(c: Certificate) -> None:
    del c


ELSEWHERE = "The question is about every gamma above 1/3."
_paid("holey", "pays_above_the_threshold_only", "x", OPEN3, ELSEWHERE, interval=["1/2", "1"])
_paid("holey", "pays_to_below_1", "m", OPEN3, ELSEWHERE, interval=["0", "99/100"])
_paid("holey", "pays_for_a_longer_permutation", "m", OPEN3, "No swap.", permutation=[["term", "m", "new"]])


def _left_out(state: str) -> None:
    @attack("holey", KIND, f"pays_left_out_for_{state}", "paid", OPEN3, f"The policy of gamma*_x visits {state} too.")
    def _(c: Certificate) -> None:
        c["claims"] = [entry for entry in c["claims"] if entry.get("permutation") != [["term", state]]]


_left_out("m")
_left_out("x")
LOOPING = {  # r(term) >= (1-g) W(term) > (1-g) W(m) >= 0 on shutdown-loops
    "split": ["goal", "term"], "cases": {"stay": {"multipliers": [
        [["prefers", "go"], ["1", "-1"]], [["tight", "goal", "term", "stay"], ["0", "1"]], [["unpaid"], ["0", "1"]],
        [["super", "goal", "m", "go"], ["0", "1", "-1"]], [["super", "goal", "x", "stay"], ["0", "0", "1"]],
        [["reward", "m"], ["0", "1", "-1"]], [["reward", "x"], ["0", "0", "1"]]]}}}  # fmt: skip


@attack("valid", KIND, "shutdown_pays_for_ever", "shutdown-loops",
        "proposition-3 (positive-probability): inapplicable; conclusion fails (swap), n = 1",
        "s_term is not terminal: that it pays, and m and x cost nothing, does not prove Prop. 3, which is false.")  # fmt: skip
def _(c: Certificate) -> None:
    for state in ("m", "x"):
        costs = {"multipliers": [[["costs"], ["1"]], [["reward", state], ["1"]]]}
        proof = {"violations": [[["unpaid"], LOOPING], [["costs"], costs]]}
        first(c, {"claim": "universal", "property": "pays", "permutation": [["term", state]],
                  "interval": ["0", "1"], "proof": proof})  # fmt: skip
