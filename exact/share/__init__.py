"""The share of goals that shut down: theta drawn uniformly, at one rational gamma; theory.md, section 8.

`share` asks and chooses the way; `ranges` says what is drawn. One cone in the cube: `policies` lists the visit counts
that decide; `parts` divides them, with `piecewise` for how volumes grow; `coupled` takes what cannot be divided. Every
other question: `general` asks it in the `cells` of optimal policies, each a `polytope`. Both need the `volume` of what
inequalities bound, face by face from its `vertices`. `sample` draws what takes too long.
"""

from exact.share.sample import Sample
from exact.share.share import SAMPLES, Share, exact_share, share

__all__ = ["SAMPLES", "Sample", "Share", "exact_share", "share"]
