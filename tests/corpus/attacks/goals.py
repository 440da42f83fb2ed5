"""Attacks on `orbit` and `swap-fails`."""

from __future__ import annotations

from tests.corpus.build import Certificate, after, attack, claim

ORBIT, SWAP = "orbit", "swap-fails"


def survivor(c: Certificate, rewards: str, permutation: str, how: str = "still-shutdown", gamma: str = "9/10") -> None:
    """Append a swap-fails claim: rewards as `x=1 term=2`, cycles as `term-x`."""
    entry = {
        "claim": SWAP,
        "gamma": gamma,
        "rewards": dict(pair.split("=") for pair in rewards.split()),
        "permutation": [cycle.split("-") for cycle in permutation.split()],
        "how": how,
    }
    after(c, ORBIT, entry)


def _off_by_one(key: str) -> None:
    @attack("invalid", ORBIT, f"{key}_off_by_one", "training-leak", "recounted", f"The count `{key}` is one too large.")
    def _(c: Certificate) -> None:
        entry = claim(c, ORBIT)
        entry[key] = str(int(entry[key]) + 1)


for _key in ("size", "outside", "shutdown", "avoid", "tie"):
    _off_by_one(_key)


@attack(
    "invalid",
    ORBIT,
    "outside_counted_inside",
    "training-leak",
    "recounted",
    "The vectors outside of Theta are added to those that avoid shutdown.",
)
def _(c: Certificate) -> None:
    entry = claim(c, ORBIT)
    entry["size"] = str(int(entry["size"]) + int(entry["outside"]))
    entry["avoid"] = str(int(entry["avoid"]) + int(entry["outside"]))
    entry["outside"] = "0"


@attack(
    "invalid",
    ORBIT,
    "equal_rewards_permuted",
    "retry",
    "recounted",
    "An orbit is a set of vectors: with two equal rewards it has 3 of them, not 3!.",
)
def _(c: Certificate) -> None:
    claim(c, ORBIT).update(rewards={"x": "1"}, size="6", shutdown="2", avoid="4")


@attack("invalid", ORBIT, "another_gamma", "training-leak", "recounted", "At another gamma Theta is another set.")
def _(c: Certificate) -> None:
    claim(c, ORBIT)["gamma"] = "1/100"


@attack("holey", ORBIT, "ten_factorial", "ten", "beyond the bound on work", "10! vectors are not recounted: a hole.")
def _(c: Certificate) -> None:
    rewards = {s: str(k + 1) for k, s in enumerate(("new", *"abcdefgh", "term"))}
    numbers = dict.fromkeys(("outside", "tie", "avoid", "shutdown"), "0")
    after(c, "count", {"claim": ORBIT, "gamma": "9/10", "rewards": rewards, "size": "3628800", **numbers})


@attack("malformed", ORBIT, "gamma_zero", "retry", "no gamma or interval of gamma", "gamma = 0 is no discount.")
def _(c: Certificate) -> None:
    claim(c, ORBIT)["gamma"] = "0"


@attack(
    "valid", SWAP, "identity", "retry", "swap-fails: proved", "The identity does not retarget: true, and of no use."
)
def _(c: Certificate) -> None:
    survivor(c, "term=1", "")


@attack("invalid", SWAP, "swap_retargets", "retry", "not still-shutdown", "After the swap x is better than shutdown.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term-x")


@attack("invalid", SWAP, "goal_avoids_shutdown", "retry", "shutdown is not preferred", "Nothing to retarget.")
def _(c: Certificate) -> None:
    survivor(c, "x=1", "term-x")


@attack("invalid", SWAP, "goal_outside_Theta", "retry", "not preferred in Theta", "A negative reward is not in Theta.")
def _(c: Certificate) -> None:
    survivor(c, "x=-1 term=1", "term-new")


@attack("invalid", SWAP, "does_not_leave_Theta", "retry", "not leaves-theta", "The permuted goal is still in Theta.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term-new", "leaves-theta")


@attack(
    "invalid",
    SWAP,
    "a_tie_counts_as_shutdown",
    "star-3",
    "shutdown is not preferred",
    "Two other actions tie with shutdown, so it is not preferred.",
)
def _(c: Certificate) -> None:
    survivor(c, "term=10 x1=1 x2=1", "term-x1")


@attack("valid", SWAP, "both_prefer_shutdown", "star-3", "swap-fails: proved", "x1 and x2 change places: Condition 3.")
def _(c: Certificate) -> None:
    survivor(c, "term=100 x1=1", "x1-x2", "meets")


@attack("invalid", SWAP, "image_avoids_shutdown", "star-3", "not meets", "After the swap x1 is better than shutdown.")
def _(c: Certificate) -> None:
    survivor(c, "term=10", "term-x1", "meets")


@attack("invalid", SWAP, "image_outside_Theta", "training-leak", "not meets", "It prefers shutdown, but out of Theta.")
def _(c: Certificate) -> None:
    survivor(c, "term=5 t=2", "x-t", "meets")


@attack("malformed", SWAP, "overlapping_cycles", "corridor-3", "cycles meet", "term is in two cycles.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term-r1 term-r2")


@attack("malformed", SWAP, "cycle_of_one", "retry", "are short", "A cycle of one state is the identity.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term")


@attack("malformed", SWAP, "state_twice_in_a_cycle", "retry", "listed twice", "It would lose a reward.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term-x-term")


@attack("malformed", SWAP, "unknown_how", "retry", "is not one of", "There is no such way to fail.")
def _(c: Certificate) -> None:
    survivor(c, "term=1", "term-x", "somehow")
