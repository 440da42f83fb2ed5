"""Real algebraic numbers: exact comparison, signs of polynomials at them, rounding, radicals; roots and isolation."""

from exact.algebraic.isolate import real_roots, root_in
from exact.algebraic.number import Algebraic

__all__ = ["Algebraic", "real_roots", "root_in"]
