"""The linear stage of `verify`: Def. 4 decided for swaps and named permutations over Theta as it is, at one gamma."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exact.instance import Instance
from exact.thresholds.count import indicator
from proofs.analysis import Analysis
from proofs.candidates import discounts
from proofs.findings import Survivor, Universal
from proofs.swaps import swap
from proofs.training import keeps_theta
from proofs.universal.claim import Always, Answer, Claim, NotAlways, counterexample
from proofs.universal.decide import decide
from proofs.universal.retarget import Retargeting, retargeting

MOST_PROGRAMS = 200  # linear programs for one claim


def linear_stage(analysis: Analysis, gamma: Fraction) -> Retargeting:
    """The swaps of all reachable states, and what the question names."""
    instance = analysis.instance
    swaps = [swap(instance, x) for x in analysis.candidates if x in analysis.reachable]
    return retargeting(instance, gamma, [*swaps, *instance.question.permutations], MOST_PROGRAMS)


def vacuity(instance: Instance, gamma: Fraction) -> Universal | None:
    """The claim that no goal of Theta prefers shutdown, where it is true: whatever is said of such goals is then empty.

    Asked only where training or inequalities restrict theta: an empty Theta is what this is to catch.
    """
    chosen = any(len(instance.mdp.rows[s]) > 1 for s in instance.training)
    if not (chosen or instance.goals.inequalities):
        return None
    identity = tuple(range(len(instance.mdp)))
    answer = decide(instance, "never-both", identity, gamma, MOST_PROGRAMS)
    return Universal("never-both", identity, answer) if isinstance(answer, Always) else None


def survivors(analysis: Analysis, states: Sequence[int], known: Retargeting | None) -> Iterator[Survivor]:
    """For each of the states a goal that its swap with s_term does not retarget inside Theta, where there is one."""
    for x in states:
        found = next((answer for answer in _answers(analysis, x, known) if isinstance(answer, NotAlways)), None)
        if found is not None:
            yield Survivor.of(x, found)


def _answers(analysis: Analysis, x: int, known: Retargeting | None) -> Iterator[Answer]:
    instance, phi = analysis.instance, swap(analysis.instance, x)
    if known is not None:
        yield from (answer for (permutation, _), answer in known.single.items() if permutation == phi)
        return
    e = indicator(instance.mdp, x, instance.s_term)  # below gamma°_x, the exact swap theorem's own counterexample
    for gamma in discounts(instance):
        if (found := counterexample(Claim(instance, "retargets", phi), e, gamma)) is not None:
            yield found
        yield decide(instance, "retargets", phi, gamma, MOST_PROGRAMS)
        if not keeps_theta(instance, x):
            yield decide(instance, "stays", phi, gamma, MOST_PROGRAMS)
