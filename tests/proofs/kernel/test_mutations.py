"""A sample of tests.campaigns.mutations: certificates with one leaf changed are refused, or still true."""

from __future__ import annotations

import pytest

from tests.campaigns import mutations
from tests.campaigns.mutations import Honest, flaw, sampled

CASES = [*map(mutations.case, mutations.SMALL), *mutations.proofs()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_leaf_changed(case: Honest) -> None:
    """A mutant is refused, or true by other means (tests/campaigns/truth.py has one checker for each claim kind)."""
    assert not flaw(case, case.document)
    for what, mutant in sampled(case, 80):
        assert not (accepted := flaw(case, mutant)), f"{what}: {accepted}"
