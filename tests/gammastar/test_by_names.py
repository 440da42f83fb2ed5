"""From dictionaries or arrays with names to an instance: what it is, and one line for whatever is wrong."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import gammastar as gs
from exact.errors import ExactError, NotExact
from exact.rational import rational
from tests.examples import instance_path

Ways = dict[str, dict[str, dict[str, Any]]]
WAYS: Ways = {"new": {"off": {"term": 1}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": 1}}}
STATES = ["new", "x", "term"]
RETRY = gs.Mdp.from_dict(STATES, WAYS)
HALF = Fraction(1, 2)


def test_five_lines_to_a_verdict() -> None:
    """From dicts with names to what is proved."""
    ways: Ways = {"new": {"off": {"term": 1}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": 1}}}
    mdp = gs.Mdp.from_dict(["new", "x", "term"], ways)
    found = gs.verify(gs.instance(mdp, shutdown=("new", "off"), gamma="9/10", rewards={"term": 1}))
    said = found.verdict, found.n, str(found.gamma_star["x"]), found.theorem("theorem-2").conclusion
    assert said == ("verified", 1, "(3 - sqrt(5))/2", "proved")


@pytest.mark.parametrize("name", ["training-leak", "box", "corridor-3", "stairs", "shutdown-first"])
def test_an_example_rebuilt_by_names_is_the_example(name: str) -> None:
    """All that its file says, given as arguments, makes an equal instance."""
    read = gs.read(instance_path(name))
    mdp, goals, asked = read.mdp, read.goals, read.question
    rewards = None if asked.rewards is None else dict(zip(mdp.states, asked.rewards, strict=True))
    built = gs.instance(
        mdp,
        shutdown=(mdp.states[read.shutdown_state], mdp.actions[read.shutdown_state][read.shutdown_action]),
        training=[mdp.states[s] for s in sorted(read.training)],
        policy={mdp.states[s]: mdp.actions[s][a] for s, a in read.trained.items()},
        reading=goals.reading,
        preference=goals.preference,
        nonnegative=goals.nonnegative,
        inequalities=[entry.text for entry in goals.inequalities],
        gamma=asked.gamma,
        rewards=rewards,
        ties=read.ties,
        name=read.name,
        description=read.description,
    )
    assert built == read
    assert gs.parse_instance(built.source) == built


def test_goals_in_one_dictionary_and_permutations_by_cycles() -> None:
    """Both spellings of goals say the same; a cycle moves rewards along."""
    given: dict[str, Any] = {"preference": "strict", "inequalities": ("x <= 3",)}
    one = gs.instance(RETRY, ("new", "off"), goals=given, permutations=[[["term", "x"]]])
    other = gs.instance(RETRY, ("new", "off"), permutations=[[["term", "x"]]], **given)
    assert one == other
    assert one.question.permutations == ((0, 2, 1),)
    assert gs.instance(RETRY, ("new", "off"), goals=one.goals).goals == one.goals


def test_training_is_where_something_was_learned() -> None:
    """The states of the policy, unless training says otherwise."""
    built = gs.instance(RETRY, ("new", "off"), policy={"x": "stay"})
    assert (built.training, dict(built.trained)) == (frozenset([1]), {1: 0})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"shutdown": ("nwe", "off")}, 'shutdown: "nwe" is no state; did you mean "new"?'),
    ({"shutdown": ("new", "of")}, 'shutdown: "of" is no action of new; did you mean "off"?'),
    ({"shutdown": "off"}, 'shutdown: it is not (state, action); write shutdown=("new", "off")'),
    ({"gama": "9/10"}, 'instance: unknown key "gama"; did you mean "gamma"?'),
    ({"gamma": 0.9}, 'gamma: 0.9 is a float, which is not exact; write it as a string: "0.9"'),
    ({"gamma": np.float64(0.9)}, 'gamma: 0.9 is a float, which is not exact; write it as a string: "0.9"'),
    ({"rewards": {"y": 1}}, 'rewards: "y" is no state'),
    ({"rewards": {"x": np.float32(0.1)}}, 'rewards.x: 0.1 is a float, which is not exact; write it as a string: "0.1"'),
    ({"training": "x"}, 'training: a list of states was expected; write training=["x"]'),
    ({"training": ["x"]}, 'policy.x: the trained action is missing; add it: x = "..."'),
    ({"training": [], "policy": {"x": "stay"}}, "policy.x: x is not in training"),
    ({"policy": {"x": "go"}}, 'policy.x: "go" is no action of x'),
    ({"ties": "none"}, 'instance.ties: "none" is not known; one of uniform'),
    ({"reading": "now"}, 'goals.reading: "now" is not known'),
    ({"goals": {"read": "return"}}, 'goals: unknown key "read"; did you mean "reading"?'),
    ({"inequalities": ["x < y"]}, 'goals.inequalities[0]: "y" is no state'),
    ({"permutations": [["term", "x"]]}, "permutations[0]: a cycle is a list of at least two states"),
    ({"permutations": [[["x", "x"]]]}, "permutations[0]: the cycles are not disjoint"),
    ({"name": "a\nb"}, "name: the name is not printable"),
    ({"shutdown": (0, 0)}, 'shutdown: "0" is no state; known: new, x, term'),
    ({"policy": ["x"]}, 'policy: a dictionary was expected, not list; write {"t0": "right"}'),
    ({"rewards": [0, 1, 2]}, 'rewards: a dictionary was expected, not list; write {"term": 1}'),
    ({"goals": "return"}, 'goals: a dictionary was expected, not str; write {"reading": "return"}'),
]


@pytest.mark.parametrize(("given", "line"), WRONG)
def test_what_is_wrong_is_one_line(given: dict[str, Any], line: str) -> None:
    """With its place, and what to write."""
    with pytest.raises(ExactError) as caught:
        gs.instance(RETRY, **({"shutdown": ("new", "off")} | given))
    assert str(caught.value).startswith(line)


def test_an_mdp_is_asked_for() -> None:
    """Neither a dictionary is one, nor an MDP an instance."""
    with pytest.raises(ExactError, match=r"make it with Mdp\.from_dict"):
        gs.instance(WAYS, ("new", "off"))  # type: ignore[call-overload]
    with pytest.raises(ExactError, match=r"write gammastar\.instance"):
        gs.verify(RETRY)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("states", "ways", "line"),
    [
        ("ab", {}, 'states: a list of states was expected; write ["ab"]'),
        ([0, 1], {0: {"go": {1: 1}}}, 'states: 0 is no name; names are texts: "0"'),
        (["a", "b"], {"a": {0: {"b": 1}}}, 'a: 0 is no name; names are texts: "0"'),
        (["a", "b"], ["a"], 'transitions: a dictionary was expected, not list; write {"new": {"off": {"term": 1}}}'),
        (["a", "b"], {"a": ["go"]}, 'a: a dictionary was expected, not list; write {"off": {"term": 1}}'),
        (["a", "b"], {"a": {"go": "b"}}, 'a.go: a dictionary was expected, not str; write {"term": 1}'),
        (["a", "b"], {"c": {}}, 'c: "c" is no state; known: a, b'),
        (["a", "b"], {0: {}}, '0: "0" is no state; known: a, b'),
        (["a", "b"], {"a": {"go": {"b": None}}}, "a.go.b: a number was expected, not NoneType"),
    ],
)
def test_wrong_dictionaries(states: Any, ways: Any, line: str) -> None:
    """The place, and the shape to write."""
    with pytest.raises(ExactError) as caught:
        gs.Mdp.from_dict(states, ways)
    assert str(caught.value).startswith(line)


def test_asked_at_another_discount() -> None:
    """Whatever is exact; None is all of (0, 1)."""
    asked = gs.instance(RETRY, ("new", "off"), gamma="9/10")
    assert asked.at("1/2").question.gamma == HALF == asked.at(HALF).question.gamma
    assert asked.at(None).question.gamma is None
    with pytest.raises(NotExact, match="is a float"):
        asked.at(0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("integer", [np.int64, np.int8, np.uint16])
def test_numpy_integers_are_exact(integer: Any) -> None:
    """As probabilities, rewards, and whatever else is a number; they become Python's."""
    assert type(rational(integer(3)).numerator) is int
    mdp = gs.Mdp.from_dict(STATES, {"new": {"off": {"term": integer(1)}}})
    asked = gs.instance(mdp, ("new", "off"), rewards={"term": integer(7)})
    assert asked.question.rewards == (Fraction(0), Fraction(0), Fraction(7))


