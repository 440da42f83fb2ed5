"""`orbit-tree`: an orbit counted by branches; a closed one has one verdict for all its vectors (docs/theory.md, 8)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import comb
from operator import mul
from typing import NamedTuple

from proofs.kernel.decode import Object, discount, distinct, fields, integer, items, one_of, positive_integer, typed
from proofs.kernel.errors import Hole, Malformed, expect, require
from proofs.kernel.facts import Facts
from proofs.kernel.goal import Judge, Seen
from proofs.kernel.graph import Step, reachable, successors
from proofs.kernel.instance import Moves, Rewards
from proofs.kernel.limits import TREE_STATES
from proofs.kernel.poly import bits, whole
from proofs.kernel.rules.goals import COUNTS, arrangements, conclude


class Part(NamedTuple):
    """All vectors that have these rewards, and in some order the amounts left, the greatest first, in the other states.

    weight: so many parts like this one are meant; inside: its vectors lie in Theta.
    """

    fixed: Mapping[str, int]
    left: list[int]
    weight: int
    inside: bool


def orbit_tree(facts: Facts, claim: Object) -> None:
    """Follow the tree: each node closes the part that is looked at, or splits it."""
    at, vector, alike, flows, nodes, *numbers = fields(claim, "gamma", "rewards", "alike", "flows", "nodes", *COUNTS)
    if len(facts.model.states) > TREE_STATES:
        raise Hole(f"an orbit over more than {TREE_STATES} states: not followed")
    tree = _Tree(facts, discount(at), facts.model.rewards(vector), alike)
    tree.flows = [tree.flow(given) for given in items(flows)]
    counts, waiting = Counter[str](), [iter([tree.root])]
    for node in items(nodes):
        part = _next(waiting)
        given = dict(typed(node, dict))
        kind = one_of(given.pop("node", None), ("split", "inside", *tree.closing))
        if kind == "split":
            fields(given)
            waiting.append(tree.split(part))
        elif kind == "inside":
            waiting.append(iter([tree.inside(part, given)]))
        else:
            counts[tree.closing[kind](part, given)] += part.weight * arrangements(part.left)
    require(not any(True for parts in waiting for _ in parts), "nodes are missing")
    conclude(facts, tree.gamma, counts, numbers)


def _next(waiting: list[Iterator[Part]]) -> Part:
    """The part that comes next, depth first."""
    while waiting:
        part = next(waiting[-1], None)
        if part is not None:
            return part
        waiting.pop()
    raise Malformed("there are nodes too many")


class _Tree:
    """Amounts are whole, as the judge's are."""

    def __init__(self, facts: Facts, gamma: Fraction, rewards: Rewards, alike: object) -> None:
        self.facts, self.model, self.gamma = facts, facts.model, gamma
        self.judge, self.flows = Judge(facts, gamma, rewards), list[dict[str, int]]()
        amounts = sorted(self.judge.amounts.values(), reverse=True)
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
        leader = {s: entry[0] for entry in named for s in entry}
        expect(len(leader) == sum(map(len, named)), "a state is in two classes")
        for x, y in (pair for entry in named for pair in pairwise(entry)):
            unseen = self.seen.isdisjoint((x, y))
            apart = by_theta.isdisjoint((x, y)) and {self.model.s_new, self.model.s_term}.isdisjoint((x, y))
            require(unseen or (apart and self._exchangeable({x: y, y: x})), f"{x} and {y} are not alike")
        classes: defaultdict[str, list[str]] = defaultdict(list)
        for s in self.model.states:
            classes[leader.get(s, s)].append(s)
        return list(classes.values())

    def _exchangeable(self, moved: Moves) -> bool:
        """Does the exchange map the steps of each state to those of its image, but for the names of actions?"""
        self.facts.pay(4 * self.model.size, self.model.longest)
        rows = self.model.rows
        return all(_images(actions, moved) == _images(rows[moved.get(s, s)], {}) for s, actions in rows.items())

    def split(self, part: Part) -> Iterator[Part]:
        """A state that Theta sees gets each amount, till all are fixed; then the copies of the greatest are shared."""
        state = next((s for s in self.to_fix if s not in part.fixed), None)
        if state is None:
            require(part.inside and part.left, "nothing is to be split here")
            return self._shared(part)
        return self._fixed(part, state)

    def _fixed(self, part: Part, state: str) -> Iterator[Part]:
        for amount in dict.fromkeys(part.left):
            self._pay()
            rest = list(part.left)
            rest.remove(amount)
            yield part._replace(fixed={**part.fixed, state: amount}, left=rest)

    def _shared(self, part: Part) -> Iterator[Part]:
        """How many copies go to each class; which of its free states they go to makes no difference."""
        most, copies = part.left[0], part.left.count(part.left[0])
        free = [[s for s in entry if s not in part.fixed] for entry in self.classes]
        for states, ways in shares(copies, free):
            self._pay()
            fixed = {**part.fixed, **dict.fromkeys(states, most)}
            yield Part(fixed, part.left[copies:], part.weight * ways, True)

    def _pay(self) -> None:
        """For a part: its states and amounts."""
        self.facts.pay(30 * len(self.model.states))

    def inside(self, part: Part, given: Object) -> Part:
        """What Theta sees is fixed, and one of the vectors lies in it: all do."""
        require(self._judged(part, given).in_theta, "the vectors are not in Theta")
        return part._replace(inside=True)

    def _outside(self, part: Part, given: Object) -> str:
        require(not self._judged(part, given).in_theta, "the vectors are in Theta")
        return "outside"

    def _judged(self, part: Part, given: Object) -> Seen:
        require(part.fixed.keys() >= set(self.to_fix), "what Theta sees is not fixed")
        return self._see(part, given)

    def _goal(self, part: Part, given: Object) -> str:
        """All that is seen is fixed: the vectors have one verdict."""
        known = part.inside and part.fixed.keys() >= self.seen
        require(known, "what is seen is not fixed, or the vectors are not known to be in Theta")
        return self._judged(part, given).f

    def _shutdown(self, part: Part, given: Object) -> str:
        """Each vector shuts down, for it would with the greatest amount left wherever nothing is fixed."""
        bounded = part.inside and self.model.s_term in part.fixed and not self.model.rows[self.model.s_term]
        require(bounded, "s_term is not terminal, not fixed, or the vectors are not known to be in Theta")
        most = part._replace(left=part.left[:1] * len(part.left))
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
        moving, below = [s for s, number in visits.items() if number and model.rows[s]], self.gamma.denominator
        require(policy.keys() >= set(moving), "a state is visited without an action")
        moves = [(unit * below, start)] + [(visits[s] * self.gamma.numerator, model.rows[s][policy[s]]) for s in moving]
        scale, shares = whole([Fraction(1, step.scale) for _, step in moves], self.facts.pay)
        long = bits([scale, below]) + model.longest
        self.facts.pay(4 * model.size, bits([unit * below, *visits.values()]) + long, long)
        arriving = Counter[str]()
        for (number, step), share in zip(moves, shares, strict=True):
            for t, weight in step.weights.items():
                arriving[t] += number * share * weight
        require(all(arriving[s] == number * below * scale for s, number in visits.items()), "the visits are others")
        return visits | {model.s_term: visits[model.s_term] - unit}

    def _see(self, part: Part, given: Object) -> Seen:
        """The vector that has the amounts left in the order of the states, the greatest first."""
        self._pay()
        (values,), rest = fields(given, "values"), iter(part.left)
        amounts = {s: part.fixed[s] if s in part.fixed else next(rest) for s in self.model.states}
        return self.judge.see(amounts, values)


def _images(actions: Mapping[str, Step], moved: Moves) -> Counter[tuple[int, frozenset[tuple[str, int]]]]:
    """The steps of a state to the images of where they lead, each as often as it is there."""
    steps = [(step.scale, step.weights.items()) for step in actions.values()]
    return Counter((scale, frozenset((moved.get(t, t), n) for t, n in weights)) for scale, weights in steps)


def shares(copies: int, classes: list[list[str]]) -> Iterator[tuple[list[str], int]]:
    """Which states get a copy, the first ones of each class, and in how many ways as many of each class could.

    The first class is filled as far as possible first.
    """
    if not classes:
        yield [], 1
        return
    states, *others = classes
    least = copies - sum(map(len, others))
    for number in range(min(copies, len(states)), max(0, least) - 1, -1):
        for more, ways in shares(copies - number, others):
            yield [*states[:number], *more], ways * comb(len(states), number)
