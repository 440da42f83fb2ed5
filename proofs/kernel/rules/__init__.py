"""One rule for each claim kind of FORMAT.md. A rule takes the facts and the claim, and adds what is proved."""

from collections.abc import Callable

from proofs.kernel.facts import Facts
from proofs.kernel.rules.evidence import closed_form, reach
from proofs.kernel.rules.goals import member, orbit, swap_fails
from proofs.kernel.rules.linear import retargeting, universal
from proofs.kernel.rules.threshold import count, no_threshold, threshold
from proofs.kernel.rules.verdicts import hypothesis, theorem

RULES: dict[str, Callable[[Facts, dict[str, object]], None]] = {
    "reach": reach,
    "closed-form": closed_form,
    "threshold": threshold,
    "no-threshold": no_threshold,
    "count": count,
    "orbit": orbit,
    "swap-fails": swap_fails,
    "member": member,
    "universal": universal,
    "retargeting": retargeting,
    "hypothesis": hypothesis,
    "theorem": theorem,
}
