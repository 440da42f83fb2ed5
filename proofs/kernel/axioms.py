"""The named statements that the rules rest on: what a reader has to believe beside this code. See docs/theory.md."""

from collections.abc import Iterable

AXIOMS = {  # a kind of claim, or the means of a verdict -> statements
    "closed-form": ["series decide quotients"],
    "threshold": [
        "almost-sure fixpoint",
        "series decide quotients",
        "monotone visit counts",
        "rule of signs",
        "Bellman",
    ],
    "no-threshold": ["Bellman"],
    "orbit": ["Bellman"],
    "orbit-tree": ["Bellman", "rearrangement"],
    "swap-fails": ["Bellman"],
    "optimal-on-interval": ["series decide quotients", "Bellman", "rule of signs"],
    "blackwell": ["series decide quotients", "Bellman", "rule of signs"],
    "member": ["Bellman"],
    "universal": ["Farkas", "Bellman", "rule of signs"],
    "retargeting": ["Farkas"],
    "counted": ["monotone visit counts", "Bellman", "Bernstein"],
    "not-counted": ["monotone visit counts", "Bellman", "Bernstein"],
    "graph": ["almost-sure fixpoint"],  # always
    "paper": ["Propositions 1 to 3", "Theorem 1"],
    "sharp": ["exact swap theorem", "Theorem 1"],
    "linear": ["Theorem 1"],
    "pays": ["Proposition 3 where shutdown pays"],
}


def axioms(users: Iterable[str]) -> list[str]:
    """The statements that these kinds of claims and means of verdicts rest on, each once."""
    return list(dict.fromkeys(name for user in ("graph", *users) for name in AXIOMS.get(user, ())))
