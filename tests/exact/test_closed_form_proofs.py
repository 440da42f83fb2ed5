"""What the engines of exact.closed_form rest on: their proofs reject what is wrong, bounds hold, lifts are exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from flint import fmpz, fmpz_poly, nmod_poly
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.closed_form import closed_form
from exact.closed_form.all_states import check_bellman
from exact.closed_form.chain import chain
from exact.closed_form.charpoly import bound_on_determinant, determinant
from exact.closed_form.krylov import moments, numerator, value_by_krylov
from exact.closed_form.modular import lifted, primes
from exact.errors import NotASolution
from exact.mdp import Mdp, Policy
from exact.rational_function import RationalFunction
from tests.exact.worked_chains import FIRST_PRIME, SMALL_PRIMES, WORKED, chains, corridor, one_policy


def test_bellman_check_rejects_a_wrong_value() -> None:
    """Attack: a numerator off by one term, or a denominator scaled by itself, never passes the row-by-row identity."""
    mdp, policy = one_policy(corridor(2))
    system, theta = chain(mdp, policy, range(4)), [0, 0, 1, 2]
    form = closed_form(mdp, policy, tuple(map(Fraction, theta)))
    values = [form.numerators[state] for state in range(4)]
    check_bellman(system, form.denominator, values, theta, 1)
    for state in range(4):
        wrong = [value + fmpz_poly([0, 0, int(s == state)]) for s, value in enumerate(values)]
        with pytest.raises(NotASolution, match="Bellman identity"):
            check_bellman(system, form.denominator, wrong, theta, 1)
    with pytest.raises(NotASolution, match="Bellman identity"):
        check_bellman(system, form.denominator * 2, values, theta, 1)
    with pytest.raises(NotASolution, match="Bellman identity"):
        check_bellman(system, form.denominator, values, theta, 2)


@settings(max_examples=60, deadline=None)
@given(chains(), st.integers(0, 6), st.sampled_from([-1, 1, FIRST_PRIME]))
def test_krylov_proof_accepts_only_the_value(model: tuple[Mdp, Policy], place: int, error: int) -> None:
    """A denominator changed in one coefficient either has no numerator, or the fraction is still the value."""
    mdp, policy = model
    system, theta = chain(mdp, policy, range(len(mdp))), [1] * len(mdp)
    series = fmpz_poly(moments(system, 0, theta, 2 * len(system)))
    above, below = value_by_krylov(system, 0, theta)
    assert numerator(series, below, system) == above
    wrong = below + fmpz_poly([0] * min(place, len(system)) + [error])
    accepted = numerator(series, wrong, system) if wrong[0] else None
    assert accepted is None or RationalFunction(accepted, wrong) == RationalFunction(above, below)


@pytest.mark.parametrize("wrong", [[2, -1], [FIRST_PRIME], [1, -1]])
def test_krylov_proof_rejects_a_wrong_denominator(wrong: list[int]) -> None:
    """Attack: [2, -1] is what the first two primes agree on for this loop; no numerator makes it the value."""
    mdp, policy = next(w for w in WORKED if w.name == "two-primes-agree-on-a-wrong-answer").question()[:2]
    system = chain(mdp, policy, [0])
    series = fmpz_poly(moments(system, 0, [1], 2))
    assert numerator(series, fmpz_poly(wrong), system) is None


@settings(max_examples=40, deadline=None)
@given(chains(8))
def test_determinant_and_its_bound(model: tuple[Mdp, Policy]) -> None:
    """det(scales - gamma A) at gamma = 1/3 is FLINT's, and its coefficients keep to the bound."""
    mdp, policy = model
    system = chain(mdp, policy, range(len(mdp)))
    polynomial, matrix = determinant(system), -system.matrix()
    for state, scale in enumerate(system.scales):
        matrix[state, state] += 3 * scale
    assert sum(int(c) * 3 ** (len(system) - k) for k, c in enumerate(polynomial.coeffs())) == matrix.det()
    assert sum(abs(int(c)) for c in polynomial.coeffs()) <= bound_on_determinant(system)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(2**180), 2**180), max_size=5), st.sampled_from([30, 62]))
@example([FIRST_PRIME // 2 + 1, -(FIRST_PRIME // 2) - 1, FIRST_PRIME], 62)
def test_lift_recovers_integer_polynomials(coefficients: list[int], bits: int) -> None:
    """Residues modulo primes whose product exceeds twice the coefficients give the polynomial back."""
    polynomial, moduli = fmpz_poly(coefficients), tuple(islice(primes(bits=bits), 182 // (bits - 1) + 1))
    residues = [[int(c) for c in nmod_poly(polynomial, prime).coeffs()] for prime in moduli]
    assert lifted(residues, moduli) == polynomial


def test_lift_is_nearest_to_zero() -> None:
    """Modulo p: (p - 1) / 2 is itself, (p + 1) / 2 is negative; no residue at all is the zero polynomial."""
    half = FIRST_PRIME // 2
    assert lifted([[half, half + 1]], (FIRST_PRIME,)) == fmpz_poly([half, -half])
    assert lifted([[], []], SMALL_PRIMES[:2]) == fmpz_poly([])


@pytest.mark.parametrize("bits", [26, 30, 62])
def test_primes(bits: int) -> None:
    """Primes below 2^bits, descending, none that divides what is to be avoided."""
    first = list(islice(primes(bits=bits), 5))
    assert first == sorted(set(first), reverse=True)
    assert (1 << (bits - 1)) < first[-1] < first[0] < 1 << bits
    assert all(fmpz(prime).is_prime() for prime in first)
    assert next(primes(6 * first[0] * first[1], bits)) == first[2]
