"""What is proved of a family, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from exact.family import Family
from proofs.claims.accepted import Verdict
from proofs.claims.types import POSITIVE
from proofs.families.session import CheckedFamily
from proofs.report.numbers import Json


def document(checked: CheckedFamily, opinions: Iterable[Json] = ()) -> Json:
    """`gammastar-family/1`. n is the least over the box and the gammas; `failing` points at which the theorem fails.

    Where an orbit shows that it does, n is what it refutes at its own point. opinions: the solvers' answers.
    """
    return {
        "format": "gammastar-family/1",
        "instance": about(checked.family),
        "parameters": parameters(checked.family),
        "gamma": [str(end) for end in checked.asked],
        "verdict": checked.main.verdict,
        "hypotheses": [{"id": name, "holds": holds} for name, holds in checked.hypotheses.items()],
        "counted": {kind: _counted(found) for kind, found in checked.counted.items()},
        "theorems": theorems(checked),
        "failing": [
            {"point": dict(zip(checked.family.parameters, map(str, point), strict=True)), "gamma": str(gamma)}
            for point, gamma in checked.failing
        ],
        "kernel": {"status": checked.status, "holes": list(checked.holes)},
        "opinions": list(opinions),
    }


def theorems(checked: CheckedFamily) -> Json:
    """Each verdict, "reachable" read as with positive probability."""
    return {name: _verdict(v) for (name, reach), v in checked.theorems.items() if reach == POSITIVE}


def about(family: Family) -> Json:
    """As every report names what it is about."""
    return {"name": family.centre.name, "sha256": family.sha256, "states": len(family.centre.mdp)}


def parameters(family: Family) -> dict[str, list[str]]:
    """{name: [low, high]}."""
    return {name: [str(low), str(high)] for name, (low, high) in zip(family.parameters, family.box, strict=True)}


def _counted(found: tuple[int, tuple[str, ...]] | None) -> Json | None:
    return None if found is None else {"n": str(found[0]), "everywhere": list(found[1])}


def _verdict(verdict: Verdict) -> Json:
    proved = None if verdict.proved is None else {"n": verdict.proved[0], "means": verdict.proved[1]}
    said: Json = {"verdict": verdict.verdict, "conclusion": verdict.conclusion, "means": verdict.means}
    return said | {"n": verdict.n, "proved": proved}
