"""The paper's theorems, one file each: what the facts about an instance say of them."""

from collections.abc import Callable

from proofs.theorems.proposition1 import proposition1
from proofs.theorems.proposition2 import proposition2
from proofs.theorems.proposition3 import proposition3
from proofs.theorems.theorem2 import theorem1, theorem2
from proofs.theorems.verdict import POSITIVE, SURE, Case, Verdict

THEOREMS: dict[str, Callable[[Case], Verdict]] = {
    "proposition-1": proposition1,
    "proposition-2": proposition2,
    "proposition-3": proposition3,
    "theorem-1": theorem1,
    "theorem-2": theorem2,
}

__all__ = ["POSITIVE", "SURE", "THEOREMS", "Case", "Verdict"]
