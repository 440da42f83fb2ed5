"""Attacks on claims about families, from an honest certificate worked by hand."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

from tests.corpus.build import attack
from tests.corpus.cases import Certificate, Json, encoded, text

BASE = "family-retry"
# retry at p >= 1/10 and g = 1/2: M(x) = 2 and M(new) = p/(1/2 + p/2) >= 2/11; the count is 2 p + (1 - p) M(new), which
# is at least 1 from p = 1/2 on; for smaller p it is so beyond g = 5/6: M(x) = 6, M(new) >= 2, and 6/10 + 9/10 2 > 1
LOWER: Json = {
    "claim": "counted", "kind": "paper", "state": "x", "box": [["1/10", "1/2"]], "discount": "5/6",
    "policy": {"new": "try", "x": "stay"}, "unit": "1", "values": {"new": ["2", "0"], "x": ["6", "0"]},
}  # fmt: skip
UPPER: Json = LOWER | {"box": [["1/2", "9/10"]]}


def family(*claims: Json) -> bytes:
    """A certificate of these claims."""
    about = {"name": "retry", "sha256": sha256(text(BASE)).hexdigest()}
    head = {"format": "gammastar-certificate/2", "instance": about, "question": {"gamma": ["9/10", "1"]}}
    return encoded(head | {"claims": list(claims)})


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
