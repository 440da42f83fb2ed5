"""`verify`: the search proposes claims, the kernel accepts them one by one, and what it derives is the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from exact.errors import BadInstance, NotADiscount
from exact.graph import reachable
from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE
from proofs.claims.accepted import Verdict
from proofs.claims.checked import SWAPS_NEED, About, Checked, Decision, Uncertified
from proofs.claims.codec import as_json, as_text
from proofs.claims.read import parse_certificate
from proofs.claims.types import PAPER, POSITIVE, SHARP, Claim
from proofs.claims.write import certificate, exact
from proofs.errors import EnginesDisagree
from proofs.kernel.axioms import axioms
from proofs.kernel.check import Outcome, accept, check, settled
from proofs.kernel.decode import Object
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.hypotheses import hypotheses
from proofs.kernel.instance import Model
from proofs.kernel.limits import CERTIFICATE_BYTES
from proofs.kernel.verdicts import verdicts
from proofs.search import orbits, swaps, theta
from proofs.search import thresholds as threshold_search
from proofs.search.linear.throughout import throughout
from proofs.search.order import search
from proofs.search.phases import offer_phases
from proofs.search.slack import offer_least
from proofs.search.tree import MOST_NODES

C = TypeVar("C")
Tell = Callable[[str], None]
Holds = Mapping[str, bool | None]
Verdicts = Mapping[tuple[str, str], Verdict]
HEAD = 4_000  # bytes of a certificate that are no claims, names aside


class Session:
    """Claims that the kernel accepts one by one, as far as it has work and a certificate has room for them."""

    def __init__(self, name: str, accept: Callable[[Object], None]) -> None:
        """name: of the instance; accept: has the kernel prove a claim. Raises what it does."""
        self._name, self._accept = name, accept
        self.claims: list[Claim] = []
        self.texts: list[str] = []
        self.beyond: list[str] = []  # claims that the kernel has no work left for, or the certificate no room
        self.tried: list[str] = []
        self._room = CERTIFICATE_BYTES - HEAD - 2 * len(name.encode())

    def offer(self, claim: Claim) -> bool:
        """See proofs.search.judge. Raises EnginesDisagree."""
        body, text = as_json(claim), as_text(claim)
        title = f"{body['claim']} {body.get('state', '')}".rstrip()
        size = len(text.encode()) + 4
        if size > self._room:
            self.beyond.append(f"{title}: no room in a certificate of {CERTIFICATE_BYTES} bytes")
            return False
        try:
            self._accept(body)
        except Hole as hole:
            self.beyond.append(f"{title}: {hole}")
            return False
        except (Invalid, Malformed) as error:
            raise EnginesDisagree(f"{self._name}: the kernel refuses {title}: {error}") from None
        self._room -= size
        self.claims.append(claim)
        self.texts.append(text)
        return True

    def accepted(self, kind: type[C]) -> list[C]:
        """The claims of one type so far."""
        return [claim for claim in self.claims if isinstance(claim, kind)]

    def note(self, tried: str) -> None:
        """What was tried in vain."""
        self.tried.append(tried)


class Trial(Session):
    """The kernel in session about one instance: the judge that the search knows (proofs.search.judge)."""

    def __init__(self, instance: Instance, everywhere: bool = False) -> None:
        """everywhere: what is asked holds for every gamma, whatever the question is. Raises NotADiscount otherwise."""
        if not everywhere:
            _no_interval(instance)
        try:
            self.facts = Facts(Model(instance.source), instance.question.gamma)
        except Malformed as error:
            raise EnginesDisagree(f"{instance.name}: the kernel cannot read the instance: {error}") from None
        super().__init__(instance.name, partial(accept, self.facts))
        self.instance = instance
        self._known: tuple[int, Holds, Verdicts] | None = None  # derived when so many claims were accepted

    def unsettled(self, kind: str) -> list[str]:
        """The states whose threshold of this kind is open."""
        return self.facts.unsettled(kind)

    def hypotheses(self) -> Holds:
        """Each by its name."""
        return self._derived()[0]

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """What the kernel derives so far. Raises EnginesDisagree."""
        return self._derived()[1][name, reach]

    def past(self, kind: str) -> tuple[str, ...]:
        """The states counted at the question, as far as that is known."""
        return tuple(self.facts.counted(kind, self.facts.gamma) or ())

    def counted(self, gamma: Fraction) -> tuple[str, ...]:
        """The x with gamma > gamma*_x, as far as that is known."""
        return tuple(self.facts.counted(PAPER, gamma) or ())

    def keeps_theta(self, state: str) -> bool:
        """Condition 2 of Def. 4 is proved for the swap of the state and s_term."""
        return self.facts.keeps_theta(state)

    def proved(self, gamma: Fraction) -> int:
        """How many x with gamma >= gamma°_x exchange as in Def. 4; 0 where that is not known."""
        counted = self.facts.counted(SHARP, gamma) if self._swaps_work() else None
        return sum(map(self.facts.keeps_theta, counted or ()))

    def swap_works(self, state: str) -> bool:
        """Conditions 1 and 2 are proved for it, by the exact swap theorem."""
        return self._swaps_work() and state in self.past(SHARP) and self.keeps_theta(state)

    def _swaps_work(self) -> bool:
        holds = self.hypotheses()
        return all(holds[name] for name in SWAPS_NEED)

    def result(self, aside: Uncertified | None = None) -> Checked:
        """Everything that is proved now."""
        gamma = self.facts.gamma
        asked = None if gamma is None else exact(gamma)
        text = certificate(self.instance.name, self.instance.sha256, asked, self.texts)
        outcome = settled(self.facts, self.beyond)
        found = _checked(self.instance, text.encode(), outcome, self.facts, dict(enumerate(self.claims)))
        return replace(found, aside=replace(aside or Uncertified(), tried=tuple(self.tried)))

    def _derived(self) -> tuple[Holds, Verdicts]:
        """The kernel's hypotheses and verdicts for the claims so far."""
        if self._known is None or self._known[0] != len(self.claims):
            try:
                found = {key: Verdict(*answer) for key, answer in verdicts(self.facts).items()}
            except Invalid as error:
                raise EnginesDisagree(f"{self.instance.name}: {error}") from None
            self._known = len(self.claims), hypotheses(self.facts, POSITIVE), found
        return self._known[1:]


