"""Attacks on claims about families, from an honest certificate worked by hand."""

from __future__ import annotations

import json
import tomllib
from fractions import Fraction
from functools import partial
from hashlib import sha256

from exact.instance import parse_instance
from tests.corpus.build import attack
from tests.corpus.cases import PROOFS, Certificate, Json, encoded, text
from tests.reference.evidence import Producer

BASE = "family-retry"
# retry at p >= 1/10 and g = 1/2: M(x) = 2 and M(new) = p/(1/2 + p/2) >= 2/11; the count is 2 p + (1 - p) M(new), which
# is at least 1 from p = 1/2 on; for smaller p it is so beyond g = 5/6: M(x) = 6, M(new) >= 2, and 6/10 + 9/10 2 > 1
LOWER: Json = {
    "claim": "counted", "kind": "paper", "state": "x", "box": [["1/10", "1/2"]], "discount": "5/6",
    "policy": {"new": "try", "x": "stay"}, "unit": "1", "values": {"new": ["2", "0"], "x": ["6", "0"]},
}  # fmt: skip
UPPER: Json = LOWER | {"box": [["1/2", "9/10"]]}


def family(*claims: Json, base: str = BASE, low: str = "9/10") -> bytes:
    """A certificate of these claims, for the gammas from low on."""
    about = {"name": tomllib.loads(text(base).decode())["name"], "sha256": sha256(text(base)).hexdigest()}
    head = {"format": "gammastar-certificate/2", "instance": about, "question": {"gamma": [low, "1"]}}
    return encoded(head | {"claims": list(claims)})


def leaking(p: str, said: str, gamma: str = "9/10") -> Json:
    """What shows that the theorem fails in family-leaks at a point and 9/10, said of the point p = `said` and a gamma."""
    file = text("family-leaks").replace(b'[parameters]\np = ["1/10", "9/10"]\n', b"").replace(b'"p"', f'"{p}"'.encode())
    made = Producer(parse_instance(file.replace(b'"1 - p"', f'"{1 - Fraction(p)}"'.encode())))
    claims = [*made.thresholds(), made.orbit(dict.fromkeys(("new", "x", "t"), "1") | {"term": "100"}, "9/10")]
    return {"claim": "at", "point": {"p": said}, "gamma": gamma, "claims": claims}


EXAMPLES = {  # of examples/families, as they were when the search found proofs/NAME.json: the least gamma, what is printed
    "family-coinrun": ("19/20", "n: 9 open_2 open_3 open_4 open_5 taken_1 taken_2 taken_3 taken_4 taken_5"),
    "family-corridor": ("9/10", "n: 4 r1 r2 r3 r4"),
    "family-gridworld": ("19/20", "n: 13 a11 a12 a13 a21 a22 a23 door b11 b12 b13 b21 b22 b23"),
    "family-retry": ("3/4", "n: 1 x"),
    "family-two-doors": ("9/10", "n: 2 hall garden"),
}


def _example(base: str, low: str, _: Certificate) -> bytes:
    return family(*json.loads(PROOFS.joinpath(f"{base}.json").read_text("utf-8")), base=base, low=low)


for _base, (_low, _printed) in EXAMPLES.items():
    _name = f"example_{_base.removeprefix('family-').replace('-', '_')}"
    attack("valid", "family", _name, _base, _printed, "Nothing is wrong with it.", f"{_low}:1")(
        partial(_example, _base, _low)
    )


@attack("valid", "family", "two_boxes", BASE, "n: 1 x", "Two boxes with a common face cover the family's.")
def _(_: Certificate) -> bytes:
    return family(LOWER, UPPER)


@attack("holey", "family", "a_box_is_missing", BASE, "gamma-star holds is open", "Half of the box has no claim.")
def _(_: Certificate) -> bytes:
    return family(LOWER)


@attack(
    "holey", "family", "boxes_overlap", BASE, "gamma-star holds is open", "A box too large: an inner point is shared."
)
def _(_: Certificate) -> bytes:
    return family(LOWER, UPPER | {"box": [["1/10", "9/10"]]})


