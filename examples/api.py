"""The example `retry` from Python: s_new tries to reach x, which succeeds half of the time."""

from sympy import Symbol, factor

import gammastar as gs

mdp = gs.Mdp.from_dict(
    ["new", "x", "term"],
    {"new": {"off": {"term": 1}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": 1}}},
)
retry = gs.instance(mdp, shutdown=("new", "off"), name="retry")

visits = gs.returns(retry, {"new": "go"}).visits["x"]
print("v_x =", factor(visits.sympy(Symbol("g"))))
threshold = gs.thresholds(retry).gamma_sharp["x"]
if threshold is not None:
    print("gamma°_x =", threshold.radical(), "=", threshold.decimal(10), "root of", threshold.polynomial)
found = gs.verify(retry, gamma="9/10")
print(f"Theorem 2: {found.verdict} with n = {found.n}, {found.status}")
