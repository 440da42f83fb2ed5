"""Every error of the exact layer, named after the mathematics. A message is one line: what is wrong; what is right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from exact.limits import LONGEST_MESSAGE


class ExactError(Exception):
    """Base of all errors of `exact`. `where` is the place in the user's input, such as `transitions.r1.go`."""

    def __init__(self, problem: str, remedy: str = "", where: str = "") -> None:
        super().__init__(problem, remedy, where)
        self.problem, self.remedy, self.where = problem, remedy, where

    def __str__(self) -> str:
        message = f"{self.problem}; {self.remedy}" if self.remedy else self.problem
        return _one_line(f"{self.where}: {message}" if self.where else message)

    def inside(self, prefix: str, separator: str = ".") -> ExactError:
        """The same error, seen from one level further out."""
        where = f"{prefix}{separator}{self.where}" if self.where else prefix
        return type(self)(self.problem, self.remedy, where)


@contextmanager
def within(name: str) -> Iterator[None]:
    """An ExactError of what is done inside begins with the name of the file that is read."""
    try:
        yield
    except ExactError as error:
        raise error.inside(name, ": ") from None


def _one_line(text: str) -> str:
    """Names come from strangers' files: what is not printable is escaped, what is endless is cut."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:LONGEST_MESSAGE])
    return line if len(text) <= LONGEST_MESSAGE else f"{line}..."


class NotExact(ExactError):
    """A number that is not an exact rational, or too large to be meant."""


class NotStochastic(ExactError):
    """A row of P does not sum to one, or has an entry outside (0, 1]."""


class UnknownState(ExactError):
    """A name that is no state of the MDP."""


class UnknownAction(ExactError):
    """A name that is no action of that state."""


class DuplicateState(ExactError):
    """A state that is listed twice."""


class NotADiscount(ExactError):
    """gamma outside (0, 1)."""


class NoShutdown(ExactError):
    """The shutdown action is missing, or does not lead to one state with probability 1 (Def. 7)."""


class NotAPolicy(ExactError):
    """A policy that leaves a state that it can visit without an action."""


class NotAGoalSet(ExactError):
    """[goals] does not describe a polyhedron of reward vectors over the states."""


class BadInstance(ExactError):
    """An instance file that is not of the contract's shape."""


class TooLarge(ExactError):
    """A computation that was asked for is beyond the stated bound."""


class Pole(ExactError):
    """A rational function at a point where its denominator is zero."""


class NotASolution(ExactError):
    """A closed form that fails the Bellman identity D theta = N - gamma P N, which proves it."""


class NoRoot(ExactError):
    """An interval without the one root that was asked for."""


class NoExchange(ExactError):
    """An exchange of the shutdown state with itself."""


class NotALinearSystem(ExactError):
    """Constraints that are not linear over the declared variables, or not exact."""


class NotAModel(ExactError):
    """Another program's model that cannot be read, or is no MDP with numbers."""


class NotInstalled(ExactError):
    """A package that a source needs is an optional extra, and is not installed."""


class WrongCertificate(ExactError):
    """A point, ray or combination of constraints that does not prove what it is said to prove."""
