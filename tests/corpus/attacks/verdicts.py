"""Attacks on `hypothesis` and `theorem`."""

from __future__ import annotations

from tests.corpus.build import Certificate, after, attack, claim, drop

HYPOTHESIS, THEOREM = "hypothesis", "theorem"
POSITIVE, SURE = "positive-probability", "probability-1"
WRONG_WAY = {  # hypothesis: (an instance where it holds, one where it fails)
    "shutdown-terminal": ("retry", "shutdown-loops"),
    "alternatives": ("retry", "no-alternative"),
    "nonnegative": ("retry", "negative"),
    "ood": ("retry", "training-reached"),
    "gamma-star": ("retry", "half-off"),
    "training-closed": ("retry", "training-leak"),
    "almost-sure-reach": ("retry", "half"),
    "strict": ("retry", "shutdown-first"),
}


def _claimed(name: str, base: str, holds: bool) -> None:
    way, truth = ("holds", "fails") if holds else ("fails", "holds")

    @attack("invalid", HYPOTHESIS, f"{name}_{way}", base, f"{name} is {str(not holds).lower()}",
            f"On {base}, {name} {truth}.")  # fmt: skip
    def _(c: Certificate) -> None:
        c["claims"] = [x for x in c["claims"] if x["claim"] not in (HYPOTHESIS, THEOREM)]
        after(c, "", {"claim": HYPOTHESIS, "id": name, "holds": holds})


for _name, (_where, _elsewhere) in WRONG_WAY.items():
    _claimed(_name, _where, False)
    _claimed(_name, _elsewhere, True)


@attack("malformed", HYPOTHESIS, "holds_is_a_string", "retry", "expected true or false", '"true" is not true.')
def _(c: Certificate) -> None:
    claim(c, HYPOTHESIS, id="ood")["holds"] = "true"


@attack(
    "malformed", HYPOTHESIS, "no_answer_before_the_thresholds", "retry", "true or false", "A hole hides no bad form."
)
def _(c: Certificate) -> None:
    entry = claim(c, HYPOTHESIS, id="ood")
    entry["holds"] = "maybe"
    c["claims"].remove(entry)
    c["claims"].insert(0, entry)


@attack("malformed", HYPOTHESIS, "unknown", "retry", "is not one of", "There is no such hypothesis.")
def _(c: Certificate) -> None:
    claim(c, HYPOTHESIS, id="ood")["id"] = "odd"


@attack(
    "holey",
    HYPOTHESIS,
    "before_what_it_rests_on",
    "retry",
    "rests on what is not proved",
    "At that place no threshold is proved yet.",
)
def _(c: Certificate) -> None:
    entry = claim(c, HYPOTHESIS, id="gamma-star")
    c["claims"].remove(entry)
    c["claims"].insert(0, entry)


@attack("invalid", THEOREM, "inapplicable_made_verified", "half", "derived: inapplicable", "gamma-star fails on half.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE)["verdict"] = "verified"


@attack("invalid", THEOREM, "refuted_made_verified", "training-leak", "derived: refuted", "An orbit refutes it.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE).update(verdict="verified", conclusion="proved", means="paper")


@attack(
    "invalid",
    THEOREM,
    "refuted_made_inapplicable",
    "training-leak",
    "derived: refuted",
    "Every stated hypothesis holds, so it applies.",
)
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE)["verdict"] = "inapplicable"


@attack(
    "invalid",
    THEOREM,
    "other_reading_of_reach",
    "half",
    "derived: refuted",
    "What is proved where reach means with probability 1 is claimed for positive probability.",
)
def _(c: Certificate) -> None:
    other = claim(c, THEOREM, id="proposition-1", reach=SURE)
    claim(c, THEOREM, id="proposition-1", reach=POSITIVE).update(
        {k: other[k] for k in ("verdict", "conclusion", "means", "n")}
    )


def _n(base: str, name: str, by: int) -> None:
    @attack("invalid", THEOREM, f"{name}_n_{'plus' if by > 0 else 'minus'}_one", base, "derived", "n is off by one.")
    def _(c: Certificate) -> None:
        entry = claim(c, THEOREM, id=name, reach=POSITIVE)
        entry["n"] = str(int(entry["n"]) + by)


for _id in ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2"):
    _n("corridor-3", _id, 1)
    _n("corridor-3", _id, -1)


@attack(
    "invalid",
    THEOREM,
    "sharp_called_paper",
    "half",
    "derived: inapplicable / proved / sharp",
    "The paper proves nothing here.",
)
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE)["means"] = "paper"


@attack("invalid", THEOREM, "fails_called_undecided", "training-leak", "derived: refuted", "It is decided.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE).update(verdict="undecided", conclusion="undecided", means="none")


@attack(
    "invalid", THEOREM, "another_gamma", "retry", "the question is gamma = 9/10", "The question's gamma is another one."
)
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE)["gamma"] = "99/100"


@attack("invalid", THEOREM, "no_gamma", "retry", "the question is gamma = 9/10", "The question is not about all gamma.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=POSITIVE)["gamma"] = None


@attack(
    "invalid",
    THEOREM,
    "before_the_orbit_that_refutes_it",
    "training-leak",
    "derived: undecided",
    "The refuting orbit is counted only after it.",
)
def _(c: Certificate) -> None:
    entry = claim(c, "orbit")
    c["claims"].remove(entry)
    c["claims"].append(entry)


@attack("holey", THEOREM, "deleted", "retry", "theorem-2 under probability-1 is not settled", "One theorem is missing.")
def _(c: Certificate) -> None:
    drop(c, THEOREM, id="theorem-2", reach=SURE)


@attack("holey", THEOREM, "undecided_for_want_of_an_orbit", "training-leak", "theorem-2 under", "No orbit is counted.")
def _(c: Certificate) -> None:
    drop(c, "orbit")
    for entry in c["claims"]:
        if entry.get("id") in ("theorem-1", "theorem-2"):
            entry.update(verdict="undecided", conclusion="undecided", means="none")


@attack(
    "valid", THEOREM, "said_twice", "retry", "theorem theorem-2 probability-1: proved", "A repetition proves the same."
)
def _(c: Certificate) -> None:
    after(c, THEOREM, claim(c, THEOREM, id="theorem-2", reach=SURE))


@attack("malformed", THEOREM, "unknown_reading", "retry", "is not one of positive-probability", "No such reading.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=SURE)["reach"] = "surely"


@attack("malformed", THEOREM, "unknown_theorem", "retry", "is not one of proposition-1", "No such theorem.")
def _(c: Certificate) -> None:
    claim(c, THEOREM, id="theorem-2", reach=SURE)["id"] = "theorem-3"
