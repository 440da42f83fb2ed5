"""Universal claims at one rational gamma: FORMAT.md's tree that nothing refutes it, or a goal that does.

Branch and bound: solve the relaxation; if it has a solution that is no counterexample, split where that tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from exact.errors import WrongCertificate
from exact.instance import Instance
from exact.linear import Point
from exact.rational import discount
from proofs.universal import rows
from proofs.universal.claim import Always, Answer, Claim, NotAlways, Undecided, counterexample
from proofs.universal.needs import split_at
from proofs.universal.relaxation import Branch, Choice, Refuted, Relaxation
from proofs.universal.row import Property, Row
from proofs.universal.space import Permutation

MOST = 1000  # linear programs of one claim
AGREE = True  # whether rows ["agrees", c, s] may be used

Node = dict[str, Any]  # of the proof, filled in when its branch has been decided


def decide(
    instance: Instance,
    asked: Property,
    permutation: Permutation,
    gamma: Fraction,
    most: int = MOST,
    agree: bool = AGREE,
) -> Answer:
    """Is there no counterexample at gamma? Exact either way; Undecided after `most` linear programs.

    agree: use rows ["agrees", c, s] too. Raises NotADiscount, NotAGoalSet (phi is no permutation).
    """
    relaxation = Relaxation(Claim(instance, asked, permutation), discount(gamma), agree)
    return Search(relaxation, most).run()


@dataclass(frozen=True)
class Leaf:
    """A branch without a solution: its place in the tree, and why."""

    branch: Branch
    node: Node
    multipliers: tuple[tuple[Row, Fraction], ...]


@dataclass
class Search:
    """The state of one search."""

    relaxation: Relaxation
    most: int
    lps: int = 0
    root: Node = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    refuting: Branch | None = None  # where the counterexample was found
    todo: list[tuple[Branch, Node]] = field(default_factory=list)

    def run(self) -> Answer:
        """Depth first, without recursion."""
        gamma = self.relaxation.gamma
        self._begin()
        while self.todo:
            if self.lps >= self.most:
                return Undecided(f"not settled after {self.lps} linear programs", self.lps)
            branch, node = self.todo.pop()
            found = self._visit(branch, node)
            if found is not None:
                self.refuting = branch
                return found
        return Always(gamma, gamma, self.root, self.lps)

    def _begin(self) -> None:
        if self.relaxation.claim.asked != "stays":
            self.todo.append((Branch(), self.root))
            return
        self.root["violations"] = []
        for violation in rows.violations(self.relaxation.claim.instance):
            child: Node = {}
            name = rows.violation_row(self.relaxation.space, violation).name
            self.root["violations"].append([list(name), child])
            self.todo.append((Branch(violation=violation), child))
        self.todo.reverse()

    def _visit(self, branch: Branch, node: Node) -> NotAlways | None:
        """Close the branch, split it, or find that a solution is a counterexample."""
        self.lps += 1
        relaxation = self.relaxation
        answer = relaxation.solve(branch)
        if isinstance(answer, Refuted):
            node["multipliers"] = [[list(row.name), [str(y)]] for row, y in answer.multipliers]
            self.leaves.append(Leaf(branch, node, answer.multipliers))
            return None
        found = counterexample(relaxation.claim, relaxation.theta(answer), relaxation.gamma, self.lps)
        if found is None:
            self._divide(branch, node, answer.point)
        return found

    def _divide(self, branch: Branch, node: Node, point: Point) -> None:
        """Split where W is too high; at states with one action, which needs no case distinction, go on at once."""
        before, mdp = branch, self.relaxation.claim.instance.mdp
        while (at := split_at(self.relaxation, branch, point)) is not None:
            copy, state, likely = at
            children: dict[int, Node] = {a: {} for a in self.relaxation.space.copies[copy].actions[state]}
            node["split"] = [copy, mdp.states[state]]
            node["cases"] = {mdp.actions[state][a]: child for a, child in children.items()}
            if len(children) > 1:
                for action in sorted(children, key=likely.__eq__):  # the likely one is visited first
                    self.todo.append((_chose(branch, (copy, state, action)), children[action]))
                return
            branch, node = _chose(branch, (copy, state, likely)), children[likely]
        if branch is not before:
            self.todo.append((branch, node))
        else:
            self._only(branch, node)

    def _only(self, branch: Branch, node: Node) -> None:
        """All values are right, so only the ties of phi theta can keep the solution from being a counterexample."""
        claim = self.relaxation.claim
        instance = claim.instance
        if claim.asked != "retargets" or instance.ties != "uniform" or branch.only is not None:
            raise WrongCertificate("a solution with the optimal values is no counterexample")
        children: dict[int, Node] = {a: {} for a in instance.alternatives}
        node["only"] = {instance.mdp.actions[instance.shutdown_state][a]: child for a, child in children.items()}
        for action, child in reversed(children.items()):
            self.todo.append((replace(branch, only=action), child))


def _chose(branch: Branch, choice: Choice) -> Branch:
    return replace(branch, choices=(*branch.choices, choice))
