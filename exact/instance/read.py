"""The instance file of the contract (TOML) -> Instance. Bad input raises one ExactError that names the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance, DuplicateState, ExactError, NotAPolicy, TooLarge
from exact.instance.document import document as parsed
from exact.instance.document import number
from exact.instance.gammas import Gammas, interval
from exact.instance.inequality import inequality
from exact.instance.model import PREFERENCES, READINGS, TIES, Goals, Instance, Place, Question
from exact.instance.tables import Table, boolean, choice, only, string, strings, table
from exact.limits import LARGEST_FILE, MOST_INEQUALITIES, MOST_STATES
from exact.mdp import Mdp
from exact.rational import Exact, discount

KEYS = (
    "format", "name", "description", "states", "training", "shutdown", "transitions", "policy", "goals",
    "decision", "question", "positions", "parameters",
)  # fmt: skip

_PLAIN = re.compile(r"\w{1,20}=[0-9/.]{1,20}")  # a parameter and a value, as short as one copies it


def read_instance(path: Path | str) -> Instance:
    """Read an instance file. Raises an ExactError whose `where` begins with the file's name; OSError passes."""
    return instance_in(read_file(path), str(path))


def read_file(path: Path | str) -> bytes:
    """The bytes of a file, or as many as show that it is too large: an endless one is given up on."""
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def instance_in(data: bytes, name: str) -> Instance:
    """The same of a file's bytes."""
    try:
        return parse_instance(data)
    except ExactError as error:
        raise error.inside(name, ": ") from None


def parse_instance(data: bytes) -> Instance:
    """The same from the file's bytes, which the instance keeps: `source` and `sha256` are theirs."""
    return instance_of(parsed(data)).with_file(data)


def _point(document: Table) -> str:
    """A point of the family's own box, as `--at` takes it, where the parameters are written as they should be."""
    given = document["parameters"]
    sides = given.items() if isinstance(given, dict) else ()
    ends = [f"{name}={low}" for name, side in sides if isinstance(side, list) for low in side[:1]]
    return f"such as --at {','.join(ends)}" if ends and all(map(_PLAIN.fullmatch, ends)) else "by --at NAME=VALUE"


def instance_of(document: Table) -> Instance:
    """The instance that a TOML document says, without a file. Raises an ExactError."""
    only(document, KEYS, "")
    if document.get("format") != 1 or isinstance(document.get("format"), (bool, float)):
        raise BadInstance("the format is not 1", "write format = 1", "format")
    if "parameters" in document:
        raise BadInstance("this is a family of instances", f"name a point of it, {_point(document)}", "parameters")
    mdp = _mdp(document)
    training = frozenset(mdp.state(name, "training") for name in _unique(strings(document, "training", "")))
    keys = table(document.get("shutdown"), "shutdown")
    only(keys, ("state", "action"), "shutdown")
    s_new = mdp.state(string(keys, "state", "shutdown"), "shutdown.state")
    action = mdp.action(s_new, string(keys, "action", "shutdown"), "shutdown.action")
    decision = table(document.get("decision", {}), "decision")
    only(decision, ("ties",), "decision")
    goals = _goals(table(document.get("goals", {}), "goals"), mdp)
    trained = _trained(table(document.get("policy", {}), "policy"), mdp, training)
    _keeps_to_training(mdp, training, trained, goals)
    return Instance(
        mdp=mdp,
        shutdown_state=s_new,
        shutdown_action=action,
        training=training,
        trained=trained,
        goals=goals,
        ties=choice(decision, "ties", "decision", TIES),
        question=_question(table(document.get("question", {}), "question"), mdp),
        name=_name(document),
        description=string(document, "description", "", ""),
        positions=_positions(table(document.get("positions", {}), "positions"), mdp),
    )


def _name(document: Table) -> str:
    name = string(document, "name", "", "unnamed")
    if not name.isprintable():
        raise BadInstance("the name is not printable", "use letters, digits, marks, in one line", "name")
    return name


