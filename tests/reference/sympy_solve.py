"""Reference answers by sympy alone, written as a user would write them first. Slow; shares nothing with the engines."""

from __future__ import annotations

import sympy
from flint import fmpz_poly

from exact.mdp import Mdp, Policy
from exact.rational_function import RationalFunction

GAMMA = sympy.Symbol("gamma")


def transition_matrix(mdp: Mdp, policy: Policy) -> sympy.Matrix:
    """P_pi, (d, d); zero rows where the policy is undefined and at terminal states."""
    matrix = sympy.zeros(len(mdp), len(mdp))
    for state, action in enumerate(policy):
        for successor, probability in mdp.rows[state][action] if action >= 0 else ():
            matrix[state, successor] = sympy.Rational(probability.numerator, probability.denominator)
    return matrix


def values_by_lusolve(mdp: Mdp, policy: Policy, rewards: sympy.Matrix) -> sympy.Matrix:
    """(I - gamma P) V = theta by LUsolve, then cancel; rewards: (d, 1)."""
    system = sympy.eye(len(mdp)) - GAMMA * transition_matrix(mdp, policy)
    return system.LUsolve(rewards).applyfunc(sympy.cancel)


def visit_count_by_lusolve(mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """v_x of Def. 9 from the values of the reward 1[x]: one step of P, then those values."""
    unit = sympy.Matrix(len(mdp), 1, lambda state, _: int(state == target))
    values = values_by_lusolve(mdp, policy, unit)
    return from_sympy((transition_matrix(mdp, policy)[start, :] * values)[0])


def visit_count_by_field(mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """The same over sympy's field QQ(gamma): fast enough for property tests."""
    from sympy.polys.matrices import DomainMatrix

    field = sympy.QQ.frac_field(GAMMA)
    system = sympy.eye(len(mdp)) - GAMMA * transition_matrix(mdp, policy)
    unit = sympy.Matrix(len(mdp), 1, lambda state, _: int(state == target))
    values = (
        DomainMatrix.from_Matrix(system).convert_to(field).lu_solve(DomainMatrix.from_Matrix(unit).convert_to(field))
    )
    return from_sympy((transition_matrix(mdp, policy)[start, :] * values.to_Matrix())[0])


def from_sympy(expression: sympy.Expr) -> RationalFunction:
    """A rational function of GAMMA, reduced by sympy."""
    above, below = sympy.fraction(sympy.together(sympy.cancel(expression)))
    return RationalFunction(_polynomial(above), _polynomial(below))


def _polynomial(expression: sympy.Expr) -> fmpz_poly:
    coefficients = sympy.Poly(expression, GAMMA, domain="ZZ").all_coeffs()
    return fmpz_poly([int(coefficient) for coefficient in reversed(coefficients)])
