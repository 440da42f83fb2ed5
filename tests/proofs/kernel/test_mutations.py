"""A sample of tests.campaigns.mutations: certificates with one leaf changed are refused, or still true."""

from __future__ import annotations

import pytest

from tests.campaigns.mutations import SMALL, flaw, honest, sampled


@pytest.mark.parametrize("name", SMALL)
def test_one_leaf_changed(name: str) -> None:
    """A mutant is not VALID, or true by other means (tests/campaigns/truth.py has one checker for each claim kind)."""
    case = honest(name)
    assert not flaw(case, case.document)
    for what, mutant in sampled(case, 120):
        assert not (accepted := flaw(case, mutant)), f"{what}: {accepted}"
