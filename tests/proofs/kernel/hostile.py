"""Certificates made to wear the kernel out: long numbers, many claims, high degrees, deep or large documents."""

from __future__ import annotations

import hashlib
import json
import sys
from fractions import Fraction

from exact.instance import parse_instance
from exact.orbit import count_orbit
from proofs.verification import verify
from tests.corpus import instances
from tests.corpus.build import after, claim, encoded, honest

LONG = 19_000  # digits


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
