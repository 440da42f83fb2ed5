"""Each claim in words, for a terminal: only what the claim itself says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import root_in
from exact.digits import exact_text, shown
from exact.errors import NoRoot, Pole
from proofs.claims import types as c
from proofs.claims.roots import polynomial, root, visits
from proofs.claims.spelling import function_text, permutation_text, polynomial_text, root_text

LONGEST = 200  # characters of a polynomial or a list of names
SYMBOLS = {c.PAPER: "gamma*", c.SHARP: "gamma°"}
READINGS = {c.POSITIVE: "with positive probability", c.SURE: "with probability 1"}
HOW = {
    "still-shutdown": "shutdown is still not avoided",
    "leaves-theta": "the permuted goal is not in Theta",
    "meets": "the permuted goal is in Theta and prefers shutdown too",
    "still-optimal": "shutdown is optimal for the permuted goal too",
    "no-greater": "r(s_term) is not greater than the reward it is exchanged with",
}
PROPERTIES = {
    "retargets": "makes shutdown avoided (Condition 1 of Def. 4)",
    "stays": "stays in Theta (Condition 2)",
    "never-both": "never leads to a goal of Theta that prefers shutdown (Condition 3)",
    "not-optimal": "makes shutdown not optimal (Prop. 3)",
    "exceeds": "moves a reward below r(s_term) to s_term (Prop. 3)",
    "pays": "moves no negative reward to s_term, and r(s_term) is positive (Prop. 3)",
}
OF_THETA = {
    "nonnegative": "no goal of Theta has a negative reward",
    "strict": "where shutdown is preferred, no other action is as good",
    "never-both": "no goal of Theta prefers shutdown",
}


def told(claim: c.Claim) -> tuple[str, str]:
    """(what it is about, what it says)."""
    match claim:
        case c.Unexplained():
            return claim.kind, "a kind of claim that is not explained here"
        case c.ClosedForm():
            total = f"the expected discounted sum of {rewards(claim.rewards)} (t >= 0)"
            above = names([f"{s}: {poly(value)}" for s, value in claim.values.items()])
            said = f"{total} is N/D with D = {poly(claim.denominator)} and N = {above}"
            return "closed form", f"under {policy(claim.policy)} {said}"
        case c.Threshold():
            return _of(claim), f"{_counted(claim)}; under {policy(claim.policy)}: {count(claim)}"
        case c.NoThreshold():
            never = f"v_{claim.state} + v_s_term < 1 for every policy that starts in A1 and every gamma"
            return f"{SYMBOLS[c.SHARP]}_{claim.state}", f"does not exist: {never}"
        case c.ListedOrbit() | c.OrbitTree():
            inside = f"{exact(claim.size)} goals in Theta, {exact(claim.outside)} outside"
            decided = f"{exact(claim.shutdown)} shut down, {exact(claim.avoid)} avoid it, {exact(claim.tie)} tie"
            return "orbit", f"of {_goal(claim)}: {inside}; {decided}"
        case c.Phase():
            between = f"between gamma = {_end(claim.low)} and {_end(claim.high)}"
            return "optimal", f"{between} for rewards {rewards(claim.rewards)}: {policy(claim.policy)}"
        case c.SwapFails():
            return "swap fails", f"{permutation_text(claim.permutation)} for {_goal(claim)}: {HOW[claim.how]}"
        case c.Member():
            return "member", f"{_goal(claim)} lies in Theta"
        case c.Universal():
            leaves = _leaves(claim.proof)
            return (
                "universal",
                f"{_property(claim)}, {gammas(claim.interval)}; {leaves} {'case' if leaves == 1 else 'cases'}",
            )
        case c.Retargeting():
            moved = names([permutation_text(phi) for phi in claim.permutations])
            return "retargeting", f"n = {len(claim.permutations)} by {moved} (Def. 4), {gammas(claim.interval)}"
        case c.Counted():
            says = f"counted for every gamma {'>' if claim.kind == c.PAPER else '>='} {exact(claim.discount)}"
            return _on(claim), f"{says}, by values below those of {policy(claim.policy)}"
        case c.NotCounted():
            never = f"not counted for any gamma <= {exact(claim.discount)}"
            return _on(claim), f"{never}, by values above those of every policy"
        case c.At():
            place = ", ".join(f"{name} = {exact(value)}" for name, value in claim.point.items())
            reasons = names([told(inner)[0] for inner in claim.claims])
            return f"at {place}", f"Theorem 2's conclusion fails there for gamma = {exact(claim.gamma)}, by: {reasons}"


def _of(claim: c.Threshold | c.OnBox) -> str:
    kinds = claim.kinds if isinstance(claim, c.Threshold) else [claim.kind]
    return " = ".join(f"{SYMBOLS[kind]}_{claim.state}" for kind in kinds)


def _on(claim: c.OnBox) -> str:
    sides = " x ".join(f"[{', '.join(map(exact, side))}]" for side in claim.box)
    return _of(claim) + (f" on {sides}" if sides else "")


def _counted(claim: c.Threshold) -> str:
    """What is so from the threshold on."""
    sure = f"v_{claim.state} > 1 is possible for a reach-and-revisit policy"
    defeats = "exchanging it with s_term defeats every theta >= 0 that strictly prefers shutdown"
    said = {c.PAPER: (sure, ">"), c.SHARP: (defeats, ">=")}
    parts = [said[kind] for kind in claim.kinds]
    if not any(claim.interval):
        return f"{' and '.join(what for what, _ in parts)} for every gamma"
    return ", and ".join(f"{what} exactly when gamma {sign} {number(claim)}" for what, sign in parts)


def _property(claim: c.Universal) -> str:
    if not claim.permutation and claim.property in OF_THETA:
        return OF_THETA[claim.property]
    return f"{permutation_text(claim.permutation)} {PROPERTIES.get(claim.property, claim.property)}"


def _end(end: c.RootIn | str) -> str:
    """An end of a phase."""
    if isinstance(end, str):
        return end
    low, high = end.interval
    try:
        return root_text(root_in(fmpz_poly(list(end.polynomial)), low, high))
    except NoRoot:
        return f"(a root of {poly(end.polynomial)})"


def number(claim: c.Threshold) -> str:
    """The threshold as people write it."""
    low, high = map(exact, claim.interval)
    if claim.interval[0] == claim.interval[1]:
        return low
    excess = tuple(int(coefficient) for coefficient in polynomial(claim).coeffs())
    if _bits(excess) > 4 * LONGEST:
        return f"(a number in [{low}, {high}])"
    try:
        return root_text(root(claim))
    except NoRoot:
        return f"(a root of {poly(excess)} in [{low}, {high}]: there is not exactly one)"


def count(claim: c.Threshold) -> str:
    """The count that crosses 1 at the threshold: v_x, or v_x + v_s_term."""
    symbol = f"v_{claim.state}" + ("" if c.PAPER in claim.kinds else " + v_s_term")
    if _bits(claim.numerator) + _bits(claim.denominator) > 4 * LONGEST:
        return f"{symbol} is a quotient of degree {max(len(claim.numerator), len(claim.denominator)) - 1}"
    try:
        return f"{symbol} = {function_text(visits(claim))}"
    except (Pole, ZeroDivisionError):
        return f"{symbol} = ({poly(claim.numerator)})/({poly(claim.denominator)})"


def exact(value: Fraction | int) -> str:
    """A number, or how long it is."""
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    return exact_text(value) if bits <= 4 * LONGEST else f"(a number of {bits} bits)"


def poly(value: c.Poly) -> str:
    """A polynomial in g, or its degree. The size is looked at first: a stranger's can be endless."""
    text = polynomial_text(value) if _bits(value) <= 4 * LONGEST else ""
    return text if text and len(text) <= LONGEST else f"(degree {len(value) - 1})"


