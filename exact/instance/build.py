"""An instance from Python, by names: what an instance file says in tables, as arguments. What is built is readable.

The result is what the reader of files makes of the canonical text, so that its sha256 is that of the file it would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, overload

from exact.errors import BadInstance, NotAGoalSet, NotAPolicy
from exact.instance import parts
from exact.instance.gammas import Asked
from exact.instance.model import TIES, Goals, Instance, Question
from exact.instance.read import parse_instance
from exact.instance.tables import choice, only
from exact.mdp import Mdp, keyed
from exact.rational import Exact, rational

if TYPE_CHECKING:
    from exact.family import Family

Ways = Mapping[str, Mapping[str, Mapping[str, Exact]]]  # {state: {action: {successor: probability}}}
Ends = Mapping[str, Sequence[Exact]]  # {parameter: (low, high)}
Cycles = Sequence[Sequence[str]]  # of one permutation: the reward of each state moves to the next of its cycle
ARGUMENTS = (
    "gamma", "rewards", "training", "policy", "goals", "permutations", "ties", "name", "description", "positions",
    "parameters", "at", "states",
)  # fmt: skip


@overload
def instance(mdp: Mdp, shutdown: tuple[str, str], *given: Any, **more: Any) -> Instance: ...


@overload
def instance(
    mdp: Ways, shutdown: tuple[str, str], *, parameters: Ends, at: Mapping[str, Exact], **more: Any
) -> Instance: ...


@overload
def instance(mdp: Ways, shutdown: tuple[str, str], *, parameters: Ends, at: None = None, **more: Any) -> Family: ...


def instance(
    mdp: Mdp | Ways,
    shutdown: tuple[str, str],
    training: Iterable[str] | None = None,
    policy: Mapping[str, str] | None = None,
    goals: Goals | Mapping[str, object] | None = None,
    gamma: Asked | None = None,
    rewards: Mapping[str, Exact] | None = None,
    permutations: Iterable[Cycles] = (),
    ties: str = "uniform",
    name: str = "unnamed",
    description: str = "",
    positions: Mapping[str, Sequence[Exact]] | None = None,
    parameters: Ends | None = None,
    at: Mapping[str, Exact] | None = None,
    states: Sequence[str] | None = None,
    **goal: object,
) -> Instance | Family:
    """An MDP with its shutdown action, goal set Theta and question (Defs. 5 to 7). States and actions are named.

    shutdown: (s_new, a_sd), Def. 7. training: S_train, by default the states of `policy`; policy: {state: the action
    learned there}. goals: {"reading": "return" | "immediate" | "on-training", "preference": "weak" | "strict",
    "nonnegative": True | False, "inequalities": ["x + 2*y <= 3"]}, or the same as keywords (Def. 6). gamma: the
    discount asked about, or the ends of an interval, ["9/10", "1"]; by default all of (0, 1). rewards: {state: reward},
    unnamed 0, whose orbit is counted. permutations: each a list of cycles of states. ties: "uniform", "shutdown-first"
    or "shutdown-last". positions: {state: (across, up)}, where drawings put it. Raises an ExactError that names the
    place.

    parameters: {"p": ("1/10", "9/10")}, closed intervals; then mdp is {state: {action: {successor: probability}}}, the
    probabilities polynomials in the parameters ("1 - p", "p*q/2"), states their order, by default that of appearance;
    gamma may be an interval, ("9/10", 1); and what is made is a Family. at: {"p": "1/3"}, the instance at that point.

    >>> import gammastar as gs
    >>> ways = {"new": {"off": {"term": 1}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": 1}}}
    >>> mdp = gs.Mdp.from_dict(["new", "x", "term"], ways)
    >>> asked = gs.instance(mdp, shutdown=("new", "off"), gamma="9/10", rewards={"term": 1}, preference="strict")
    >>> asked.question.gamma, asked.goals.preference
    (Fraction(9, 10), 'strict')
    >>> ways = {"new": {"off": {"term": 1}, "go": {"x": "p", "new": "1 - p"}}, "x": {"stay": {"x": 1}}}
    >>> gs.instance(ways, ("new", "off"), parameters={"p": ("1/10", "9/10")}, gamma=("3/4", 1))
    <Family unnamed: 3 states, p in [1/10, 9/10], every gamma in [3/4, 1)>
    """
    if parameters is not None:
        return _at_a_point(
            at,
            ways=mdp,
            states=states,
            parameters=parameters,
            shutdown=shutdown,
            training=training,
            policy=policy,
            goals=goals,
            gamma=gamma,
            rewards=rewards,
            permutations=permutations,
            ties=ties,
            name=name,
            description=description,
            positions=positions,
            **goal,
        )
    if at is not None or states is not None:
        raise BadInstance("there are no parameters", 'give parameters={"p": ("1/10", "9/10")} too', "parameters")
    if not isinstance(mdp, Mdp):
        raise BadInstance(f"an Mdp was expected, not {type(mdp).__name__}", "make it with Mdp.from_dict", "mdp")
    only(goal, (*parts.GOALS, *ARGUMENTS), "instance")
    s_new = mdp.state(_pair(shutdown)[0], "shutdown")
    learned = keyed(policy or {}, "policy", '{"t0": "right"}')
    named = learned if training is None else _listed(training, "training")
    inside = frozenset(mdp.state(state, "training") for state in named)
    moved = (parts.permutation(mdp, cycles, f"permutations[{k}]") for k, cycles in enumerate(permutations))
    theta = None if rewards is None else vector(mdp, rewards)
    made = Instance(
        mdp=mdp,
        shutdown_state=s_new,
        shutdown_action=mdp.action(s_new, shutdown[1], "shutdown"),
        training=inside,
        trained=parts.trained(learned, mdp, inside),
        goals=_goals(mdp, goals, goal),
        ties=choice({"ties": ties}, "ties", "instance", TIES),
        question=Question(rewards=theta, permutations=tuple(moved)).about(gamma),
        name=name,
        description=description,
        positions=parts.positions(keyed(positions or {}, "positions", '{"x": (0, 1)}'), mdp, rational),
    )
    return parse_instance(made.source)


def _at_a_point(at: Mapping[str, Exact] | None, **given: Any) -> Instance | Family:
    """The family, or its instance there."""
    from exact.family.build import family  # families are built of instances

    made = family(**given)
    return made if at is None else made.at(keyed(at, "at", '{"p": "1/3"}'))


def vector(mdp: Mdp, rewards: Mapping[str, Exact]) -> tuple[Fraction, ...]:
    """theta: (d,) from rewards by name; unnamed states have 0. Raises UnknownState, NotExact."""
    return parts.vector(mdp, keyed(rewards, "rewards", '{"term": 1}'), "rewards", rational)


def _goals(mdp: Mdp, goals: Goals | Mapping[str, object] | None, more: Mapping[str, object]) -> Goals:
    if isinstance(goals, Goals):
        if more:
            raise NotAGoalSet("goals are given twice", "give Goals(...) or keywords", f"goals.{next(iter(more))}")
        return goals
    keys = {**keyed(goals or {}, "goals", '{"reading": "return"}'), **more}
    if isinstance(keys.get("inequalities"), tuple):
        keys["inequalities"] = list(keys["inequalities"])
    return parts.goals(keys, mdp)


def _pair(shutdown: object) -> tuple[str, str]:
    if isinstance(shutdown, str) or not isinstance(shutdown, Sequence) or len(shutdown) != 2:
        raise NotAPolicy("it is not (state, action)", 'write shutdown=("new", "off")', "shutdown")
    return shutdown[0], shutdown[1]


def _listed(names: Iterable[str], where: str) -> list[str]:
    if isinstance(names, str):
        raise NotAPolicy("a list of states was expected", f'write {where}=["{names}"]', where)
    return list(names)


def at(given: Instance, gamma: Asked | None) -> Instance:
    """The instance asked at another discount, or interval of them; None leaves it as it is. Raises NotADiscount."""
    return given if gamma is None else given.at(gamma)
