"""Closed forms in gamma and the parameters: the ordinary ones at every point, and sympy's."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
import sympy
from sympy.polys.matrices import DomainMatrix

from exact.family import Family, parse_family
from exact.family.closed_form import value_on_family, visits_on_family
from exact.mdp import UNDEFINED, Policy
from exact.returns import visit_count
from tests.exact.family.families import RETRY, random_family


def first_actions(family: Family) -> Policy:
    """The last action of s_new, the first one elsewhere."""
    mdp = family.centre.mdp
    start = family.centre.shutdown_state
    first = [UNDEFINED if mdp.is_terminal(s) else 0 for s in range(len(mdp))]
    first[start] = len(mdp.actions[start]) - 1
    return tuple(first)


def test_retry() -> None:
    """v_x = p / ((1 - g)(1 - g + p g)): its threshold is where p = (1 - g)(1 - g + p g)."""
    family = parse_family(RETRY.encode())
    found = visits_on_family(family, (1, 0, UNDEFINED), 0, 1).sympy()
    g, p = sympy.symbols("gamma p")
    assert sympy.simplify(found - p / ((1 - g) * (1 - g + p * g))) == 0


@pytest.mark.parametrize(("seed", "parameters"), [*product(range(10), (1, 2)), (1, 3)])
def test_at_every_point_the_ordinary_one(seed: int, parameters: int) -> None:
    """Inside the box and at its corners."""
    family = parse_family(random_family(seed, parameters=parameters))
    policy, start = first_actions(family), family.centre.shutdown_state
    for target in range(len(family.centre.mdp)):
        found = visits_on_family(family, policy, start, target)
        for values in product(("1/5", "3/7", "4/5"), repeat=parameters):
            point = dict(zip(family.parameters, values, strict=True))
            ordinary = visit_count(family.at(point).mdp, policy, start, target)
            for gamma in (Fraction(1, 3), Fraction(9, 10)):
                assert found.at(gamma, family.point(point)) == ordinary.value(gamma)


@pytest.mark.parametrize("seed", range(4))
def test_sympy_solves_the_same(seed: int) -> None:
    """(I - gamma P) M = theta over the field of rational functions."""
    family = parse_family(random_family(seed, states=3, shapes=2))
    policy, mdp = first_actions(family), family.centre.mdp
    symbols = sympy.symbols(["gamma", *family.parameters])
    matrix = sympy.eye(len(mdp))
    for s, action in enumerate(policy):
        for t, chance in family.rows[s][action] if action != UNDEFINED else ():
            terms = {m: sympy.Rational(int(c.p), int(c.q)) for m, c in chance.to_dict().items()}
            matrix[s, t] -= symbols[0] * sympy.Poly.from_dict(terms, *symbols[1:]).as_expr()
    theta = [Fraction(s + 1) for s in range(len(mdp))]
    system = DomainMatrix.from_Matrix(matrix).to_field()
    right = DomainMatrix.from_Matrix(sympy.Matrix(theta)).convert_to(system.domain)
    wanted = system.lu_solve(right)
    start = family.centre.shutdown_state
    found = value_on_family(family, policy, start, dict(enumerate(theta))).sympy()
    assert system.domain.from_sympy(found) == wanted.rep.getitem(start, 0)
