"""Attacks on `threshold`."""

from __future__ import annotations

from fractions import Fraction

from tests.corpus.attacks.closed_form import times
from tests.corpus.build import Certificate, after, attack, claim, drop

KIND = "threshold"
Form = dict[str, object]


def paper(c: Certificate, x: str = "x") -> dict[str, object]:
    return claim(c, KIND, kind="paper", state=x)


def form(name: str, policy: str, rewards: str, denominator: str, **values: str) -> Form:
    """A closed form from short spellings: `new=go x=stay`, `1 -1`."""
    return {
        "claim": "closed-form",
        "name": name,
        "policy": dict(entry.split("=") for entry in policy.split()),
        "rewards": dict.fromkeys(rewards.split(), "1"),
        "denominator": denominator.split(),
        "values": {state: poly.split() for state, poly in values.items()},
    }


@attack("invalid", KIND, "from_the_wrong_side", "retry", "does not cross 1", "The interval lies below the root.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["1/4", "3/8"]


@attack("invalid", KIND, "from_above", "retry", "does not cross 1", "The interval lies above the root.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["2/5", "1/2"]


@attack(
    "invalid",
    KIND,
    "root_of_another_polynomial",
    "retry",
    "does not cross 1",
    "3 gamma - 1 changes its sign in the interval, but does not divide v - 1.",
)
def _(c: Certificate) -> None:
    paper(c).update(polynomial=["-1", "3"], interval=["1/4", "1/2"])


@attack(
    "invalid",
    KIND,
    "interval_holds_two_roots",
    "retry",
    "does not cross 1",
    "The polynomial has another root, 2/5, in the interval.",
)
def _(c: Certificate) -> None:
    paper(c).update(polynomial=times(["1", "-3", "1"], [-2, 5]), interval=["3/8", "1/2"])


@attack(
    "invalid",
    KIND,
    "rational_for_an_irrational",
    "retry",
    "v does not cross 1",
    "The threshold is (3 - sqrt 5)/2; a rational that agrees to 30 digits is not it.",
)
def _(c: Certificate) -> None:
    near = str(Fraction(381966011250105151795413165634, 10**30))
    paper(c).update(polynomial=[str(-Fraction(near).numerator), str(Fraction(near).denominator)], interval=[near, near])


@attack(
    "invalid",
    KIND,
    "rational_interval_of_an_irrational_polynomial",
    "retry",
    "v does not cross 1",
    "a = b, though the polynomial has no rational root.",
)
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["3/8", "3/8"]


@attack("valid", KIND, "wider_interval", "retry", "threshold paper x: proved", "The root is still the only one in it.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["1/100", "99/100"]


@attack(
    "valid",
    KIND,
    "reducible_polynomial",
    "stairs",
    "threshold paper x: proved",
    "(2 gamma - 1)(gamma - 1) names 1/2 as well as 2 gamma - 1 does.",
)
def _(c: Certificate) -> None:
    paper(c)["polynomial"] = ["1", "-3", "2"]


@attack("malformed", KIND, "interval_from_0", "retry", "not inside (0,1)", "0 < a fails.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["0", "1/2"]


@attack("malformed", KIND, "interval_to_1", "retry", "not inside (0,1)", "b < 1 fails.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["1/4", "1"]


@attack("malformed", KIND, "interval_backwards", "retry", "not inside (0,1)", "a <= b fails.")
def _(c: Certificate) -> None:
    paper(c)["interval"] = ["1/2", "1/4"]


@attack("malformed", KIND, "polynomial_zero", "retry", "polynomial is 0", "p = 0 vanishes everywhere.")
def _(c: Certificate) -> None:
    paper(c).update(polynomial=[], interval=["3/8", "3/8"])


@attack(
    "invalid", KIND, "constant_polynomial", "retry", "does not cross 1", "p = 1 has no root, though it divides v - 1."
)
def _(c: Certificate) -> None:
    paper(c)["polynomial"] = ["1"]


@attack(
    "invalid",
    KIND,
    "policy_not_optimal",
    "two-ways",
    "better than the policy",
    "The longer way reaches v = 1 only at a higher gamma than the shorter one.",
)
def _(c: Certificate) -> None:
    slow = form("slow", "new=slow m=go m1=go m2=go x=stay", "x", "1 -1",
                new="0 0 0 1", m="0 1", m1="0 1", m2="0 0 1", x="1")  # fmt: skip
    after(c, "reach", slow)
    paper(c).update({"closed-form": "slow", "polynomial": ["-1", "1", "1"], "interval": ["1/2", "3/4"]})


@attack(
    "invalid",
    KIND,
    "sharp_policy_not_optimal",
    "two-ways",
    "better than the policy",
    "The same for the exact swap theorem's threshold.",
)
def _(c: Certificate) -> None:
    slow = form("slow", "new=slow m=go m1=go m2=go x=stay", "x term", "1 -1",
                new="0 0 0 1", m="0 1", m1="0 1", m2="0 0 1", x="1")  # fmt: skip
    after(c, "reach", slow)
    claim(c, KIND, kind="sharp", state="x").update(
        {"closed-form": "slow", "polynomial": ["-1", "1", "1"], "interval": ["1/2", "3/4"]}
    )


@attack(
    "invalid",
    KIND,
    "policy_leaves_R_x",
    "gamble",
    "an action that is not allowed",
    "The gamble exceeds 1 from gamma = 1/10 on, but misses x with probability 1/10.",
)
def _(c: Certificate) -> None:
    gamble = form("gamble", "new=gamble m=go x=stay", "x", "10 -10", new="0 9", m="0 10", x="10")
    after(c, "reach", gamble)
    paper(c).update(
        {"closed-form": "gamble", "polynomial": ["-1", "10"], "interval": ["1/10", "1/10"], "frequency": "9/10"}
    )


@attack(
    "invalid",
    KIND,
    "policy_never_arrives",
    "corridor-3",
    "does not reach r3 from everywhere",
    "r1 stays for ever: its value is 0, so r3 is not reached from it.",
)
def _(c: Certificate) -> None:
    lazy = form("lazy", "new=go r1=stay r2=go r3=stay", "r3", "1 -1", new="", r1="", r2="0 1", r3="1")
    after(c, "reach", lazy)
    paper(c, "r3")["closed-form"] = "lazy"


@attack(
    "invalid",
    KIND,
    "paper_for_a_state_not_recurrent",
    "stairs",
    "no reach-and-revisit policy for m",
    "m is visited once: v_m never exceeds 1.",
)
def _(c: Certificate) -> None:
    once = form("once", "new=go m=go x=stay", "m", "1", new="0 1", m="1", x="")
    zero = {"claim": KIND, "kind": "paper", "state": "m", "closed-form": "once", "polynomial": ["0", "1"]}
    after(c, "reach", once, zero | {"interval": ["0", "0"], "frequency": "1"})


@attack(
    "invalid",
    KIND,
    "paper_for_a_state_not_reached_surely",
    "half",
    "no reach-and-revisit policy for x",
    "x is recurrent, but reached with probability 1/2 only.",
)
def _(c: Certificate) -> None:
    half = form("half", "new=go x=stay y=stay", "x", "2 -2", new="0 1", x="2", y="")
    entry = {"claim": KIND, "kind": "paper", "state": "x", "closed-form": "half", "polynomial": ["-1", "2"]}
    after(c, "reach", half, entry | {"interval": ["1/2", "1/2"], "frequency": "1/2"})


@attack(
    "invalid",
    KIND,
    "before_its_reach_claim",
    "retry",
    "no reach-and-revisit policy for x",
    "The claim rests on R_x, which is proved only after it.",
)
def _(c: Certificate) -> None:
    reach = claim(c, "reach", state="x")
    c["claims"].remove(reach)
    c["claims"].append(reach)


@attack(
    "invalid", KIND, "before_its_closed_form", "retry", "closed form is not proved", "The closed form comes after it."
)
def _(c: Certificate) -> None:
    late = claim(c, "closed-form", name="paper x")
    c["claims"].remove(late)
    after(c, KIND, late)


@attack(
    "invalid", KIND, "counts_other_visits", "retry", "counts other visits", "The closed form is that of e, not of 1[x]."
)
def _(c: Certificate) -> None:
    sharp = claim(c, "closed-form", name="sharp x")
    c["claims"].remove(sharp)
    after(c, "reach", sharp)
    paper(c)["closed-form"] = "sharp x"


@attack(
    "invalid",
    KIND,
    "sharp_region_not_closed",
    "gamble",
    "not closed under the other actions",
    "The policy's states leave out m, where another action of s_new leads.",
)
def _(c: Certificate) -> None:
    part = form("part", "new=gamble x=stay", "x term", "10 -10", new="0 9", x="10")
    after(c, "reach", part)
    claim(c, KIND, kind="sharp", state="x")["closed-form"] = "part"


@attack(
    "invalid",
    KIND,
    "sharp_policy_shuts_down",
    "retry",
    "an action that is not allowed",
    "The policy starts with a_sd, which is worth 1 for every gamma.",
)
def _(c: Certificate) -> None:
    off = form("off", "new=off x=stay", "x term", "1 -1", new="0 1 -1", x="1")
    after(c, "reach", off)
    claim(c, KIND, kind="sharp", state="x").update(
        {"closed-form": "off", "polynomial": ["0", "1"], "interval": ["0", "0"]}
    )


@attack("invalid", KIND, "zero_too_early", "retry", "below 1 near gamma = 0", "v_x < 1 for small gamma: not 0.")
def _(c: Certificate) -> None:
    paper(c).update(polynomial=["0", "1"], interval=["0", "0"])


@attack(
    "invalid",
    KIND,
    "positive_though_it_always_holds",
    "both-terminal",
    "for every gamma",
    "v_x + v_term = 1 for every gamma, so every gamma looks like a crossing.",
)
def _(c: Certificate) -> None:
    claim(c, KIND, kind="sharp", state="x").update(polynomial=["-1", "2"], interval=["1/2", "1/2"])


@attack("invalid", KIND, "wrong_frequency", "ring", "not the residue", "The residue is another one (Prop. 2).")
def _(c: Certificate) -> None:
    paper(c, "m")["frequency"] = "1"


@attack("invalid", KIND, "twice", "retry", "has a paper threshold already", "A threshold is claimed twice.")
def _(c: Certificate) -> None:
    after(c, KIND, paper(c))


@attack("invalid", KIND, "of_s_term", "retry", "s_term", "s_term cannot be exchanged with itself.")
def _(c: Certificate) -> None:
    paper(c)["state"] = "term"


@attack("malformed", KIND, "of_no_state", "retry", "is not one of new, x, term", "The name is that of no state.")
def _(c: Certificate) -> None:
    paper(c)["state"] = "y"


@attack("malformed", KIND, "of_no_kind", "retry", "is not one of paper, sharp", "There is no such kind.")
def _(c: Certificate) -> None:
    paper(c)["kind"] = "blunt"


@attack("malformed", KIND, "sharp_with_a_frequency", "retry", "exactly the keys", "Only the paper's threshold has one.")
def _(c: Certificate) -> None:
    claim(c, KIND, kind="sharp", state="x")["frequency"] = "1"


@attack("malformed", KIND, "paper_without_frequency", "retry", "exactly the keys", "A key is missing.")
def _(c: Certificate) -> None:
    del paper(c)["frequency"]


@attack("holey", KIND, "deleted", "retry", "gamma*_x is not proved", "Everything later rests on the missing threshold.")
def _(c: Certificate) -> None:
    drop(c, KIND, kind="paper", state="x")
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != "count"]


@attack("holey", KIND, "sharp_deleted", "retry", "gamma°_x is not settled", "The sharp threshold is missing.")
def _(c: Certificate) -> None:
    drop(c, KIND, kind="sharp", state="x")
    c["claims"] = [entry for entry in c["claims"] if entry["claim"] != "count"]
