"""gammastar.plugin: failing instances are shrunk, written down and named; right claims pass and leave nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from exact.errors import ExactError
from exact.graph import reachable
from exact.instance import Instance, read_instance
from exact.instance.trim import trimmed
from exact.instance.write import write_instance
from exact.testing.strategies import instances

pytest_plugins = ["pytester"]
EXAMPLE = Path(__file__).parents[2] / "examples" / "property_test"
FOLDER = "gammastar-failures"
HEAD = """
import pytest
from hypothesis import Phase, assume, settings, strategies as st
from gammastar import for_all_instances, instances
pytestmark = []
QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None, phases=[Phase.generate, Phase.shrink])
"""


def run(pytester: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    """pytest in a process of its own, on one test file."""
    pytester.makepyfile(test_it=HEAD + text)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *registered(), *arguments)


def registered() -> list[str]:
    """What loads the plugin where the package was installed before it had the entry point."""
    from importlib.metadata import entry_points

    return [] if "gammastar" in entry_points(group="pytest11").names else ["-p", "gammastar.plugin"]


def written(pytester: pytest.Pytester) -> dict[str, Instance]:
    """The failing instances, read back."""
    return {path.name: read_instance(path) for path in sorted((pytester.path / FOLDER).glob("*"))}


def test_the_example_project(pytester: pytest.Pytester) -> None:
    """Two claims hold, two fail; each failure is a file of at most three states that its report names."""
    for path in EXAMPLE.glob("*.py"):
        (pytester.path / path.name).write_text(path.read_text())
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", *registered())
    result.assert_outcomes(passed=2, failed=2)
    found = written(pytester)
    assert list(found) == [
        "test_agent.test_short_sighted_is_optimal.toml",
        "test_agent.test_swaps_with_any_reachable_state_avoid_shutdown.toml",
    ]
    for name, instance in found.items():
        result.stdout.fnmatch_lines([f"the failing instance, shrunk: {FOLDER}/{name}"])
        assert len(instance.mdp) <= 3
        assert sum(map(len, instance.mdp.rows)) <= 3
        assert (pytester.path / FOLDER / name).read_text().startswith("# test_agent.py::")
        assert len((pytester.path / FOLDER / name).read_text().splitlines()) <= 40


def test_a_passing_test_leaves_nothing(pytester: pytest.Pytester) -> None:
    """No folder; assume() rejects without being taken for a failure, and so does a skip."""
    result = run(
        pytester,
        """
@QUICK
@for_all_instances(max_states=3)
def test_passes(instance):
    assume(len(instance.mdp) == 3)
    assert len(instance.mdp.states) == 3

@QUICK
@for_all_instances(max_states=3)
def test_skips(instance):
    pytest.skip("not here")
""",
    )
    result.assert_outcomes(passed=1, skipped=1)
    assert not (pytester.path / FOLDER).exists()


def test_it_works_with_what_pytest_offers(pytester: pytest.Pytester) -> None:
    """Classes, parameters, wide fixtures, a strategy and a folder of one's own, pytest.fail."""
    pytester.makeini("[pytest]\ngammastar_failures = kept/here\n")
    result = run(
        pytester,
        """
@pytest.fixture(scope="module")
def least(): return 3

class TestAgent:
    @QUICK
    @pytest.mark.parametrize("word", ["a b/c"])
    @for_all_instances(instances(max_states=4, max_actions=2))
    def test_small(self, least, word, instance):
        if len(instance.mdp) >= least:
            pytest.fail("as large as " + str(len(instance.mdp)))
""",
        "-p",
        "no:randomly",
    )
    result.assert_outcomes(failed=1)
    (path,) = (pytester.path / "kept" / "here").iterdir()
    assert path.name == "test_it.test_small-a-b-c.toml"
    assert "# Failed: as large as 3" in path.read_text()
    assert len(read_instance(path).mdp) == 3
    result.stdout.fnmatch_lines(["the failing instance, shrunk: kept/here/test_it.test_small-a-b-c.toml"])


def test_other_failures_are_not_its_business(pytester: pytest.Pytester) -> None:
    """A test that always rejects, a broken fixture, a plain test: no file."""
    result = run(
        pytester,
        """
@pytest.fixture
def broken(): raise ValueError("broken")

@QUICK
@for_all_instances(max_states=2)
def test_rejects(instance): assume(False)

@QUICK
@for_all_instances(max_states=2)
def test_fixture(broken, instance): pass

def test_plain(): assert False
""",
    )
    result.assert_outcomes(failed=2, errors=1)
    assert not (pytester.path / FOLDER).exists()


def test_loading_the_plugin_is_cheap() -> None:
    """pytest imports it wherever the package is installed: nothing else may come along."""
    script = "import sys, gammastar.plugin as p; print({'hypothesis', 'exact', 'proofs', 'flint'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@settings(max_examples=60, deadline=None)
@given(instances(max_states=6, max_inequalities=1))
def test_trimmed_instances_hold_what_can_be_reached(instance: Instance) -> None:
    """Nothing else; roles, rewards and transitions by name are as before; trimming again changes nothing."""
    small, mdp = trimmed(instance), instance.mdp
    kept = sorted(reachable(mdp, {instance.shutdown_state, *instance.training}))
    assert list(small.mdp.states) == [mdp.states[s] for s in kept]
    for number, state in enumerate(kept):
        assert small.mdp.actions[number] == mdp.actions[state]
        for row, old in zip(small.mdp.rows[number], mdp.rows[state], strict=True):
            assert [(small.mdp.states[t], p) for t, p in row] == [(mdp.states[t], p) for t, p in old]
    assert small.mdp.states[small.s_term] == mdp.states[instance.s_term]
    assert small.mdp.name_policy(tuple(small.trained.get(s, -1) for s in range(len(kept)))) == mdp.name_policy(
        tuple(instance.trained.get(s, -1) for s in range(len(mdp)))
    )
    assert small.question.rewards is not None
    assert instance.question.rewards is not None
    assert list(small.question.rewards) == [instance.question.rewards[s] for s in kept]
    assert trimmed(small) == small
    assert write_instance(small)


def test_what_cannot_be_written_is_reported(pytester: pytest.Pytester) -> None:
    """A number that no file holds: the report says so instead of naming a file."""
    huge = "instances(max_states=2, training=False).map(lambda i: replace(i, question=Question(i.question.gamma, R)))"
    result = run(
        pytester,
        f"""
from dataclasses import replace
from fractions import Fraction
from exact.instance.model import Question
R = (Fraction(3**4000), Fraction(0))
@QUICK
@for_all_instances({huge})
def test_fails(instance): assert False
""",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["the failing instance could not be written: *"])
    with pytest.raises(ExactError):
        write_instance(sized())


def sized() -> Instance:
    """An instance with such a number."""
    instance = read_instance(Path(__file__).parents[2] / "examples" / "retry.toml")
    rewards = (Fraction(3**4000), Fraction(0), Fraction(0))
    return replace(instance, question=replace(instance.question, rewards=rewards))