def verify(
    instance: Instance, tell: Tell = lambda _: None, known: Iterable[Claim] = (), with_phases: bool = False
) -> Checked:
    """All of it: hypotheses, thresholds, n, verdicts, each proved to the kernel, with the certificate.

    known: claims that were found before; the certificate holds them too. with_phases: and the phases of the question's
    rewards. Raises EnginesDisagree; BadInstance where there are no rewards for phases.
    """
    trial, rewards = Trial(instance), instance.question.rewards
    if with_phases and rewards is None:
        raise BadInstance("phases are those of rewards", 'write rewards = { term = "1000" }', "question.rewards")
    for claim in known:
        trial.offer(claim)
    aside = search(trial, tell)
    if with_phases and rewards is not None:
        offer_phases(trial, rewards, tell)
    return trial.result(aside)


def warning(instance: Instance) -> str:
    """What is to be said before the work where that is long; empty otherwise."""
    digits = threshold_search.cost(instance)
    if digits < threshold_search.LARGE:
        return ""
    size = f"about {digits // 1_000_000} MB of digits, of which a certificate holds {CERTIFICATE_BYTES >> 20} MiB"
    return f"all thresholds together have {size}; this takes minutes, and those beyond stay open"


def thresholds(instance: Instance, tell: Tell = lambda _: None) -> Checked:
    """The thresholds of every state, and what follows from them alone."""
    trial = Trial(instance, everywhere=True)
    threshold_search.settle(trial, tell)
    return trial.result()


def to_draw(instance: Instance, what: str, tell: Tell = lambda _: None) -> Checked:
    """What a figure over gamma shows: "values" nothing that is a claim, "phases" these alone, the others thresholds.

    "share": and, where these do not prove that all n° swaps work, what linear claims prove on parts of (0, 1).
    """
    trial, rewards = Trial(instance, everywhere=True), instance.question.rewards
    if what == "phases" and rewards is not None:
        offer_phases(trial, rewards, tell)
    if what not in ("values", "phases"):
        threshold_search.settle(trial, tell)
    if what == "share":
        _bound_everywhere(trial, tell)
    return trial.result()


def _bound_everywhere(trial: Trial, tell: Tell) -> None:
    instance = trial.instance
    for kind in theta.HYPOTHESES:
        if trial.hypotheses()[kind] is None:
            theta.ask(trial, kind, EVERYWHERE)
    found = trial.result()
    counted = {x for kind, x in found.roots if kind == SHARP}
    if instance.question.permutations or not found.swaps_work or not counted.issubset(found.keepers):
        seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
        swaps.offer_throughout(trial, throughout(instance, swaps.candidates(instance, seen), tell))


