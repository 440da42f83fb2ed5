"""Linear search at one rational gamma: FORMAT.md's tree that nothing refutes the property, or a goal that does.

Branch and bound: solve the relaxation; if it has a solution that is no counterexample, split where that tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from exact.digits import exact_text
from exact.errors import WrongCertificate
from exact.instance import Instance
from exact.linear import Feasible
from exact.permutation import Permutation
from exact.rational import discount
from proofs.search.linear.against import VIOLATED, violations
from proofs.search.linear.asked import Always, Answer, Asked, NotAlways, Property, Undecided, counterexample
from proofs.search.linear.needs import split_at
from proofs.search.linear.relaxation import Branch, Refuted, Relaxation
from proofs.search.linear.row import Row

MOST = 1000  # linear programs of one question

Node = dict[str, Any]  # of the proof, filled in when its branch has been decided


def decide(instance: Instance, kind: Property, permutation: Permutation, gamma: Fraction, most: int = MOST) -> Answer:
    """Has every theta of Theta the property at gamma? Exact either way; Undecided after `most` linear programs.

    Raises NotADiscount, NotAGoalSet (phi is no permutation, or not the identity for a property of Theta alone).
    """
    return Search(Relaxation(Asked(instance, kind, permutation), discount(gamma)), most).run()


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
        return self.explored() or Always(gamma, gamma, self.root, self.lps)

    def explored(self) -> NotAlways | Undecided | None:
        """Close every branch; else what stands in the way."""
        self._begin()
        while self.todo:
            if self.lps >= self.most:
                return Undecided(f"not settled after {self.lps} linear programs", self.lps)
            branch, node = self.todo.pop()
            found = self.visit(branch, node)
            if found is not None:
                self.refuting = branch
                return found
        return None

    def _begin(self) -> None:
        asked = self.relaxation.asked
        if asked.kind not in VIOLATED:
            self.todo.append((Branch(), self.root))
            return
        ways = [(violation, Node()) for violation in violations(self.relaxation.space, asked.kind)]
        self.root["violations"] = [[list(violation.row.name), child] for violation, child in ways]
        self.todo += [(Branch(violation=violation), child) for violation, child in reversed(ways)]

    def visit(self, branch: Branch, node: Node) -> NotAlways | Undecided | None:
        """Close the branch, split it, or find that a solution is a counterexample."""
        answer = self.solution(self.relaxation, branch)
        if isinstance(answer, Feasible):
            return self.examine(self.relaxation, branch, node, answer)
        node["multipliers"] = [[list(row.name), [exact_text(y)]] for row, y in answer.multipliers]
        self.leaves.append(Leaf(branch, node, answer.multipliers))
        return None

    def solution(self, relaxation: Relaxation, branch: Branch) -> Feasible | Refuted:
        """Of the branch's rows. What is seen at once is not counted as work."""
        refuted = relaxation.at_once(branch)
        self.lps += refuted is None
        return refuted or relaxation.solve(branch)

    def examine(self, relaxation: Relaxation, branch: Branch, node: Node, answer: Feasible) -> NotAlways | None:
        """A solution: a counterexample, or a reason to split."""
        found = counterexample(relaxation.asked, relaxation.theta(answer), relaxation.gamma, self.lps)
        if found is None:
            self._divide(relaxation, branch, node, answer)
        return found

    def _divide(self, relaxation: Relaxation, branch: Branch, node: Node, answer: Feasible) -> None:
        """Split where W is too high; at states with one action, which needs no case distinction, go on at once."""
        before, mdp = branch, relaxation.asked.instance.mdp
        while (choice := split_at(relaxation, branch, answer.point)) is not None:
            copy, state, likely = choice
            children = {a: Node() for a in relaxation.space.copies[copy][state]}
            node["split"] = [copy, mdp.states[state]]
            node["cases"] = {mdp.actions[state][a]: child for a, child in children.items()}
            if len(children) > 1:
                for action in sorted(children, key=likely.__eq__):  # the likely one is visited first
                    self.todo.append((branch.chose((copy, state, action)), children[action]))
                return
            branch, node = branch.chose(choice), children[likely]
        if branch is not before:
            self.todo.append((branch, node))
        else:
            self._only(relaxation.asked, branch, node)

    def _only(self, asked: Asked, branch: Branch, node: Node) -> None:
        """All values are right, so only the ties of phi theta can keep the solution from being a counterexample."""
        instance = asked.instance
        if asked.kind != "retargets" or instance.ties != "uniform" or branch.only is not None:
            raise WrongCertificate("a solution with the optimal values is no counterexample")
        children = {a: Node() for a in instance.alternatives}
        node["only"] = {instance.mdp.actions[instance.shutdown_state][a]: child for a, child in children.items()}
        self.todo += [(replace(branch, only=action), child) for action, child in reversed(children.items())]
