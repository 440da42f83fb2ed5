"""What shows that a hypothesis holds or fails: states, a way, a goal. Whether it does is the kernel's to say.

Each report puts this into its own words.
"""

from __future__ import annotations

from fractions import Fraction

from exact.evaluate import action_values
from exact.goals import coordinates
from exact.graph import Step, path, reachable
from exact.instance import Instance
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, Member, Universal


def entangled(checked: Checked) -> list[str]:
    """s_term and the x of N, as far as G_T can depend on their rewards: what breaks `training-closed`."""
    names, swapped = checked.instance.mdp.states, {checked.s_term, *checked.past(PAPER)}
    return [names[s] for s in sorted(coordinates(checked.instance)) if names[s] in swapped]


def way_to_training(instance: Instance) -> list[Step] | None:
    """A shortest path from s_new to a training state, the first that is reachable: what breaks `ood`."""
    source = [instance.shutdown_state]
    found = sorted(instance.training & reachable(instance.mdp, source))
    return path(instance.mdp, source, found[0]) if found else None


def lost(checked: Checked) -> list[str]:
    """Recurrent, and reachable but not with probability 1: what breaks `almost-sure-reach` (Prop. 1)."""
    return [
        x
        for x, about in checked.states.items()
        if x != checked.s_term and about.recurrent and about.reachable and not about.reached_almost_surely
    ]


def always(checked: Checked, hypothesis: str) -> Universal | None:
    """The claim that proves `nonnegative` or `strict` for the question."""
    return next((claim for claim in checked.covering(hypothesis) if not claim.permutation), None)


def breaking(checked: Checked, hypothesis: str) -> Member | None:
    """The goal of Theta that breaks `nonnegative` or `strict` at a gamma that is asked about."""
    asked = [claim for claim in checked.of(Member) if checked.gamma in (None, claim.gamma)]
    if hypothesis == "nonnegative":
        return next((claim for claim in asked if min(claim.rewards.values(), default=0) < 0), None)
    return next((claim for claim in asked if _ties(checked.instance, claim)), None)


def _ties(instance: Instance, claim: Member) -> bool:
    """Shutdown is optimal, and so is another action of s_new: by the claim's values."""
    mdp, new, known = instance.mdp, instance.shutdown_state, iter(claim.goal.whole)
    theta = tuple(claim.rewards.get(name, Fraction(0)) for name in mdp.states)
    best = [theta[s] if mdp.is_terminal(s) else Fraction(next(known), claim.goal.unit) for s in range(len(mdp))]
    worth = action_values(mdp, best, theta, claim.gamma, new)
    return worth[instance.shutdown_action] == best[new] in (worth[a] for a in instance.alternatives)
