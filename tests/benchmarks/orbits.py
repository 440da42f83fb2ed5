"""How conservative Theorem 2 is on the worked MDPs: n, n°, the least ratio of an orbit, the share of goals.

Run: python -m tests.benchmarks.orbits [--counts]. It writes the table of docs/orbits.md. --counts: instead, how long
the orbits of 12 to 14 distinct rewards take to count, each in a process of its own, and how much memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from exact.digits import exact_text
from exact.instance import Instance, Question, read_instance
from exact.orbit.tree.count import count_tree
from exact.share import Share, share
from proofs.claims.slack import Slack, slack_of
from proofs.report.slack import ratio_text
from proofs.verify import slack
from tests.examples import ROOT, instance_path
from tests.reference.worked import RETRY, RING, corridor, star

PAGE = ROOT / "docs" / "orbits.md"
SHORT = 12  # characters of a fraction
GAMMAS = (Fraction(1, 2), Fraction(9, 10), Fraction(99, 100))
HEAD = (
    "| MDP | gamma | n | n° | proved | least ratio found | tight | bound | share that shuts down | bound / share |\n"
    "|---|---|---|---|---|---|---|---|---|---|\n"
)
CASES: dict[str, Callable[[], Instance]] = {
    **{f"corridor-{k}": lambda k=k: corridor(k) for k in range(1, 9)},  # type: ignore[misc]
    **{f"star-{k}": lambda k=k: star(k) for k in range(3, 9)},  # type: ignore[misc]
    "ring": lambda: RING,
    "retry": lambda: RETRY,
    "coinrun": lambda: read_instance(instance_path("coinrun")),
    "gridworld": lambda: read_instance(instance_path("gridworld")),
}
POWERS = {"corridor-10, 2^i": (corridor, 10, 2), "corridor-10, 4^i": (corridor, 10, 4), "star-12, 2^i": (star, 12, 2)}


def row(name: str, gamma: Fraction) -> str:
    """One line of the table."""
    instance = replace(CASES[name](), name=name)
    found = slack_of(slack(replace(instance, question=Question(gamma))))
    bound = Fraction(1, found.proved + 1) if found.proved else None
    numbers = ("open" if n is None else str(n) for n in (found.n, found.n_sharp))
    slackness = (str(found.proved or "none"), _ratio(found), _tight(found), exact_text(bound) if bound else "none")
    cells = (name, exact_text(gamma), *numbers, *slackness, *_share(share(instance, gamma), bound))
    return f"| {' | '.join(cells)} |"


def _ratio(found: Slack) -> str:
    return "no orbit" if found.ratio is None else ratio_text(found.ratio)


def _tight(found: Slack) -> str:
    return ("yes" if found.tight else "not known") + ("" if found.certified else ", not certified")


def _share(found: Share, bound: Fraction | None) -> tuple[str, str]:
    """The share, exact where that is short, else rounded, or the sample's interval; the bound over the share."""
    if found.value is None and found.sample is not None:
        low, high = found.sample.interval
        least = "-" if bound is None or not high else f"at least {_rounded(bound / high)}"
        return f"sampled: {_rounded(low)} to {_rounded(high)}", least
    value = found.value or Fraction(0)
    text = exact_text(value) if len(exact_text(value)) <= SHORT else f"exact, about {_rounded(value)}"
    return text, "-" if bound is None or not value else _rounded(bound / value)


def _rounded(value: Fraction) -> str:
    """Three digits."""
    if not value or Fraction(1, 1000) <= value < 10**6:
        return f"{float(value):,.0f}" if value >= 1000 else f"{float(value):.3g}"
    mantissa, _, exponent = f"{float(value):.2e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def rows() -> Iterator[str]:
    """All of the table."""
    for name in CASES:
        for gamma in GAMMAS:
            line = row(name, gamma)
            print(line, file=sys.stderr, flush=True)
            yield line


def counted(name: str) -> dict[str, object]:
    """Seconds, peak memory of this process and its largest child in MB, and the count at 9/10."""
    make, size, base = POWERS[name]
    instance = make(size)
    begin = perf_counter()
    *_, last = count_tree(instance, tuple(Fraction(base**i) for i in range(len(instance.mdp))), GAMMAS[1])
    seconds, peak = perf_counter() - begin, [getrusage(who).ru_maxrss // 1024 for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return {"orbit": name, "seconds": f"{seconds:.1f}", "MB": peak, "counts": dict(last.tally)}


def main() -> None:
    """Write the table, or print the counts."""
    parser = argparse.ArgumentParser(description="Orbits: how tight the bound is, and what large ones cost.")
    parser.add_argument("--counts", action="store_true", help="count the large orbits instead")
    parser.add_argument("--one", choices=POWERS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(counted(chosen.one)))
    elif chosen.counts:
        for name in POWERS:
            subprocess.run([sys.executable, "-m", "tests.benchmarks.orbits", "--one", name], cwd=ROOT, check=True)
    else:
        write(PAGE)


def write(page: Path) -> None:
    """The page's prose stays; its table is replaced."""
    prose = page.read_text("utf-8").split(HEAD)[0]
    page.write_text(prose + HEAD + "".join(f"{line}\n" for line in rows()), "utf-8")


if __name__ == "__main__":
    main()
