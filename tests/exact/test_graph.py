"""Graph layer against every policy of tiny MDPs, and its witnesses checked by their own definition."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.graph import AlmostSure, almost_surely, path, reachable, recurrent_action
from exact.instance import Instance
from exact.mdp import Mdp
from tests.reference import brute_force
from tests.reference.small import instances
from tests.reference.worked import HALF, HALF_OFF, RING, STAIRS, corridor

QUICK = settings(max_examples=60, deadline=None)


def check_witness(mdp: Mdp, reach: AlmostSure) -> None:
    """ranks and removed mean what AlmostSure says."""
    layers = [*reach.removed]
    parts = [frozenset(reach.ranks), frozenset({reach.target}), *layers]
    assert sorted(state for part in parts for state in part) == list(range(len(mdp)))
    for state, (rank, action) in reach.ranks.items():
        after = [reach.ranks[t][0] if t != reach.target else 0 for t, _ in mdp.rows[state][action]]
        assert 0 <= min(after) < rank
    for number, layer in enumerate(layers):
        earlier = frozenset().union(*layers[:number])
        for state in layer:
            for row in mdp.rows[state]:
                assert any(t in earlier for t, _ in row) or all(t in layer for t, _ in row)


@QUICK
@given(instances(), st.data())
@example(HALF, None)
@example(STAIRS, None)
def test_almost_sure_reach_is_that_of_the_best_policy(instance: Instance, data: st.DataObject | None) -> None:
    """A state has a rank iff some policy reaches the target from it with probability 1; the witnesses hold."""
    mdp = instance.mdp
    target = data.draw(st.integers(0, len(mdp) - 1)) if data else 1
    reach = almost_surely(mdp, target)
    check_witness(mdp, reach)
    every = list(brute_force.policies(mdp))
    for state in range(len(mdp)):
        possible = any(brute_force.reaches(mdp, policy, state, target) for policy in every)
        assert (state in reach.region) == possible


@QUICK
@given(instances(), st.data())
def test_recurrent_iff_some_policy_revisits(instance: Instance, data: st.DataObject) -> None:
    """Def. 8, against every policy."""
    mdp = instance.mdp
    target = data.draw(st.integers(0, len(mdp) - 1))
    reach = almost_surely(mdp, target)
    recurrent = any(brute_force.revisits(mdp, policy, target) for policy in brute_force.policies(mdp))
    assert (recurrent_action(mdp, reach) is not None) == recurrent


@QUICK
@given(instances(6), st.data())
def test_path_exists_iff_reachable_and_is_a_path(instance: Instance, data: st.DataObject) -> None:
    """path agrees with reachable; consecutive steps fit and have positive probability; nothing shorter exists."""
    mdp = instance.mdp
    target = data.draw(st.integers(0, len(mdp) - 1))
    found = path(mdp, [0], target)
    assert (found is not None) == (target in reachable(mdp, [0]))
    if found is None:
        return
    state, within = 0, {0}
    for number, (left, action, right) in enumerate(found):
        assert left == state
        assert right in dict(mdp.rows[left][action])
        assert target not in within, f"reachable in {number} steps"
        state = right
        within |= {t for s in within for row in mdp.rows[s] for t, _ in row}
    assert state == target


def test_reaching_with_probability_one_half_is_not_enough() -> None:
    """`half` and `half-off`: s_new is removed, although x is reachable (theory.md, section 2)."""
    for instance in (HALF, HALF_OFF):
        x = instance.mdp.state("x")
        assert x in reachable(instance.mdp, [0])
        assert any(0 in layer for layer in almost_surely(instance.mdp, x).removed)


def test_removal_can_take_several_layers() -> None:
    """A state whose only way needs an action that risks a lost state goes in a later layer than that state."""
    mdp = Mdp.from_dict(["a", "b", "lost", "x"], {"a": {"go": {"b": 1}}, "b": {"try": {"x": "1/2", "lost": "1/2"}}})
    reach = almost_surely(mdp, 3)
    check_witness(mdp, reach)
    assert reach.ranks == {}
    assert reach.removed[0] == {2}
    assert reach.removed[1] == {0, 1}


def test_small_cases() -> None:
    """A source is reached by the empty path; a transient state is not recurrent; a ring is."""
    assert path(RING.mdp, [0], 0) == []
    assert path(STAIRS.mdp, [3], 0) is None
    m = STAIRS.mdp.state("m")
    assert recurrent_action(STAIRS.mdp, almost_surely(STAIRS.mdp, m)) is None
    assert recurrent_action(RING.mdp, almost_surely(RING.mdp, 0)) is not None


def test_long_corridor_has_ranks_by_distance() -> None:
    """The rank is the distance, also where it is hundreds of steps."""
    mdp = corridor(300).mdp
    reach = almost_surely(mdp, 300)
    assert [reach.ranks[state][0] for state in range(300)] == list(range(300, 0, -1))
