"""The whole command on corridors: `gammastar verify`, `gammastar check`, and sympy on the visit counts alone.

Run: python -m tests.benchmarks.corridors [--seconds BOUND] [LENGTH ...]. Commands are timed from start to end, without
second opinions; sympy (LUsolve, then cancel, the same policies) without its start. After a corridor that was not
finished, longer ones are not tried.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from exact.instance import Instance, Question
from exact.instance.write import write_instance
from exact.mdp import UNDEFINED, Mdp, Policy
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, Threshold
from proofs.verify import thresholds
from tests.benchmarks.bounded import run, within
from tests.examples import ROOT
from tests.reference.sympy_solve import visit_count_by_lusolve
from tests.reference.worked import corridor

LENGTHS = (5, 10, 20, 40)
Coefficients = list[tuple[tuple[int, ...], tuple[int, ...]]]
Chains = list[tuple[Policy, int]]  # a policy and the state whose visits it counts
LONGEST = 600.0  # of one command


@dataclass(frozen=True)
class Row:
    """Seconds; sympy is None where it was not tried, and negative where it was ended at the bound."""

    length: int
    verify: float
    check: float
    kilobytes: float
    sympy: float | None
    agrees: bool | None


def asked(length: int) -> Instance:
    """The corridor with the question of examples/corridor-3.toml."""
    instance = corridor(length)
    rewards = tuple({"term": Fraction(1000), "r1": Fraction(1)}.get(name, Fraction(0)) for name in instance.mdp.states)
    return replace(instance, name=f"corridor-{length}", question=Question(Fraction(9, 10), rewards))


def timed(*arguments: str, best_of: int = 3) -> float:
    """One command in a process of its own: the best of a few runs, one if it takes long."""
    runs: list[float] = []
    while len(runs) < best_of and sum(runs) < 10:
        runs.append(run(ROOT, LONGEST, "-m", "gammastar", *arguments)[0])
    return min(runs)


def counted(instance: Instance) -> tuple[Chains, Coefficients]:
    """The policies that attain gamma*_x, for every x that has one, and their visit counts by this project's engine."""
    mdp, claims = instance.mdp, thresholds(instance).of(Threshold)
    paper = [(claim, mdp.state(claim.state)) for claim in claims if claim.kind == PAPER]
    chains = [(policy_of(mdp, claim.policy), x) for claim, x in paper]
    return chains, [visits(claim).coefficients() for claim, _ in paper]


def policy_of(mdp: Mdp, chosen: Mapping[str, str]) -> Policy:
    """By positions; UNDEFINED where nothing is chosen."""
    return tuple(mdp.action(s, chosen[name]) if name in chosen else UNDEFINED for s, name in enumerate(mdp.states))


def by_sympy(mdp: Mdp, start: int, chains: Chains) -> Coefficients:
    """The same counts, by LUsolve and cancel."""
    return [visit_count_by_lusolve(mdp, policy, start, x).coefficients() for policy, x in chains]


def measured(length: int, bound: float, try_sympy: bool) -> Row:
    """All about one corridor."""
    instance = asked(length)
    with tempfile.TemporaryDirectory() as folder:
        path, certificate = Path(folder) / "corridor.toml", Path(folder) / "corridor.json"
        path.write_text(write_instance(instance), encoding="utf-8")
        verify = timed("verify", str(path), "--seconds", "0", "--certificate", str(certificate))
        check = timed("check", str(path), str(certificate))
        kilobytes = certificate.stat().st_size / 1000
    if not try_sympy:
        return Row(length, verify, check, kilobytes, None, None)
    chains, expected = counted(instance)
    answer = within(bound, by_sympy, instance.mdp, instance.shutdown_state, chains)
    if answer is None:
        return Row(length, verify, check, kilobytes, -bound, None)
    return Row(length, verify, check, kilobytes, answer[0], answer[1] == expected)


def cells(row: Row) -> list[str]:
    """Seconds and ratios as text."""
    shown = [str(row.length), f"{row.verify:.2f}", f"{row.check:.2f}", f"{row.check / row.verify:.2f}"]
    shown.append(f"{row.kilobytes:.0f}")
    if row.sympy is None:
        return [*shown, "-", "-", "-"]
    more = "> " if row.sympy < 0 else ""
    agrees = {True: "yes", False: "NO", None: "-"}[row.agrees]
    return [*shown, f"{more}{abs(row.sympy):.2f}", f"{more}{abs(row.sympy) / row.verify:.2f}", agrees]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="gammastar verify and check on corridors, and sympy.")
    parser.add_argument("--seconds", type=float, default=60, help="what sympy may take for one corridor")
    parser.add_argument("lengths", nargs="*", type=int, default=LENGTHS)
    chosen = parser.parse_args()
    table = Table(title="Corridors: seconds, and ratios to `gammastar verify`", box=SIMPLE)
    headings = ("rooms", "verify", "check", "check/verify", "certificate kB", "sympy v_x", "sympy/verify", "agree")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    try_sympy = True
    for length in chosen.lengths:
        row = measured(length, chosen.seconds, try_sympy)
        try_sympy = row.sympy is not None and row.sympy >= 0
        table.add_row(*cells(row))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
