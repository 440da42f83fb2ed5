"""`orbit-tree`: honest trees count what enumeration counts, and forged ones are refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.instance import Instance, parse_instance
from exact.orbit import count_orbit
from exact.testing import strategies
from proofs.claims.codec import as_json
from proofs.kernel import limits
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts, Orbit
from proofs.kernel.instance import Model
from proofs.kernel.rules import tree as rule
from proofs.search.tree import orbit_tree
from tests.proofs.kernel.session import Json, refused, source

SMALL = strategies.instances(max_states=5, max_actions=2, shutdown_loops=True, max_inequalities=1)
BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
COUNTS = ("size", "outside", "shutdown", "avoid", "tie")
STAR = source("new a b c term", "new go1 a=1\nnew go2 b=1\nnew go3 c=1\na stay a=1\nb stay b=1\nc stay c=1")
CORRIDOR = source("new a b c term", "new go a=1\na stay a=1\na on b=1\nb stay b=1\nb on c=1\nc stay c=1")


def honest(data: bytes, rewards: str, gamma: str = "1/2") -> Json:
    """A tree as the search makes it."""
    found = orbit_tree(parse_instance(data), tuple(map(Fraction, rewards.split())), Fraction(gamma))
    assert found is not None
    return as_json(found)


def fresh(data: bytes) -> Facts:
    """Nothing proved yet."""
    return Facts.of(Model(data))


@given(SMALL, st.data())
@BOUNDED
def test_what_the_search_makes_is_counted(instance: Instance, data: st.DataObject) -> None:
    """As enumeration counts it; other counts are refused."""
    theta = data.draw(strategies.rewards(instance.mdp))
    gamma, found = Fraction(data.draw(st.sampled_from(["1/2", "9/10", "1/20"]))), fresh(instance.source)
    tree = orbit_tree(instance, theta, gamma)
    assert tree is not None
    count = count_orbit(instance, theta, gamma)
    assert [getattr(tree, key) for key in COUNTS] == [getattr(count, key) for key in COUNTS]
    claim = as_json(tree)
    accept(found, claim)
    assert found.orbits == [Orbit(gamma, count.shutdown, count.avoid)]
    key = data.draw(st.sampled_from(COUNTS))
    refused(found, claim | {key: str(int(str(claim[key])) + 1)}, "recounted")
    assert len(found.orbits) == 1


@given(SMALL, st.data())
@BOUNDED
def test_every_node_is_needed(instance: Instance, data: st.DataObject) -> None:
    """One left out: too few are left, or what follows does not fit."""
    theta, found = data.draw(strategies.rewards(instance.mdp)), fresh(instance.source)
    tree = orbit_tree(instance, theta, Fraction(1, 2))
    assert tree is not None
    claim = as_json(tree)
    nodes = list(tree.nodes)
    k = data.draw(st.integers(0, len(nodes) - 1))
    with pytest.raises((Invalid, Malformed)):
        accept(found, claim | {"nodes": nodes[:k] + nodes[k + 1 :]})


def test_a_star_is_one_to_n() -> None:
    """Alike states: 12 of them, 14 distinct rewards, 87,178,291,200 vectors, a few nodes; with gamma near 0 too."""
    names = [f"x{k}" for k in range(12)]
    data = source(" ".join(["new", *names, "term"]), "\n".join(f"new go{x} {x}=1\n{x} stay {x}=1" for x in names))
    claim = honest(data, " ".join(map(str, range(14))), "1/100")
    found = fresh(data)
    accept(found, claim)
    assert len(claim["nodes"]) < 400
    assert claim["alike"] == [names]
    (orbit,) = found.orbits
    assert orbit.shutdown + orbit.avoid == 87_178_291_200
    assert orbit.avoid >= 12 * orbit.shutdown > 0


def test_pac_man() -> None:
    """RDSP's: rewards 10, 5, 0 for apple, cherry and ghost; apple or cherry together avoid the ghost: 4 to 2."""
    data = source("new fork apple cherry term", "new on fork=1\nfork left apple=1\nfork right cherry=1")
    claim = honest(data, "0 10 5 0 0".replace("10 5 0 0", "0 10 5 0"), "99/100")
    accept(found := fresh(data), claim)
    instance = parse_instance(data)
    count = count_orbit(instance, tuple(map(Fraction, ["0", "0", "10", "5", "0"])), Fraction(99, 100))
    assert found.orbits == [Orbit(Fraction(99, 100), count.shutdown, count.avoid)]


