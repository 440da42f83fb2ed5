"""Attacks on `orbit-tree`. The honest trees are in proofs/tree-NAME.json, found once by the search."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.corpus.build import attack, first
from tests.corpus.cases import PROOFS, Certificate, Json

KIND = "orbit-tree"
CORRIDOR, STAR, TRAINED = "corridor-3", "star-3", "training-leak-on-training"
Change = Callable[[Json], object]


NOTHING: Json = {
    "rewards": {}, "size": "1", "outside": "0", "avoid": "1",
    "nodes": [{"node": "split"}, {"node": "inside", "values": {"unit": "1", "whole": ["0"] * 4}}, {"node": "avoid", "flow": "0"}],
}  # fmt: skip


def tree(base: str) -> Json:
    """An honest tree."""
    return json.loads(PROOFS.joinpath(f"tree-{base}.json").read_text("utf-8"))


def node(claim: Json, kind: str) -> Json:
    """The first node of a kind."""
    return next(found for found in claim["nodes"] if found["node"] == kind)


def place(claim: Json, kind: str) -> int:
    """Its number."""
    return int(claim["nodes"].index(node(claim, kind)))


def _case(status: str, base: str, name: str, expects: str, why: str, change: Change) -> None:
    @attack(status, KIND, name, base, expects, why)
    def _(c: Certificate) -> None:
        given = tree(base)
        change(given)
        first(c, given)


def _invalid(base: str, name: str, expects: str, why: str, change: Change) -> None:
    _case("invalid", base, name, expects, why, change)


def _malformed(name: str, expects: str, why: str, change: Change) -> None:
    _case("malformed", STAR, name, expects, why, change)


def flow(claim: Json) -> Json:
    """The first flow."""
    return claim["flows"][0]


for _base, _name, _why in (
    (CORRIDOR, "bounds_of_both_kinds", "120 vectors of a corridor by flows, greatest rewards and single goals."),
    (STAR, "alike_states", "120 vectors of a star in 7 nodes: its arms are alike, and r(new) is fixed at 0."),
    (TRAINED, "what_training_sees_first", "The training state is fixed, and known to be inside, before anything else."),
):
    _case("valid", _base, _name, "orbit-tree: 1 proved", _why, lambda c: None)

_invalid(STAR, "a_child_is_missing", "nodes are missing", "Of the five amounts of new four are looked at.",
         lambda c: c["nodes"].pop())  # fmt: skip
_invalid(CORRIDOR, "no_tree_at_all", "nodes are missing", "Counts without a node.", lambda c: c.update(nodes=[]))
_invalid(CORRIDOR, "a_count_off_by_one", "recounted", "A vector that ties is counted as one that avoids.",
         lambda c: c.update(avoid="69", tie="7"))  # fmt: skip
_invalid(STAR, "a_multinomial_off_by_one", "recounted", "3 * 3! arrangements for 4!.",
         lambda c: c.update(size="18", avoid="18", outside="102"))  # fmt: skip
_invalid(STAR, "outside_that_is_inside", "in Theta", "r(new) = 0 is what Theta asks for.",
         lambda c: node(c, "inside").update(node="outside"))  # fmt: skip
_invalid(STAR, "inside_that_is_outside", "not in Theta", "r(new) = 4 is not.",
         lambda c: node(c, "outside").update(node="inside"))  # fmt: skip
_invalid(STAR, "judged_before_what_theta_sees_is_fixed", "what Theta sees is not fixed", "new is not fixed yet.",
         lambda c: c["nodes"].insert(0, node(c, "outside")))  # fmt: skip
_invalid(CORRIDOR, "a_flow_before_it_is_known_to_be_inside", "the flow may be worth too little",
         "A part that may hold goals outside Theta has no verdict.",
         lambda c: c["nodes"].__setitem__(0, {"node": "avoid", "flow": "0"}))  # fmt: skip
_invalid(CORRIDOR, "a_split_before_it_is_known_to_be_inside", "nothing is to be split here",
         "Nothing that Theta sees is left to be fixed.",
         lambda c: c["nodes"].pop(0))  # fmt: skip
_invalid(CORRIDOR, "a_bound_that_fails_for_one_completion", "the flow may be worth too little",
         "With the 4 in the shutdown state some of the goals shut down.",
         lambda c: c["nodes"].__setitem__(place(c, "shutdown") - 2, {"node": "avoid", "flow": "0"}))  # fmt: skip
_invalid(CORRIDOR, "shutdown_that_a_completion_avoids", "shutdown is not preferred for the greatest",
         "The values of the greatest rewards are right, and avoid shutdown.",
         lambda c: node(c, "goal").update(node="shutdown"))  # fmt: skip
_invalid(CORRIDOR, "a_goal_that_is_not_fixed", "what is seen is not fixed", "One goal of many is judged for all.",
         lambda c: c["nodes"].insert(1, {**node(c, "inside"), "node": "goal"}))  # fmt: skip
_invalid(CORRIDOR, "a_wrong_leaf_verdict", "the flow may be worth too little", "A goal that ties is said to avoid.",
         lambda c: c["nodes"].__setitem__(place(c, "goal"), {"node": "avoid", "flow": "0"}))  # fmt: skip
_invalid(CORRIDOR, "wrong_values_of_a_goal", "Bellman", "The values of another goal.",
         lambda c: node(c, "goal").update(values=node(c, "shutdown")["values"]))  # fmt: skip
_invalid(CORRIDOR, "states_that_are_not_alike", "r1 and r2 are not alike", "r1 comes first.",
         lambda c: c.update(alike=[["r1", "r2"]]))  # fmt: skip
_invalid(STAR, "an_arm_that_is_the_shutdown_state", "x3 and term are not alike", "Theirs are other roles.",
         lambda c: c.update(alike=[["x1", "x2", "x3", "term"]]))  # fmt: skip
_invalid(STAR, "the_start_is_alike_to_an_arm", "new and x1 are not alike", "Theta sees new.",
         lambda c: c.update(alike=[["new", "x1"]]))  # fmt: skip
_invalid(STAR, "a_flow_of_another_discount", "the visits are others", "10 visits at 9/10, not 20.",
         lambda c: flow(c)["visits"].update({s: str(2 * int(n)) for s, n in flow(c)["visits"].items()}))  # fmt: skip
_invalid(STAR, "a_flow_from_nowhere", "without an action", "x3 is visited, and nothing leads there.",
         lambda c: flow(c).update(policy={}))  # fmt: skip
_invalid(STAR, "a_flow_that_visits_too_little", "the visits are others", "An arm is not visited at all.",
         lambda c: flow(c).update(visits={}))  # fmt: skip
_invalid(STAR, "a_tie_is_not_enough", "the flow may be worth too little",
         "Rewards of 0 everywhere make every flow worth 0, and uniform ties do not avoid shutdown.",
         lambda c: c.update(NOTHING))  # fmt: skip
_invalid(TRAINED, "what_training_sees_is_not_alike", "t and x are not alike", "t is what training sees.",
         lambda c: c.update(alike=[["t", "x"]]))  # fmt: skip
_malformed("nodes_too_many", "nodes too many", "One more than there are parts.",
           lambda c: c["nodes"].append({"node": "split"}))  # fmt: skip
_malformed("no_such_flow", "no such flow", "Flows are counted from 0.", lambda c: node(c, "avoid").update(flow="1"))
_malformed("a_flow_before_the_first", "no such flow", "-1 is not the last.",
           lambda c: node(c, "avoid").update(flow="-1"))  # fmt: skip
_malformed("a_flow_of_shutting_down", "is not one of", "A flow begins with an action of A1.",
           lambda c: flow(c).update(action="off"))  # fmt: skip
_malformed("a_unit_of_0", "positive", "Worth is per unit.", lambda c: flow(c).update(unit="0"))
_malformed("in_two_classes", "in two classes", "x1 twice.", lambda c: c["alike"].append(["x1"]))
_malformed("another_kind_of_node", "is not one of", "There are six.", lambda c: node(c, "split").update(node="leaf"))
_malformed("a_split_with_more", "keys", "A split says nothing else.", lambda c: node(c, "split").update(weight="1"))


def _one(name: str, expects: str, why: str, *nodes: str) -> None:
    @attack("invalid", KIND, name, "training-leak", expects, why)
    def _(c: Certificate) -> None:
        values = {"unit": "1", "whole": ["0"] * 3}
        given = [
            {"node": kind} | ({} if kind == "split" else {"values": values}) for kind in ["split"] * 4 + list(nodes)
        ]
        first(c, tree(STAR) | {"rewards": {}, "alike": [], "flows": [], "nodes": given, "size": "1", "tie": "1"})


_one(
    "a_goal_that_may_be_outside",
    "not known to be in Theta",
    "Theta sees every state: all are fixed, and not judged.",
    "goal",
)
_one("a_split_of_nothing", "nothing is to be split", "All rewards are fixed.", "inside", "split")
