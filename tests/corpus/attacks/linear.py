"""Attacks on `universal`, `retargeting` and `member`. On `step` one action leads to x, which loops."""

from __future__ import annotations

from typing import Any

from tests.corpus.build import Certificate, attack

UNIVERSAL, RETARGETING, MEMBER = "universal", "retargeting", "member"
SWAP = [["term", "x"]]
ROWS: dict[str, list[str]] = {  # r(term) > W(x) >= r(x)/(1-g), and after the swap r(x) >= W(x) >= r(term)/(1-g)
    "prefers go": ["1", "-1"],
    "super goal x stay": ["0", "1"],
    "super image x stay": ["0", "1", "-1"],
    "kept go": ["1", "-2", "1"],
    "reward x": ["0", "0", "2", "-1"],
}
Proof = dict[str, Any]


def proof(changes: dict[str, list[str]] | None = None, without: str = "") -> Proof:
    """The multipliers of an honest proof, changed."""
    rows = {name: given for name, given in (ROWS | (changes or {})).items() if name != without}
    return {"multipliers": [[name.split(), given] for name, given in rows.items()]}


def universal(c: Certificate, given: Proof, asked: str = "retargets", **changes: object) -> None:
    """Put the claim first."""
    entry = {"claim": UNIVERSAL, "property": asked, "permutation": SWAP, "interval": ["0", "1"], "proof": given}
    c["claims"].insert(0, entry | changes)


def stays(c: Certificate) -> None:
    universal(c, {"violations": []}, "stays")


def retargeting(c: Certificate, *permutations: list[list[str]], interval: tuple[str, str] = ("0", "1")) -> None:
    """Put the claim after the two that it rests on."""
    c["claims"].insert(2, {"claim": RETARGETING, "interval": list(interval), "permutations": list(permutations)})


@attack("valid", UNIVERSAL, "swap_on_all_of_0_1", "step", "universal", "An honest proof with polynomial multipliers.")
def _(c: Certificate) -> None:
    universal(c, proof())


@attack("valid", RETARGETING, "one_swap", "step", "retargeting", "It rests on `retargets` and `stays`, both proved.")
def _(c: Certificate) -> None:
    universal(c, proof())
    stays(c)
    retargeting(c, SWAP)


def _refused(name: str, expects: str, why: str, given: Proof, **changes: object) -> None:
    @attack("invalid", UNIVERSAL, name, "step", expects, why)
    def _(c: Certificate) -> None:
        universal(c, given, **changes)  # type: ignore[arg-type]


_refused(
    "negative_multiplier",
    "negative multiplier of",
    "An inequality is multiplied by -g.",
    proof({"reward x": ["0", "-1"]}),
)
_refused(
    "negative_near_one", "negative multiplier of", "1 - 2 g is negative above 1/2.", proof({"kept go": ["1", "-2"]})
)
_refused("does_not_cancel", "do not cancel", "A variable is left.", proof({"reward x": ["0", "0", "2"]}))
_refused("row_left_out", "do not cancel", "r(x) >= 0 is needed.", proof(without="reward x"))
_refused("no_rows", "do not contradict", "0 <= 0 is no contradiction.", {"multipliers": []})
_refused(
    "row_of_another_property", "not available", "`image-prefers` is for never-both.", proof({"image-prefers go": ["1"]})
)
_refused("tight_without_a_split", "not available", "No case was distinguished.", proof({"tight goal x stay": ["1"]}))
_refused("row_that_is_not", "not available", "There is no such row.", proof({"reward y": ["1"]}))
_refused("weak_rows_only", "do not contradict", "0 <= 0 without a strict row is no contradiction.",
         {"multipliers": [[["super", "goal", "x", "stay"], []]]})  # fmt: skip
_refused("row_repeated", "a row is repeated", "Its multipliers could hide each other.",
         {"multipliers": [*proof()["multipliers"], [["reward", "x"], ["0", "0", "2", "-1"]]]})  # fmt: skip
_refused(
    "split_without_a_case",
    "exactly its actions",
    "A case is missing.",
    {"split": ["goal", "new"], "cases": {"go": proof()}},
)
_refused("only_without_cases", "exactly A1", "No case distinguished, nothing proved.", {"only": {}})
_refused(
    "another_permutation", "do not cancel", "The proof is of another swap.", proof(), permutation=[["term", "new"]]
)
_refused(
    "only_for_another_property",
    "out of place",
    "`only` is for retargets.",
    {"only": {"go": proof()}},
    asked="never-both",
)


@attack(
    "invalid", UNIVERSAL, "violation_left_out", "training-leak", "violations", "How Theta is left is not gone through."
)
def _(c: Certificate) -> None:
    stays(c)


@attack("invalid", UNIVERSAL, "only_where_there_is_no_other_action", "no-alternative", "exactly A1",
        "A1 is empty: shutdown is chosen, and no case distinction over A1 can show otherwise.")  # fmt: skip
def _(c: Certificate) -> None:
    universal(c, {"only": {}}, permutation=[["term", "new"]])


@attack("malformed", UNIVERSAL, "interval_is_0", "step", "interval", "gamma = 0 is no discount.")
def _(c: Certificate) -> None:
    universal(c, proof(), interval=["0", "0"])


@attack("malformed", UNIVERSAL, "unknown_property", "step", "is not one of", "There is no such property.")
def _(c: Certificate) -> None:
    universal(c, proof(), "convinces")


@attack(
    "invalid", RETARGETING, "same_swap_twice", "step", "never-both is not proved", "Two equal permutations count once."
)
def _(c: Certificate) -> None:
    universal(c, proof())
    stays(c)
    retargeting(c, SWAP, SWAP)


@attack("invalid", RETARGETING, "not_shown_to_stay", "step", "stays is not proved", "Condition 2 is missing.")
def _(c: Certificate) -> None:
    universal(c, proof())
    universal(c, proof())
    retargeting(c, SWAP)


@attack("invalid", RETARGETING, "wider_interval", "step", "is not proved", "Proved up to 1/2, claimed up to 1.")
def _(c: Certificate) -> None:
    universal(c, proof(), interval=["0", "1/2"])
    stays(c)
    retargeting(c, SWAP)


@attack("invalid", RETARGETING, "another_swap", "step", "is not proved", "Nothing is proved of this swap.")
def _(c: Certificate) -> None:
    universal(c, proof())
    stays(c)
    retargeting(c, [["term", "new"]])


def member(c: Certificate, rewards: dict[str, str], holds: bool) -> None:
    c["claims"].insert(0, {"claim": MEMBER, "gamma": "1/2", "rewards": rewards, "holds": holds})


@attack(
    "invalid", MEMBER, "outside_called_inside", "training-leak", "recomputed to be otherwise", "go is better than stay."
)
def _(c: Certificate) -> None:
    member(c, {"term": "5"}, True)


@attack("invalid", MEMBER, "inside_called_outside", "training-leak", "recomputed to be otherwise", "All goals tie.")
def _(c: Certificate) -> None:
    member(c, {}, False)


@attack("valid", MEMBER, "both_ways", "training-leak", "member", "One goal inside, one outside.")
def _(c: Certificate) -> None:
    member(c, {"term": "5"}, False)
    member(c, {"t": "2"}, True)


@attack("holey", MEMBER, "no_negative_goal_shown", "negative", "nonnegative", "That `nonnegative` fails is not shown.")
def _(c: Certificate) -> None:
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != MEMBER]


@attack("holey", MEMBER, "no_tied_goal_shown", "shutdown-first", "strict", "That `strict` fails is not shown.")
def _(c: Certificate) -> None:
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != MEMBER]
