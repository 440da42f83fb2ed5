"""An instance knows its text, the bytes of its file or those that it would be written to; its digest is theirs."""

from __future__ import annotations

import copy
import hashlib
import pickle
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from exact.errors import NotExact
from exact.instance import Goals, Instance, Question, parse_instance, read_instance
from exact.instance.trim import trimmed
from exact.instance.write import write_instance
from exact.testing.strategies import instances
from tests.reference.worked import RETRY

EXAMPLE = Path(__file__).parents[2] / "examples" / "retry.toml"
READ = read_instance(EXAMPLE)
TENTH = Fraction(1, 10)


def test_what_was_read_keeps_the_bytes_of_its_file() -> None:
    """Comments and all."""
    data = EXAMPLE.read_bytes() + b"# a comment\n"
    instance = parse_instance(data)
    assert (instance.source, instance.file) == (data, data)
    assert instance.sha256 == hashlib.sha256(data).hexdigest()


@settings(max_examples=40, deadline=None)
@given(instances(max_states=4, max_inequalities=1))
def test_what_was_built_has_the_text_that_it_would_be_written_to(instance: Instance) -> None:
    """Its digest is that of the file, which reads back as an equal instance with the same digest."""
    assert instance.file is None
    assert instance.source == write_instance(instance).encode()
    again = parse_instance(instance.source)
    assert again == instance
    assert hash(again) == hash(instance)
    assert again.sha256 == instance.sha256 == hashlib.sha256(instance.source).hexdigest()


def test_a_changed_copy_is_not_what_the_file_says() -> None:
    """replace() and trimmed() drop the bytes, also after they were asked for."""
    for instance in (READ, RETRY):
        before = instance.sha256
        for changed in (replace(instance, name="other"), replace(instance, goals=Goals(nonnegative=False))):
            assert changed.file is None
            assert changed.source == write_instance(changed).encode()
            assert changed.sha256 != before
        assert instance.sha256 == before
    assert trimmed(READ).file is None


def test_another_discount_is_another_question_about_the_same_file() -> None:
    """at() keeps the file's bytes; where there is no file, the text asks the new question."""
    asked = READ.at(TENTH)
    assert asked.question.gamma == TENTH
    assert (asked.source, asked.sha256) == (READ.source, READ.sha256)
    assert asked != READ
    assert RETRY.sha256 != RETRY.at(TENTH).sha256
    assert parse_instance(RETRY.at(TENTH).source) == RETRY.at(TENTH)


def test_bytes_are_no_field() -> None:
    """Equal instances are equal whatever they were read from, and are the same key of a dictionary."""
    other = parse_instance(READ.source + b"# more\n")
    assert other == READ
    assert other.sha256 != READ.sha256
    assert {READ: 1}[other] == 1
    assert "sha256" not in {field.name for field in fields(Instance)}
    with pytest.raises(TypeError):
        Instance(RETRY.mdp, 0, 0, sha256="")  # type: ignore[call-arg]


@pytest.mark.parametrize("travel", [lambda i: pickle.loads(pickle.dumps(i)), copy.copy, copy.deepcopy])
def test_bytes_travel(travel: object) -> None:
    """To another process, and into an unchanged copy."""
    assert callable(travel)
    arrived = travel(READ)
    assert arrived == READ
    assert (arrived.file, arrived.sha256) == (READ.file, READ.sha256)
    assert travel(RETRY).file is None


def test_what_no_file_can_say_has_no_digest() -> None:
    """The writer's error passes."""
    rewards = (Fraction(1, 3**5000), *[Fraction(0)] * (len(RETRY.mdp) - 1))
    instance = replace(RETRY, question=Question(rewards=rewards))
    for attribute in ("source", "sha256"):
        with pytest.raises(NotExact, match="at most 1000 characters"):
            getattr(instance, attribute)
