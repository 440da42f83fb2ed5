"""One table of worked visit counts for every engine: half of theory.md section 4, and chains that broke or could.

Also `chains`, the random ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from hypothesis import strategies as st

from exact.closed_form.modular import primes
from exact.mdp import UNDEFINED, Mdp, Policy

Chain = Mapping[str, Mapping[str, int | str | Fraction]]

_SUPPLY = primes()
FIRST_PRIME, SECOND_PRIME = next(_SUPPLY), next(_SUPPLY)
SMALL_PRIMES = tuple(islice(primes(bits=30), 4))  # the first of the sparse engine


@dataclass(frozen=True)
class Worked:
    """v_target from start is above / below, coefficients low degree first, canonical."""

    name: str
    chain: Chain
    start: str
    target: str
    above: tuple[int, ...]
    below: tuple[int, ...]

    def question(self) -> tuple[Mdp, Policy, int, int]:
        mdp, policy = one_policy(self.chain)
        return mdp, policy, mdp.state(self.start), mdp.state(self.target)


def one_policy(chain: Chain) -> tuple[Mdp, Policy]:
    """The MDP whose states have the one action "go" (none where the row is empty), and its policy."""
    mdp = Mdp.from_dict(list(chain), {state: {"go": row} for state, row in chain.items() if row})
    return mdp, tuple(UNDEFINED if mdp.is_terminal(state) else 0 for state in range(len(mdp)))


def corridor(stay: int) -> Chain:
    """new -> r1 -> ... -> r<stay>, which loops."""
    names = ["new"] + [f"r{number}" for number in range(1, stay + 1)]
    return {name: {names[min(place + 1, stay)]: 1} for place, name in enumerate(names)} | {"term": {}}


RING: Chain = {"new": {"m": 1}, "m": {"new": 1}, "term": {}}
RETRY: Chain = {"new": {"x": "1/2", "new": "1/2"}, "x": {"x": 1}, "term": {}}
STAIRS: Chain = {"new": {"m": 1}, "m": {"x": 1}, "x": {"x": 1}, "term": {}}
HALF: Chain = {"new": {"x": "1/2", "y": "1/2"}, "x": {"x": 1}, "y": {"y": 1}}
HALF_OFF: Chain = {"new": {"x": "1/2", "term": "1/2"}, "x": {"x": 1}, "term": {}}
THIRDS: Chain = {"new": {"new": "1/3", "term": "2/3"}, "term": {}}
TWINS: Chain = {
    "new": {"a": "1/2", "b": "1/2"}, "a": {"a": "1/2", "x": "1/2"}, "b": {"b": "1/2", "x": "1/2"}, "x": {},
}  # fmt: skip
TWO_WAYS: Chain = {"new": {"a": "1/2", "b": "1/2"}, "b": {"a": 1}, "a": {}}


def loop(probability: Fraction) -> Chain:
    """A loop that is left, with what remains, for a terminal state."""
    return {"new": {"new": probability, "term": 1 - probability}, "term": {}}


_PRODUCT = FIRST_PRIME * SECOND_PRIME

WORKED = (
    Worked("corridor-1", corridor(1), "new", "r1", (1,), (1, -1)),
    Worked("corridor-2", corridor(2), "new", "r2", (0, 1), (1, -1)),
    Worked("corridor-3", corridor(3), "new", "r3", (0, 0, 1), (1, -1)),
    Worked("passed-once", corridor(3), "new", "r2", (0, 1), (1,)),
    Worked("from-inside", corridor(3), "r3", "r3", (1,), (1, -1)),
    Worked("ring-m", RING, "new", "m", (1,), (1, 0, -1)),
    Worked("ring-new", RING, "new", "new", (0, 1), (1, 0, -1)),
    Worked("retry", RETRY, "new", "x", (1,), (2, -3, 1)),
    Worked("retry-new", RETRY, "new", "new", (1,), (2, -1)),
    Worked("stairs-m", STAIRS, "new", "m", (1,), (1,)),
    Worked("stairs-x", STAIRS, "new", "x", (0, 1), (1, -1)),
    Worked("half-x", HALF, "new", "x", (1,), (2, -2)),
    Worked("half-off-x", HALF_OFF, "new", "x", (1,), (2, -2)),
    Worked("half-off-term", HALF_OFF, "new", "term", (1,), (2,)),
    Worked("thirds", THIRDS, "new", "new", (1,), (3, -1)),
    Worked("thirds-term", THIRDS, "new", "term", (2,), (3, -1)),
    Worked("terminal-start", THIRDS, "term", "term", (), (1,)),
    Worked("behind-the-start", THIRDS, "term", "new", (), (1,)),
    Worked("unreachable", RING, "new", "term", (), (1,)),
    Worked("common-factor-cancels", TWINS, "new", "x", (0, 1), (2, -1)),
    Worked("two-ways", TWO_WAYS, "new", "a", (1, 1), (2,)),
    Worked("large-denominator", loop(Fraction(1, 2**70)), "new", "new", (1,), (2**70, -1)),
    Worked("denominator-is-our-prime", loop(Fraction(1, FIRST_PRIME)), "new", "new", (1,), (FIRST_PRIME, -1)),
    Worked("or-a-small-one", loop(Fraction(1, SMALL_PRIMES[0])), "new", "new", (1,), (SMALL_PRIMES[0], -1)),
    Worked(
        "two-primes-agree-on-a-wrong-answer",
        loop(Fraction(_PRODUCT + 1, _PRODUCT + 2)), "new", "new", (_PRODUCT + 1,), (_PRODUCT + 2, -_PRODUCT - 1),
    ),
)  # fmt: skip


@st.composite
def chains(draw: st.DrawFn, most: int = 6) -> tuple[Mdp, Policy]:
    """Chains with terminal states, loops and small denominators."""
    size = draw(st.integers(1, most))
    rows: dict[str, dict[str, Fraction]] = {}
    for state in range(size):
        weights = draw(st.dictionaries(st.integers(0, size - 1), st.integers(1, 5), max_size=4))
        total = sum(weights.values())
        rows[f"s{state}"] = {f"s{target}": Fraction(weight, total) for target, weight in weights.items()}
    return one_policy(rows)
