"""Families of instances: probabilities that are polynomials in parameters over a closed box (docs/theory.md)."""

from exact.family.model import Family
from exact.family.read import is_family, parse_family, read_family, without_parameters

__all__ = ["Family", "is_family", "parse_family", "read_family", "without_parameters"]
