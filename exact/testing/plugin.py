"""Claims about all small MDPs as tests of pytest, each failure shrunk and written down as an instance file.

    from gammastar import for_all_instances

    @for_all_instances(max_states=6, training=False)
    def test_my_agent_is_optimal(instance): ...

The keywords are those of `exact.testing.strategies.instances`; or give a strategy: @for_all_instances(my_instances()).
The test is one of hypothesis': @settings, @example and fixtures that are wider than one function work as usual. When it
fails, hypothesis shrinks the instance, and the plugin (gammastar.plugin) has it written to
gammastar-failures/<module>.<test>.toml (ini option `gammastar_failures`) and named in the report: `gammastar verify
FILE` then says what the theorems say about it. A complete example is examples/property_test. Needs hypothesis, the
extra `strategies`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

try:
    from hypothesis import given
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError:
    raise ImportError("exact.testing needs hypothesis: pip install hypothesis") from None

from exact.errors import ExactError
from exact.instance import Instance
from exact.instance.trim import trimmed
from exact.instance.write import write_instance
from exact.testing.strategies import instances

_FALSIFIED = "_gammastar_falsified"  # the attribute of a test that holds its Falsified
_LONGEST = 100  # characters of a comment


@dataclass
class Falsified:
    """The last instance that a test failed on, and how. hypothesis runs the shrunk one last."""

    instance: Instance | None = None
    error: BaseException | None = None


def for_all_instances(
    strategy: SearchStrategy[Instance] | None = None, /, **options: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the test for many instances, given as its argument `instance`. options: those of `strategies.instances`."""
    drawn = _shrinking(instances(**options) if strategy is None else strategy)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        falsified = Falsified()

        @functools.wraps(test)
        def recorded(*args: Any, instance: Instance, **others: Any) -> None:
            __tracebackhide__ = True
            try:
                test(*args, instance=instance, **others)
            except BaseException as error:  # pytest's own failures are no Exceptions
                falsified.instance, falsified.error = instance, error
                raise

        made: Callable[..., None] = given(instance=drawn)(recorded)
        setattr(made, _FALSIFIED, falsified)
        return made

    return decorate


def _shrinking(strategy: SearchStrategy[Instance]) -> SearchStrategy[Instance]:
    """Instances as drawn, or without the states that nothing leads to; failures shrink towards the latter."""
    return st.builds(lambda whole, drawn: drawn if whole else trimmed(drawn), st.booleans(), strategy)


def note_failure(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Write the instance of a failed test down, and add the name of the file to the test's report."""
    falsified = getattr(getattr(item, "obj", None), _FALSIFIED, None)
    if isinstance(falsified, Falsified) and falsified.instance is not None:
        raised = None if call.excinfo is None else call.excinfo.value
        if raised is falsified.error or falsified.error in getattr(raised, "exceptions", ()):
            report.sections.append(("gammastar", _written(item, falsified.instance, falsified.error)))


def _written(item: pytest.Item, instance: Instance, error: BaseException | None) -> str:
    """Write the file; returns the line for the report."""
    module = Path(item.nodeid.partition("::")[0]).stem
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{module}.{item.name}").strip("-")
    target = item.config.rootpath / str(item.config.getini("gammastar_failures")) / f"{name}.toml"
    try:
        text = write_instance(replace(instance, name=name, description="a smallest instance that a test fails on"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {item.nodeid} fails on this instance:\n# {_one_line(error)}\n{text}", encoding="utf-8")
    except (ExactError, OSError) as problem:
        return f"the failing instance could not be written: {problem}"
    shown = target.relative_to(item.config.rootpath) if target.is_relative_to(item.config.rootpath) else target
    return f"the failing instance, shrunk: {shown}"


def _one_line(error: BaseException | None) -> str:
    """The error for a comment."""
    line = " ".join(f"{type(error).__name__}: {error}".split())
    shown = "".join(c if c.isprintable() else "?" for c in line)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
