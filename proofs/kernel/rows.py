"""The rows of FORMAT.md's linear claims, c(gamma) x <= d: what holds of theta, phi theta and their optimal values."""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction

from proofs.kernel.instance import Model, Rows

Variable = tuple[str, str]  # ("theta", s), or (copy, s) for the value W_copy(s)
Form = dict[Variable, tuple[Fraction, Fraction]]  # c_0 + c_1 gamma for each variable
Line = tuple[Form, str, Fraction]  # coefficients, "<=" | "<" | "=", bound
ZERO, ONE = Fraction(0), Fraction(1)


def inside(model: Model) -> Rows:
    """The MDP that training looks at: on-training, S_train with the actions that stay in it; else the whole."""
    if model.reading != "on-training":
        return model.rows
    return {s: {a: r for a, r in model.rows[s].items() if model.training.issuperset(r)} for s in model.training}


def table(model: Model, source: Mapping[str, str], image: bool) -> dict[tuple[str, ...], Line]:
    """The rows by name, for theta or for phi theta; (phi theta)(s) = theta(source[s])."""
    copy, prefix = ("image", "image-") if image else ("goal", "")
    taught, immediate = copy if model.reading != "on-training" else f"{copy}-training", model.reading == "immediate"
    rows = {copy: model.rows, taught: inside(model)}
    found: dict[tuple[str, ...], Line] = {}

    def value(c: str, s: str) -> Variable:
        return (c, s) if rows[c][s] else ("theta", source[s])

    def q(c: str, s: str, a: str, one_step: bool = False) -> Form:
        form: Form = {} if one_step else {("theta", source[s]): (ONE, ZERO)}
        for t, p in rows[c][s][a].items():
            variable = ("theta", source[t]) if one_step else value(c, t)
            now, later = form.get(variable, (ZERO, ZERO))
            form[variable] = (now + p, later) if one_step else (now, later + p)
        return form

    def less(name: tuple[str, ...], x: Form, y: Form, relation: str = "<=") -> None:
        pairs = {v: (x.get(v, (ZERO, ZERO)), y.get(v, (ZERO, ZERO))) for v in x | y}
        found[name] = {v: (a[0] - b[0], a[1] - b[1]) for v, (a, b) in pairs.items()}, relation, ZERO

    for s in model.states if model.nonnegative and not image else ():
        less(("reward", s), {}, {("theta", s): (ONE, ZERO)})
    for k, (row, relation, bound) in enumerate(model.inequalities):
        form: Form = {("theta", source[s]): (c, ZERO) for s, c in zip(model.states, row, strict=True)}
        flipped: Form = {v: (-c, ZERO) for v, (c, _) in form.items()}
        found[f"{prefix}inequality", str(k)] = form, relation, bound
        if image:
            found["breaks", str(k), "above"] = flipped, "<=" if relation == "<" else "<", -bound
        if image and relation == "=":
            found["breaks", str(k), "below"] = form, "<", bound
    for c in rows:
        for s, a in ((s, a) for s, actions in rows[c].items() for a in actions):
            less(("super", c, s, a), q(c, s, a), {value(c, s): (ONE, ZERO)})
            less(("tight", c, s, a), {value(c, s): (ONE, ZERO)}, q(c, s, a))
    for s, trained in model.trained.items():
        best = q(taught, s, trained, immediate)
        for a in rows[taught][s]:
            if a != trained:
                less((f"{prefix}trained", s, a), q(taught, s, a, immediate), best, "<" if model.strict else "<=")
                if image:
                    less(("violates", s, a), best, q(taught, s, a, immediate), "<=" if model.strict else "<")
        if not immediate:
            less((f"{prefix}optimal", s), {value(taught, s): (ONE, ZERO)}, q(taught, s, trained))
    off = q(copy, model.s_new, model.off)
    less((f"{prefix}shuts",), {value(copy, model.s_new): (ONE, ZERO)}, off)
    for a in model.others:
        other = q(copy, model.s_new, a)
        less((f"{prefix}prefers", a), other, off, "<=" if model.ties == "shutdown-first" else "<")
        if image:
            less(("kept", a), other, off, "<" if model.ties == "shutdown-last" else "<=")
    return found


def agreeing(copies: Mapping[str, Rows], moved: Set[str]) -> dict[tuple[str, ...], Line]:
    """Where a copy leads to no state that phi moves, theta and phi theta have the same values."""
    found: dict[tuple[str, ...], Line] = {}
    for c, rows in copies.items():
        other = c.replace("goal", "image") if c.startswith("goal") else c.replace("image", "goal")
        touched, before = set(moved), set[str]()
        while touched != before:
            before = set(touched)
            touched |= {s for s, actions in rows.items() if any(not before.isdisjoint(row) for row in actions.values())}
        for s in [s for s, actions in rows.items() if actions and s not in touched]:
            found["agrees", c, s] = {(c, s): (ONE, ZERO), (other, s): (-ONE, ZERO)}, "<=", ZERO
    return found
