"""The whole check: statuses, output, exit codes, and hostile input, which ends soon and in little memory."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exact.instance import parse_instance
from exact.orbit import count_orbit
from proofs.kernel.check import EXIT_CODES, check
from proofs.verification import verify
from tests.campaigns.mutations import leaves, replaced
from tests.corpus import instances
from tests.corpus.build import after, attack, claim, encoded, honest
from tests.proofs.kernel.test_instance import with_inequality

ROOT = Path(__file__).parents[3]
SECONDS, BYTES = 10, 2 << 30
LONG = 19_000  # digits
STATUSES = tuple(EXIT_CODES)
ORDER = "new r1 r2 r3 term"  # of corridor-3, with rewards 0, 1, 2, 3, 4


def kernel(folder: Path, base: bytes, certificate: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """python -S -m proofs.kernel, within SECONDS and BYTES."""
    folder.joinpath("i.toml").write_bytes(base)
    folder.joinpath("c.json").write_bytes(certificate)
    command = [sys.executable, "-S", "-m", "proofs.kernel", str(folder / "i.toml"), str(folder / "c.json"), *options]
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))  # noqa: E731  (a def would be longer)
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False, preexec_fn=limit)


def ends(found: subprocess.CompletedProcess[bytes]) -> str:
    """The status, once the output is well formed: one `s` line, the last, and its exit code; nothing on stderr."""
    lines = found.stdout.decode().splitlines()
    assert [line for line in lines if line.startswith("s ")] == lines[-1:], [*lines[-3:], found.stderr[-300:].decode()]
    status = lines[-1].removeprefix("s ")
    assert (found.returncode, found.stderr) == (EXIT_CODES[status], b"")
    return status


@pytest.mark.parametrize("base", ["retry", "half", "shutdown-loops", "training-leak", "no-alternative"])
def test_honest_certificates(tmp_path: Path, base: str) -> None:
    """VALID and exit code 0 on a bare Python; --gamma asks another question."""
    data = encoded(honest(base))
    assert ends(kernel(tmp_path, instances.text(base), data)) == "VALID"
    assert ends(kernel(tmp_path, instances.text(base), data, "--gamma", "1/7")) == "INVALID"


@pytest.mark.parametrize("options", [["--gamma", "1"], ["--gamma", "x"], ["--gamma"], ["extra"], ["--beta", "1/2"]])
def test_usage(tmp_path: Path, options: list[str]) -> None:
    """Wrong arguments are one line and exit code 2."""
    found = kernel(tmp_path, instances.text("retry"), encoded(honest("retry")), *options)
    assert ends(found) == "MALFORMED"
    assert b"usage" in found.stdout or b"number" in found.stdout


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is one line and exit code 2."""
    command = [sys.executable, "-S", "-m", "proofs.kernel", str(tmp_path / "none"), str(tmp_path)]
    assert ends(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)) == "MALFORMED"


@pytest.mark.parametrize("name", ["\ns VALID\n", "\rs VALID\r", "\x1b[2K", "\ud800", "\x85s VALID", "\u2028s VALID"])
def test_names_do_not_reach_the_output(tmp_path: Path, name: str) -> None:
    """The name of a closed form is a stranger's text: it adds no line to the output and cannot break it."""
    certificate = honest("retry")
    claim(certificate, "closed-form", name="paper x")["name"] = name
    claim(certificate, "threshold", kind="paper")["closed-form"] = name
    certificate["claims"].pop()
    data = json.dumps(certificate).encode()
    found = kernel(tmp_path, instances.text("retry"), data)
    assert ends(found) in ("HOLEY", "MALFORMED")
    assert b"\x1b" not in found.stdout


def _put(certificate: dict[str, Any], value: object) -> list[dict[str, Any]]:
    """Every certificate with one leaf or container of a claim replaced by the value."""
    found = []
    for path, old in leaves(certificate, ()):
        if type(old) is not type(value) and path:
            found.append(replaced(certificate, path, value))
    return found


