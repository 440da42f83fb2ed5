"""The public functions that ask more of an instance: policies, the goal set, Def. 4, readings, hypotheses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, overload

from rich.console import Console

from exact.family import Family
from exact.instance import Instance
from exact.instance.build import vector
from exact.instance.gammas import Asked
from exact.rational import Exact
from gammastar.asked import Given, GivenFamily, Path, Tell, any_of, instance_of, need_gamma, quiet
from gammastar.certificate import Certificate
from gammastar.family import FamilyReturns
from gammastar.notebook import Answer, as_kind
from gammastar.number import Function
from proofs.claims.checked import Checked
from proofs.families.returns import returns as returns_on_family
from proofs.report import closing
from proofs.report import returns as counted
from proofs.report.terminal import show_lines, show_paragraph
from proofs.search.policy import chosen, closed_forms
from proofs.theta.build import goal_set
from proofs.theta.document import document as goals_document
from proofs.theta.latex import latex as goals_latex
from proofs.theta.member import Membership, membership
from proofs.theta.model import GoalSet
from proofs.theta.smt2 import smt2 as goals_smt2
from proofs.theta.text import heading, member_lines
from proofs.theta.text import lines as goals_lines
from proofs.verify import proved
from proofs.what_if import (
    cells,
    cells_document,
    cells_text,
    conditions_document,
    conditions_text,
    minimal_document,
    minimal_text,
)
from proofs.what_if import conditions as def4
from proofs.what_if import minimal as needed


class Returns(Answer, counted.Returns):
    """What one policy earns: `.visits["x"]` is v_x, a Function of gamma, and `.total` the return, if there are rewards.

    `.policy` is {state: action}. The kernel accepted each closed form but those of `.uncertified` (None: the total).
    """

    visits: Mapping[str, Function]
    total: Function | None

    @classmethod
    def made_of(cls, found: counted.Returns) -> Self:
        """The same data, with functions that can be called."""
        visits = {x: Function.made_of(value) for x, value in found.visits.items()}
        total = None if found.total is None else Function.made_of(found.total)
        return as_kind(cls, found, visits=visits, total=total)

    @property
    def certificate(self) -> Certificate:
        """Of the closed forms; it says nothing of the theorems."""
        return Certificate(self.checked.certificate)

    show = counted.show
    to_dict = counted.document

    def __repr__(self) -> str:
        entries = [f"v_{x} = {form}" for x, form in self.visits.items()]
        return "\n".join([*entries, *([] if self.total is None else [f"return = {self.total}"])])


class Goals(Answer, GoalSet):
    """Theta as a union of polyhedra: prints as inequalities; `.member({...})` says whether rewards are in it, and why.

    `.is_empty`, `.point` and `.interior` (rewards in the order of the states), `.latex()`, `.smt2()`.
    """

    def member(self, rewards: Mapping[str, Exact]) -> Membership:
        """`.holds`, with `.reasons`; rewards by state, unnamed 0."""
        return membership(self, vector(self.instance.mdp, rewards))

    def why(self, rewards: Mapping[str, Exact]) -> str:
        """The same in words."""
        return "\n".join(member_lines(self, self.member(rewards)))

    def __contains__(self, rewards: Mapping[str, Exact]) -> bool:
        return self.member(rewards).holds

    latex = goals_latex
    smt2 = goals_smt2
    to_dict = goals_document

    def show(self, console: Console) -> None:
        """As `gammastar goals` prints it."""
        show_lines(console, goals_lines(self))
        show_paragraph(console, closing.goals(self.is_empty))

    def __repr__(self) -> str:
        return f"<Goals of {heading(self)}>"


class Retargeting(Answer, def4.Conditions):
    """Which permutations meet the conditions of Def. 4; `.at_gamma.n` is the largest set that fits together."""

    show = conditions_text.show
    to_dict = conditions_document.document

    def __repr__(self) -> str:
        said = "all of (0, 1)" if self.at_gamma is None else f"n = {self.at_gamma.n}"
        return f"<Retargeting of {self.instance.name}: {said}>"


class Matrix(Answer, cells.Matrix):
    """Theorem 2 under every combination of readings: `.cells`, by the values of the dimensions."""

    show = cells_text.show
    to_dict = cells_document.document

    def __repr__(self) -> str:
        return f"<Matrix of {self.instance.name}: {len(self.cells)} cells>"


class Minimal(Answer, needed.Minimal):
    """`.sets`: the smallest sets of hypotheses with which the conclusion is proved, None if it is not proved at all."""

    show = minimal_text.show
    to_dict = minimal_document.document

    def __repr__(self) -> str:
        said = "not proved" if self.sets is None else "; ".join(map(minimal_text.listed, self.sets))
        return f"<Minimal of {self.base.checked.instance.name}: {said}>"


@overload
def returns(given: Instance | Checked, policy: Mapping[str, str] | None = None) -> Returns: ...


@overload
def returns(given: GivenFamily, policy: Mapping[str, str] | None = None) -> FamilyReturns: ...


@overload
def returns(given: Path, policy: Mapping[str, str] | None = None) -> Any: ...


def returns(given: Given | GivenFamily, policy: Mapping[str, str] | None = None) -> Returns | FamilyReturns:
    """Closed-form visit counts v_x and return of a stationary policy (Def. 9), as functions of gamma.

    v_x: discounted visits from t = 1 on, the first step not discounted. policy: {state: action}; states that are not
    named take their first action, s_new its first that is not a_sd. Of a family: as functions of gamma and the
    parameters. Raises UnknownState, UnknownAction.

    >>> import gammastar as gs
    >>> found = gs.returns("examples/corridor-3.toml", {"r1": "go", "r2": "go"})
    >>> found.visits["r3"], found.visits["r3"]("9/10")
    (gamma^2/(1 - gamma), Fraction(81, 10))
    >>> gs.returns("examples/families/retry.toml").visits["x"]("9/10", p="1/3")
    Fraction(25, 3)
    """
    instance = any_of(given)
    if isinstance(instance, Family) and not instance.parameters:
        instance = instance.middle
    if isinstance(instance, Family):
        actions = chosen(instance.centre, policy or {}, "policy")
        return as_kind(FamilyReturns, returns_on_family(instance, actions))
    actions = chosen(instance, policy or {}, "policy")
    claims = list(closed_forms(instance, actions))
    return Returns.made_of(counted.returns(proved(instance, claims), actions, claims))


def goals(given: Given, gamma: Exact | None = None) -> Goals:
    """Theta = G_T (Defs. 5, 6) with the further constraints, as exact linear inequalities, at one gamma.

    A goal is {state: reward per visit}, unnamed states 0. Raises BadInstance without a gamma (the reading "immediate"
    needs none), TooLarge.

    >>> import gammastar as gs
    >>> theta = gs.goals("examples/corridor-3.toml")
    >>> {"r1": 1, "r2": "1/2"} in theta, {"r1": -1} in theta
    (True, False)
    """
    instance = instance_of(given, gamma)
    asked = instance if instance.goals.reading == "immediate" else need_gamma(instance)
    return as_kind(Goals, goal_set(asked))


def retarget(given: Given, gamma: Asked | None = None, for_all_gamma: bool = False, tell: Tell = quiet) -> Retargeting:
    """Def. 4 for each swap with s_term and each permutation of the question, over all goals of Theta.

    The largest set of permutations that fit together is an n of Thm. 2. for_all_gamma: on all of (0, 1) too. gamma: an
    interval, "9/10:1", restricts it. Raises BadInstance without a gamma, unless for_all_gamma.

    >>> import gammastar as gs
    >>> gs.retarget("examples/corridor-3.toml").at_gamma.n
    3
    """
    asked = _asked_about(instance_of(given, gamma), for_all_gamma)
    return as_kind(Retargeting, def4.conditions(asked, for_all_gamma, tell))


def matrix(given: Given, gamma: Asked | None = None, tell: Tell = quiet) -> Matrix:
    """Thm. 2 under every reading of what the paper leaves open, each verified as an instance of its own.

    gamma: one, or an interval, over which each cell is judged. `.cells` has a verdict by the values of each dimension;
    `.own` is the key of the instance's. Raises an ExactError.

    >>> import gammastar as gs
    >>> found = gs.matrix("examples/half-off.toml")
    >>> len(found.cells), found.cells[found.own].verdict.verdict
    (144, 'inapplicable')
    """
    return as_kind(Matrix, cells.matrix(instance_of(given, gamma), tell))


def minimal(given: Given, gamma: Asked | None = None, tell: Tell = quiet) -> Minimal:
    """Which of Thm. 2's hypotheses are enough for its conclusion here: each set of them is tried.

    gamma: one, or an interval of them. `.sets` has the smallest, None if it is not proved with all of them. Raises
    BadInstance without a gamma.

    >>> import gammastar as gs
    >>> [sorted(ids) for ids in gs.minimal("examples/half-off.toml").sets]
    [['strict']]
    """
    return as_kind(Minimal, needed.minimal(_asked_about(instance_of(given, gamma)), tell))


def _asked_about(instance: Instance, everywhere: bool = False) -> Instance:
    """Raises BadInstance where there is neither a gamma nor an interval, and none is needed everywhere."""
    return instance if everywhere or instance.question.interval is not None else need_gamma(instance)
