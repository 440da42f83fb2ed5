"""Permutations over Theta as it is, as claims: Def. 4 by linear arithmetic, Prop. 3, goals for which a swap fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE
from exact.permutation import Permutation, between, swap
from proofs.claims import types as c
from proofs.claims.roots import root
from proofs.search.candidates import discounts
from proofs.search.goals import moves, swap_fails
from proofs.search.judge import Judge, Listener
from proofs.search.linear.asked import Always, Answer, NotAlways, Property
from proofs.search.linear.asking import MOST_WORK, Asking
from proofs.search.linear.pieces import Open
from proofs.search.linear.retarget import Retargeting, retargeting
from proofs.search.linear.stage import pays, prop3, survivor
from proofs.search.linear.throughout import Throughout
from proofs.search.policy import chosen, visited
from proofs.search.theta import offer_proof

Tell = Callable[[str], None]

BROKEN: dict[Property, str] = {  # what a goal shows where a property fails
    "retargets": "still-shutdown",
    "stays": "leaves-theta",
    "never-both": "meets",
    "not-optimal": "still-optimal",
    "exceeds": "no-greater",
}


def offer(judge: Listener, kind: Property, phi: Permutation, answer: Answer | Open) -> bool:
    """The answer to a question about a permutation as a claim, if it has one."""
    instance = judge.instance
    if isinstance(answer, Always):
        return offer_proof(judge, kind, moves(instance, phi), answer)
    if isinstance(answer, NotAlways):
        return judge.offer(swap_fails(instance, answer.rewards, answer.gamma, phi, BROKEN[kind]))
    return False


def candidates(instance: Instance, reachable: Iterable[int]) -> list[Permutation]:
    """The swaps of the reachable states with s_term, and what the question names."""
    swaps = [swap(instance, x) for x in reachable if x != instance.s_term]
    return list(dict.fromkeys([*swaps, *instance.question.permutations]))


def conditions(
    judge: Listener, ask: Asking, phis: list[Permutation], tell: Tell = lambda _: None, beyond: int = 0
) -> None:
    """Def. 4: each condition that was decided, and the largest set, of more than `beyond`, that meets all three."""
    where = ask.where or EVERYWHERE
    ends = (where, where) if isinstance(where, Fraction) else where
    offer_conditions(judge, retargeting(ask, phis, tell, beyond), ends)


def leave_theta(judge: Judge, ask: Asking, names: Iterable[str], tell: Tell) -> set[str]:
    """Condition 2 for the swaps of these states, where the exact swap theorem says the rest; where it fails."""
    open_, failing = [name for name in names if not judge.keeps_theta(name)], set[str]()
    for number, name in enumerate(open_):
        tell(f"linear claims: does swap {number + 1} of {len(open_)} keep Theta?")
        phi = swap(judge.instance, judge.instance.mdp.state(name))
        answer = ask("stays", phi)
        offer(judge, "stays", phi, answer)
        if isinstance(answer, NotAlways):
            failing.add(name)
    return failing


def offer_conditions(judge: Listener, found: Retargeting, ends: c.Interval) -> None:
    """A retargeting as claims. Condition 3 is offered for what is in the set, and where a goal breaks it."""
    chosen, proved = set(found.permutations), True
    for (phi, kind), answer in found.single.items():
        proved &= offer(judge, kind, phi, answer) or phi not in chosen
    for (i, j), answer in found.pairs.items():
        needed = {found.good[i], found.good[j]} <= chosen
        if needed or isinstance(answer, NotAlways):
            proved &= offer(judge, "never-both", between(found.good[i], found.good[j]), answer) or not needed
    if found.permutations and proved:  # the judge may have had no room for one of them
        judge.offer(c.Retargeting(ends, tuple(moves(judge.instance, phi) for phi in found.permutations)))


def offer_throughout(judge: Listener, found: Throughout) -> None:
    """What was found on intervals of gamma; then each step, unless the judge had no room for something."""
    about = {(kind, phi): given for (phi, kind), given in found.single.items()}
    for (i, j), given in found.pairs.items():
        about["never-both", between(found.candidates[i], found.candidates[j])] = given
    parts = [(kind, phi, part.answer) for (kind, phi), given in about.items() for part in given]
    accepted = [offer(judge, *part) for part in parts if not isinstance(part[-1], Open)]
    for step in found.steps():
        if step.permutations and all(accepted):
            cycles = tuple(moves(judge.instance, phi) for phi in step.permutations)
            judge.offer(c.Retargeting((step.low, step.high), cycles))


def third_proposition(judge: Listener, tell: Tell = lambda _: None) -> None:
    """Prop. 3 for each counted state, until one refutes it. Without a gamma: on all of (0, 1), else at some gammas."""
    asked, left = judge.instance.question.asked, list[str]()
    counted, ask = judge.past(c.PAPER), Asking(judge.instance, asked)
    for number, name in enumerate(counted):
        tell(f"Proposition 3: {number + 1} of {len(counted)}")
        if _both_halves(judge, name, ask):
            continue
        left.append(name)
        for gamma in _beyond(judge, name) if asked is None else ():
            if _refuted(judge) or _both_halves(judge, name, Asking(judge.instance, gamma)):
                break
        if _refuted(judge):
            return
    if judge.instance.question.interval is None and not judge.instance.mdp.rows[judge.instance.s_term]:
        _shutdown_pays(judge, left)


def _refuted(judge: Listener) -> bool:
    return judge.theorem("proposition-3").conclusion == "fails"


def _both_halves(judge: Listener, name: str, ask: Asking) -> bool:
    """Offer what is found of Prop. 3 there (None: on all of (0, 1)), as far as it matters. True if all is proved."""
    instance, asked, where = judge.instance, judge.instance.question.asked, ask.where
    x = instance.mdp.state(name)
    found = prop3(ask, x)
    useful = Always if where is None else (Always, NotAlways) if where == asked else NotAlways
    for kind, answer in found.items():
        if isinstance(answer, useful):
            offer(judge, kind, swap(instance, x), answer)
    return all(isinstance(answer, Always) for answer in found.values())


def _shutdown_pays(judge: Listener, names: Iterable[str]) -> None:
    """Prop. 3 for these states beyond their thresholds: what their policies visit costs nothing, and shutdown pays."""
    instance, answers = judge.instance, dict[int, Answer]()
    policies = {claim.state: claim.policy for claim in judge.accepted(c.Threshold) if c.PAPER in claim.kinds}
    for x in sorted({x for name in names for x in visited(instance, chosen(instance, policies[name], name))}):
        answers[x] = pays(instance, x, instance.question.gamma)
        if not isinstance(answers[x], Always):
            return
    for x, answer in answers.items():
        offer(judge, "pays", swap(instance, x), answer)


def _beyond(judge: Listener, name: str) -> list[Fraction]:
    """A few gammas above gamma*_x, where Prop. 3 speaks of x."""
    claims = (claim for claim in judge.accepted(c.Threshold) if claim.state == name and c.PAPER in claim.kinds)
    known = root(next(claims))
    near = (known.high + 1) / 2
    return [gamma for gamma in (near, *discounts(judge.instance)) if known < gamma]


def survivors(judge: Judge, states: Iterable[int], tell: Tell = lambda _: None) -> None:
    """For each of the states a goal that its swap with s_term does not retarget inside Theta, where there is one."""
    instance, gammas = judge.instance, discounts(judge.instance)
    asks = [Asking(instance, gamma, MOST_WORK // len(gammas)) for gamma in gammas]
    for x in states:
        tell(f"swaps: {instance.mdp.states[x]}")
        found = survivor(asks, x, judge.keeps_theta(instance.mdp.states[x]))
        if found is not None:
            left = found.decision == "avoid"
            how = "leaves-theta" if left else "still-shutdown"
            judge.offer(swap_fails(instance, found.rewards, found.gamma, swap(instance, x), how))
