"""Every public function shows a runnable example, and what the examples print is so; help reads like contents."""

from __future__ import annotations

import doctest
import inspect
import pydoc
from importlib import import_module
from importlib.util import find_spec

import pytest

import gammastar
from tests.examples import ROOT

OLDER = {"parse_instance", "read_instance", "write_instance"}  # `read` and `write` are shown instead
FIXTURES = {"instances", "for_all_instances"}  # they run in tests: examples/property_test shows them
MODULES = sorted({home for name, home in gammastar._HOMES.items() if name not in FIXTURES})
FUNCTIONS = sorted(set(gammastar.__all__) - OLDER - FIXTURES)


@pytest.mark.parametrize("module", MODULES)
def test_examples_print_what_they_say(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the project's folder, where the examples are."""
    monkeypatch.chdir(ROOT)
    pytest.importorskip("matplotlib")
    runner, home = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), import_module(module)
    for example in doctest.DocTestFinder().find(home, home.__name__):
        if not example.name.endswith("from_gymnasium") or find_spec("gymnasium"):
            assert runner.run(example).failed == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example(name: str) -> None:
    """In its docstring."""
    value = getattr(gammastar, name)
    if inspect.isfunction(value):
        assert ">>> " in str(value.__doc__)


def test_help_is_a_contents_page() -> None:
    """It names everything that is public, and the first screen has the five lines."""
    shown = pydoc.plain(pydoc.render_doc(gammastar))
    contents = str(gammastar.__doc__)
    assert "found = gs.verify(gs.instance(mdp" in shown.partition("Contents")[0]
    assert [name for name in FUNCTIONS if name not in contents] == []
    assert max(map(len, contents.splitlines())) <= 120


def test_every_name_has_a_page() -> None:
    """docs/api.md shows whatever is public."""
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    shown = {line.rpartition(":: ")[2] for line in page.splitlines() if line.startswith(".. auto")}
    assert set(gammastar.__all__) - OLDER <= shown


def test_help_without_hypothesis(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare installation has help too."""
    monkeypatch.setattr(gammastar, "find_spec", lambda name: None)
    assert not FIXTURES & set(dir(gammastar))
