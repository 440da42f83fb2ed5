"""The public functions for other people's MDPs: in, with what was changed or lost on the way, and out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any

from rich.console import Console

from exact import formats
from exact.formats.shutdown import renamed
from exact.instance import Instance
from exact.instance.build import at
from exact.rational import Exact
from gammastar.asked import Given, instance_of, spelled
from gammastar.notebook import Answer, Json, as_kind
from proofs.report.terminal import show_lines

Place = str | int | tuple[str | int, str | int]  # numbers stand for the names of states that are called by them
Names = Mapping[str, Mapping[str, str] | list[str]] | str | PathLike[str]


class Changed(UserWarning):
    """What a source says was changed, or cannot be said here; `lines`: each of it. `import_` and `export` warn so."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    def __reduce__(self) -> tuple[type[Changed], tuple[tuple[str, ...]]]:
        return Changed, (self.lines,)


class Imported(Answer, formats.Imported):
    """An MDP from elsewhere: `.mdp`, `.rewards` (per visit; None if there are none), `.initial` (a state's number).

    Prints what was changed (`.repairs`, row by row) and what was lost (`.notes`). `.instance(shutdown)` goes on.
    """

    @property
    def lines(self) -> tuple[str, ...]:
        """What was changed or lost, and the rewards: the report of `gammastar import`."""
        return tuple(formats.lines(self))

    def instance(self, shutdown: Place | None = None, gamma: Exact | None = None) -> Instance:
        """The instance, with its shutdown. See gammastar.with_shutdown."""
        return with_shutdown(self, shutdown, gamma)

    def renamed(self, states: Any = None, actions: Any = None) -> Imported:
        """With better names: a list in the order of the numbers, or {old: new}. Raises UnknownState, DuplicateState."""
        given = {key: names for key, names in (("states", states), ("actions", actions)) if names is not None}
        return as_kind(Imported, renamed(self, given))

    def show(self, console: Console) -> None:
        """As `gammastar import` prints it."""
        show_lines(console, [f"{self.name}: {len(self.mdp)} states; {self.description}", *self.lines])

    def to_dict(self) -> Json:
        """The name, how many states, and the report."""
        return {"name": self.name, "states": len(self.mdp), "notes": list(self.lines)}

    def __repr__(self) -> str:
        return f"<Imported {self.name}: {len(self.mdp)} states, {len(self.repairs)} rows changed>"


def from_gymnasium(identifier: str, **options: Any) -> Imported:
    """A toy-text environment of Gymnasium (extra "gymnasium") by its id: P(t | s, a) from its table, in fractions.

    Doubles become the simplest fractions within 2^-40 whose row sums to 1; each row that this changes is in `.repairs`.
    options: what `gymnasium.make` takes. Raises NotInstalled, NotAModel, NotStochastic, TooLarge.

    >>> import gammastar as gs
    >>> lake = gs.from_gymnasium("FrozenLake-v1", is_slippery=True)
    >>> gs.verify(lake.instance("0"), gamma="9/10").verdict
    'verified'
    """
    with spelled():
        return as_kind(Imported, formats.from_gymnasium(identifier, **options))


def from_toy_text(environment: Any, name: str = "toy-text") -> Imported:
    """The MDP of any object with a table `.P`: P[state][action] lists (probability, successor, reward, terminated).

    Doubles as in `from_gymnasium`. Transition rewards become rewards per visit where they depend on the state entered
    alone, else they are dropped, and that is said. Raises NotAModel, NotStochastic, NotExact, TooLarge.

    >>> import gammastar as gs
    >>> class Coin:
    ...     P = {0: {0: [(0.1, 0, 0, False), (0.9, 1, 1, True)]}, 1: {0: [(1.0, 1, 0, True)]}}
    >>> found = gs.from_toy_text(Coin)
    >>> found.mdp.rows[0][0]
    ((0, Fraction(1, 10)), (1, Fraction(9, 10)))
    """
    with spelled():
        return as_kind(Imported, formats.from_toy_text(environment, name))


def from_environment(
    reset: Callable[[], Any], step: Callable[[Any], Any], actions: Iterable[Any], name: str = "environment"
) -> Imported:
    """The MDP of a deterministic environment, explored breadth-first: every state that the actions can reach.

    reset(): an observation, or (observation, info). step(action): an observation, or Gymnasium's tuple (observation,
    reward, terminated, truncated, info). The observation must be the whole state. Each step is made at least twice:
    raises NotAModel where it goes differently; TooLarge.

    >>> import gammastar as gs
    >>> class Stairs:
    ...     def reset(self): self.at = 0; return self.at
    ...     def step(self, action): self.at = max(0, min(2, self.at + action)); return self.at, 0, self.at == 2
    >>> stairs = Stairs()
    >>> gs.from_environment(stairs.reset, stairs.step, actions=[-1, 1]).mdp.actions
    (('-1', '1'), ('-1', '1'), ())
    """
    with spelled():
        return as_kind(Imported, formats.from_environment(reset, step, actions, name))


