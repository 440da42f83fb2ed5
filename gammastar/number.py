"""Exact numbers and functions of gamma as people meet them: they print as formulas, compare, and go to sympy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from numbers import Real

from exact.algebraic import Algebraic
from exact.errors import ExactError
from exact.mdp import suggestion
from exact.rational import Exact, discount, rational
from exact.rational_function import RationalFunction
from proofs.claims.spelling import function_text, root_text
from proofs.report.latex.numbers import function as function_latex
from proofs.report.latex.numbers import root as root_latex


class NotSettled(ExactError, KeyError):
    """A threshold that nothing is known of, or a name that is no state with one."""

    __str__ = ExactError.__str__


class Number(Algebraic):
    """A real algebraic number, exact. Prints as its radical where that is short.

    It compares with other numbers, integers, Fractions and exact strings ("9/10"); a float is refused. `.decimal(20)`
    is correctly rounded text, `.sympy()` an expression, `.rational` its Fraction or None, `.polynomial` the minimal
    polynomial (low degree first), `float(x)` the nearest double to twenty decimals of it, for plots.

    >>> from gammastar import Number
    >>> golden = Number((-1, 1, 1), Fraction(1, 2), Fraction(1))
    >>> print(golden, golden.decimal(10), golden < "9/10")
    (-1 + sqrt(5))/2 0.6180339887 True
    """

    @classmethod
    def made_of(cls, value: Algebraic) -> Number:
        """The same number."""
        return cls(value.polynomial, value.low, value.high)

    def __str__(self) -> str:
        return root_text(self).partition(", about ")[0]

    __repr__ = __str__

    def __float__(self) -> float:
        return float(self.decimal(20))

    def _repr_latex_(self) -> str:
        return f"${root_latex(self).removeprefix('= ')}$"

    def compare(self, other: Algebraic | Exact) -> int:
        """-1, 0 or 1 as this number is less than, equal to or greater than the other. Raises NotExact for a float."""
        return super().compare(other if isinstance(other, Algebraic) else rational(other))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (Algebraic, str, Real)):  # floats too: `rational` refuses them, in words
            return self.compare(other) == 0  # type: ignore[arg-type]
        return NotImplemented

    def __lt__(self, other: Algebraic | Exact) -> bool:
        return self.compare(other) < 0

    def __le__(self, other: Algebraic | Exact) -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: Algebraic | Exact) -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: Algebraic | Exact) -> bool:
        return self.compare(other) >= 0

    __hash__ = Algebraic.__hash__


class Function(RationalFunction):
    """A rational function of gamma, exact: a visit count or a return. Call it with an exact gamma.

    >>> import gammastar as gs
    >>> visits = gs.returns("examples/retry.toml").visits["x"]
    >>> print(visits, "and", visits("1/2"))
    1/(2 - 3*gamma + gamma^2) and 4/3
    """

    @classmethod
    def made_of(cls, value: RationalFunction) -> Function:
        """The same function."""
        return cls(value.numerator, value.denominator)

    def __call__(self, gamma: Exact) -> Fraction:
        """The value at a gamma in (0, 1). Raises NotADiscount, NotExact, Pole."""
        return self.value(discount(gamma))

    def __str__(self) -> str:
        return function_text(self, "gamma")

    __repr__ = __str__

    def _repr_latex_(self) -> str:
        return f"${function_latex(self)}$"


class Thresholds(Mapping[str, Number | None]):
    """By state: its threshold; None where it provably has none. States whose threshold is open are not in it.

    Asking for one of those raises NotSettled, a KeyError.
    """

    def __init__(self, symbol: str, known: Mapping[str, Number | None], open_: tuple[str, ...]) -> None:
        self._symbol, self._known, self.open = symbol, dict(known), open_

    def __getitem__(self, state: str) -> Number | None:
        if state in self._known:
            return self._known[state]
        if state in self.open:
            raise NotSettled("it is open", "no claim of the certificate settles it", f"{self._symbol}_{state}")
        raise NotSettled(f'"{state}" is no state with a threshold', suggestion(state, list(self._known)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __repr__(self) -> str:
        entries = [f"{self._symbol}_{x} = {'none' if value is None else value}" for x, value in self._known.items()]
        return "\n".join([*entries, *(f"{self._symbol}_{x} is open" for x in self.open)])

    def _repr_latex_(self) -> str:
        symbol = {"gamma*": r"\gamma^*", "gamma°": r"\gamma^\circ"}[self._symbol]
        names = {x: rf"{symbol}_{{\texttt{{{_escaped(x)}}}}}" for x in (*self._known, *self.open)}
        none = r"\text{ does not exist}"
        known = [f"{names[x]} &{none if value is None else root_latex(value)}" for x, value in self._known.items()]
        lines = [*known, *(rf"{names[x]} &\text{{ is open}}" for x in self.open)]
        return r"$\begin{aligned}" + r"\\".join(lines) + r"\end{aligned}$"


def _escaped(name: str) -> str:
    """A name inside \\texttt of mathematics, as notebooks read it."""
    kept = "".join(c if c.isprintable() and c not in "\\{}$^~`" else " " for c in name)
    return "".join(f"\\{c}" if c in "_%#&" else c for c in kept)