Change = Callable[[Json], object]
TREE = honest(STAR, "0 3 1 2 4", "1/4")
LONG = honest(CORRIDOR, "0 3 1 2 4", "1/4")


def first(claim: Json, kind: str) -> Json:
    """The first node of a kind."""
    found: Json = next(node for node in claim["nodes"] if node["node"] == kind)
    return found


@pytest.mark.parametrize(
    ("data", "claim", "change", "kind", "says"),
    [
        (STAR, TREE, lambda c: c["nodes"].pop(), Invalid, "nodes are missing"),
        (STAR, TREE, lambda c: c["nodes"].append({"node": "split"}), Malformed, "nodes too many"),
        (STAR, TREE, lambda c: c.update(avoid="0"), Invalid, "recounted"),
        (STAR, TREE, lambda c: c.update(nodes=[]), Invalid, "nodes are missing"),
        (STAR, TREE, lambda c: c["nodes"].pop(0), Invalid, "nothing is to be split|not known"),
        (STAR, TREE, lambda c: c["nodes"].insert(1, {**first(c, "inside"), "node": "goal"}), Invalid, "is not fixed"),
        (STAR, TREE, lambda c: c["nodes"].insert(1, {**first(c, "inside"), "node": "shutdown"}), Invalid, "not fixed"),
        (STAR, TREE, lambda c: c["nodes"].insert(1, {"node": "avoid", "flow": "0"}), Invalid, "worth too little"),
        (STAR, TREE, lambda c: c["nodes"].insert(0, {"node": "avoid", "flow": "0"}), Invalid, "worth too little"),
        (STAR, TREE, lambda c: first(c, "inside").update(node="outside"), Invalid, "in Theta"),
        (STAR, TREE, lambda c: first(c, "avoid").update(flow="7"), Malformed, "no such flow"),
        (STAR, TREE, lambda c: first(c, "avoid").update(flow="-1"), Malformed, "no such flow"),
        (STAR, TREE, lambda c: first(c, "split").update(more="1"), Malformed, "keys"),
        (STAR, TREE, lambda c: first(c, "split").update(node="other"), Malformed, "not one of"),
        (STAR, TREE, lambda c: c["alike"].append(["a", "b"]), Malformed, "in two classes"),
        (STAR, TREE, lambda c: c.update(alike=[["a", "b", "term"]]), Invalid, "b and term are not alike"),
        (STAR, TREE, lambda c: c.update(alike=[["new", "a"]]), Invalid, "new and a are not alike"),
        (STAR, TREE, lambda c: c.update(alike=[]), Invalid, "missing|too little|recounted|not fixed|Bellman"),
        (CORRIDOR, LONG, lambda c: c["alike"].append(["a", "b"]), Invalid, "a and b are not alike"),
        (CORRIDOR, LONG, lambda c: c["alike"].append(["b", "c"]), Invalid, "b and c are not alike"),
        (STAR, TREE, lambda c: c["flows"][0].update(action="off"), Malformed, "not one of"),
        (STAR, TREE, lambda c: c["flows"][0].update(unit="0"), Malformed, "positive"),
        (STAR, TREE, lambda c: c["flows"][0].update(unit="8"), Invalid, "the visits are others"),
        (STAR, TREE, lambda c: c["flows"][0].update(policy={}), Invalid, "visited without an action"),
        (STAR, TREE, lambda c: c["flows"][0].update(visits={}), Invalid, "the visits are others"),
        (STAR, TREE, lambda c: c["flows"][0]["visits"].update(c="1"), Invalid, "without an action|others"),
    ],
    ids=range(26),
)  # fmt: skip
def test_forged(data: bytes, claim: Json, change: Change, kind: type[Exception], says: str) -> None:
    """A child missing, a count off by one, bounds that do not hold, states that are not alike, flows of no policy."""
    accept(fresh(data), claim)
    forged = copy.deepcopy(claim)
    change(forged)
    refused(fresh(data), forged, says, kind)


