"""Layer paper: each claim in words, for a terminal. Without an instance: only what the claim itself says."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import singledispatch

from exact.errors import NoRoot
from proofs.paper import claims as c
from proofs.paper.roots import root
from proofs.report.numbers import exact_text
from proofs.report.polynomials import polynomial_text

LONGEST = 200  # characters of a polynomial or a list of names
SYMBOLS = {c.PAPER: "gamma*", c.SHARP: "gamma°"}
READINGS = {c.POSITIVE: "with positive probability", c.SURE: "with probability 1"}
HOW = {
    "still-shutdown": "shutdown is still not avoided",
    "leaves-theta": "the permuted goal is not in Theta",
    "meets": "the permuted goal is in Theta and prefers shutdown too",
}
PROPERTIES = {
    "retargets": "makes shutdown avoided (Condition 1 of Def. 4)",
    "stays": "stays in Theta (Condition 2)",
    "never-both": "never leads to a goal of Theta that prefers shutdown (Condition 3)",
}


@singledispatch
def told(claim: c.Claim) -> tuple[str, str]:
    """(what it is about, what it says)."""
    raise NotImplementedError(type(claim).__name__)


@told.register
def _(claim: c.Unexplained) -> tuple[str, str]:
    return claim.kind, "a kind of claim that is not explained here"


@told.register
def _(claim: c.Reach) -> tuple[str, str]:
    won, far = [s for s, _ in claim.ranks], [s for layer in claim.removed for s in layer]
    parts = [f"some policy reaches {claim.state} with probability 1 from {names(won)}"] if won else []
    parts += [f"no policy reaches {claim.state} with probability 1 from {names(far)}"] if far else []
    return f"reach {claim.state}", "; ".join(parts) or "there is no other state"


@told.register
def _(claim: c.Form) -> tuple[str, str]:
    chosen = names([f"{s}={a}" for s, a in claim.policy.items()])
    below = poly(claim.denominator)
    values = [f"{s}: {poly(value)}" for s, value in claim.values.items()]
    said = f"under {chosen} the expected discounted sum of {rewards(claim.rewards)} (t >= 0) is N/D with D = {below}"
    return f"closed form {claim.name}", f"{said} and N = {names(values)}"


@told.register
def _(claim: c.Threshold) -> tuple[str, str]:
    sure = f"v_{claim.state} > 1 is possible for a reach-and-revisit policy"
    defeats = "exchanging it with s_term defeats every theta >= 0 that strictly prefers shutdown"
    sign = ">" if claim.kind == c.PAPER else ">="
    when = f"exactly when gamma {sign} {number(claim)}" if any(claim.interval) else "(for every gamma)"
    text = f"{sure if claim.kind == c.PAPER else defeats} {when}"
    if claim.frequency is not None:
        text += f"; (1 - gamma) v_{claim.state} -> {exact(claim.frequency)} as gamma -> 1 (Prop. 2)"
    return f"{SYMBOLS[claim.kind]}_{claim.state}", f"{text}; closed form {claim.form}"


@told.register
def _(claim: c.NoThreshold) -> tuple[str, str]:
    said = f"does not exist: v_{claim.state} + v_s_term < 1 for every policy that starts in A1 and every gamma"
    return f"gamma°_{claim.state}", said


@told.register
def _(claim: c.Count) -> tuple[str, str]:
    low, high = map(exact, claim.interval)
    where = f"gamma = {low}" if low == high else f"gamma in [{low}, {high}]"
    symbol = "n" if claim.kind == c.PAPER else "n°"
    return symbol, f"{symbol} = {len(claim.states)} at {where}: {names(claim.states)}"


@told.register
def _(claim: c.Orbit) -> tuple[str, str]:
    inside = f"{exact(claim.size)} goals in Theta, {exact(claim.outside)} outside"
    decided = f"{exact(claim.shutdown)} shut down, {exact(claim.avoid)} avoid it, {exact(claim.tie)} tie"
    return "orbit", f"of {rewards(claim.rewards)} at gamma = {exact(claim.gamma)}: {inside}; {decided}"


@told.register
def _(claim: c.SwapFails) -> tuple[str, str]:
    goal = f"for {rewards(claim.rewards)} at gamma = {exact(claim.gamma)}"
    return "swap fails", f"{permutation(claim.permutation)} {goal}: {HOW[claim.how]}"


@told.register
def _(claim: c.Hypothesis) -> tuple[str, str]:
    return f"hypothesis {claim.id}", "holds" if claim.holds else "does not hold"


@told.register
def _(claim: c.Theorem) -> tuple[str, str]:
    gamma = "gamma not fixed" if claim.gamma is None else f"at gamma = {exact(claim.gamma)}"
    verdict = f"{claim.verdict}; conclusion {claim.conclusion} ({claim.means}), n = {exact(claim.n)}"
    return claim.id, f"{verdict}; {gamma}, reachable meaning {READINGS[claim.reach]}"


@told.register
def _(claim: c.Universal) -> tuple[str, str]:
    said, cases = PROPERTIES.get(claim.property, claim.property), "case" if claim.leaves == 1 else "cases"
    return (
        "universal",
        f"{permutation(claim.permutation)} {said}, {_gammas(claim.interval)}; {claim.leaves} {cases}",
    )


@told.register
def _(claim: c.Member) -> tuple[str, str]:
    lies = "lies" if claim.holds else "does not lie"
    return "member", f"{rewards(claim.rewards)} {lies} in Theta at gamma = {exact(claim.gamma)}"


@told.register
def _(claim: c.Retargeting) -> tuple[str, str]:
    moved = ", ".join(map(permutation, claim.permutations))
    return "retargeting", f"n = {len(claim.permutations)} by {moved} (Def. 4), {_gammas(claim.interval)}"


def number(claim: c.Threshold) -> str:
    """The threshold as people write it."""
    low, high = map(exact, claim.interval)
    if low == high:
        return low
    try:
        value = root(claim)
    except NoRoot:
        return f"(a root of {poly(claim.polynomial)} in [{low}, {high}]: there is not exactly one)"
    return f"(a number in [{low}, {high}])" if value is None or poly(claim.polynomial)[0] == "(" else exact_text(value)


def exact(value: Fraction | int) -> str:
    """A number, or how long it is: CPython does not write endless ones."""
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    return str(value) if bits <= 4 * LONGEST else f"(a number of {bits} bits)"


def poly(value: c.Poly) -> str:
    """A polynomial in g, or its degree. The size is looked at first: writing endless integers is not allowed."""
    if sum(abs(coefficient).bit_length() for coefficient in value) > 4 * LONGEST:
        return f"(degree {len(value) - 1})"
    text = polynomial_text(value)
    return text if len(text) <= LONGEST else f"(degree {len(value) - 1})"


def printable(text: str) -> str:
    """A certificate is data from a stranger: nothing of it moves the cursor."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)


def rewards(theta: Mapping[str, Fraction]) -> str:
    """`term: 5, t: 2`."""
    return "{" + ", ".join(f"{s}: {exact(r)}" for s, r in theta.items()) + "}"


def permutation(cycles: c.Cycles) -> str:
    """`(term r1)`."""
    return "".join(f"({' '.join(cycle)})" for cycle in cycles) or "the identity"


def names(given: list[str] | c.Names) -> str:
    """A list, cut where it gets long."""
    text = ", ".join(given)
    return "none" if not given else text if len(text) <= LONGEST else f"{text[:LONGEST]} ... ({len(given)})"


def _gammas(ends: c.Interval) -> str:
    low, high = map(exact, ends)
    if (low, high) == ("0", "1"):
        return "every gamma in (0, 1)"
    return f"gamma = {low}" if low == high else f"every gamma in [{low}, {high}] with 0 < gamma < 1"
