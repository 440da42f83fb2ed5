"""One claim beyond the bound on work: a hole for that claim, not for the graph and all that was proved beside it."""

from __future__ import annotations

import hashlib
import json

from proofs.kernel.check import check
from tests.proofs.kernel.session import source


def test_the_theorems_are_still_derived() -> None:
    """FORMAT.md: beyond the bound "the claim is a hole"; what the graph alone decides is said all the same."""
    data = source("new x term", "new go x=1\nx stay x=1", '[goals]\ninequalities=["new<0"]\n')
    gamma, ones = f"1/1{'0' * 60_000}", ["1"] * 18
    proof = {"multipliers": [[["reward", "new"], ones], [["inequality", "0"], ones]]}
    claim = {"claim": "universal", "property": "exceeds", "permutation": [], "interval": [gamma, gamma], "proof": proof}
    about = {"name": "unnamed", "sha256": hashlib.sha256(data).hexdigest()}
    whole = {"format": "gammastar-certificate/2", "instance": about, "question": {"gamma": None}, "claims": [claim]}
    outcome = check(data, json.dumps(whole).encode())
    assert outcome.status == "HOLEY"
    assert any(hole.startswith("claim 0") for hole in outcome.holes)
    assert ("proposition-1", "probability-1") in outcome.theorems