def test_a_bound_that_fails_for_one_completion() -> None:
    """Of the completions of a part two differ: no flow and no shutdown closes it."""
    leaf = next(k for k, node in enumerate(LONG["nodes"]) if node["node"] in ("avoid", "shutdown", "goal"))
    for k in range(1, leaf):
        forged = copy.deepcopy(LONG)
        forged["nodes"][k] = {"node": "avoid", "flow": "0"}
        refused(fresh(CORRIDOR), forged, "worth too little")


def test_shutdown_for_all() -> None:
    """The greatest amounts everywhere must shut down, and s_term be fixed."""
    claim = honest(CORRIDOR, "0 0 0 0 9")
    kinds = [node["node"] for node in claim["nodes"]]
    assert "shutdown" in kinds
    other = honest(CORRIDOR, "0 0 0 8 9", "9/10")
    forged = copy.deepcopy(claim)
    forged["nodes"][kinds.index("shutdown")]["values"] = first(other, "inside")["values"]
    refused(fresh(CORRIDOR), forged, "Bellman|whole")


def test_alike_needs_as_many_actions() -> None:
    """Two ways to stay are not one, where ties count them; other names of actions are nothing."""
    for action, alike in (("x", True), ("x a=1\na y", False)):
        data = source("new a b term", f"new go1 a=1\nnew go2 b=1\na {action} a=1\nb stay b=1")
        claim = honest(data, "0 1 2 3")
        assert (claim["alike"] == [["a", "b"]]) == alike
        forged = claim | {"alike": [["a", "b"]]}
        if not alike:
            refused(fresh(data), forged, "a and b are not alike")


@pytest.mark.parametrize(
    ("states", "rows", "x", "y"),
    [
        ("new z term", "new go z=1", "z", "term"),
        ("new y term", "new stay new=1\ny stop term=1\ny stay y=1", "new", "y"),
    ],
)
def test_roles_are_not_alike(states: str, rows: str, x: str, y: str) -> None:
    """The exchange maps all steps to steps, but s_new or s_term to another state."""
    claim = honest(data := source(states, rows), "0 1 2")
    refused(fresh(data), claim | {"alike": [[x, y]]}, f"{x} and {y} are not alike")


def test_a_flow_is_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its visits and its unit, gamma's denominator, the common scale of the steps, and the longest of all scales."""
    data = source("new a b term", "new go a=1\na stay a=1\nb stay a=1/256 b=255/256")
    flow = {"action": "go", "policy": {"a": "stay"}, "unit": "4", "visits": {"a": "8"}}
    paid: list[tuple[int, ...]] = []
    monkeypatch.setattr(Facts, "pay", lambda _, *given: paid.append(given))
    refused(fresh(data), honest(data, "0 1 2 3") | {"flows": [flow], "nodes": []}, "nodes are missing")
    assert (4 * Model(data).size, 4 + 2 + 9, 2 + 9) in paid


TAUGHT = source(
    "new a term t u v w",
    "new go a=1\na stay a=1\nt left u=1\nt right v=1\nu stay u=1\nv stay v=1",
    '[policy]\nt = "left"\nu = "stay"\n', "t u",
)  # fmt: skip


def test_what_training_sees_comes_first() -> None:
    """u and v (and t) are fixed, then known to be inside or outside; nothing else may be judged before."""
    claim = honest(TAUGHT, "0 1 2 3 4 5 6")
    accept(found := fresh(TAUGHT), claim)
    count = count_orbit(parse_instance(TAUGHT), tuple(map(Fraction, range(7))), Fraction(1, 2))
    assert found.orbits == [Orbit(Fraction(1, 2), count.shutdown, count.avoid)]
    assert {node["node"] for node in claim["nodes"]} >= {"split", "inside", "outside", "avoid"}
    for kind, says in (("inside", "what Theta sees is not fixed"), ("outside", "what Theta sees is not fixed")):
        early = {**first(claim, "inside"), "node": kind}
        refused(fresh(TAUGHT), claim | {"nodes": [early, *claim["nodes"]]}, says)
    swapped = copy.deepcopy(claim)
    first(swapped, "outside").update(node="inside")
    refused(fresh(TAUGHT), swapped, "the vectors are not in Theta")
    skipped = copy.deepcopy(claim)
    skipped["nodes"].remove(first(skipped, "inside"))
    refused(fresh(TAUGHT), skipped, "too little|not fixed|nothing is to be split|not known")
    refused(fresh(TAUGHT), claim | {"alike": [["t", "u"]]}, "t and u are not alike")
    refused(fresh(TAUGHT), claim | {"alike": [["u", "v"]]}, "u and v are not alike")