@pytest.mark.parametrize("value", [True, None, "x", [], {}, ["1"], {"x": "1"}, "9" * 30, [[["x"]]]], ids=str)
def test_wrong_types_at_every_leaf(value: object) -> None:
    """Whatever stands at any one place, the kernel ends in a status and never in a traceback, nor in VALID."""
    certificate = honest("half")
    allowed = ("claims", "gamma")
    for changed in _put(certificate, value):
        outcome = check(instances.text("half"), json.dumps(changed).encode())
        assert outcome.status in STATUSES
        if outcome.status == "VALID":  # a container may be empty without harm: a hypothesis that fails needs no claim
            assert value in ([], {}), (changed, allowed)


@pytest.mark.parametrize("base", ["retry", "half", "training-leak"])
def test_every_claim_is_needed_or_harmless(base: str) -> None:
    """Without one claim the certificate is not VALID, unless the claim is of a kind that nothing needs."""
    certificate = honest(base)
    for i, entry in enumerate(certificate["claims"]):
        rest = certificate | {"claims": certificate["claims"][:i] + certificate["claims"][i + 1 :]}
        status = check(instances.text(base), encoded(rest)).status
        assert status != "VALID" or entry["claim"] in (
            "count",
            "orbit",
            "swap-fails",
            "hypothesis",
            "member",
            "universal",
        )
        assert status != "MALFORMED"


def test_the_outcome_is_a_function_of_the_bytes() -> None:
    """Twice the same, and the certificate is not changed by the check."""
    data = encoded(honest("training-leak"))
    assert check(instances.text("training-leak"), data) == check(instances.text("training-leak"), data)


