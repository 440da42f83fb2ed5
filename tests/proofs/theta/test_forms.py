"""Text, LaTeX, SMT-LIB and JSON mean the same: read back here, each accepts exactly the thetas of Theta."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.goals import violation
from exact.instance import Instance, inequality
from exact.mdp import Mdp, Rewards
from exact.testing.strategies import instances, rewards
from proofs.theta.build import goal_set
from proofs.theta.document import document
from proofs.theta.latex import escaped, latex
from proofs.theta.model import GoalSet
from proofs.theta.pieces import Limits
from proofs.theta.smt2 import smt2
from proofs.theta.text import lines
from tests.proofs.opinions.worked import FORK
from tests.proofs.theta.worked import HALF, TWO_FORKS, asked, leaking, of

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
}


def worth(side: str, values: Mapping[str, Fraction]) -> Fraction:
    """`3*r(a) + r(b) + 1` at theta."""
    total = Fraction(0)
    for term in side.split(" + "):
        match = re.fullmatch(r"(?:(\d+)\*)?r\((\w+)\)|(\d+)", term.strip())
        assert match, term
        total += Fraction(match[3]) if match[3] else Fraction(match[1] or 1) * values[match[2]]
    return total


def accepts(lines: list[str], values: Mapping[str, Fraction]) -> bool:
    """All the inequalities of one polyhedron, in the text's notation."""
    holds = []
    for line in lines:
        if line.startswith("r(s) >= 0 for"):
            but, only = re.search(r"every state s but ([^(]*) \(", line), re.search(r"for s = (.*)", line)
            left_out = but[1].split(", ") if but else []
            named = only[1].split(", ") if only else [name for name in values if name not in left_out]
            holds.append(all(values[name] >= 0 for name in named))
        else:
            left, relation, right = re.split(r" (>=|>|=) ", line)
            holds.append(COMPARE[relation](worth(left, values), worth(right, values)))
    return all(holds)


def by_text(goals: GoalSet, theta: Rewards) -> bool:
    """Blocks begin with a title; comments are in brackets or end in a colon."""
    values, blocks = dict(zip(goals.instance.mdp.states, theta, strict=True)), list[list[str]]()
    for line in lines(goals):
        if re.match(r"Polyhedron \d|theta is in Theta iff(:|, with)", line):
            blocks.append([])
        elif line.startswith("  ") and not line.endswith(":") and not line.startswith("  (") and blocks:
            blocks[-1].append(line.strip())
    return any(accepts(block, values) for block in blocks)


def by_latex(goals: GoalSet, theta: Rewards) -> bool:
    r"""Every `align*` is a polyhedron; `\\` ends an inequality, `&&` begins a comment."""
    values, found = dict(zip(goals.instance.mdp.states, theta, strict=True)), False
    for block in re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", latex(goals), re.DOTALL):
        plain = re.sub(r"\\text\{(\w+)\}", r"\1", block.replace(r"\,", "*"))
        lines = []
        for line in re.sub(r"\\begin\{aligned\}\[t\]|\\end\{aligned\}|\\\\ &(?=\+)", "", plain).split("\\\\\n"):
            formula, _, comment = line.partition("&&")
            formula = " ".join(formula.replace("&", "").replace(r"\ge", ">=").split())
            lines += signs(comment, values) if formula == "r(s) >= 0" else [formula]
        found = found or accepts(lines, values)
    return found


def signs(comment: str, values: Mapping[str, Fraction]) -> list[str]:
    r"""`(s \in S \setminus \{a\})`, or `(s \in \{a, b\})`."""
    listed = re.search(r"\\\{(.*)\\\}", comment)
    named = listed[1].split(", ") if listed else []
    chosen = [name for name in values if (name in named) != (r"\in S" in comment)]
    return [f"r({name}) >= 0" for name in chosen]


def by_smt2(goals: GoalSet, theta: Rewards) -> bool:
    """z3 on the script with theta fixed."""
    import z3

    solver = z3.SolverFor("QF_LRA")
    solver.from_string(smt2(goals))
    for name, value in zip(goals.instance.mdp.states, theta, strict=True):
        solver.add(z3.Real(f"r_{name}") == z3.Q(value.numerator, value.denominator))
    return bool(solver.check() == z3.sat)


def by_json(goals: GoalSet, theta: Rewards) -> bool:
    """Coefficients by name."""
    values: dict[str, Fraction] = dict(zip(goals.instance.mdp.states, theta, strict=True))
    pieces: Any = document(goals, [])["pieces"]
    return any(
        all(
            COMPARE[entry["relation"]](
                sum(Fraction(c) * values[name] for name, c in entry["coefficients"].items()), Fraction(entry["bound"])
            )
            for entry in piece["inequalities"]
        )
        for piece in pieces
    )


