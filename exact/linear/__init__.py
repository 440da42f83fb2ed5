"""Linear questions over exact rational systems: decide, maximise, consequences; every answer carries its proof."""

from exact.linear.check import check_consequence, check_dual, check_farkas, check_point, check_ray, first_violated
from exact.linear.feasibility import decide, interior_point
from exact.linear.optimum import maximize
from exact.linear.redundancy import implied, redundant
from exact.linear.system import (
    Consequence,
    Constraint,
    Feasible,
    Infeasible,
    Multipliers,
    Optimum,
    Point,
    Relation,
    System,
    Unbounded,
)

__all__ = [
    "Consequence",
    "Constraint",
    "Feasible",
    "Infeasible",
    "Multipliers",
    "Optimum",
    "Point",
    "Relation",
    "System",
    "Unbounded",
    "check_consequence",
    "check_dual",
    "check_farkas",
    "check_point",
    "check_ray",
    "decide",
    "first_violated",
    "implied",
    "interior_point",
    "maximize",
    "redundant",
]
