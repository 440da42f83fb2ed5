"""`gammastar check`: the kernel alone, and what it says. The only command that asks the kernel itself.

It prints less than `python -m proofs.kernel`, and the same: one line for each kind of claim, and the theorems. Of
several certificates each has one line.
"""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from proofs.cli import given
from proofs.cli.exits import WORST
from proofs.cli.given import file_bytes, place, twice
from proofs.kernel.axioms import axioms
from proofs.kernel.check import EXIT_CODES, Outcome
from proofs.kernel.errors import Malformed
from proofs.kernel.facts import PAPER, SHARP, Facts, Orbit
from proofs.kernel.family.check import check_asked
from proofs.kernel.family.model import asked
from proofs.kernel.hypotheses import POSITIVE, READINGS
from proofs.kernel.instance import gammas
from proofs.kernel.limits import CERTIFICATE_BYTES
from proofs.kernel.verdicts import IDS, Verdict
from proofs.report.closing import REACHES, theorem

FLAGS = ("--quiet", "--json", "--verbose")
FAMILY = (
    "This is said of every gamma of the question at once, and of every point of the box where there are parameters."
)
LEFT_OPEN = (
    "Open, and so a hole, is what holds for all of them at once. Proved is what each claim says of its own box: that a "
    "state is counted for every gamma above the claim's discount, or for none up to it."
)
MOST_NAMES = 12  # of states in a line
WORDS = {True: "hold", False: "fail", None: "are open"}


def run(files: Sequence[str], gamma: str | None, quiet: bool, as_json: bool, verbose: bool = False) -> int:
    """Print what is proved, and the kernel's word last; only that if quiet; the claims too if verbose; or data.

    files: instances, each with its certificate after it. Of several, each certificate has one line, or all of it if
    verbose; the last word is the worst, and so is the exit code. Raises BadInstance where they are no pairs.
    """
    pairs = list(zip(files[::2], files[1::2], strict=False))
    if len(files) % 2:
        from exact.errors import BadInstance

        remedy = "give an instance and its certificate, or several such pairs; see gammastar check --help"
        raise BadInstance("no certificate comes after it", remedy, place(files[-1]))
    problem = twice(*files)
    outcomes = []
    for number, (instance, certificate) in enumerate(pairs):
        outcome, claims = (Outcome("MALFORMED", problem), b"") if problem else _outcome(instance, certificate, gamma)
        outcomes.append(outcome)
        if not (as_json or quiet):
            title = [] if len(pairs) == 1 else [*([""] if number else []), place(certificate)]
            said = [*title, *(_claims(claims) if verbose else ()), *lines(outcome, verbose)]
            print(*(said if len(pairs) == 1 or verbose else _in_short(outcome, certificate)), sep="\n", flush=True)
    status = max((outcome.status for outcome in outcomes), key=lambda word: WORST.index(EXIT_CODES[word]))
    print(json.dumps(_documents(outcomes), indent=1) if as_json else f"s {status}")
    return EXIT_CODES[status]


def _in_short(outcome: Outcome, certificate: str) -> list[str]:
    """The file, the kernel's word, and the theorem, or what is wrong."""
    theorem = outcome.theorems.get(("theorem-2", POSITIVE))
    said = "" if theorem is None else f"theorem-2 {theorem.verdict}, n = {theorem.n}"
    why = outcome.reason or next(iter(outcome.holes), "")
    told = ", ".join(filter(None, (f"s {outcome.status}", said)))
    return _broken(f"{place(certificate)}: {told}{f'; {why}' if why else ''}")


def _documents(outcomes: Sequence[Outcome]) -> dict[str, object]:
    if len(outcomes) == 1:
        return document(outcomes[0])
    from proofs.cli.many import FORMAT

    return {"format": FORMAT, "documents": [document(outcome) for outcome in outcomes]}


