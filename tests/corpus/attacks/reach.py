"""Attacks on `reach`."""

from __future__ import annotations

from tests.corpus.build import Certificate, after, attack, claim, drop

KIND = "reach"


def reached(c: Certificate, x: str, ranks: str, *removed: str) -> None:
    """Ranks as `new=go r1=go`, layers as `x term`."""
    pairs = [entry.split("=") for entry in ranks.split()]
    claim(c, KIND, state=x).update(ranks=pairs, removed=[layer.split() for layer in removed])


@attack(
    "invalid", KIND, "rank_cycle", "island", "rank of new is not earned", "new and m lead to each other, never to x."
)
def _(c: Certificate) -> None:
    reached(c, "x", "new=go m=back", "term")


@attack("invalid", KIND, "ranks_backwards", "corridor-3", "is not earned", "A rank rests on one that comes after it.")
def _(c: Certificate) -> None:
    reached(c, "r3", "new=go r1=go r2=go", "term")


@attack(
    "invalid",
    KIND,
    "rank_may_leave",
    "gamble",
    "rank of new is not earned by gamble",
    "The gamble reaches x with probability 9/10 only.",
)
def _(c: Certificate) -> None:
    reached(c, "x", "new=gamble m=go", "z term")


@attack(
    "invalid", KIND, "rank_by_waiting", "corridor-3", "is not earned by stay", "Staying does not lead to a lower rank."
)
def _(c: Certificate) -> None:
    reached(c, "r3", "r2=stay r1=go new=go", "term")


@attack("valid", KIND, "another_action_earns_the_rank", "two-ways", "reach x: proved", "The longer way is as sure.")
def _(c: Certificate) -> None:
    reached(c, "x", "m1=go m=go m2=go new=slow", "term")


@attack("invalid", KIND, "ranks_skip_a_state", "corridor-3", "do not partition", "r1 is neither ranked nor removed.")
def _(c: Certificate) -> None:
    reached(c, "r3", "r2=go new=go", "term")


@attack("invalid", KIND, "ranked_twice", "retry", "do not partition", "A state is listed twice.")
def _(c: Certificate) -> None:
    reached(c, "x", "new=go new=go", "term")


@attack("invalid", KIND, "ranked_and_removed", "retry", "do not partition", "A state is ranked and removed.")
def _(c: Certificate) -> None:
    reached(c, "x", "new=go", "new term")


@attack("invalid", KIND, "target_removed", "retry", "do not partition", "x itself is removed.")
def _(c: Certificate) -> None:
    reached(c, "x", "new=go", "x term")


@attack("invalid", KIND, "removal_with_an_escape", "retry", "new is not removed", "go may still reach x.")
def _(c: Certificate) -> None:
    reached(c, "x", "", "term", "new")


@attack(
    "invalid",
    KIND,
    "removed_too_early",
    "half",
    "new is not removed",
    "new is lost because y is, so it cannot be removed before y.",
)
def _(c: Certificate) -> None:
    reached(c, "x", "", "term", "new", "y")


@attack(
    "valid", KIND, "one_layer_each", "half", "reach x: proved", "The order of the removed states is free otherwise."
)
def _(c: Certificate) -> None:
    reached(c, "x", "", "term", "y", "new")


@attack("invalid", KIND, "twice", "retry", "a reach claim already", "It is claimed twice.")
def _(c: Certificate) -> None:
    after(c, KIND, claim(c, KIND, state="x"))


@attack("malformed", KIND, "pair_of_three", "retry", "a list of 2 entries", "A rank is a state and an action.")
def _(c: Certificate) -> None:
    claim(c, KIND, state="x")["ranks"][0].append("x")


@attack("malformed", KIND, "unknown_action", "retry", "is not one of off, go", "The action is not one of that state.")
def _(c: Certificate) -> None:
    reached(c, "x", "new=stay", "term")


@attack("malformed", KIND, "terminal_state_ranked", "retry", "is not one of none", "s_term has no action.")
def _(c: Certificate) -> None:
    reached(c, "x", "new=go term=off")


@attack("holey", KIND, "deleted", "half", "no reach claim for new", "Nothing is known about s_new.")
def _(c: Certificate) -> None:
    drop(c, KIND, state="new")
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != "count"]
