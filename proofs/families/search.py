"""What is offered to the kernel of a family: strips until the least n is known, then points where the theorem fails."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exact.family import Family
from exact.family.bernstein import centre, corners
from exact.family.least import Leaf, leaves
from exact.family.side import Side
from exact.family.strips import Strips
from exact.instance.gammas import Gammas
from proofs.families.session import CheckedFamily, FamilyTrial, claim_at, claim_of
from proofs.verify import verify

Tell = Callable[[str], None]
KINDS = ("paper", "sharp")
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
        if trial.conclusion() == "proved" and family.parameters:
            return trial.result()
    if trial.conclusion() == "undecided":
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


def _refute(trial: FamilyTrial, tell: Tell) -> None:
    """The middle and the corners of the box, at the least gamma that is asked about (1/2 where there is none)."""
    family, (low, high) = trial.family, trial.asked
    gamma = low if low > 0 else min(Fraction(1, 2), high)
    for point in (centre(family.box), *corners(family.box)):
        tell(f"looking at {', '.join(map(str, (*point, gamma)))}")
        instance = family.at(dict(zip(family.parameters, point, strict=True))).at(gamma)
        found = verify(instance)
        if found.main.conclusion == "fails":
            trial.offer(claim_at(family, point, gamma, found.claims))
            return


__all__ = ["cover", "telling", "verify_family"]
