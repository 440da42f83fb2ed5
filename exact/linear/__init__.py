"""Linear questions over exact rational systems: decide, consequences; every answer carries its proof."""

from exact.linear.check import check_consequence, check_farkas, check_point, first_violated
from exact.linear.feasibility import decide, interior_point
from exact.linear.guess import likely_highest
from exact.linear.redundancy import implied, redundant
from exact.linear.system import (
    Consequence,
    Constraint,
    Feasible,
    Infeasible,
    Multipliers,
    Point,
    Relation,
    System,
)

__all__ = [
    "Consequence",
    "Constraint",
    "Feasible",
    "Infeasible",
    "Multipliers",
    "Point",
    "Relation",
    "System",
    "check_consequence",
    "check_farkas",
    "check_point",
    "decide",
    "first_violated",
    "implied",
    "interior_point",
    "likely_highest",
    "redundant",
]
