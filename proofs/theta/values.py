"""Theta: values as linear forms in theta, V = (I - gamma P)^-1 theta, exactly at a rational gamma."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpq_mat

from exact.conversion import flint, fraction
from exact.mdp import UNDEFINED, Mdp

Form = dict[int, Fraction]  # variable -> coefficient, no zeros; theta(s) is variable s


def value_forms(
    mdp: Mdp, policy: Mapping[int, int], gamma: Fraction, known: Mapping[int, Form] | None = None
) -> dict[int, Form]:
    """V(s) for the states of the policy that are not known yet; what it can lead to is in `policy` or in `known`."""
    boundary = {} if known is None else known
    unknown = sorted(state for state in policy if state not in boundary)
    if not unknown:
        return {}
    place = {state: i for i, state in enumerate(unknown)}
    matrix = [[fmpq(i == j) for j in range(len(unknown))] for i in range(len(unknown))]
    right: list[Form] = [{state: Fraction(1)} for state in unknown]
    for state, i in place.items():
        for successor, p in mdp.rows[state][policy[state]] if policy[state] != UNDEFINED else ():
            if successor in place:
                matrix[i][place[successor]] -= flint(gamma * p)
            else:
                right[i] = added(right[i], boundary[successor], gamma * p)
    return dict(zip(unknown, _solved(matrix, right), strict=True))


def added(form: Form, other: Mapping[int, Fraction], factor: Fraction) -> Form:
    """form + factor * other."""
    total = dict(form)
    for variable, coefficient in other.items():
        total[variable] = total.get(variable, Fraction(0)) + factor * coefficient
    return {variable: coefficient for variable, coefficient in total.items() if coefficient}


def _solved(matrix: list[list[fmpq]], right: list[Form]) -> list[Form]:
    variables = sorted({variable for form in right for variable in form})
    column = {variable: k for k, variable in enumerate(variables)}
    wide = fmpq_mat(len(right), len(variables), [fmpq(0)] * (len(right) * len(variables)))
    for i, form in enumerate(right):
        for variable, coefficient in form.items():
            wide[i, column[variable]] = flint(coefficient)
    solution = fmpq_mat(matrix).solve(wide)
    return [
        {variable: fraction(solution[i, k]) for variable, k in column.items() if solution[i, k]}
        for i in range(len(right))
    ]
