"""How a report ends: what was asked, what is proved and how surely, what share that means, and what it does not say.

For people who have not read the paper; like all reports, from what was proved alone. No imports: `check` ends so too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

REACHES = {"positive-probability": "reached at all", "probability-1": "reached surely"}  # two readings of "reachable"
ALIKE = "goals that fit the training and differ only in which state carries which reward"
HOW = {
    "paper": "by the paper's own argument",
    "sharp": "by a sharper argument than the paper's",
    "linear": "by arithmetic about all goals at once",
}
ONLY_COUNTED = (
    "This counts goals: it does not say how likely training is to produce one of them, nor what an agent does that is "
    "not optimal for its goal."
)
UNPROVED = "That is a calculation which the kernel has not checked, so it is no proof."


class Answer(Protocol):
    """A verdict on Theorem 2: the kernel's own, or that of `Checked`."""

    @property
    def verdict(self) -> str: ...
    @property
    def conclusion(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def proved(self) -> tuple[int, str] | None: ...


class Counted(Protocol):
    """An orbit: how many of its goals accept shutdown, and how many avoid it."""

    @property
    def shutdown(self) -> int: ...
    @property
    def avoid(self) -> int: ...


def theorem(
    main: Answer, gamma: str | None, where: str = "", refuting: Counted | None = None, empty: bool = False
) -> str:
    """Of Theorem 2. where: the gammas for which the n that is proved holds; refuting: an orbit that breaks the count.

    empty: it is proved that no goal of Theta prefers shutdown.
    """
    asked = f"Asked: of {ALIKE}, do most avoid shutdown, {at(gamma)}?"
    last = "No goal prefers shutdown here at all, so this is true of nothing." if empty else ONLY_COUNTED
    return " ".join([asked, *_answer(main, where, refuting), last])


def _answer(main: Answer, where: str, refuting: Counted | None) -> Iterator[str]:
    if main.proved is not None:
        n, means = main.proved
        yield f"Proved {HOW[means]}, and checked by the kernel: {part(n, where, 'in every such group')}."
    if refuting is not None:
        against = f"{_count(refuting.shutdown, 'accept')} shutdown and {_count(refuting.avoid, 'avoid')} it"
        yield f"Refuted by one group of such goals: {against}."
    elif main.conclusion == "undecided":
        yield f"Whether at least {main.n} in {main.n + 1} do is open, neither proved nor refuted: no hint either way."
    if main.verdict == "inapplicable":
        yield "The paper's theorem itself says nothing here, since one of the hypotheses that it states fails."
    if main.verdict == "refuted":
        yield "The hypotheses that the paper states hold here, so its theorem needs a further one."


def part(n: int, where: str = "", group: str = f"in every group of {ALIKE}") -> str:
    """What n means as a share. where: such as "at every gamma"."""
    most = f"at least {n} in {n + 1} of those that decide avoid shutdown, so at most 1 in {n + 1} accepts it"
    return f"{where}{', ' if where else ''}{group}, {most}"


def at(gamma: str | None) -> str:
    """For which discount."""
    return "for every discount gamma" if gamma is None else f"with discount gamma = {gamma}"


def _count(number: int, verb: str) -> str:
    return f"{number} {verb}{'s' if number == 1 else ''}"


def phases(asked: bool, everywhere: bool, depends: bool, single: bool) -> str:
    """asked: there are rewards; everywhere: their phases are known on all of (0, 1); depends: n differs.

    single: some verdict is about one gamma.
    """
    ends = " At an end, n is that of the row before it and n° that of the row after it." if depends else ""
    ends += " A verdict at one gamma is proved there; at the others of its row it is open." if single else ""
    if not asked:
        question = "Asked: how many states does the theorem count at every gamma?"
        return f"{question}{ends}"
    question = "Asked: what is the best policy for these rewards, and does it shut down, at every gamma at once?"
    found = (
        "Each phase is checked by the kernel: between its ends that policy is a best one, and beyond them it is not."
    )
    rest = "" if everywhere else " Some phase is missing, and nothing is said of it."
    return f"{question} {found}{rest} With other rewards the phases are others.{ends}"


def thresholds(n: int | None, states: int) -> str:
    """n: what the paper counts past every threshold; None: a threshold is open. states: how many may be swapped."""
    asked = (
        "Asked: from which discount on do agents avoid shutdown that accepted it, once the rewards of shutdown and of "
        "one other state are exchanged?"
    )
    if n is None:
        return f"{asked} Some threshold is open, so that n is not known."
    found = f"The kernel has checked each threshold: above them all, n = {n} of {states} states are counted."
    if not n:
        return f"{asked} {found} So the paper's theorem promises nothing here; gammastar verify says what is proved."
    means = f"Where the theorem's hypotheses hold, {part(n)}."
    return f"{asked} {found} {means} Whether they hold is not said here, but by gammastar verify."


def orbit(count: Counted, size: int, gamma: str | None, certified: bool, whole: bool = True) -> str:
    """Of one counted orbit. whole: not interrupted."""
    asked = f"Asked: of {ALIKE}, those of the question, how many accept shutdown, {at(gamma)}?"
    counted = "Counted exactly, and checked by the kernel" if certified else "Counted exactly"
    if not whole:
        counted = "Counting was interrupted; so far"
    found = f"{counted}: {count.shutdown} of {size}, while {_count(count.avoid, 'avoid')} it."
    unproved = "" if certified else f" {UNPROVED}"
    return f"{asked} {found}{unproved} This is one such group: with other rewards the share may be another."


def slack(n: int, found: bool, certified: bool, tight: bool) -> str:
    """n: proved, 0 if none is; found: in some orbit a goal shuts down; tight: certified, its ratio is n."""
    asked = "Asked: could a theorem promise more than n for this MDP, at this discount?"
    if tight:
        return (
            f"{asked} No: n = {n} is proved for every orbit and one orbit has just that ratio, both checked by the "
            f"kernel. So no theorem can promise more than {n} here. In other orbits the ratio may be higher."
        )
    if not found:
        return f"{asked} Not known: the orbits that were tried have no goal that shuts down. There may be others."
    counted = "counted and checked by the kernel" if certified else f"counted. {UNPROVED.removesuffix('.')}"
    promise = f"n = {n} is proved for every orbit" if n else "Nothing is proved for every orbit here"
    return (
        f"{asked} {promise}. A theorem can promise at most the least ratio, of an orbit that was {counted}. The search "
        "is bounded: other orbits may have a lower ratio."
    )


def returns(certified: bool) -> str:
    """Of one policy's visit counts."""
    found = "The formulas hold exactly for every discount gamma in (0, 1), and are checked by the kernel."
    if not certified:
        found = f"The formulas hold for every discount gamma in (0, 1). {UNPROVED}"
    asked = (
        "Asked: how often does one policy visit each state, visits later in time counting less, and what does it earn?"
    )
    return f"{asked} {found} They do not say whether the policy is a best one, nor what others do."


def goals(empty: bool) -> str:
    """Of Theta."""
    found = "there is none" if empty else "those that satisfy what is listed, and no others"
    return (
        f"Asked: which goals fit the training, and the instance's further constraints? Computed exactly: {found}. The "
        "kernel has not checked the list; it does not say which of these goals training produces."
    )


def retargeting(where: str) -> str:
    """What is asked by Def. 4. where: for which gammas."""
    return f"Asked: which ways to reassign rewards make every goal that accepts shutdown avoid it, {where}?"


def retargeted(n: int, complete: bool, proved: bool) -> str:
    """The answer at one gamma."""
    if n == 0:
        return (
            "None of those that were tried does so for every goal." if complete else "None is known; something is open."
        )
    checked = "Proved, and checked by the kernel" if proved else "Computed, not checked by the kernel"
    return f"{checked}: {n} of those that were tried, with different results. So {part(n)}."


def everywhere(gammas: str, least: int, most: int, proved: bool) -> str:
    """The answer for all of these gammas."""
    number = str(least) if least == most else f"between {least} and {most}, depending on gamma"
    checked = "checked by the kernel" if proved else "not all of it checked by the kernel"
    return f"For {gammas} the number found is {number}, {checked}."


UNTRIED = "Other ways to reassign rewards were not tried: the number of them is a lower bound."


def matrix(proved: int, fails: int, open_: int) -> str:
    """Of the readings."""
    return (
        "Asked: does Theorem 2 depend on how the paper's words are read? Its conclusion is proved under "
        f"{proved} combinations of readings, refuted under {fails} and open under {open_}, each checked by the kernel "
        "on an instance of its own. None of this says which reading the authors meant."
    )


def minimal(sets: int | None, n: int) -> str:
    """Of the hypotheses."""
    asked = "Asked: which hypotheses does the conclusion need here?"
    if sets is None:
        return f"{asked} It is not proved even with all of them, so there is no answer; that alone refutes nothing."
    enough = f"{'One set is' if sets == 1 else f'Each of {sets} sets is'} enough for n = {n}: {part(n)}"
    return (
        f"{asked} {enough}, checked by the kernel. Each hypothesis was relaxed in one particular way: this says "
        "nothing of other ways to break it, nor of other instances."
    )


def regions(certified: bool) -> str:
    """Of a family's plane of parameters and gamma."""
    found = "The kernel has checked each bound." if certified else UNPROVED
    return (
        "Asked: how many states does the paper's theorem count, for which parameters and from which discount on? "
        f"{found} In every group of {ALIKE}, of n + 1 that decide at least n avoid shutdown, where the theorem's "
        "hypotheses hold; whether they do is not said here, but by gammastar verify."
    )


def sweep(instances: int, verdicts: Mapping[str, int], failed: int) -> str:
    """Of many instances."""
    words = {
        "verified": "holds for {}",
        "refuted": "is false as the paper states it for {}",
        "inapplicable": "says nothing of {}",
        "undecided": "is open for {}",
    }
    said = ", ".join(text.format(verdicts[word]) for word, text in words.items() if verdicts.get(word))
    errors = f" {failed} gave no answer: errors." if failed else ""
    return (
        f"Asked: Theorem 2, for {instances} {'instance' if instances == 1 else 'instances'} one by one. It "
        f"{said or 'was decided for none'}.{errors} The kernel checked each verdict when its row was written. This "
        "says nothing of MDPs that are not among them, and n is the theorem's bound, not a measured share."
    )
