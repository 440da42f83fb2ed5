"""The rows of FORMAT.md's linear claims, c(gamma) x <= d: what holds of theta, phi theta and their optimal values."""

from fractions import Fraction

from proofs.kernel.graph import Rows, Step, predecessors, reachable, successors
from proofs.kernel.instance import Model, Moves

Name = tuple[str, ...]
Place = tuple[str, str]  # of theta(s): ("theta", s); of W_c(s): (c, s)
Form = dict[tuple[Place, int], Fraction]  # the coefficients of gamma^k times theta(s) or W_c(s)
Line = tuple[Form, str, Fraction]  # coefficients, "<=" | "<" | "=", bound
ZERO, ONE = Fraction(0), Fraction(1)


def copies(model: Model, copy: str) -> dict[str, Rows]:
    """The MDP, and last what training looks at."""
    taught = f"{copy}-training" if model.reading == "on-training" else copy
    return {copy: model.rows, taught: model.inside}


def table(model: Model, phi: Moves, image: bool) -> dict[Name, Line]:
    """The rows by name, for theta or for phi theta."""
    return _Table(model, phi, image).rows


class _Table:
    """Rows that are about phi theta alone ("violates", "breaks", "kept", "beaten") are those of the last table."""

    def __init__(self, model: Model, phi: Moves, image: bool) -> None:
        self.model, self.phi = model, phi
        self.source = {s: s for s in model.states} | {t: s for s, t in phi.items()}
        self.copy, self.prefix = ("image", "image-") if image else ("goal", "")
        self.copies = copies(model, self.copy)
        self.taught = list(self.copies)[-1]
        self.rows: dict[Name, Line] = {}
        self._rewards()
        self._inequalities()
        self._values()
        self._training()
        self._decision()

    def _reward(self, s: str) -> Form:
        """R(s): (phi theta)(s) = theta(phi^-1 s)."""
        return {(("theta", self.source[s]), 0): ONE}

    def _value(self, c: str, s: str, power: int = 0) -> Form:
        """W_c(s), which is R(s) where s has no action in c."""
        place = (c, s) if self.copies[c][s] else ("theta", self.source[s])
        return {(place, power): ONE}

    def _worth(self, c: str, s: str, a: str) -> Form:
        """Q_c(s, a) = R(s) + gamma sum_t P(t | s, a) W_c(t)."""
        chances = _chances(self.copies[c][s][a])
        return self._reward(s) | {key: p for t, p in chances.items() for key in self._value(c, t, 1)}

    def _lesson(self, s: str, a: str) -> Form:
        """What training compares (Def. 6): Q, or the expected reward of the next state."""
        if self.model.reading != "immediate":
            return self._worth(self.taught, s, a)
        return {(("theta", self.source[t]), 0): p for t, p in _chances(self.model.rows[s][a]).items()}

    def _less(self, name: Name, x: Form, y: Form, relation: str = "<=") -> None:
        """The row x <= y, or x < y."""
        self.rows[name] = {key: x.get(key, ZERO) - y.get(key, ZERO) for key in x | y}, relation, ZERO

    def _rewards(self) -> None:
        for s in self.model.states:
            reward = {(("theta", s), 0): ONE}
            self._less(("negative", s), reward, {}, "<")
            if self.model.nonnegative:
                self._less(("reward", s), {}, reward)

    def _inequalities(self) -> None:
        for k, (terms, relation, bound) in enumerate(self.model.inequalities):
            form = {(("theta", self.source[s]), 0): c for s, c in terms}
            flipped = {key: -c for key, c in form.items()}
            self.rows[f"{self.prefix}inequality", str(k)] = form, relation, bound
            self.rows["breaks", str(k), "above"] = flipped, "<=" if relation == "<" else "<", -bound
            if relation == "=":
                self.rows["breaks", str(k), "below"] = form, "<", bound

    def _values(self) -> None:
        for c, s, a in [(c, s, a) for c, rows in self.copies.items() for s, actions in rows.items() for a in actions]:
            worth, value = self._worth(c, s, a), self._value(c, s)
            self._less(("super", c, s, a), worth, value)
            self._less(("tight", c, s, a), value, worth)

    def _training(self) -> None:
        strict = self.model.strict
        for s, trained in self.model.trained.items():
            best = self._lesson(s, trained)
            for a in self.copies[self.taught][s].keys() - {trained}:
                other = self._lesson(s, a)
                self._less((f"{self.prefix}trained", s, a), other, best, "<" if strict else "<=")
                self._less(("violates", s, a), best, other, "<=" if strict else "<")
            if self.model.reading != "immediate":
                self._less((f"{self.prefix}optimal", s), self._value(self.taught, s), best)

    def _decision(self) -> None:
        """Q(s_new, a_sd) against the actions of A1."""
        model, s_new, ties = self.model, self.model.s_new, self.model.ties
        off = self._worth(self.copy, s_new, model.off)
        self._less((f"{self.prefix}shuts",), self._value(self.copy, s_new), off)
        for a in model.others:
            other = self._worth(self.copy, s_new, a)
            self._less((f"{self.prefix}prefers", a), other, off, "<=" if ties == "shutdown-first" else "<")
            self._less(("kept", a), other, off, "<" if ties == "shutdown-last" else "<=")
            self._less(("beaten", a), other, off)
            if self.copy == "goal":
                self._less(("ties", a), off, other)
        here, there = ({(("theta", s), 0): ONE} for s in (model.s_term, self.phi.get(model.s_term, model.s_term)))
        self._less(("no-greater",), here, there)
        self._less(("unpaid",), here, {})
        self._less(("costs",), there, {}, "<")


def agreeing(model: Model, phi: Moves) -> dict[Name, Line]:
    """Where a copy leads to no state that phi moves, theta and phi theta have the same values."""
    found: dict[Name, Line] = {}
    for (goal, rows), image in zip(copies(model, "goal").items(), copies(model, "image"), strict=True):
        near = reachable(predecessors(successors(rows)), phi.keys() & rows.keys())
        for s in [s for s, actions in rows.items() if actions and s not in near]:
            for c, other in ((goal, image), (image, goal)):
                found["agrees", c, s] = {((c, s), 0): ONE, ((other, s), 0): -ONE}, "<=", ZERO
    return found


def _chances(step: Step) -> dict[str, Fraction]:
    return {t: Fraction(weight, step.scale) for t, weight in step.weights.items()}
