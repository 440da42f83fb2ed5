"""`gammastar goals`: Theta = G_T with the further constraints, as inequalities; and which rewards are members."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance, NotAGoalSet
from exact.mdp import Mdp, Rewards
from exact.rational import rational
from proofs.cli.exits import REFUTED, VERIFIED
from proofs.cli.source import at_a_gamma, print_json, read
from proofs.theta import GoalSet, Membership, goal_set, membership

FORMS = ("text", "json", "smt2", "latex")
_COMMENT = {"smt2": ";", "latex": "%"}
_ENTRY = re.compile(r"\s*(?:'(?P<quoted>[^']+)'|(?P<name>[^,=']+?))\s*=\s*(?P<value>[^,=]+?)\s*(?:,|$)")


def run(path: Path, gamma: str | None, form: str, members: Sequence[str]) -> int:
    """Print Theta in one form. The exit code is 1 if one of the given rewards is not in Theta."""
    if form not in FORMS:
        raise BadInstance(f'"{form}" is no form', f"one of {', '.join(FORMS)}", "--as")
    _, instance = read(path, gamma)
    if instance.goals.reading != "immediate":
        at_a_gamma(instance, path, "Theta is another set at each of them; `retarget` and `verify` look at all of them")
    asked = [_rewards(instance.mdp, member) for member in members]
    goals = goal_set(instance)
    found = [membership(goals, rewards) for rewards in asked]
    _print(goals, found, form)
    return VERIFIED if all(answer.holds for answer in found) else REFUTED


def _print(goals: GoalSet, found: list[Membership], form: str) -> None:
    from proofs.theta.reasons import member_lines

    members = [line for answer in found for line in ("", *member_lines(goals, answer))]
    if form == "json":
        from proofs.theta.document import document

        print_json(document(goals, found))
    elif form == "text":
        from proofs.report.closing import goals as closing
        from proofs.report.table import Terminal
        from proofs.report.text import show_lines, show_paragraph
        from proofs.theta.text import lines

        console = Terminal()
        show_lines(console, [*lines(goals), *members])
        show_paragraph(console, closing(goals.is_empty))
    else:
        print("\n".join([_script(goals, form).rstrip("\n"), *(f"{_COMMENT[form]} {line}" for line in members if line)]))


def _script(goals: GoalSet, form: str) -> str:
    if form == "smt2":
        from proofs.theta.smt2 import smt2

        return smt2(goals)
    from proofs.theta.latex import latex

    return latex(goals)


def _rewards(mdp: Mdp, text: str) -> Rewards:
    """`coin_1=1,'odd, name'=1/2`; unnamed states 0. Raises NotAGoalSet, UnknownState, NotExact."""
    rewards, position = [Fraction(0)] * len(mdp), 0
    named: set[int] = set()
    while position < len(text):
        entry = _ENTRY.match(text, position)
        if entry is None:
            raise NotAGoalSet(f'"{text[position:]}" cannot be read', 'write it like "x=1,y=1/2"', "--member")
        state = mdp.state(entry["quoted"] or entry["name"].strip(), "--member")
        if state in named:
            raise NotAGoalSet(f"{mdp.states[state]} is given twice", "name each state once", "--member")
        rewards[state] = rational(entry["value"], f"--member {mdp.states[state]}")
        named.add(state)
        position = entry.end()
    return tuple(rewards)
