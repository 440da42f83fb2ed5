"""For tests of other projects: hypothesis strategies, and claims about all instances that gammastar.plugin reports on.

`strategies` and `plugin` need hypothesis, the optional extra `strategies`; `random_instances` needs nothing.
"""
