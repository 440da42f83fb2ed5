"""Hostile input ends soon, in little memory and in a status, whatever it asks to be computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from proofs.kernel.family.model import FamilyModel
from proofs.kernel.limits import CERTIFICATE_BYTES
from tests.corpus.cases import encoded, text
from tests.corpus.honest import honest
from tests.proofs.kernel.hostile import MAKERS, Maker, certificate, charged, charged_to_family
from tests.proofs.kernel.hostile_families import MAKERS as FAMILIES
from tests.proofs.kernel.hostile_orbits import MAKERS as ORBITS
from tests.proofs.kernel.process import STATUSES, ends, kernel

SMALL = 0.6  # of what the makers make at most
STEPS = {  # name -> at least so many steps are charged for the small version
    "wide_rows_of_the_fixpoint": 5_800_000,
    "coprime_row": 490_000,
    "short_inequalities": 55_000_000,
    "inequalities_of_many_goals": 60_000_000,
    "inequalities_of_an_orbit": 5_300_000,
    "long_values": 270_000,
    "long_rewards": 12_000_000,
    "long_rewards_of_a_closed_form": 12_000_000,
    "series_of_a_dense_policy": 1_700_000,
    "series_of_long_numbers": 1_600_000,
    "series_of_odd_denominators": 230_000,
    "quotient_that_grows": 230_000,
    "long_ends": 450_000,
    "long_bounds": 63_000,
    "same_actions": 330_000,
    "long_bound_of_no_threshold": 110_000,
    "wide_bound_of_no_threshold": 2_000_000,
    "agreeing_rows": 7_900_000,
    "many_small_proofs": 3_700_000,
    "long_multipliers": 870_000,
    "long_gamma_of_a_proof": 710_000_000,
    "signs_on_an_interval": 490_000,
    "coprime_rows_of_a_proof": 15_000_000,
    "wide_inequalities_of_a_proof": 7_400_000,
    "permutations_alike": 22_000_000,
    "question_of_many_digits": 20_000_000,
    "orbits_at_long_gammas": 90_000_000,
    "long_integers": 43_000,
    "long_rationals": 1_600_000_000,
    "many_universals": 17_000_000,
    "parts_of_many_classes": 4_000_000,
    "parts_of_two_classes": 6_800_000,
    "avoided_with_long_amounts": 4_900_000,
    "units_of_long_rewards": 85_000_000,
    "exchanged_states": 210_000_000,
    "flows_of_long_scales": 26_000_000,
    "gains_divided_by_squares": 5_800_000,
    "gains_of_nothing": 94_000_000,
    "signs_by_halving": 540_000,
    "long_ends_of_phases": 370_000,
    "gains_of_odd_denominators": 970_000,
    "gains_of_long_rewards": 71_000_000,  # 2m coefficients of each gain, whose denominators are kept, in lowest terms
    "gains_with_long_denominators": 8_500_000,
    "steps_of_long_scales": 2_000_000,
    "differences_of_wide_steps": 61_000_000,
}
FAMILY_STEPS = {  # and of a family: for its claims, and for reading it
    "chances_of_all_powers": (3_900, 6_300_000),
    "chances_that_almost_vanish": (1_400, 11_000_000),
    "chances_with_long_numbers": (2_300, 7_100_000),
    "chances_on_long_sides": (1_200, 13_000_000),
    "values_of_all_powers": (5_700_000, 3_100_000),
    "values_of_powers_apart": (8_200_000, 1_500_000),
    "values_of_long_numbers": (1_100_000_000, 1_000_000),
    "values_of_long_fractions": (110_000_000, 1_500_000),
    "towers_of_powers": (17_000, 7_800_000),
    "short_rows": (48_000_000, 3_900_000),
    "short_rows_of_all_states": (5_800_000, 3_900_000),
    "rows_on_other_boxes": (62_000_000, 3_100_000),
    "points": (54_000_000, 12_000_000),
    "inequalities_of_all_swaps": (51_000_000, 11_000),
}


def test_all_are_priced() -> None:
    """Seconds for these steps, and for what is as large as can be, are measured by `python -m tests.proofs.kernel.hostile`."""
    assert STEPS.keys() == {**MAKERS, **ORBITS}.keys()
    assert FAMILY_STEPS.keys() == FAMILIES.keys()


@pytest.mark.parametrize("name", STEPS)
def test_work_is_paid_for(name: str) -> None:
    """What is computed is charged, so that a large version is stopped in time."""
    maker: Maker = {**MAKERS, **ORBITS}[name]
    _, _, steps, said = charged(*maker(SMALL))
    assert said.split()[0] in STATUSES
    assert steps >= STEPS[name]


def test_a_division_that_does_nothing_is_paid_for() -> None:
    """100 squares for each of over 180 gains that are 0: nothing is divided, but each is looked at."""
    _, _, steps, said = charged(*ORBITS["gains_of_nothing"](0.5))
    assert said.split()[0] == "HOLEY"
    assert steps > 200 * 100 * 180


@pytest.mark.parametrize("name", FAMILY_STEPS)
def test_families_are_paid_for(name: str) -> None:
    """The same; the steps of reading a family are bounded by themselves."""
    data, claims = FAMILIES[name](SMALL)
    _, _, steps, said = charged_to_family(data, claims)
    assert said.split()[0] in (*STATUSES, "HOLE")
    of_claims, of_reading = FAMILY_STEPS[name]
    assert steps >= of_claims
    assert FamilyModel(data).spent >= of_reading


def _claims(body: str) -> bytes:
    return certificate(text("retry"), body).replace(b'"unnamed"', b'"retry"')


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "no claims in a million": lambda: _claims("[" + "{}," * 1_000_000 + "{}]"),
    "a claim of 60 MB": lambda: _claims('["' + "a" * 60_000_000 + '"]'),
    "a kind of 60 MB": lambda: _claims('[{"claim": "' + "a" * 60_000_000 + '"}]'),
    "a key of 60 MB": lambda: _claims('[{"' + "a" * 60_000_000 + '": "orbit"}]'),
    "escaped quotes": lambda: b'"' + b'\\"' * 10_000_000,
    "five million empty lists": lambda: b"[" + b"[]," * 5_000_000 + b"[]]",
    "more than 64 MiB": lambda: b" " * (CERTIFICATE_BYTES + 1),
    "a list of a million for a number": lambda: _claims('[{"claim": "orbit", "gamma": [' + '"",' * 1_000_000 + '""]}]'),
    "keys without an end": lambda: _claims("[{" + ",".join(f'"{k}":""' for k in range(1_000_000)) + "}]"),
}


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_documents(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """The same for what is no certificate at all, within bounded memory."""
    assert ends(kernel(tmp_path, text("retry"), make())) == "MALFORMED"


def test_repeated_claims(tmp_path: Path) -> None:
    """True claims, again and again, are true; none is counted twice."""
    document = honest("retry")
    orbit = next(c for c in document["claims"] if c["claim"] == "orbit")
    document["claims"] += [orbit] * 1000
    assert ends(kernel(tmp_path, text("retry"), encoded(document))) == "VALID"


INSTANCES = {
    "dotted key": b"a." * 300_000 + b"a = 1\n",
    "dotted table": b"[" + b"a." * 300_000 + b"a]\n",
    "nested": b"a = " + b"[" * 99_999,
    "hexadecimal": b"a = 0x" + b"f" * 4_000_000,
    "decimal": b"a = " + b"9" * 4_000_000,
    "exponent": b"a = 1e" + b"9" * 4_000_000,
    "states": b"states = [" + b'"a",' * 900_000 + b"]",
    "blanks": b" " * (4 << 20),
}


@pytest.mark.parametrize("data", INSTANCES.values(), ids=INSTANCES.keys())
def test_instances(tmp_path: Path, data: bytes) -> None:
    """The same for instance files; none of these is one."""
    assert ends(kernel(tmp_path, data, b"{}")) == "MALFORMED"