def plainly(arguments: Sequence[str]) -> int | None:
    """The command without typer. None, and nothing done, where the arguments ask for help or are wrong."""
    files, flags, gamma, rest = list[str](), set[str](), None, list(arguments)
    point: list[str] = []
    while rest:
        word = rest.pop(0)
        if word in FLAGS:
            flags.add(word)
        elif word == "--gamma" and rest:
            gamma = rest.pop(0)
        elif word == "--at" and rest:
            point.append(rest.pop(0))
        elif word.startswith("-") and word != "-":
            return None
        else:
            files.append(word)
    if not files or len(files) % 2 or given.set_point(point):
        return None
    quiet, as_json, verbose = (flag in flags for flag in FLAGS)
    return run(files, gamma, quiet, as_json, verbose)


def _outcome(instance: str, certificate: str, gamma: str | None) -> tuple[Outcome, bytes]:
    """What the kernel says, and the certificate. What cannot be read is malformed."""
    try:
        files = [file_bytes(path, CERTIFICATE_BYTES) for path in (instance, certificate)]
        if b'"gammastar-certificate' in files[0][:200]:
            raise Malformed(f"{place(instance)}: a certificate, not an instance; name the instance first")
        if given.point:
            files[0] = _at_the_point(files[0], place(instance))
        return check_asked(files[0], files[1], None if gamma is None else _gamma(gamma)), files[1]
    except Malformed as error:
        return Outcome("MALFORMED", str(error)), b""
    except OSError as error:
        where = place(error.filename)
        return Outcome("MALFORMED", f"{where}: {error.strerror}; check the path and its permissions"), b""


def _at_the_point(data: bytes, name: str) -> bytes:
    """The text of the ordinary instance there. Raises Malformed."""
    from exact.errors import ExactError
    from exact.family.read import family_in

    try:
        return family_in(data, name).at(given.point).source
    except ExactError as error:
        raise Malformed(str(error)) from None


def _gamma(text: str) -> object:
    """In the words of a file."""
    try:
        gammas(asked(text))
    except Malformed as error:
        raise Malformed(f'--gamma: {error}; write it like "9/10", between 0 and 1, or "9/10:1"') from None
    return asked(text)


def lines(outcome: Outcome, everything: bool = False) -> Iterator[str]:
    """All but the last line, broken between words."""
    for line in _lines(outcome, everything):
        yield from _broken(line) or [""]
    if outcome.theorems:
        yield from ["", *_broken(_ending(outcome), ""), ""]


def _broken(line: str, indent: str = "  ") -> list[str]:
    width = shutil.get_terminal_size().columns
    return textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _lines(outcome: Outcome, everything: bool) -> Iterator[str]:
    if outcome.theorems:
        yield from (f"{kind}: {count} proved" for kind, count in Counter(outcome.used).items())
        yield f"hypotheses: {'; '.join(_hypotheses(outcome.holds))}"
        for symbol, kind in (("n", PAPER), ("n°", SHARP)):
            yield f"{symbol}: {_counted(outcome.counted[kind], everything)}"
        yield from _theorems(outcome)
        yield f"axioms used: {'; '.join(_axioms(outcome))}"
    yield from filter(None, [outcome.reason])
    yield from (f"hole: {hole}" for hole in outcome.holes)


def _axioms(outcome: Outcome) -> list[str]:
    return axioms([*outcome.used, *(answer.means for answer in outcome.theorems.values())])


def _hypotheses(known: Mapping[str, bool | None]) -> Iterator[str]:
    """Those that hold, fail, are open."""
    for holds, word in WORDS.items():
        names = [name for name, value in known.items() if value is holds]
        if len(names) == len(known):
            yield f"all {len(names)} {word}"
        elif names:
            yield f"{', '.join(names)} {word}"


