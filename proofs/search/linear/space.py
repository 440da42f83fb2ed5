"""Linear search, the variables: theta(s), and W_c(s) for each copy c of the MDP (FORMAT.md, "Linear claims")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property

from exact.evaluate import Allowed, every_action
from exact.goals import training_actions
from exact.instance import Instance
from exact.permutation import Permutation, check_permutation, identity, inverse
from proofs.search.linear.row import Affine, Expression, added

_ONE: Affine = (Fraction(1), Fraction(0))


class Space:
    """The copies, and everything that is said about them as expressions over numbered variables.

    theta(s) is variable s; then come the W_c(s), copy by copy. copies: those asked for, by FORMAT.md's names; each
    with the actions of its states. Raises NotAGoalSet if phi (default: the identity) is no permutation of the states.
    """

    def __init__(self, instance: Instance, copies: Sequence[str], permutation: Permutation | None = None) -> None:
        self.instance = instance
        self.permutation = identity(instance.mdp) if permutation is None else permutation
        check_permutation(instance.mdp, self.permutation)
        self.inverse = inverse(self.permutation)
        self.copies: dict[str, Allowed] = {
            name: training_actions(instance) if name.endswith("-training") else every_action(instance.mdp)
            for name in copies
        }
        acting = [(name, s) for name, actions in self.copies.items() for s in actions if actions[s]]
        self._worth = {key: len(instance.mdp) + number for number, key in enumerate(acting)}
        self._unmoved: dict[str, frozenset[int]] = {}

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

    def acting(self, copy: str, sources: Iterable[int]) -> frozenset[int]:
        """The states with actions that the copy's actions reach from the sources, these included."""
        return frozenset(s for s in self._reachable(copy, sources) if self.copies[copy][s])

    def unmoved(self, copy: str) -> frozenset[int]:
        """The states from which the copy's actions reach no state that phi moves."""
        if copy not in self._unmoved:
            moved = {s for s, t in enumerate(self.permutation) if s != t}
            found = (s for s in self.copies[copy] if moved.isdisjoint(self._reachable(copy, [s])))
            self._unmoved[copy] = frozenset(found)
        return self._unmoved[copy]

    def _reachable(self, copy: str, sources: Iterable[int]) -> set[int]:
        seen, todo, actions = set[int](), list(sources), self.copies[copy]
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo += [t for a in actions[state] for t, _ in self.instance.mdp.rows[state][a]]
        return seen

    def reward(self, copy: str, state: int) -> dict[int, Affine]:
        """R_c(s): theta(s), or phi theta (s) where the copy's name begins with `image`."""
        return {self.inverse[state] if copy.startswith("image") else state: _ONE}

    def worth(self, copy: str, state: int) -> dict[int, Affine]:
        """W_c(s), which means R_c(s) where s has no action in c."""
        variable = self.variable(copy, state)
        return self.reward(copy, state) if variable is None else {variable: _ONE}

    def action_worth(self, copy: str, state: int, action: int) -> Expression:
        """Q_c(s, a) = R_c(s) + gamma sum_t P(t | s, a) W_c(t)."""
        total = self.reward(copy, state)
        for successor, p in self.instance.mdp.rows[state][action]:
            (j,) = self.worth(copy, successor)
            total = added(total, {j: (Fraction(0), p)}, Fraction(1))
        return total

    def next_reward(self, copy: str, state: int, action: int) -> Expression:
        """sum_t P(t | s, a) R_c(t), the action's worth under the reading `immediate`."""
        return self._sum(copy, self.instance.mdp.rows[state][action])

    def weighed(self, image: bool, coefficients: Sequence[Fraction]) -> Expression:
        """sum_s coefficients[s] R(s) for theta, or for phi theta."""
        return self._sum("image" if image else "goal", enumerate(coefficients))

    def _sum(self, copy: str, weights: Iterable[tuple[int, Fraction]]) -> Expression:
        total: dict[int, Affine] = {}
        for state, weight in weights:
            if weight:
                total = added(total, self.reward(copy, state), weight)
        return total


def copies_of(instance: Instance, images: bool) -> tuple[str, ...]:
    """The copies that FORMAT.md gives to an instance, or those of them that are about theta itself."""
    names = ("goal", "goal-training") if instance.goals.reading == "on-training" else ("goal",)
    return (*names, *(name.replace("goal", "image") for name in names)) if images else names


def training_copy(instance: Instance, image: bool = False) -> str:
    """The copy that training looks at."""
    name = "image" if image else "goal"
    return f"{name}-training" if instance.goals.reading == "on-training" else name
