"""Instance files: reading them, and what they mean."""

from exact.instance.inequality import inequality
from exact.instance.model import Goals, Inequality, Instance, Question
from exact.instance.read import instance_in, parse_instance, read_instance

__all__ = [
    "Goals",
    "Inequality",
    "Instance",
    "Question",
    "inequality",
    "instance_in",
    "parse_instance",
    "read_instance",
]