@pytest.mark.parametrize("value", [0.5, np.float64(0.5), np.float32(0.5), np.float16(0.5), np.longdouble(0.5)])
def test_any_float_gets_the_same_remedy(value: Any) -> None:
    """With the spelling to write, not numpy's."""
    with pytest.raises(NotExact) as caught:
        rational(value, "p")
    assert str(caught.value).startswith('p: 0.5 is a float, which is not exact; write it as a string: "0.5"')


def array() -> Any:
    """RETRY as P[s, a, t]: zeros where an action is not there."""
    found = np.zeros((3, 2, 3))
    found[0, 0, 2] = found[1, 0, 1] = 1
    found[0, 1] = [0.5, 0.5, 0]
    return found


def test_arrays_of_exact_numbers() -> None:
    """Integers, Fractions in an object array, nested lists with fewer actions: the same MDP."""
    fractions = array().astype(object)
    for place in np.ndindex(fractions.shape):
        fractions[place] = Fraction(fractions[place])
    lists = [[[0, 0, 1], ["1/2", HALF, 0]], [[0, 1, 0]], []]
    for given in (fractions, lists, [[[0, 0, np.int64(1)], [HALF, HALF, 0]], [[0, 1, 0], None], None]):
        mdp = gs.Mdp.from_arrays(given, states=STATES, actions=["off", "go"])
        assert mdp.rows == RETRY.rows
        assert (mdp.actions, mdp.changes) == ((("off", "go"), ("off",), ()), ())
    whole = gs.Mdp.from_arrays(np.array([[[0, 1]], [[0, 0]]]))
    assert (whole.states, whole.actions) == (("s0", "s1"), (("a0",), ()))