@settings(max_examples=50, deadline=None)
@given(st.one_of(instances(max_states=5, max_inequalities=2), leaking()), st.data())
def test_forms_mean_the_same(instance: Instance, data: st.DataObject) -> None:
    """On theta alone: the four forms, read back, and exact.goals.violation."""
    goals = goal_set(instance, limits=Limits(pieces=200, ways=2000))
    assert not any(piece.auxiliary for piece in goals.pieces)
    assert instance.question.gamma is not None
    assert instance.question.rewards is not None
    for theta in (instance.question.rewards, data.draw(rewards(instance.mdp, instance.goals.nonnegative))):
        expected = violation(instance, theta, instance.question.gamma) is None
        assert [form(goals, theta) for form in (by_text, by_latex, by_smt2, by_json)] == [expected] * 4


@settings(max_examples=25, deadline=None)
@given(leaking(), st.data())
def test_smt2_with_auxiliary_values(instance: Instance, data: st.DataObject) -> None:
    """With variables for the values z3 finds them, or shows that there are none."""
    goals = goal_set(instance, limits=Limits(pieces=200, ways=0))
    assert instance.question.gamma is not None
    theta = data.draw(rewards(instance.mdp, instance.goals.nonnegative))
    assert by_smt2(goals, theta) == (violation(instance, theta, instance.question.gamma) is None)


@pytest.mark.parametrize(
    ("changes", "rewards_of", "expected"),
    [
        ({}, {"p": 2, "c": 1}, True),
        ({"preference": "strict"}, {"p": 2, "c": 1}, False),
        ({"preference": "strict"}, {"p": 3, "c": 1}, True),
        ({}, {"p": 4, "c": 1, "q": -1}, False),
        ({"nonnegative": False}, {"p": 4, "c": 1, "q": -1}, True),
        ({"inequalities": "q + 2 < p"}, {"p": 4, "q": 2}, False),
        ({"inequalities": "q + 2 < p"}, {"p": 5, "q": 2}, True),
        ({"inequalities": "q + 2 >= p"}, {"p": 5, "q": 2}, False),
        ({"inequalities": "q + 2 >= p"}, {"p": 4, "q": 2}, True),
        ({"inequalities": "q = 1/2"}, {"p": 4, "q": 2}, False),
        ({"inequalities": "q = 1/2"}, {"p": 4, "q": "1/2"}, True),
    ],
)
def test_forms_at_the_border(changes: dict[str, Any], rewards_of: dict[str, Any], expected: bool) -> None:
    """Equal sides, negative rewards and constants, where a form could differ by a sign or by strictness."""
    given_text = changes.get("inequalities")
    goals_asked = {**changes, "inequalities": (inequality(given_text, FORK.mdp, ""),)} if given_text else changes
    instance = asked(FORK, **goals_asked)
    theta = of(instance, **rewards_of)
    assert (violation(instance, theta, HALF) is None) == expected
    goals = goal_set(instance, HALF)
    assert [form(goals, theta) for form in (by_text, by_latex, by_smt2, by_json)] == [expected] * 4


def test_smt2_is_satisfiable_iff_theta_is_not_empty() -> None:
    """An empty Theta is `false`; names say what is asserted."""
    import z3

    impossible = (inequality("p + q <= -1", FORK.mdp, ""),)
    for given_instance, answer in ((FORK, z3.sat), (asked(FORK, inequalities=impossible), z3.unsat)):
        solver = z3.Solver()
        solver.from_string(smt2(goal_set(given_instance, HALF)))
        assert solver.check() == answer
    script = smt2(goal_set(TWO_FORKS, HALF))
    assert ":named piece1_trained_t_on_vs_aside_then_v_left" in script
    assert ":named piece2_optimal_u_right_vs_left" in script
    assert ":named one_of_the_pieces" in script
    folded = smt2(goal_set(TWO_FORKS, HALF, Limits(ways=0)))
    assert ":named piece1_value_v_from_left" in folded


def test_names_are_escaped() -> None:
    """Names are data: LaTeX's and SMT-LIB's marks have no effect."""
    odd = r"50%_\{x}&$#^~|<>"
    names = [odd, "new", "term"]
    rows = {odd: {'"a b"': {odd: 1}, "\\": {"term": 1}}, "new": {"off": {"term": 1}}}
    mdp = Mdp.from_dict(names, rows)
    instance = Instance(mdp, 1, 0, frozenset({0}), {0: 0})
    goals = goal_set(instance, HALF)
    assert escaped(odd) in latex(goals)
    bare = re.sub(r"\\(text\w+\{\}|[%_{}&$#])", "", escaped(odd)[len(r"\text{") : -1])
    assert bare == "50x"
    assert "(declare-const r_state0 Real)" in smt2(goals)
    assert any(f"2*r({odd}) >= r(term)" in line for line in lines(goals))
