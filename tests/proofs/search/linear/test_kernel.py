"""The kernel accepts every tree, at one gamma and on intervals, from the instance file's bytes alone."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import pytest

from exact.instance.write import write_instance
from exact.permutation import cycles
from proofs.claims.accepted import joined
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.kernel.rules.linear import universal
from proofs.search.linear.asked import Always
from proofs.search.linear.decide import decide
from proofs.search.linear.pieces import pieces
from proofs.search.linear.whole import everywhere
from tests.proofs.search.linear import instances


@pytest.mark.parametrize("seed", range(200, 230))
def test_every_tree(seed: int) -> None:
    """What is claimed is proved there, on the interval that is claimed."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi, gamma = instances.permutation(random, 3), Fraction(random.randint(1, 9), 10)
    facts = Facts.of(Model(write_instance(given).encode()), gamma)
    for kind, moved in instances.questions(phi):
        found = [piece.answer for piece in pieces(given, kind, moved, most_pieces=3)]
        answers = [decide(given, kind, moved, gamma), everywhere(given, kind, moved, most=60), *found]
        proved = [part for answer in answers if isinstance(answer, Always) for part in (answer, *answer.more)]
        for answer in proved:
            claim: dict[str, object] = {
                "property": kind,
                "permutation": cycles(given.mdp, moved),
                "proof": answer.proof,
            }
            claim["interval"] = [str(answer.low), str(answer.high)]
            universal(facts, json.loads(json.dumps(claim)))
        ends = [gammas for name, _, gammas in facts.universal if name == kind]
        assert sorted(ends) == joined((answer.low, answer.high) for answer in proved)