def _bits(value: c.Poly) -> int:
    return sum(coefficient.bit_length() for coefficient in value)


def rewards(theta: Mapping[str, Fraction]) -> str:
    """`{term: 5, t: 2}`."""
    return "{" + ", ".join(f"{s}: {exact(r)}" for s, r in theta.items()) + "}"


def policy(chosen: Mapping[str, str]) -> str:
    """`new=go, x=stay`."""
    return names([f"{s}={a}" for s, a in chosen.items()])


def names(given: Sequence[str]) -> str:
    """A list, cut where it gets long."""
    text = ", ".join(given)
    return "none" if not given else text if len(text) <= LONGEST else f"{text[:LONGEST]} ... ({len(given)})"


def question(gamma: Fraction | c.Interval | None) -> str:
    """What a certificate was made for."""
    if gamma is None:
        return "every gamma in (0, 1)"
    return gammas(gamma) if isinstance(gamma, tuple) else f"gamma = {shown(gamma)}"


def gammas(ends: c.Interval) -> str:
    """`every gamma in (0, 1)`."""
    low, high = map(exact, ends)
    if (low, high) == ("0", "1"):
        return "every gamma in (0, 1)"
    return f"gamma = {low}" if ends[0] == ends[1] else f"every gamma in [{low}, {high}] with 0 < gamma < 1"


def _goal(claim: c.Orbit | c.SwapFails | c.Member) -> str:
    return f"{rewards(claim.rewards)} at gamma = {exact(claim.gamma)}"


def _leaves(proof: object) -> int:
    """The cases of a proof's tree, which may be of any shape: nobody has checked it."""
    waiting, leaves = [proof], 0
    while waiting:
        below = list(_below(waiting.pop()))
        waiting += below
        leaves += not below
    return leaves


def _below(node: object) -> Iterable[object]:
    if not isinstance(node, Mapping):
        return
    for key in ("cases", "only"):
        entry = node.get(key)
        yield from entry.values() if isinstance(entry, Mapping) else ()
    branches = node.get("violations")
    for branch in branches if isinstance(branches, list) else ():
        yield branch[-1] if isinstance(branch, list) and branch else branch