def _unique(names: list[str]) -> list[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DuplicateState(f'state "{name}" is listed twice', "list each state once", "training")
        seen.add(name)
    return names


def _mdp(document: Table) -> Mdp:
    states = strings(document, "states", "")
    if not states:
        raise BadInstance("there is no state", 'list them: states = ["new", "term"]', "states")
    if len(states) > MOST_STATES:
        raise TooLarge(f"{len(states)} states", f"an instance has at most {MOST_STATES}", "states")
    _readable(states, "a state", "states")
    transitions = table(document.get("transitions", {}), "transitions")
    rows: dict[str, dict[str, dict[str, Exact]]] = {}
    for state, actions in transitions.items():
        rows[state] = {}
        _readable(table(actions, f"transitions.{state}"), "an action", f"transitions.{state}")
        for action, row in table(actions, f"transitions.{state}").items():
            where = f"transitions.{state}.{action}"
            rows[state][action] = {name: number(p, f"{where}.{name}") for name, p in table(row, where).items()}
    try:
        return Mdp.from_dict(states, rows)
    except ExactError as error:
        raise (error if error.where == "states" else error.inside("transitions")) from None


def _readable(names: Iterable[str], what: str, where: str) -> None:
    """Names appear in messages and reports of one line each."""
    if any(not name.strip() or not name.isprintable() for name in names):
        raise BadInstance(f"the name of {what} is empty or not printable", "use letters, digits, marks", where)


def _trained(keys: Table, mdp: Mdp, training: frozenset[int]) -> Mapping[int, int]:
    trained: dict[int, int] = {}
    for name in keys:
        state = mdp.state(name, "policy")
        if state not in training:
            raise NotAPolicy(f"{name} is not in training", "name the actions of training states only", f"policy.{name}")
        trained[state] = mdp.action(state, string(keys, name, "policy"), f"policy.{name}")
    for state in sorted(training):
        if state not in trained and not mdp.is_terminal(state):
            name = mdp.states[state]
            raise NotAPolicy("the trained action is missing", f'write {name} = "..." in [policy]', f"policy.{name}")
    return trained


def _goals(keys: Table, mdp: Mdp) -> Goals:
    only(keys, ("reading", "preference", "nonnegative", "inequalities"), "goals")
    texts = strings(keys, "inequalities", "goals")
    if len(texts) * len(mdp.states) > MOST_INEQUALITIES:
        problem = f"{len(texts)} inequalities over {len(mdp.states)} states"
        raise TooLarge(problem, f"at most {MOST_INEQUALITIES // len(mdp.states)} can be read", "goals.inequalities")
    return Goals(
        reading=choice(keys, "reading", "goals", READINGS),
        preference=choice(keys, "preference", "goals", PREFERENCES),
        nonnegative=boolean(keys, "nonnegative", "goals", True),
        inequalities=tuple(inequality(t, mdp, f"goals.inequalities[{i}]") for i, t in enumerate(texts)),
    )


def _keeps_to_training(mdp: Mdp, training: frozenset[int], trained: Mapping[int, int], goals: Goals) -> None:
    """`on-training` cuts the MDP down to S_train; a trained action that can leave would be cut off itself."""
    for state, action in trained.items() if goals.reading == "on-training" else ():
        for successor, _ in mdp.rows[state][action]:
            if successor not in training:
                name, where = mdp.actions[state][action], f"policy.{mdp.states[state]}"
                problem = f'"{name}" can leave training (to {mdp.states[successor]})'
                raise NotAPolicy(problem, "under on-training the trained actions stay in S_train", where)


def _question(keys: Table, mdp: Mdp) -> Question:
    only(keys, ("gamma", "rewards", "permutations"), "question")
    permutations = _permutations(keys.get("permutations", []), mdp)
    question = Question(permutations=permutations).about(given_gamma(keys.get("gamma"), "question.gamma"))
    if "rewards" not in keys:
        return question
    rewards = [Fraction(0)] * len(mdp)
    for name, value in table(keys["rewards"], "question.rewards").items():
        rewards[mdp.state(name, "question.rewards")] = number(value, f"question.rewards.{name}")
    return replace(question, rewards=tuple(rewards))


def given_gamma(given: object, where: str) -> Fraction | Gammas | None:
    """A file's gamma, or the ends of an interval; None where there is none. Raises NotADiscount, NotExact."""
    if given is None:
        return None
    if isinstance(given, list):
        return interval([number(end, where) for end in given], where)
    return discount(number(given, where), where)


def _positions(keys: Table, mdp: Mdp) -> Mapping[int, Place]:
    found: dict[int, Place] = {}
    for name, place in keys.items():
        where = f"positions.{name}"
        if not isinstance(place, list) or len(place) != 2:
            raise BadInstance("a position is a list of two numbers", "write [0, 1], the second upwards", where)
        across, up = (number(value, where) for value in place)
        found[mdp.state(name, "positions")] = across, up
    return found


def _permutations(value: object, mdp: Mdp) -> tuple[tuple[int, ...], ...]:
    """A list of permutations, each a list of disjoint cycles: the reward of a state moves to the next of its cycle."""
    where, shape = "question.permutations", 'write each as a list of cycles: [["term", "r1"]]'
    if not isinstance(value, list) or not all(isinstance(cycles, list) for cycles in value):
        raise BadInstance("a list of permutations was expected", shape, where)
    found = []
    for number_, cycles in enumerate(value):
        place, phi = f"{where}[{number_}]", list(range(len(mdp)))
        for cycle in cycles:
            if not isinstance(cycle, list) or len(cycle) < 2 or not all(isinstance(name, str) for name in cycle):
                raise BadInstance("a cycle is a list of at least two states", shape, place)
            states = [mdp.state(name, place) for name in cycle]
            if any(phi[s] != s for s in states) or len(set(states)) < len(states):
                raise BadInstance("the cycles are not disjoint", "name each state once", place)
            for source, target in zip(states, [*states[1:], states[0]], strict=True):
                phi[source] = target
        found.append(tuple(phi))
    return tuple(found)


__all__ = ["parse_instance", "read_instance"]
