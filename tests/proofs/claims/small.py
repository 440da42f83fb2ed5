"""A small certificate with every kind of claim, and the same after a change. Nobody has checked either."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
FORM = {"policy": {"new": "go", "x": "stay"}, "denominator": ["1", "-1"]}
GOAL = {"unit": "1", "whole": ["0", "0"]}
SMALL: dict[str, Any] = {
    "format": "gammastar-certificate/2",
    "instance": {"name": "small", "sha256": "0" * 64},
    "question": {"gamma": "9/10"},
    "claims": [
        {"claim": "closed-form", **FORM, "rewards": {"x": "1"}, "values": {"new": ["0", "1"], "x": ["1"]}},
        {"claim": "threshold", "kind": "paper", "state": "x", **FORM, "numerator": ["0", "1", "1"],
         "polynomial": ["-1", "1", "1"], "interval": ["1/2", "3/4"],
         "bounds": {"unit": "2", "lower": ["1", "1"], "gap": ["0", "1"]}},
        {"claim": "threshold", "kind": "sharp", "state": "x", **FORM, "numerator": ["1"], "polynomial": ["0", "1"],
         "interval": ["0", "0"]},
        {"claim": "no-threshold", "state": "new", "unit": "1", "bound": {"new": "1"}},
        {"claim": "orbit", "gamma": "9/10", "rewards": {"x": "1", "term": "1000"}, "size": "6", "outside": "0",
         "shutdown": "2", "avoid": "3", "tie": "1", "goals": [GOAL]},
        {"claim": "swap-fails", "gamma": "9/10", "rewards": {"term": "1"}, "permutation": [["term", "new"]],
         "how": "leaves-theta", "goal": GOAL, "image": GOAL},
        {"claim": "universal", "property": "retargets", "permutation": [["term", "x"]], "interval": ["0", "1"],
         "proof": {"split": ["goal", "x"], "cases": {"stay": {"multipliers": []},
                                                     "go": {"only": {"a": {}, "b": {}}}}}},
        {"claim": "universal", "property": "nonnegative", "permutation": [], "interval": ["1/2", "3/4"],
         "proof": {"violations": [[["negative", "x"], {"multipliers": []}]]}},
        {"claim": "member", "gamma": "1/2", "rewards": {"x": "-1"}, "goal": GOAL},
        {"claim": "retargeting", "interval": ["1/2", "1/2"], "permutations": [[["term", "x"]]]},
        {"claim": "volume", "share": "1/3"},
    ],
}  # fmt: skip


def small(**changes: Any) -> dict[str, Any]:
    """A copy, with other values for some keys."""
    document: dict[str, Any] = json.loads(json.dumps(SMALL))
    return document | changes


def changed() -> dict[str, Any]:
    """After a change of the instance and of the question."""
    document = small(instance={"name": "changed", "sha256": "1" * 64}, question={"gamma": None})
    claims = document["claims"]
    claims[0] |= {"values": {"new": ["0", "2"], "x": ["1"]}}
    claims[1] |= {"numerator": ["-1", "2"], "polynomial": ["-2", "3"], "interval": ["2/3", "2/3"]}
    claims[3] = claims[2] | {"state": "new", "polynomial": ["-1", "2"], "interval": ["1/2", "1/2"]}
    claims[4] |= {"avoid": "4", "tie": "0"}
    claims[10] |= {"share": "1/4"}
    del claims[5]
    return document


def written(folder: Path, document: Any, file: str = "certificate.json") -> Path:
    """A certificate file."""
    path = folder / file
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    path.write_bytes(data)
    return path