def test_floats_only_where_it_is_said_how() -> None:
    """Refused with the remedy; taken as they are where they are exact, else reported one by one."""
    with pytest.raises(NotExact, match=r"s0\.a0\.s0: 0\.0 is a float.*rationalize=1000"):
        gs.Mdp.from_arrays(array())
    assert gs.Mdp.from_arrays(array(), STATES, ["off", "go"], rationalize="2^-40").changes == ()
    given = array()
    given[0, 1] = [0.1, 0.2, 0.7]
    for how in (10, "2^-40", Fraction(1, 10**9), "1e-9"):
        with pytest.warns(gs.Rationalized, match="3 of 5 probabilities were changed") as caught:
            mdp = gs.Mdp.from_arrays(given, STATES, ["off", "go"], rationalize=how)
        assert [p for _, p in mdp.rows[0][1]] == [Fraction(1, 10), Fraction(1, 5), Fraction(7, 10)]
        assert str(mdp.changes[0]) == "P(new | new, go): 0.1 is taken as 1/10"
        assert mdp.changes[0].given == Fraction(0.1)
        (warning,) = caught
        assert isinstance(warning.message, gs.Rationalized)
        assert pickle.loads(pickle.dumps(warning.message)).changes == warning.message.changes == mdp.changes
        assert warning.filename == __file__


@pytest.mark.parametrize(
    ("given", "more", "line"),
    [
        (
            [[[0.1, 0.1, 0.8]], [], []],
            {"rationalize": 3},
            "s0.a0: rationalized, the probabilities sum to 2/3; they must",
        ),
        ([[[0.3, 0.3]], []], {"rationalize": 10}, "s0.a0: rationalized, the probabilities sum to 3/5; as they were"),
        ([[["1/2", "1/3"]], []], {}, "s0.a0: the probabilities sum to 5/6"),
        ([[[float("nan"), 1]], []], {"rationalize": 10}, "s0.a0.s0: nan is no finite number"),
        ([[[0, 1]], []], {"rationalize": 0.1}, "rationalize: 0.1 is a float"),
        ([[[0, 1]], []], {"rationalize": "3/2"}, "rationalize: 3/2 is neither a largest denominator nor a distance"),
        ([[[1]], []], {}, "s0.a0: 1 probabilities for 2 states; P[s][a][t]"),
        (np.zeros((2, 3, 3)), {}, "P: an array of shape (2, 3, 3)"),
        ([[0]], {}, "P: a list was expected, not int"),
        ([], {}, "P: there is no state"),
        ([[[0, 1]], []], {"states": ["a"]}, "states: 1 names for 2 states"),
        ([[[0, 1]], []], {"states": ["a", "a"]}, "states: a name is given twice"),
    ],
)
def test_wrong_arrays(given: Any, more: dict[str, Any], line: str) -> None:
    """One line each."""
    with pytest.raises(ExactError) as caught:
        gs.Mdp.from_arrays(given, **more)
    assert str(caught.value).startswith(line)


def test_axes_in_another_order_are_recognised() -> None:
    """(A, S, S), as some toolboxes have it: the transposition is named."""
    with pytest.raises(ExactError, match=r"transpose it by P\.transpose\(1, 0, 2\)"):
        gs.Mdp.from_arrays(array().transpose(1, 0, 2), rationalize=10)


def test_a_table_for_notebooks() -> None:
    """Roles and rows by name; names are text; many states are summed up."""
    shown = gs.instance(RETRY, ("new", "off"), policy={"x": "stay"}, name="<b>")._repr_html_()
    for cell in (
        "&lt;b&gt;: 3 states, every gamma in (0, 1)",
        "go: new 1/2, x 1/2",
        "s_new",
        "training, learned stay",
    ):
        assert cell in shown
    said = str(gs.instance(RETRY, ("new", "off"), policy={"x": "stay"}))
    assert said.splitlines()[0] == "unnamed: 3 states, every gamma in (0, 1)"
    states = ["  new (s_new): off: term; go: new 1/2, x 1/2", "  x (training, learned stay): stay: x"]
    assert said.splitlines()[2:] == [*states, "  term (s_term): terminal"]
    many = gs.Mdp.from_dict(["new", *(f"t{k}" for k in range(40))], {"new": {"off": {"t0": 1}}})
    assert "... and 11 more states" in gs.instance(many, ("new", "off"))._repr_html_()
