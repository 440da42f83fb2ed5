"""The example `retry` from Python: s_new tries to reach x, which succeeds half of the time."""

from fractions import Fraction

from sympy import Symbol, factor

from exact.instance import Instance
from exact.mdp import UNDEFINED, Mdp
from exact.returns import visit_count
from exact.thresholds import sharp_threshold
from proofs.verify import verify

mdp = Mdp.from_dict(
    ["new", "x", "term"],
    {"new": {"off": {"term": "1"}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": "1"}}},
)
new, x = mdp.state("new"), mdp.state("x")
instance = Instance(mdp, shutdown_state=new, shutdown_action=mdp.action(new, "off"))

policy = (mdp.action(new, "go"), mdp.action(x, "stay"), UNDEFINED)
print("v_x =", factor(visit_count(mdp, policy, new, x).sympy(Symbol("g"))))
threshold = sharp_threshold(instance, x).value
if threshold is not None:
    print("gamma°_x =", threshold.radical(), "=", threshold.decimal(10), "root of", threshold.polynomial)
print(verify(instance.at(Fraction(9, 10))).main)
