"""The reader of a family's instance file: an instance at one point, and polynomials that say the others."""

import re
from fractions import Fraction
from functools import cached_property
from math import lcm

from proofs.kernel.decode import items, typed
from proofs.kernel.errors import expect
from proofs.kernel.family.boxes import Box, at, length_at, positive, size
from proofs.kernel.family.expression import expression, plus
from proofs.kernel.graph import Step
from proofs.kernel.inequality import number
from proofs.kernel.instance import Model, gammas, toml
from proofs.kernel.limits import PARAMETERS, READING
from proofs.kernel.poly import Polynomial, cost, length

_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,39}")
_RESERVED = ("gamma", "g")


def is_family(data: bytes, asked: object = None) -> bool:
    """True iff a file declares parameters, or its question, or `asked` in its place, is an interval of gammas.

    Raises Malformed where that cannot be told.
    """
    table = typed(toml(data), dict)
    given = typed(table.get("question", {}), dict).get("gamma") if asked is None else asked
    return bool(table.get("parameters")) or (isinstance(given, list) and len(set(gammas(given))) > 1)


def asked(text: str) -> object:
    """The gammas of a question as a command line has them, Q or A:B, in the words of a file."""
    return text.split(":") if ":" in text else text


class FamilyModel(Model):
    """parameters and box: their names and closed intervals; `rows` hold the weights at `point`, by default the centre.

    Which transitions are possible is the same at every point of the box, which is one where there are no parameters.
    """

    def __init__(self, data: bytes, point: tuple[Fraction, ...] = ()) -> None:
        self.point, self.spent = point, 0
        super().__init__(data)

    def _declare(self, parameters: object) -> None:
        sides = typed(parameters, dict)
        expect(len(sides) <= PARAMETERS, f"a family has at most {PARAMETERS} parameters")
        named = all(_NAME.fullmatch(name) and name not in _RESERVED for name in sides)
        expect(named, "a parameter's name is not of letters, digits and _, or is gamma or g")
        self.parameters = list(sides)
        self.box: Box = tuple(self._side(side) for side in sides.values())
        self.point = self.point or tuple((low + high) / 2 for low, high in self.box)

    def _side(self, value: object) -> tuple[Fraction, Fraction]:
        low, high = map(number, items(value, 2))
        expect(low < high, "a parameter's interval is empty or a point")
        return low, high

    def _step(self, value: object) -> Step:
        chances = {t: p for t, p in self.over(value, self._chance).items() if p}
        total: Polynomial = {}
        for p in chances.values():
            self._spend(1 + len(p), length(total), length(p))
            total = plus(total, p)
        expect(total == {(0,) * len(self.box): 1}, "a row does not sum to 1 identically")
        fits = all(positive(p, self.box, self._spend) for p in chances.values())
        expect(fits, "a probability is not positive on all of the box")
        here = {t: self._here(p) for t, p in chances.items()}
        lengths = [p.denominator.bit_length() for p in here.values()]
        self._spend(3 * len(here), sum(lengths), max(lengths))
        scale = lcm(*(p.denominator for p in here.values()))
        return Step(scale, {t: int(p * scale) for t, p in here.items()}, chances)

    def _here(self, p: Polynomial) -> Fraction:
        longest = length_at(p, self.point)
        self._spend(size(p, len(self.box)), longest, longest)
        return at(p, self.point)

    def _spend(self, times: int, *lengths: int) -> None:
        self.spent += cost(4 * times, *lengths)
        expect(self.spent <= READING, f"reading the probabilities takes more than {READING} steps")

    @cached_property
    def chances(self) -> list[Polynomial]:
        """The entries of all rows."""
        steps = (step for actions in self.rows.values() for step in actions.values())
        return [p for step in steps for p in step.chances.values()]

    @cached_property
    def coefficients(self) -> int:
        """Those of all rows times values that are affine in the parameters."""
        return sum(size(p, len(self.box), 2) for p in self.chances)

    def _chance(self, value: object) -> Polynomial:
        if isinstance(value, str) and self.parameters:
            return expression(value, self.parameters, self._spend)
        constant = number(value)
        return {(0,) * len(self.box): constant} if constant else {}