def orbit(
    instance: Instance, tell: Tell = lambda _: None, jobs: int | None = None, notes: Path | None = None
) -> Checked:
    """The count of the orbit of the question's rewards; as an aside where it has no short tree, or no room.

    jobs: processes for an orbit without a short tree, None for one a core; notes: a file to go on with after an
    interruption (exact.orbit.tree.count). Raises what `count_tree` does.
    """
    trial, question = Trial(instance), instance.question
    if question.gamma is None or question.rewards is None:
        return trial.result()
    claim = orbits.orbit_claim(instance, question.rewards, question.gamma)
    if claim is not None and trial.offer(claim):
        return trial.result()
    why = f"a tree of more than {MOST_NODES} nodes" if claim is None else "it has no room in the certificate"
    return trial.result(orbits.counting(instance, tell, why, jobs, notes))


def slack(instance: Instance, tell: Tell = lambda _: None) -> Checked:
    """What is proved of n at the question's gamma, and the orbit with the least ratio that a bounded search finds.

    The orbit is an aside where it is not certified. Raises NotADiscount without a gamma.
    """
    trial, gamma = Trial(instance), instance.question.gamma
    if gamma is None:
        raise NotADiscount("there is no gamma", "the slack is asked at one gamma", "question.gamma")
    return trial.result(offer_least(trial, gamma, tell))


def proved(instance: Instance, claims: Iterable[Claim]) -> Checked:
    """What follows from these claims alone, which hold for every gamma. Raises EnginesDisagree if one is refused."""
    trial = Trial(instance, everywhere=True)
    for claim in claims:
        trial.offer(claim)
    return trial.result()


def _no_interval(instance: Instance) -> None:
    """Raises NotADiscount: an instance that is asked about an interval is a family (proofs.families)."""
    if instance.question.interval is not None:
        problem = f"{instance.question.gammas} cannot be asked about all at once here"
        raise NotADiscount(problem, "choose one gamma, or have `verify` prove it for all of them", "question.gamma")


class Refused(Exception):
    """A certificate that the kernel does not accept: its status, INVALID or MALFORMED, and why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"the kernel answers {outcome.status}: {outcome.reason}")
        self.status, self.reason = outcome.status, outcome.reason


def recheck(instance: Instance, data: bytes) -> Checked:
    """A certificate's bytes, by the kernel alone. Raises Refused, NotACertificate."""
    _no_interval(instance)
    outcome = check(instance.source, data, instance.question.gamma)
    if outcome.facts is None:
        raise Refused(outcome)
    facts, claims = outcome.facts, enumerate(parse_certificate(data).claims)
    accepted = {number: claim for number, claim in claims if number not in facts.skipped}
    return _checked(instance, data, outcome, facts, accepted)


def _checked(instance: Instance, data: bytes, outcome: Outcome, facts: Facts, claims: Mapping[int, Claim]) -> Checked:
    """The kernel's facts as plain data."""
    counted = {kind: facts.counted(kind, facts.gamma) for kind in (PAPER, SHARP)}
    return Checked(
        instance=instance,
        **plain(data, outcome, claims),
        states={
            x: About(x in facts.model.reached, x == facts.model.s_term or facts.sure(x), facts.recurrent(x))
            for x in facts.model.states
        },
        counted={kind: None if known is None else tuple(known) for kind, known in counted.items()},
        keeping={kind: tuple(filter(facts.keeps_theta, known or ())) for kind, known in counted.items()},
        frequencies=dict(facts.frequencies),
        decisions=tuple(Decision(phase.decision, *phase.sure) for phase in facts.phases),
        keepers=tuple(filter(facts.keeps_theta, facts.candidates)),
    )


def plain(data: bytes, outcome: Outcome, claims: Mapping[int, Claim]) -> dict[str, Any]:
    """What is accepted of an instance or a family, as data: the fields of Accepted. claims: by their places."""
    theorems = {key: Verdict(*answer) for key, answer in outcome.theorems.items()}
    return {
        "certificate": data,
        "status": outcome.status,
        "holes": tuple(outcome.holes),
        "hypotheses": dict(outcome.holds),
        "theorems": theorems,
        "claims": tuple(claims.values()),
        "numbers": tuple(claims),
        "axioms": tuple(axioms([*outcome.used, *(answer.means for answer in theorems.values())])),
    }
