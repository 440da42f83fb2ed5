"""For tests of other projects: hypothesis strategies, and claims about all instances that gammastar.plugin reports on.

Needs hypothesis, the optional extra `strategies`.
"""

from importlib.util import find_spec

if find_spec("hypothesis") is None:
    raise ImportError("exact.testing needs hypothesis: pip install hypothesis")