def test_negative_rewards_where_none_is_allowed() -> None:
    """The whole orbit is outside, whatever training says."""
    claim = honest(TAUGHT, "0 1 2 3 4 5 -6")
    assert [node["node"] for node in claim["nodes"]] == ["outside"]
    accept(found := fresh(TAUGHT), claim)
    assert found.orbits == [Orbit(Fraction(1, 2), 0, 0)]
    split = [{"node": "split"}] * 7
    refused(fresh(TAUGHT), claim | {"nodes": split}, "nothing is to be split")
    refused(fresh(TAUGHT), claim | {"nodes": [{"node": "avoid", "flow": "0"}]}, "no such flow", Malformed)


def test_negative_rewards_where_they_are_allowed() -> None:
    """Then they say nothing of Theta, and what it sees is fixed first."""
    data = TAUGHT + b"[goals]\nnonnegative = false\n"
    accept(found := fresh(data), honest(data, "0 1 2 3 4 5 -6"))
    rewards = (*map(Fraction, range(6)), Fraction(-6))
    count = count_orbit(parse_instance(data), rewards, Fraction(1, 2))
    assert found.orbits == [Orbit(Fraction(1, 2), count.shutdown, count.avoid)]


def test_an_inequality_without_terms() -> None:
    """Theta sees no state, and holds no goal all the same."""
    data = source("new term", "new go new=1", '[goals]\ninequalities = ["0 < 0"]\n')
    claim = honest(data, "2 2")
    assert [node["node"] for node in claim["nodes"]] == ["outside"]
    accept(fresh(data), claim)
    flow = {"action": "go", "policy": {"new": "go"}, "unit": "1", "visits": {"new": "2"}}
    forged = claim | {
        "flows": [flow],
        "nodes": [{"node": "avoid", "flow": "0"}],
        "outside": "0",
        "avoid": "1",
        "size": "1",
    }
    refused(fresh(data), forged, "worth too little")


def test_a_shutdown_state_that_goes_on() -> None:
    """What shutting down is worth is not one reward: only goals that are fixed are judged."""
    data = source("new a term", "new go a=1\na stay a=1\nterm stay term=1")
    claim = honest(data, "0 1 2")
    assert {node["node"] for node in claim["nodes"]} == {"inside", "split", "goal"}
    accept(fresh(data), claim)
    flow = {"action": "go", "policy": {"a": "stay"}, "unit": "1", "visits": {"a": "2"}}
    refused(fresh(data), claim | {"flows": [flow]}, "s_term is not terminal")
    forged = copy.deepcopy(claim)
    first(forged, "goal").update(node="shutdown")
    refused(fresh(data), forged, "s_term is not terminal")


@pytest.mark.parametrize(("ties", "closed"), [("shutdown-last", True), ("uniform", False), ("shutdown-first", False)])
def test_a_tie_that_goes_against_shutdown(ties: str, closed: bool) -> None:
    """gamma = 1/2, three ways: equal rewards make v.theta = theta(term) at the least; then 0 is enough or it is not."""
    data = source("new a term", "new go a=1\na on term=1", f'[decision]\nties = "{ties}"\n')
    flow = {"action": "go", "policy": {"a": "on"}, "unit": "2", "visits": {"a": "2", "term": "1"}}
    claim = honest(data, "0 0 0")
    values = first(claim, "inside")["values"]
    forged = claim | {"flows": [flow], "nodes": [{"node": "inside", "values": values}, {"node": "avoid", "flow": "0"}]}
    forged |= {"shutdown": "0", "tie": "0", "avoid": "1"}
    if closed:
        accept(fresh(data), forged)
    else:
        refused(fresh(data), forged, "worth too little")


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many states, and work."""
    monkeypatch.setattr(rule, "TREE_STATES", 4)
    refused(fresh(STAR), TREE, "more than 4 states", Hole)
    monkeypatch.setattr(rule, "TREE_STATES", 5)
    found = fresh(STAR)
    accept(found, TREE)
    spent = limits.WORK - found.left
    again = fresh(STAR)
    again.left = spent - 1
    refused(again, TREE, "bound on work", Hole)
