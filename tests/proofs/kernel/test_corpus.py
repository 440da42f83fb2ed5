"""Every certificate of tests/corpus ends in its status, for the reason given."""

from __future__ import annotations

from collections import Counter

import pytest

from proofs.kernel.__main__ import lines
from proofs.kernel.family.check import check_asked
from tests.corpus import cases
from tests.corpus.build import Attack, load, made

EVERY = cases.every()
ATTACKS = load()


def _name(case: cases.Case) -> str:
    return f"{case.status}/{case.kind}/{case.name}"


@pytest.mark.parametrize("case", EVERY, ids=_name)
def test_status_and_reason(case: cases.Case) -> None:
    """The kernel ends in the status that the file is under, and says what it expects."""
    outcome = check_asked(cases.text(case.instance), case.certificate, case.question)
    printed = list(lines(outcome)) if case.status == "valid" else [outcome.reason, *outcome.holes]
    assert outcome.status.lower() == case.status, printed
    assert any(case.expects in line.replace("'", "") for line in printed), printed  # names are printed in quotes


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: _name(attack.case))
def test_generated_cases_are_what_the_generator_gives(attack: Attack) -> None:
    """After a change of an attack: python -m tests.corpus.build."""
    assert attack.case.path.read_text("utf-8") == cases.written(made(attack))


def test_every_status_has_many_attacks() -> None:
    """More certificates are refused than accepted; no status and no kind of claim is left out."""
    count = Counter(case.status for case in EVERY)
    assert set(count) == set(cases.STATUSES)
    assert count["invalid"] > 200
    assert count["malformed"] > 140
    assert count["invalid"] + count["malformed"] > 2 * count["valid"]
    assert count["holey"] > 40


def test_attacks_are_named_once() -> None:
    """Each attack is a file of its own; some cases are written by hand."""
    names = [_name(attack.case) for attack in ATTACKS]
    assert len(names) == len(set(names))
    assert set(names) < {_name(case) for case in EVERY}


def test_every_instance_is_used() -> None:
    """No instance is left over."""
    assert set(cases.names()) == {case.instance for case in EVERY}
