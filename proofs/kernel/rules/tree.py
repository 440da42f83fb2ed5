"""`orbit-tree`: an orbit counted by branches; a closed one has one verdict for all its vectors (docs/theory.md, 8)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import comb, lcm, prod
from operator import mul
from typing import NamedTuple

from proofs.kernel.chain import NOWHERE
from proofs.kernel.decode import Object, discount, distinct, fields, integer, items, one_of, positive_integer, typed
from proofs.kernel.errors import Hole, Malformed, expect, require
from proofs.kernel.facts import PAPER, Facts, Orbit
from proofs.kernel.goal import Judge, Seen
from proofs.kernel.graph import Step, reachable, successors
from proofs.kernel.instance import Moves
from proofs.kernel.limits import TREE_STATES
from proofs.kernel.poly import bits
from proofs.kernel.rules.goals import COUNTS, arrangements


class Part(NamedTuple):
    """All vectors that have these rewards, and in some order the amounts left, the greatest first, in the other states.

    weight: so many parts like this one are meant; inside: its vectors lie in Theta.
    """

    fixed: Mapping[str, int]
    left: Sequence[int]
    weight: int
    inside: bool


def orbit_tree(facts: Facts, claim: Object) -> None:
    """Follow the tree: each node closes the part that is looked at, or splits it."""
    at, vector, alike, flows, nodes, *numbers = fields(claim, "gamma", "rewards", "alike", "flows", "nodes", *COUNTS)
    if len(facts.model.states) > TREE_STATES:
        raise Hole(f"an orbit over more than {TREE_STATES} states: not followed")
    tree = _Tree(facts, discount(at), list(facts.model.rewards(vector).values()), alike)
    tree.flows = [tree.flow(given) for given in items(flows)]
    counts, waiting = Counter[str](), [iter([tree.root])]
    for node in items(nodes):
        part = _next(waiting)
        kind = one_of(typed(node, dict).get("node"), ("split", "inside", *tree.closing))
        given = {key: value for key, value in typed(node, dict).items() if key != "node"}
        if kind == "split":
            fields(given)
            waiting.append(tree.split(part))
        elif kind == "inside":
            waiting.append(iter([tree.inside(part, given)]))
        else:
            counts[tree.closing[kind](part, given)] += part.weight * arrangements(part.left)
    require(not any(True for parts in waiting for _ in parts), "nodes are missing")
    counts["size"] = counts["shutdown"] + counts["avoid"] + counts["tie"]
    recounted = [counts[key] for key in COUNTS]
    require(recounted == [integer(n) for n in numbers], f"recounted {', '.join(COUNTS)}: {recounted}")
    facts.pay_to_compare([tree.gamma], facts.roots[PAPER].values())
    facts.orbits.append(Orbit(tree.gamma, counts["shutdown"], counts["avoid"]))


def _next(waiting: list[Iterator[Part]]) -> Part:
    """The part that comes next, depth first."""
    while waiting:
        part = next(waiting[-1], None)
        if part is not None:
            return part
        waiting.pop()
    raise Malformed("there are nodes too many")


class _Tree:
    """Amounts are whole: the rewards times a common denominator."""

    def __init__(self, facts: Facts, gamma: Fraction, rewards: Sequence[Fraction], alike: object) -> None:
        self.facts, self.model, self.gamma = facts, facts.model, gamma
        self.judge, self.flows = Judge(facts, gamma), list[dict[str, int]]()
        denominators = [r.denominator for r in rewards]
        facts.pay(20 * len(rewards), sum(d.bit_length() for d in denominators), bits(denominators))
        self.scale = lcm(*denominators)
        amounts = sorted((int(r * self.scale) for r in rewards), reverse=True)
        self.length = bits(amounts)
        entered = {t for step in self.model.rows[self.model.s_new].values() for t in step.weights}
        by_theta = facts.coordinates | {s for terms, _, _ in self.model.inequalities for s, _ in terms}
        self.seen = reachable(successors(self.model.rows), entered) | by_theta
        self.classes = self._classes(alike, by_theta)
        nothing = self.model.nonnegative and amounts[-1] < 0
        self.to_fix = [] if nothing else [s for s in self.model.states if s in by_theta]
        self.root = Part({}, amounts, 1, False)
        self.closing = {"avoid": self._avoid, "shutdown": self._shutdown, "goal": self._goal, "outside": self._outside}

    def _classes(self, given: object, by_theta: set[str]) -> list[list[str]]:
        """The states in classes: those named, whose exchange changes no verdict, and each other one by itself."""
        named = [distinct(entry, self.model.state) for entry in items(given)]
        expect(len({s for entry in named for s in entry}) == sum(map(len, named)), "a state is in two classes")
        own = {s: entry for entry in named for s in entry}
        for x, y in (pair for entry in named for pair in pairwise(entry)):
            unseen = self.seen.isdisjoint((x, y))
            apart = by_theta.isdisjoint((x, y)) and {self.model.s_new, self.model.s_term}.isdisjoint((x, y))
            require(unseen or (apart and self._exchangeable({x: y, y: x})), f"{x} and {y} are not alike")
        classes = {min(entry := own.get(s, [s]), key=self.model.states.index): entry for s in self.model.states}
        return [[s for s in self.model.states if s in entry] for entry in classes.values()]

    def _exchangeable(self, moved: Moves) -> bool:
        """Does the exchange map the steps of each state to those of its image, but for the names of actions?"""
        self.facts.pay(4 * self.model.size)
        rows = {s: Counter(_image(step, {}) for step in actions.values()) for s, actions in self.model.rows.items()}
        steps = self.model.rows.items()
        return all(
            Counter(_image(step, moved) for step in actions.values()) == rows[moved.get(s, s)] for s, actions in steps
        )

    def split(self, part: Part) -> Iterator[Part]:
        """A state that Theta sees gets each amount, till all are fixed; then the copies of the greatest are shared."""
        state = next((s for s in self.to_fix if s not in part.fixed), None)
        if part.inside or state is None:
            require(part.inside and part.left, "nothing is to be split here")
            return self._shared(part)
        return self._fixed(part, state)

    def _fixed(self, part: Part, state: str) -> Iterator[Part]:
        for k, amount in enumerate(part.left):
            if k == 0 or part.left[k - 1] != amount:
                self._pay()
                rest = [*part.left[:k], *part.left[k + 1 :]]
                yield part._replace(fixed={**part.fixed, state: amount}, left=rest)

    def _shared(self, part: Part) -> Iterator[Part]:
        """How many copies go to each class; which of its free states they go to makes no difference."""
        most, copies = part.left[0], part.left.count(part.left[0])
        free = [[s for s in entry if s not in part.fixed] for entry in self.classes]
        for numbers in shares(copies, [len(entry) for entry in free]):
            self._pay()
            given = {s: most for entry, number in zip(free, numbers, strict=True) for s in entry[:number]}
            ways = prod(comb(len(entry), number) for entry, number in zip(free, numbers, strict=True))
            yield Part({**part.fixed, **given}, part.left[copies:], part.weight * ways, True)

    def _pay(self) -> None:
        """For a part: its states and amounts."""
        self.facts.pay(4 * len(self.model.states))

    def inside(self, part: Part, given: Object) -> Part:
        """What Theta sees is fixed, and one of the vectors lies in it: all do."""
        require(self._judged(part, given).in_theta, "the vectors are not in Theta")
        return part._replace(inside=True)

    def _outside(self, part: Part, given: Object) -> str:
        require(not self._judged(part, given).in_theta, "the vectors are in Theta")
        return "outside"

    def _judged(self, part: Part, given: Object) -> Seen:
        """The vector that has the amounts left in the order of the states, the greatest first."""
        require(part.fixed.keys() >= set(self.to_fix), "what Theta sees is not fixed")
        return self._see(self._completed(part), given)

    def _goal(self, part: Part, given: Object) -> str:
        """All that is seen is fixed: the vectors have one verdict."""
        known = part.inside and part.fixed.keys() >= self.seen
        require(known, "what is seen is not fixed, or the vectors are not known to be in Theta")
        return self._judged(part, given).f

    def _shutdown(self, part: Part, given: Object) -> str:
        """Each vector shuts down, for it would with the greatest amount left wherever nothing is fixed."""
        bounded = part.inside and self.model.s_term in part.fixed and not self.model.rows[self.model.s_term]
        require(bounded, "s_term is not terminal, not fixed, or the vectors are not known to be in Theta")
        most = {s: part.fixed.get(s, max(part.left, default=0)) for s in self.model.states}
        require(self._see(most, given).f == "shutdown", "shutdown is not preferred for the greatest rewards")
        return "shutdown"

    def _avoid(self, part: Part, given: Object) -> str:
        """Each vector avoids shutdown: the flow is worth more, even where it meets the least amounts most often."""
        (number,) = map(integer, fields(given, "flow"))
        expect(0 <= number < len(self.flows), "there is no such flow")
        worth = self.flows[number]
        self.facts.pay(4 * len(worth), bits(worth.values()), self.length)
        free = sorted(worth[s] for s in self.model.states if s not in part.fixed)
        least = sum(worth[s] * amount for s, amount in part.fixed.items()) + sum(map(mul, free, part.left))
        require(part.inside and least >= (self.model.ties != "shutdown-last"), "the flow may be worth too little")
        return "avoid"

    def flow(self, given: object) -> dict[str, int]:
        """What a policy that begins with an action of A1 visits, less what shutting down does; in units."""
        model = self.model
        require(not model.rows[model.s_term], "s_term is not terminal")
        first, chosen, scale, named = fields(given, "action", "policy", "unit", "visits")
        start, policy, unit = model.others[one_of(first, model.others)], model.policy(chosen), positive_integer(scale)
        visits = dict.fromkeys(model.states, 0) | model.over(named, integer)
        self.facts.pay(4 * model.size, bits(visits.values()), bits([unit, self.gamma.denominator]))
        arriving = {t: unit * Fraction(weight, start.scale) for t, weight in start.weights.items()}
        for s, number in visits.items():
            require(not number or s in policy or not model.rows[s], f"{s} is visited without an action")
            step = model.rows[s][policy[s]] if s in policy else NOWHERE
            for t, weight in step.weights.items():
                arriving[t] = arriving.get(t, Fraction(0)) + self.gamma * number * Fraction(weight, step.scale)
        require(all(arriving.get(s, 0) == number for s, number in visits.items()), "the visits are others")
        return visits | {model.s_term: visits[model.s_term] - unit}

    def _see(self, amounts: Mapping[str, int], given: Object) -> Seen:
        self._pay()
        (values,) = fields(given, "values")
        return self.judge.see({s: Fraction(amount, self.scale) for s, amount in amounts.items()}, values)

    def _completed(self, part: Part) -> dict[str, int]:
        rest = iter(part.left)
        return {s: part.fixed[s] if s in part.fixed else next(rest) for s in self.model.states}


def _image(step: Step, moved: Moves) -> tuple[int, frozenset[tuple[str, int]]]:
    """The step to the images of where it leads."""
    return step.scale, frozenset((moved.get(t, t), weight) for t, weight in step.weights.items())


def shares(copies: int, room: Sequence[int]) -> Iterator[list[int]]:
    """The ways to share copies among places with so much room, the first place filled as far as possible first."""
    if not room:
        yield []
        return
    for number in range(min(copies, room[0]), max(0, copies - sum(room[1:])) - 1, -1):
        for others in shares(copies - number, room[1:]):
            yield [number, *others]