def _near(x: Fraction, digits: int, up: bool) -> str:
    """A rational near x with so many digits above and below."""
    unit = 10 ** (digits - 4)
    value = Fraction(x.numerator * unit // x.denominator + (7 if up else -7), unit + (1 if up else 3))
    return _text(value)


def _text(value: Fraction) -> str:
    sys.set_int_max_str_digits(0)
    try:
        return str(value)
    finally:
        sys.set_int_max_str_digits(4300)


def long_intervals(base: str, digits: int) -> bytes:
    """Every irrational root between ends of so many digits."""
    certificate = honest(base)
    for entry in certificate["claims"]:
        if entry["claim"] == "threshold" and entry["interval"][0] != entry["interval"][1]:
            low, high = map(Fraction, entry["interval"])
            entry["interval"] = [_near(low, digits, False), _near(high, digits, True)]
    return encoded(certificate)


def many_orbits(base: str, rewards: str, digits: int, times: int) -> bytes:
    """True counts of 5! vectors at a gamma of so many digits, again and again."""
    certificate, instance = honest(base), parse_instance(instances.text(base))
    gamma, states = _near(Fraction(9, 10), digits, True), rewards.split()
    named = {s: str(k) for k, s in enumerate(states)}
    theta = tuple(Fraction(named[s]) for s in instance.mdp.states)
    found = count_orbit(instance, theta, Fraction(gamma)) if times > 1 else None
    keys = ("size", "outside", "shutdown", "avoid", "tie")
    numbers = {key: str(getattr(found, key, 1)) for key in keys}
    entry = {"claim": "orbit", "gamma": gamma, "rewards": named} | numbers
    certificate["claims"][:0] = [entry] * times
    return encoded(certificate)


def long_swap(base: str, states: str, digits: int) -> bytes:
    """A swap whose gamma and rewards have so many digits."""
    certificate = honest(base)
    rewards = {s: _near(Fraction(k + 2), digits, True) for k, s in enumerate(states.split())}
    entry = {"claim": "swap-fails", "gamma": _near(Fraction(9, 10), digits, True), "rewards": rewards}
    swap = {"permutation": [states.split()[:2]], "how": "still-shutdown"}
    certificate["claims"].insert(0, entry | swap)
    return encoded(certificate)


def repeated(base: str, kind: str, times: int) -> bytes:
    """A true claim, again and again."""
    certificate = honest(base)
    certificate["claims"] += [claim(certificate, kind)] * times
    return encoded(certificate)


def huge_closed_form(base: str) -> bytes:
    """D and every N multiplied by 10^LONG."""
    certificate, zeros = honest(base), "0" * LONG
    for entry in certificate["claims"]:
        if entry["claim"] == "closed-form":
            entry["denominator"] = [c if c == "0" else c + zeros for c in entry["denominator"]]
            entry["values"] = {s: [c if c == "0" else c + zeros for c in p] for s, p in entry["values"].items()}
    return encoded(certificate)


def many_closed_forms(base: str, times: int) -> bytes:
    """Thousands of closed forms under other names."""
    certificate = honest(base)
    form = claim(certificate, "closed-form")
    after(certificate, "reach", *(form | {"name": f"{k}"} for k in range(times)))
    return encoded(certificate)


def many_rows(states: int, actions: int) -> tuple[bytes, bytes]:
    """An instance with so many actions in each of so many states; true orbits, then theorems, as often as it allows."""
    names = [f"x{i}" for i in range(states)]
    lines = ["format = 1", f"states = {json.dumps(['new', 'term', *names])}", "[shutdown]", 'state = "new"']
    lines += ['action = "off"', "[question]", 'gamma = "1/2"', "[transitions.new]", "off = { term = 1 }"]
    lines += [f"to{i} = {{ {name} = 1 }}" for i, name in enumerate(names)]
    for name in names:
        row = f'{{ {name} = "1/2", term = "1/2" }}'
        lines += [f"[transitions.{name}]", *(f"a{j} = {row}" for j in range(actions))]
    data, size = "\n".join(lines).encode(), states + 2
    certificate = json.loads(verify(parse_instance(data)).certificate)
    entry = {
        "claim": "orbit",
        "gamma": "1/2",
        "rewards": {},
        "size": "1",
        "outside": "0",
        "shutdown": "0",
        "avoid": "1",
    }
    theorems = [c for c in certificate["claims"] if c["claim"] == "theorem"]
    before = [c for c in certificate["claims"] if c["claim"] != "theorem"]
    room = 1000 + 4 * size**2 - len(certificate["claims"])
    certificate["claims"] = before + [entry | {"tie": "0"}] * (room // 2) + theorems + theorems[-1:] * (room // 2)
    return data, encoded(certificate)


def before_the_facts(states: int, times: int) -> tuple[bytes, bytes]:
    """Hypotheses, again and again, on an instance of so many states about which nothing is proved."""
    names = json.dumps(["new", "term", *(f"s{i}" for i in range(states))])
    text = f'format = 1\nname = "retry"\nstates = {names}\n[transitions.new]\noff = {{ term = 1 }}\n[shutdown]\n'
    data = f'{text}state = "new"\naction = "off"\n'.encode()
    entry = {"claim": "hypothesis", "id": "ood", "holds": True}
    about = {"name": "retry", "sha256": hashlib.sha256(data).hexdigest()}
    return data, encoded(honest("retry") | {"instance": about, "claims": [entry] * times})


def high_degrees(states: int, rows: int) -> tuple[bytes, bytes]:
    """A universal claim whose multipliers have the highest degree, between ends of 100 characters."""
    names = [f"s{i}" for i in range(states - 2)]
    lines = ["format = 1", 'name = "retry"', f"states = {json.dumps(['new', 'term', *names])}", "[transitions.new]"]
    lines += ["off = { term = 1 }", "go = { s0 = 1 }", "[shutdown]", 'state = "new"', 'action = "off"']
    data, ends = "\n".join(lines).encode(), [f"{k}{'0' * 48}/3{'0' * 47}1" for k in (1, 2)]
    proof = {"multipliers": [[["reward", name], ["1"] * (6 * states)] for name in names[:rows]]}
    entry = {"claim": "universal", "property": "retargets", "permutation": [], "interval": ends, "proof": proof}
    about = {"name": "retry", "sha256": hashlib.sha256(data).hexdigest()}
    return data, encoded(honest("retry") | {"instance": about, "claims": [entry]})


def head(base: str, claims: str) -> bytes:
    """A document with the claims as given."""
    text = encoded(honest(base) | {"claims": []}).decode()
    return text.replace('"claims": [\n  \n ]', f'"claims": {claims}').encode()


HOSTILE = {
    "intervals of 19,000 digits": lambda: ("gridworld", long_intervals("gridworld", LONG)),
    "intervals of 900 digits": lambda: ("gridworld", long_intervals("gridworld", 900)),
    "short intervals of 19,000 digits": lambda: ("corridor-3", long_intervals("corridor-3", LONG)),
    "an orbit's gamma": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, LONG, 1)),
    "900 orbits of 120 vectors": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, 12, 900)),
    "400 orbits at a long gamma": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, 900, 400)),
    "a swap's numbers": lambda: ("corridor-3", long_swap("corridor-3", "term r1 r2 r3 new", LONG)),
    "a larger swap's numbers": lambda: ("ten", long_swap("ten", "term a b c d e f g h new", LONG)),
    "20,000 orbits": lambda: ("corridor-3", repeated("corridor-3", "orbit", 20_000)),
    "90,000 swaps": lambda: ("retry", repeated("retry", "swap-fails", 90_000)),
    "90,000 counts": lambda: ("corridor-3", repeated("corridor-3", "count", 90_000)),
    "90,000 theorems": lambda: ("retry", repeated("retry", "theorem", 90_000)),
    "90,000 hypotheses": lambda: ("corridor-3", repeated("corridor-3", "hypothesis", 90_000)),
    "huge closed forms": lambda: ("gridworld", huge_closed_form("gridworld")),
    "5,000 closed forms": lambda: ("corridor-3", many_closed_forms("corridor-3", 5_000)),
    "100,001 claims": lambda: ("retry", head("retry", "[" + "{}," * 100_000 + "{}]")),
    "a claim of 60 MB": lambda: ("retry", head("retry", '["' + "a" * 60_000_000 + '"]')),
    "escaped quotes": lambda: ("retry", b'"' + b'\\"' * 10_000_000),
    "a million empty lists": lambda: ("retry", b"[" + b"[]," * 5_000_000 + b"[]]"),
    "more than 64 MiB": lambda: ("retry", b" " * ((64 << 20) + 1)),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_certificates_do_not_run_away(tmp_path: Path, case: Any) -> None:
    """Ends within SECONDS and BYTES, in a status, whatever the certificate asks to be computed."""
    base, data = case()
    assert ends(kernel(tmp_path, instances.text(base), data)) in STATUSES


