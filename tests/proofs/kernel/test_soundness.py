"""A short run of tests.campaigns.soundness."""

from __future__ import annotations

import pytest

from tests.campaigns.soundness import flaws


@pytest.mark.parametrize("tens", range(10))
def test_random_instances(tens: int) -> None:
    """On ten random instances each, what the kernel accepts agrees with enumeration."""
    assert [flaw for seed in range(10 * tens, 10 * tens + 10) for flaw in flaws(seed)] == []
