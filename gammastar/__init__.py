"""Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate.

    import gammastar as gs
    ways = {"new": {"off": {"term": 1}, "go": {"x": "1/2", "new": "1/2"}}, "x": {"stay": {"x": 1}}}
    mdp = gs.Mdp.from_dict(["new", "x", "term"], ways)
    found = gs.verify(gs.instance(mdp, shutdown=("new", "off"), gamma="9/10"))
    print(found.verdict, found.n, found.gamma_star["x"])

The functions have the names of the commands, and take an instance or the path of one. States and actions are named;
numbers are exact: integers, Fractions and strings ("1/3", "0.25"), no floats.

Contents

  An instance
    Mdp.from_dict, Mdp.from_arrays    an MDP from {state: {action: {successor: probability}}}, or from P[s, a, t]
    instance                          an MDP with its shutdown action, goals and question
    read, write                       instance files (TOML)
    instance(..., parameters=...)     a Family: probabilities that are polynomials; with at={"p": "1/3"} one instance
  What is proved
    verify                            everything: a Result, with a certificate that the kernel has checked
    check                             what a certificate proves of an instance, by the kernel alone
    thresholds                        gamma*_x and gamma°_x of each state
    orbit                             the orbit of the question's rewards, counted
    slack                             the least ratio of an orbit that is found: is the bound tight?
    phases                            every discount at once: V*, the best policy and the decision, piece by piece
  More questions
    share                             how large a share of goals shuts down, beside the bound 1/(n + 1)
    returns                           visit counts and return of a policy in closed form
    goals                             Theta as inequalities; which rewards are in it
    retarget                          Def. 4 for each swap and permutation, over all goals
    matrix                            the verdict under every reading of the paper's terms
    minimal                           which hypotheses are enough here
  A family (verify, check, returns, show, tex, graph and bundle take one too)
    regions                           over its box and all gammas: n, cell by cell, and the thresholds as curves
  Other people's MDPs
    import_, export                   from Gymnasium, DRN, UMB, PRISM, JANI; to DRN; warns Changed of what that changes
    from_gymnasium, from_toy_text     an Imported from Gymnasium's tables, or from any object with a table P
    from_environment                  an Imported from a deterministic environment, by stepping it
    read_drn, write_drn, read_umb     explicit formats of Storm and other tools
    with_shutdown                     an Imported and its shutdown action make an instance
  Many at once
    sweep                             verify many, on processes, Dask or any executor; resumable: Rows
    random_instances                  random instances by a seed
  To show
    plot, graph                       figures over gamma (matplotlib), the MDP (Graphviz)
    tex, bundle                       the proofs as LaTeX; everything in one folder that checks itself
    show, diff                        a certificate in words; two of them compared
    explain                           what a word of the reports means
    to_networkx                       the MDP for networkx
  What comes back
    Result                            .verdict .n .says .theorem(...) .gamma_star[x] .gamma_sharp[x] .certificate
    FamilyResult                      of a family: .verdict .n .says .theorem(...) .counted .failing .certificate
    FamilyReturns                     .visits[x] .total, called with gamma and the parameters
    FamilyRegions                     .cells .curves_of(x) .undecided .certified .certificate
    Certificate                       bytes that know .save(path)
    Number, Function                  exact: .decimal(20) .sympy(), compare and print as formulas
    Instance, Family                  with .at(gamma); with .at({"p": "1/3"})
    Imported                          .mdp .rewards .lines (what was changed) .renamed(...) .instance(shutdown)
    Rows                              a list of dictionaries that knows .read(path) and .to_csv()
  Errors
    ExactError                        bad input, in one line: what is wrong, and what would be right
    Refused                           the kernel does not accept a certificate
    Rationalized, Changed             warnings: floats were replaced; an import or export is not to the letter
  Property tests (extra "strategies")
    instances, for_all_instances      Hypothesis strategies; see examples/property_test

Every answer prints as its command does; `.to_json()` is what `--json` prints; a notebook shows it as tables. Names are
imported when they are first used. Raises gammastar.shadow.Shadowed, in one line, where a folder of the user's hides the
packages that they live in.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exact.errors import ExactError
    from exact.family import Family
    from exact.instance import Instance, parse_instance, read_instance
    from exact.instance.build import instance
    from exact.instance.write import write_instance
    from exact.mdp import Mdp
    from exact.mdp_arrays import Rationalized
    from exact.testing.plugin import for_all_instances
    from exact.testing.random_instances import random_instances
    from exact.testing.strategies import instances
    from gammastar.asking import goals, matrix, minimal, retarget, returns
    from gammastar.certificate import Certificate
    from gammastar.discounts import phases
    from gammastar.drawing import graph, plot, to_networkx
    from gammastar.exchange import (
        Changed,
        Imported,
        export,
        from_environment,
        from_gymnasium,
        from_toy_text,
        import_,
        read_drn,
        read_umb,
        with_shutdown,
        write_drn,
    )
    from gammastar.family import FamilyRegions, FamilyResult, FamilyReturns, regions
    from gammastar.number import Function, Number
    from gammastar.proving import check, orbit, read, slack, thresholds, verify, write
    from gammastar.result import Result
    from gammastar.shares import share
    from gammastar.sweeping import Rows, sweep
    from gammastar.writing import bundle, diff, explain, show, tex
    from proofs.verify import Refused

__version__ = "0.1.0"
__all__ = [
    "Certificate", "Changed", "ExactError", "Family", "FamilyRegions", "FamilyResult", "FamilyReturns", "Function",
    "Imported", "Instance", "Mdp", "Number", "Rationalized", "Refused", "Result", "Rows",
    "bundle", "check", "diff", "explain", "export", "for_all_instances",
    "from_environment", "from_gymnasium", "from_toy_text", "goals", "graph", "import_", "instance", "instances",
    "matrix", "minimal", "orbit", "parse_instance", "phases", "plot", "random_instances", "read", "read_drn",
    "read_instance", "read_umb", "regions", "retarget", "returns", "share", "show", "slack", "sweep", "tex",
    "thresholds", "to_networkx", "verify", "with_shutdown", "write", "write_drn", "write_instance",
]  # fmt: skip

_NAMES = {  # module -> the public names that live there
    "exact.errors": ("ExactError",),
    "exact.family": ("Family",),
    "exact.instance": ("Instance", "parse_instance", "read_instance"),
    "exact.instance.build": ("instance",),
    "exact.instance.write": ("write_instance",),
    "exact.mdp": ("Mdp",),
    "exact.mdp_arrays": ("Rationalized",),
    "exact.testing.plugin": ("for_all_instances",),
    "exact.testing.random_instances": ("random_instances",),
    "exact.testing.strategies": ("instances",),
    "gammastar.asking": ("goals", "matrix", "minimal", "retarget", "returns"),
    "gammastar.certificate": ("Certificate",),
    "gammastar.discounts": ("phases",),
    "gammastar.drawing": ("graph", "plot", "to_networkx"),
    "gammastar.exchange": (
        "Changed", "Imported", "export", "from_environment", "from_gymnasium", "from_toy_text", "import_", "read_drn",
        "read_umb", "with_shutdown", "write_drn",
    ),
    "gammastar.family": ("FamilyRegions", "FamilyResult", "FamilyReturns", "regions"),
    "gammastar.number": ("Function", "Number"),
    "gammastar.proving": ("check", "orbit", "read", "slack", "thresholds", "verify", "write"),
    "gammastar.result": ("Result",),
    "gammastar.shares": ("share",),
    "gammastar.sweeping": ("Rows", "sweep"),
    "gammastar.writing": ("bundle", "diff", "explain", "show", "tex"),
    "proofs.verify": ("Refused",),
}  # fmt: skip
_HOMES = {name: home for home, names in _NAMES.items() for name in names}
_NEED_HYPOTHESIS = ("for_all_instances", "instances")


def __getattr__(name: str) -> Any:
    from gammastar.shadow import check as check_shadow

    if name not in _HOMES:
        raise AttributeError(f"module 'gammastar' has no attribute '{name}'", name=name, obj=sys.modules[__name__])
    check_shadow()
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """What is there; without Hypothesis, not what needs it, so that help(gammastar) works all the same."""
    absent = () if find_spec("hypothesis") else _NEED_HYPOTHESIS
    return sorted({*globals(), *__all__} - {*absent})