BOTH: dict[str, tuple[Callable[[], tuple[bytes, bytes]], str]] = {
    "facts settled once": (lambda: many_rows(5, 300), "VALID"),
    "holes of few words": (lambda: before_the_facts(1000, 100_000), "HOLEY"),
    "signs paid by digits": (lambda: high_degrees(50, 40), "HOLEY"),
}


@pytest.mark.parametrize(("case", "status"), BOTH.values(), ids=BOTH.keys())
def test_certificates_that_wear_out_an_instance(tmp_path: Path, case: Any, status: str) -> None:
    """The same, each about an instance that is made for it."""
    data, certificate = case()
    assert ends(kernel(tmp_path, data, certificate)) == status


INSTANCES = {
    "dotted key": b"a." * 300_000 + b"a = 1\n",
    "dotted table": b"[" + b"a." * 300_000 + b"a]\n",
    "nested": b"a = " + b"[" * 99_999,
    "hexadecimal": b"a = 0x" + b"f" * 4_000_000,
    "decimal": b"a = " + b"9" * 4_000_000,
    "exponent": b"a = 1e" + b"9" * 4_000_000,
    "states": b"states = [" + b'"a",' * 900_000 + b"]",
    "blanks in an inequality": with_inequality(" " * 9990 + "<= 1"),
    "an unfinished term": with_inequality("x +" + " " * 9900 + "? <= 1"),
    "quotes in an inequality": with_inequality("<=" + "'" * 9990),
}


@pytest.mark.parametrize("text", INSTANCES.values(), ids=INSTANCES.keys())
def test_hostile_instances_do_not_run_away(tmp_path: Path, text: bytes) -> None:
    """The same for instance files; none of these is one."""
    assert ends(kernel(tmp_path, text, b"{}")) == "MALFORMED"


def test_attacks_are_registered_once() -> None:
    """The corpus builder gives each attack a folder of its own."""
    from tests.corpus.build import load

    names = [(entry.status, entry.kind, entry.name) for entry in load()]
    assert len(names) == len(set(names))
    assert attack is not None
