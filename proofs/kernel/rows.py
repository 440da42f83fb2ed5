"""The rows of FORMAT.md's linear claims, c(gamma) x <= d: what holds of theta, phi theta and their optimal values."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from proofs.kernel.instance import Model, Rows, reachable

Name = tuple[str, ...]
Form = dict[tuple[str, str, int], Fraction]  # of gamma^k theta(s): ("theta", s, k); of gamma^k W_copy(s): (copy, s, k)
Line = tuple[Form, str, Fraction]  # coefficients, "<=" | "<" | "=", bound
ZERO, ONE = Fraction(0), Fraction(1)


def copies(model: Model, copy: str) -> dict[str, Rows]:
    """The MDP, and last what training looks at."""
    taught = f"{copy}-training" if model.reading == "on-training" else copy
    return {copy: model.rows, taught: model.inside}


def table(model: Model, source: Mapping[str, str], image: bool) -> dict[Name, Line]:
    """The rows by name, for theta or for phi theta; (phi theta)(s) = theta(source[s]).

    A claim takes both, and those for phi theta last: "violates", "breaks" and "kept" are about it.
    """
    copy, prefix, immediate = "image" if image else "goal", "image-" if image else "", model.reading == "immediate"
    rows, found = copies(model, copy), dict[Name, Line]()
    taught = list(rows)[-1]

    def value(c: str, s: str, power: int = 0) -> Form:
        return {(c, s, power) if rows[c][s] else ("theta", source[s], power): ONE}

    def q(c: str, s: str, a: str, one_step: bool = False) -> Form:
        if one_step:
            return {("theta", source[t], 0): p for t, p in rows[c][s][a].items()}
        return {("theta", source[s], 0): ONE} | {k: p for t, p in rows[c][s][a].items() for k in value(c, t, 1)}

    def less(name: Name, x: Form, y: Form, relation: str = "<=") -> None:
        found[name] = {key: x.get(key, ZERO) - y.get(key, ZERO) for key in x | y}, relation, ZERO

    for s in model.states if model.nonnegative else ():
        less(("reward", s), {}, {("theta", s, 0): ONE})
    for k, (row, relation, bound) in enumerate(model.inequalities):
        form: Form = {("theta", source[s], 0): c for s, c in zip(model.states, row, strict=True)}
        found[f"{prefix}inequality", str(k)] = form, relation, bound
        flipped = {key: -c for key, c in form.items()}
        found["breaks", str(k), "above"] = flipped, "<=" if relation == "<" else "<", -bound
        if relation == "=":
            found["breaks", str(k), "below"] = form, "<", bound
    for c, s, a in [(c, s, a) for c, of in rows.items() for s, actions in of.items() for a in actions]:
        less(("super", c, s, a), q(c, s, a), value(c, s))
        less(("tight", c, s, a), value(c, s), q(c, s, a))
    for s, trained in model.trained.items():
        best = q(taught, s, trained, immediate)
        for a in [a for a in rows[taught][s] if a != trained]:
            less((f"{prefix}trained", s, a), q(taught, s, a, immediate), best, "<" if model.strict else "<=")
            less(("violates", s, a), best, q(taught, s, a, immediate), "<=" if model.strict else "<")
        if not immediate:
            less((f"{prefix}optimal", s), value(taught, s), q(taught, s, trained))
    off = q(copy, model.s_new, model.off)
    less((f"{prefix}shuts",), value(copy, model.s_new), off)
    for a in model.others:
        other = q(copy, model.s_new, a)
        less((f"{prefix}prefers", a), other, off, "<=" if model.ties == "shutdown-first" else "<")
        less(("kept", a), other, off, "<" if model.ties == "shutdown-last" else "<=")
    return found


def agreeing(model: Model, moved: Collection[str]) -> dict[Name, Line]:
    """Where a copy leads to no state that phi moves, theta and phi theta have the same values."""
    found = dict[Name, Line]()
    for (goal, rows), image in zip(copies(model, "goal").items(), copies(model, "image"), strict=True):
        back: Rows = {t: {"": {}} for t in model.states}
        for s, t in ((s, t) for s, actions in rows.items() for row in actions.values() for t in row):
            back[t][""][s] = ONE
        for s in rows.keys() - reachable(back, moved):
            for c, other in ((goal, image), (image, goal)) if rows[s] else ():
                found["agrees", c, s] = {(c, s, 0): ONE, (other, s, 0): -ONE}, "<=", ZERO
    return found