def _counted(found: tuple[int, Sequence[str]] | None, everything: bool) -> str:
    if found is None:
        return "open"
    n, states = found
    if n > len(states):  # of a family: not the same states everywhere
        return f"at least {n}"
    left = 0 if everything else len(states) - MOST_NAMES
    named = ", ".join(states[:MOST_NAMES] if left > 1 else states)
    more = f" and {left} more (--verbose names them)" if left > 1 else ""
    return f"{len(states)} ({named}{more})" if states else "0"


def _theorems(outcome: Outcome) -> Iterator[str]:
    """One line each; two where the readings of "reachable" differ."""
    for name in (name for name in IDS if (name, POSITIVE) in outcome.theorems):
        answers = {reach: outcome.theorems[name, reach] for reach in READINGS}
        alike = len(set(answers.values())) == 1
        for reach, answer in list(answers.items())[: 1 if alike else None]:
            title = name if alike else f"{name} ({REACHES[reach]})"
            yield f"{title}: {answer.verdict}; conclusion {answer.conclusion} ({answer.means}), n = {answer.n}"


def _ending(outcome: Outcome) -> str:
    facts = outcome.facts
    main = outcome.theorems["theorem-2", POSITIVE]
    if facts is None:
        boxes = {"counted", "not-counted"} & set(outcome.used)
        return f"{FAMILY} {LEFT_OPEN}" if boxes and main.conclusion == "undecided" else FAMILY
    gamma = None if facts.gamma is None else _text(facts.gamma)
    everywhere = main.proved is not None and main.proved[1] == "linear"
    where = "" if gamma is not None else "at every gamma" if everywhere else "above every threshold gamma*_x"
    empty = facts.proved("never-both", {})
    return theorem(main, gamma, where, _refuting(facts) if main.conclusion == "fails" else None, empty)


def _refuting(facts: Facts) -> Orbit | None:
    """An orbit of the question in which fewer goals avoid shutdown than the paper's count says."""
    asked = (orbit for orbit in facts.orbits if facts.asked_at(orbit.gamma))
    return next((o for o in asked if o.refutes(len(facts.counted(PAPER, o.gamma) or []) or 1)), None)


def _text(value: Fraction) -> str:
    short = value.denominator.bit_length() < 200
    return str(value) if short else "that of the question"


def _claims(certificate: bytes) -> Iterator[str]:
    """Each claim in words, as `show` says it; nothing where the file is none."""
    from proofs.claims.decode import NotACertificate
    from proofs.claims.read import parse_certificate
    from proofs.claims.spelling import printable
    from proofs.claims.words import told

    try:
        claims = parse_certificate(certificate).claims
    except NotACertificate:
        return
    for number, claim in enumerate(claims):
        about, says = told(claim)
        yield from _broken(printable(f"claim {number}, {about}: {says}"))


def document(outcome: Outcome) -> dict[str, object]:
    """`gammastar-check/1`. Where the kernel refuses, nothing is proved."""
    theorems = outcome.theorems
    known: dict[str, object] = {"proved": {}, "hypotheses": {}, "counted": {}, "theorems": {}, "axioms": []}
    if theorems:
        counted = {kind: None if found is None else found[1] for kind, found in outcome.counted.items()}
        known = {"proved": Counter(outcome.used), "hypotheses": outcome.holds, "counted": counted}
        names = [name for name in IDS if (name, POSITIVE) in theorems]
        known |= {"theorems": {name: _theorem(outcome, name) for name in names}, "axioms": _axioms(outcome)}
    answer = {"status": outcome.status, "reason": outcome.reason or None, "holes": list(outcome.holes)}
    return {"format": "gammastar-check/1", **answer, **known}


def _theorem(outcome: Outcome, name: str) -> dict[str, object]:
    """As in the report of `verify`."""
    readings = {reach: _verdict(outcome.theorems[name, reach]) for reach in READINGS}
    return readings[POSITIVE] | {"readings": readings}


def _verdict(answer: Verdict) -> dict[str, object]:
    proved = None if answer.proved is None else dict(zip(("n", "means"), answer.proved, strict=True))
    return answer._asdict() | {"proved": proved}
