"""Universal claims, the variables: theta(s), and W_c(s) for each copy c of the MDP (FORMAT.md, "Linear claims")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exact.errors import NotAGoalSet
from exact.evaluate import every_action
from exact.goals import training_actions
from exact.instance import Instance
from proofs.universal.row import Affine, Expression, added

Permutation = tuple[int, ...]  # phi(s) for each state s; (phi theta)(s) = theta(phi^-1 s)

_ONE: Affine = (Fraction(1), Fraction(0))


@dataclass(frozen=True)
class Copy:
    """The MDP, or its part on S_train. actions: those of each state here, () where it has none."""

    name: str
    actions: Mapping[int, tuple[int, ...]]


class Space:
    """The copies, and everything that is said about them as expressions over numbered variables.

    theta(s) is variable s; then come the W_c(s), copy by copy. copies: those asked for, in FORMAT.md's names.
    Raises NotAGoalSet if phi is no permutation of the states.
    """

    def __init__(self, instance: Instance, permutation: Permutation | None, copies: Sequence[str]) -> None:
        self.instance = instance
        size = len(instance.mdp)
        phi = tuple(range(size)) if permutation is None else permutation
        if sorted(phi) != list(range(size)):
            raise NotAGoalSet(f"{phi} is no permutation of the states", "give phi(s) for each state s")
        self.permutation = phi
        self.inverse = tuple(sorted(range(size), key=phi.__getitem__))
        self.copies = {name: self._copy(name) for name in copies}
        self._unmoved: dict[str, frozenset[int]] = {}
        self._worth: dict[tuple[str, int], int] = {}
        for copy in self.copies.values():
            for state, actions in copy.actions.items():
                if actions:
                    self._worth[copy.name, state] = size + len(self._worth)

    def _copy(self, name: str) -> Copy:
        training = name.endswith("-training")
        actions = training_actions(self.instance) if training else every_action(self.instance.mdp)
        return Copy(name, actions)

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return len(self.inverse) + len(self._worth)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the variables, for people: theta(r1), W_goal(r1)."""
        states = self.instance.mdp.states
        return (*(f"theta({s})" for s in states), *(f"W_{c}({states[s]})" for c, s in self._worth))

    def variable(self, copy: str, state: int) -> int | None:
        """The number of W_c(s); None where s has no action in c."""
        return self._worth.get((copy, state))

    def reachable(self, copy: str, sources: Iterable[int]) -> frozenset[int]:
        """The states that the copy's actions reach from the sources, these included."""
        seen, todo, actions = set[int](), list(sources), self.copies[copy].actions
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo += [t for a in actions[state] for t, _ in self.instance.mdp.rows[state][a]]
        return frozenset(seen)

    def unmoved(self, copy: str) -> frozenset[int]:
        """The states from which the copy's actions reach no state that phi moves."""
        if copy not in self._unmoved:
            rows, actions = self.instance.mdp.rows, self.copies[copy].actions
            before: dict[int, list[int]] = {}
            for state in actions:
                for successor in {t for a in actions[state] for t, _ in rows[state][a]}:
                    before.setdefault(successor, []).append(state)
            seen, todo = set[int](), [s for s, t in enumerate(self.permutation) if s != t]
            while todo:
                state = todo.pop()
                if state not in seen:
                    seen.add(state)
                    todo += before.get(state, [])
            self._unmoved[copy] = frozenset(actions) - seen
        return self._unmoved[copy]

    def reward(self, copy: str, state: int) -> dict[int, Affine]:
        """R_c(s): theta(s), or phi theta (s) where the copy's name begins with `image`."""
        return {self.inverse[state] if copy.startswith("image") else state: _ONE}

    def worth(self, copy: str, state: int) -> dict[int, Affine]:
        """W_c(s), which means R_c(s) where s has no action in c."""
        variable = self.variable(copy, state)
        return self.reward(copy, state) if variable is None else {variable: _ONE}

    def action_worth(self, copy: str, state: int, action: int) -> Expression:
        """Q_c(s, a) = R_c(s) + gamma sum_t P(t | s, a) W_c(t)."""
        total: dict[int, Affine] = self.reward(copy, state)
        for successor, p in self.instance.mdp.rows[state][action]:
            for j in self.worth(copy, successor):
                total = added(total, {j: (Fraction(0), p)}, Fraction(1))
        return total

    def next_reward(self, copy: str, state: int, action: int) -> Expression:
        """sum_t P(t | s, a) R_c(t), the action's worth under the reading `immediate`."""
        total: dict[int, Affine] = {}
        for successor, p in self.instance.mdp.rows[state][action]:
            total = added(total, self.reward(copy, successor), p)
        return total

    def weighed(self, image: bool, coefficients: Sequence[Fraction]) -> Expression:
        """sum_s coefficients[s] R(s) for theta, or for phi theta."""
        source = self.inverse if image else range(len(self.inverse))
        total: dict[int, Affine] = {}
        for state, c in enumerate(coefficients):
            if c:
                total = added(total, {source[state]: _ONE}, c)
        return total


def copies_of(instance: Instance, images: bool = True) -> tuple[str, ...]:
    """The copies that FORMAT.md gives to an instance."""
    names = ("goal", "goal-training") if instance.goals.reading == "on-training" else ("goal",)
    return names if not images else (*names, *(name.replace("goal", "image") for name in names))


def training_copy(instance: Instance, image: bool = False) -> str:
    """The copy that training looks at."""
    name = "image" if image else "goal"
    return f"{name}-training" if instance.goals.reading == "on-training" else name