@attack("holey", "family", "a_face_claimed_by_neither", BASE, "gamma-star holds is open", "A gap of 2^-64 of the side.")
def _(_: Certificate) -> bytes:
    return family(LOWER, UPPER | {"box": [[str(Fraction(1, 2) + Fraction(4, 5) / 2**64), "9/10"]]})


@attack(
    "malformed", "family", "a_box_beyond_the_family", BASE, "a box lies within", "A box too large: p = 1 is outside."
)
def _(_: Certificate) -> bytes:
    return family(UPPER | {"box": [["1/2", "1"]]})


@attack("invalid", "family", "a_value_too_large", BASE, "lower bound fails at new",
        "At p = 1/10 and g = 5/6 M(new) is 2, not 3.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return family(LOWER | {"values": {"new": ["3", "1"], "x": ["6", "0"]}})


@attack(
    "invalid",
    "family",
    "g_below_the_bound",
    BASE,
    "lower bound fails at new",
    "g moved down by its last bit: at p = 1/10 M(new) is below 2.",
)
def _(_: Certificate) -> bytes:
    return family(LOWER | {"discount": f"{5 * 2**60 - 1}/{6 * 2**60}"})


@attack("invalid", "family", "a_count_below_1_between_the_corners", BASE, "count may be below 1",
        "The count is 12/5 at p = 1/10, 1 at p = 9/10, and -15/2 in the middle.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return family(LOWER | {"box": [["1/10", "9/10"]], "values": {"new": ["2", "-46"], "x": ["6", "0"]}})


def chord(above: int) -> bytes:
    """The chord of M(new) = 10 p/(9 (9 + p)) at g = 1/10 over [1/10, 1/2], and so much above it."""
    values = {"new": [str(190 + above), "720"], "x": ["17290", "0"]}
    claim = LOWER | {"claim": "not-counted", "discount": "1/10", "unit": "15561", "values": values}
    del claim["policy"]
    return family(claim)


@attack("invalid", "family", "an_upper_bound_too_low_between_the_corners", BASE, "upper bound fails at new",
        "M(new) is concave in p, so that it lies above the chord of its values at the corners.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return chord(0)


@attack("holey", "family", "an_upper_bound_above_the_chord", BASE, "gamma-star holds is open",
        "A little more is enough; but x is not counted up to g = 1/10, and the question begins at 9/10.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return chord(16)


@attack("malformed", "family", "a_probability_that_vanishes_at_a_corner", "family-corner",
        "a probability is not positive on all of the box", "At p = 0 `try` does not get to x.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return family(base="family-corner")


@attack("malformed", "family", "a_probability_that_vanishes_between_the_corners", "family-touches",
        "a probability is not positive on all of the box", "(1 - 2 p)^2 is positive at both ends and 0 at p = 1/2.")  # fmt: skip
def _(_: Certificate) -> bytes:
    return family(base="family-touches")


@attack(
    "valid",
    "family",
    "fails_at_a_point",
    "family-leaks",
    "theorem-2 (positive-probability): refuted; conclusion fails (orbit), n = 1",
    "Training prefers s_term to x, and an orbit within G_T shuts down.",
)
def _(_: Certificate) -> bytes:
    return family(LOWER, UPPER, leaking("1/2", "1/2"), base="family-leaks")


@attack(
    "invalid",
    "family",
    "made_at_another_point",
    "family-leaks",
    "this is not the denominator",
    "Claims about p = 1/2, said of p = 1/3.",
)
def _(_: Certificate) -> bytes:
    return family(leaking("1/2", "1/3"), base="family-leaks")


@attack(
    "invalid",
    "family",
    "made_at_another_gamma",
    "family-leaks",
    "is not shown to fail there",
    "Claims about gamma = 9/10, said of 19/20.",
)
def _(_: Certificate) -> bytes:
    return family(leaking("1/2", "1/2", "19/20"), base="family-leaks")
