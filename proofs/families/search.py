"""What is offered to the kernel of a family: strips until the least n is known, then points where the theorem fails.

Without parameters, what is open is asked of all goals at once too: an ordinary instance at every gamma of an interval.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from exact.family import Family
from exact.family.bernstein import centre, corners
from exact.family.least import Leaf, leaves
from exact.family.side import Side
from exact.family.strips import Strips
from exact.graph import reachable
from exact.instance.gammas import Gammas
from proofs.claims.types import At
from proofs.families.session import CheckedFamily, FamilyTrial, claim_of
from proofs.search import swaps, theta
from proofs.search.linear.asking import Asking
from proofs.search.order import search
from proofs.verify import Tell, Trial

KINDS, THEOREM = ("paper", "sharp"), "theorem-2"
NEAR_ONE = Fraction(99, 100)
MOST_LEAVES = 400  # boxes into which the family's is cut for one kind


def verify_family(family: Family, asked: Gammas | None = None, tell: Tell = lambda _: None) -> CheckedFamily:
    """Theorem 2 at every point of the box and every gamma asked about; asked None: those of the file.

    The least n over both is found and proved; where the conclusion is not proved, it is looked for points at which it
    fails. Raises EnginesDisagree.
    """
    trial = FamilyTrial(family, family.asked if asked is None else asked)
    for kind in KINDS if family.centre.mdp.is_terminal(family.centre.s_term) else KINDS[:1]:
        for side in telling(cover(family, kind, trial.asked[0], tell), kind):
            trial.offer(claim_of(side, family))
        if trial.theorem(THEOREM).conclusion == "proved" and family.parameters:
            return trial.result()
    if not family.parameters:
        _of_goals(trial, tell)
    if trial.theorem(THEOREM).conclusion == "undecided":
        _refute(trial, tell)
    return trial.result()


def cover(family: Family, kind: str, gamma: Fraction, tell: Tell) -> list[Leaf]:
    """The last of the finer and finer covers."""
    found: list[Leaf] = []
    for found in leaves(Strips(family, kind), gamma, MOST_LEAVES):
        boxes = f"{len(found)} boxes, " if family.parameters else ""
        tell(f"{kind}: {boxes}n at least {min(leaf.least for leaf in found)}")
    return found


def telling(boxes: list[Leaf], kind: str) -> list[Side]:
    """What a verdict can rest on: all of a single box; of several, where states are counted, if some are everywhere.

    If none are, all that follows from boxes is that the paper's states are counted nowhere on one of them.
    """
    if len(boxes) == 1 or min(leaf.least for leaf in boxes):
        return [side for leaf in boxes for side in leaf.sides if len(boxes) == 1 or side.policy is not None]
    bare = [leaf for leaf in boxes if kind == "paper" and not leaf.most]
    return list(min(bare, key=lambda leaf: leaf.box).sides) if bare else []


def _of_goals(trial: FamilyTrial, tell: Tell) -> None:
    """Linear claims at every gamma of the question, and goals at one of them, as far as something is open."""
    instance = trial.instance
    theta.hypotheses(trial)
    named = bool(instance.question.permutations)
    if named or trial.theorem(THEOREM).conclusion == "undecided":
        tell("linear claims")
        seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
        swaps.conditions(trial, Asking(instance, trial.asked), swaps.candidates(instance, seen), tell)
    if trial.theorem("proposition-3").conclusion == "undecided":
        tell("Proposition 3")
        swaps.third_proposition(trial, tell)


def _refute(trial: FamilyTrial, tell: Tell) -> None:
    """The middle and the corners of the box, at the ends of what is asked about (1/2, and near 1, where they are none).

    At the lower one there are the most goals that shut down, at the upper one the largest n.
    """
    family, (low, high) = trial.family, trial.asked
    first = low if low > 0 else min(Fraction(1, 2), high)
    last = high if high < 1 else max(NEAR_ONE, (first + 1) / 2)
    places = dict.fromkeys((centre(family.box), *corners(family.box)))
    for gamma, point in product(dict.fromkeys((first, last)), places):
        tell(f"looking at {', '.join(map(str, (*point, gamma)))}")
        place = dict(zip(family.parameters, point, strict=True))
        there = Trial(family.at(place).at(gamma))
        search(there, brief=())
        if there.theorem(THEOREM).conclusion == "fails":
            trial.offer(At(place, gamma, tuple(there.claims)))
            return
