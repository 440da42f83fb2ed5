"""The instance file of the contract (TOML) -> Instance. Bad input raises one ExactError that names the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance, ExactError, NotAPolicy, TooLarge, within
from exact.instance.document import document as parsed
from exact.instance.document import number
from exact.instance.gammas import Gammas, interval
from exact.instance.model import TIES, Goals, Instance, Question
from exact.instance.parts import goals, permutation, positions, trained, vector
from exact.instance.tables import Table, choice, only, readable, string, strings, table
from exact.limits import LARGEST_FILE, MOST_STATES
from exact.mdp import Mdp, check_distinct
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
    with within(name):
        return parse_instance(data)


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
    named = strings(document, "training", "")
    check_distinct(named, "training")
    training = frozenset(mdp.state(name, "training") for name in named)
    keys = table(document.get("shutdown"), "shutdown")
    only(keys, ("state", "action"), "shutdown")
    s_new = mdp.state(string(keys, "state", "shutdown"), "shutdown.state")
    action = mdp.action(s_new, string(keys, "action", "shutdown"), "shutdown.action")
    decision = table(document.get("decision", {}), "decision")
    only(decision, ("ties",), "decision")
    theta = goals(table(document.get("goals", {}), "goals"), mdp)
    learned = trained(table(document.get("policy", {}), "policy"), mdp, training)
    _keeps_to_training(mdp, training, learned, theta)
    return Instance(
        mdp=mdp,
        shutdown_state=s_new,
        shutdown_action=action,
        training=training,
        trained=learned,
        goals=theta,
        ties=choice(decision, "ties", "decision", TIES),
        question=_question(table(document.get("question", {}), "question"), mdp),
        name=_name(document),
        description=string(document, "description", "", ""),
        positions=positions(table(document.get("positions", {}), "positions"), mdp, number),
    )


def _name(document: Table) -> str:
    name = string(document, "name", "", "unnamed")
    if not name.isprintable():
        raise BadInstance("the name is not printable", "use letters, digits, marks, in one line", "name")
    return name


def _mdp(document: Table) -> Mdp:
    states = strings(document, "states", "")
    if not states:
        raise BadInstance("there is no state", 'list them: states = ["new", "term"]', "states")
    if len(states) > MOST_STATES:
        raise TooLarge(f"{len(states)} states", f"an instance has at most {MOST_STATES}", "states")
    readable(states, "a state", "states")
    transitions = table(document.get("transitions", {}), "transitions")
    rows: dict[str, dict[str, dict[str, Exact]]] = {}
    for state, actions in transitions.items():
        rows[state] = {}
        readable(table(actions, f"transitions.{state}"), "an action", f"transitions.{state}")
        for action, row in table(actions, f"transitions.{state}").items():
            where = f"transitions.{state}.{action}"
            rows[state][action] = {name: number(p, f"{where}.{name}") for name, p in table(row, where).items()}
    try:
        return Mdp.from_dict(states, rows)
    except ExactError as error:
        raise (error if error.where == "states" else error.inside("transitions")) from None


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
    where, cycles = "question.permutations", keys.get("permutations", [])
    if not isinstance(cycles, list) or not all(isinstance(given, list) for given in cycles):
        shape = 'write each as a list of cycles: [["term", "r1"]]'
        raise BadInstance("a list of permutations was expected", shape, where)
    permutations = tuple(permutation(mdp, given, f"{where}[{k}]") for k, given in enumerate(cycles))
    question = Question(permutations=permutations).about(given_gamma(keys.get("gamma"), "question.gamma"))
    if "rewards" not in keys:
        return question
    rewards = vector(mdp, table(keys["rewards"], "question.rewards"), "question.rewards", number)
    return replace(question, rewards=rewards)


def given_gamma(given: object, where: str) -> Fraction | Gammas | None:
    """A file's gamma, or the ends of an interval; None where there is none. Raises NotADiscount, NotExact."""
    if given is None:
        return None
    if isinstance(given, list):
        return interval([number(end, where) for end in given], where)
    return discount(number(given, where), where)
