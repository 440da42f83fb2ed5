"""One rule for each claim kind of FORMAT.md. A rule takes the facts and the claim, and adds what is proved."""

from collections.abc import Callable

from proofs.kernel.facts import Facts
from proofs.kernel.rules.closed_form import closed_form
from proofs.kernel.rules.hypothesis import hypothesis
from proofs.kernel.rules.orbit import orbit, swap_fails
from proofs.kernel.rules.reach import reach
from proofs.kernel.rules.theorem import theorem
from proofs.kernel.rules.threshold import count, no_threshold, threshold

RULES: dict[str, Callable[[Facts, dict[str, object]], None]] = {
    "reach": reach,
    "closed-form": closed_form,
    "threshold": threshold,
    "no-threshold": no_threshold,
    "count": count,
    "orbit": orbit,
    "swap-fails": swap_fails,
    "hypothesis": hypothesis,
    "theorem": theorem,
}
