"""The kernel accepts every tree, at one gamma and on intervals, from the instance file's bytes alone."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import pytest

from exact.instance.write import write_instance
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.kernel.rules.linear import universal
from proofs.universal.claim import Always, cycles_of
from proofs.universal.decide import decide
from proofs.universal.parametric import pieces
from tests.proofs.universal import instances


@pytest.mark.parametrize("seed", range(200, 230))
def test_every_tree(seed: int) -> None:
    """What is claimed is proved there, on the interval that is claimed."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi, gamma = instances.permutation(random, 3), Fraction(random.randint(1, 9), 10)
    facts = Facts(Model(write_instance(given).encode()), gamma)
    for asked in ("retargets", "stays", "never-both"):
        answers = [decide(given, asked, phi, gamma), *(p.answer for p in pieces(given, asked, phi, most_pieces=5))]
        proved = [answer for answer in answers if isinstance(answer, Always)]
        for answer in proved:
            claim: dict[str, object] = {"property": asked, "permutation": cycles_of(given, phi), "proof": answer.proof}
            claim["interval"] = [str(answer.low), str(answer.high)]
            universal(facts, json.loads(json.dumps(claim)))
        ends = [gammas for name, _, gammas in facts.universal if name == asked]
        assert ends == [(answer.low, answer.high) for answer in proved]