def read_drn(path: str | PathLike[str], terminal: str = "deadlock") -> Imported:
    """A file in DRN, Storm's explicit format. terminal: the label of states that end an episode, if they only loop.

    Raises an ExactError whose place begins with the file's name and line; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> file, lost = gs.write_drn("examples/half.toml", tempfile.mkdtemp() + "/half.drn")
    >>> gs.read_drn(file).instance().mdp == gs.read("examples/half.toml").mdp
    True
    """
    with spelled():
        return as_kind(Imported, formats.read_drn(Path(path), terminal))


def read_umb(path: str | PathLike[str], terminal: str = "deadlock") -> Imported:
    """A file in UMB, the binary format that Storm and other tools share. terminal: as for `read_drn`.

    Raises an ExactError whose place begins with the file's name; OSError passes.

    >>> import gammastar as gs
    >>> gs.read_umb("examples/half.toml")
    Traceback (most recent call last):
    exact.errors.NotAModel: examples/half.toml: there is no index.json in it; a UMB file is a tar file ...
    """
    with spelled():
        return as_kind(Imported, formats.read_umb(Path(path), terminal))


def with_shutdown(found: formats.Imported, shutdown: Place | None = None, gamma: Exact | None = None) -> Instance:
    """An imported MDP with its shutdown (Def. 7), as an instance; its rewards become the question's.

    shutdown: a state, which gets a new action `off` to a new state `term`; or (state, action) for an action that is
    there; None where the source says it. gamma: the question's. Raises NoShutdown, UnknownState, UnknownAction,
    NotADiscount, TooLarge.

    >>> import gammastar as gs
    >>> class Coin:
    ...     P = {0: {0: [(0.1, 0, 0, False), (0.9, 1, 1, True)]}, 1: {0: [(1.0, 1, 0, True)]}}
    >>> gs.with_shutdown(gs.from_toy_text(Coin), shutdown="0").mdp.actions
    (('0', 'off'), (), ())
    """
    with spelled():
        if isinstance(shutdown, tuple):
            state = found.mdp.state(str(shutdown[0]), "shutdown")
            found = replace(found, shutdown=(state, found.mdp.action(state, str(shutdown[1]), "shutdown")))
            shutdown = None
        return at(formats.with_shutdown(found, None if shutdown is None else str(shutdown)), gamma)


def import_(
    source: str | PathLike[str],
    shutdown: Place | None = None,
    *,
    gamma: Exact | None = None,
    terminal: str | None = None,
    names: Names | None = None,
    **options: Any,
) -> Instance:
    """`gammastar import`: an instance from "gymnasium:ID", or from a file in DRN, UMB, PRISM or JANI.

    shutdown, gamma: see `with_shutdown`. terminal: see `read_drn`. names: {"states": ..., "actions": ...}, each a list
    or {old: new}, or a TOML file that says so. options: of the environment, or constants of a PRISM program. Warns
    `Changed` of what was changed or lost; `from_gymnasium` and `read_drn` return it instead. Raises an ExactError;
    OSError passes.

    >>> import gammastar as gs, tempfile
    >>> [instance] = gs.random_instances(4, count=1)
    >>> gs.import_(gs.export(instance, tempfile.mkdtemp() + "/random.drn")).mdp == instance.mdp
    True
    """
    with spelled():
        found = formats.read_source(str(source), _options(options), terminal)
        if names is not None:
            found = renamed(found, names if isinstance(names, Mapping) else Path(names))
    made = with_shutdown(found, shutdown, gamma)
    _warn(formats.lines(found) if found.repairs or found.notes else ())
    return made


def write_drn(given: Given, path: str | PathLike[str]) -> tuple[Path, tuple[str, ...]]:
    """Write an instance in DRN, with exact values: where, and what the file cannot say, line by line.

    Raises NotAModel for names that DRN has no spelling for; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> file, lost = gs.write_drn("examples/corridor-3.toml", tempfile.mkdtemp() + "/corridor.drn")
    >>> print(lost[0])
    the question's gamma and permutations are dropped: DRN has no place for them
    """
    with spelled():
        text, lost = formats.write_drn(instance_of(given))
    target = Path(path)
    target.write_bytes(text.encode())
    return target, tuple(lost)


def export(given: Given, path: str | PathLike[str]) -> Path:
    """`gammastar export`: write an instance for another program; the path's ending, .drn, is the format.

    Warns `Changed` of what the file cannot say. Raises NotAModel; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> [instance] = gs.random_instances(4, count=1)
    >>> gs.export(instance, tempfile.mkdtemp() + "/random.drn").name
    'random.drn'
    """
    if Path(path).suffix != ".drn":
        raise formats.NotAModel("an export to that format", "name a file that ends in .drn", str(path))
    target, lost = write_drn(given, path)
    _warn(lost)
    return target


def _warn(lines: Iterable[str]) -> None:
    """To whoever called the function that was called."""
    if said := tuple(lines):
        warnings.warn(Changed(said), stacklevel=3)


def _options(given: Mapping[str, Any]) -> list[str]:
    """As the command takes them."""
    import json
    from urllib.parse import quote

    return [f"{quote(key)}={quote(json.dumps(value))}" for key, value in given.items()]
