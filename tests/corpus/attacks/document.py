"""Attacks on the document as a whole, and on how numbers are written."""

from __future__ import annotations

import json

from tests.corpus.build import attack, claim
from tests.corpus.cases import Certificate, encoded

CERTIFICATE, ENCODING, QUESTION = "certificate", "encoding", "question"
HONEST = {  # instance -> a line that the kernel prints about its honest certificate
    "always": "theorem-2 (positive-probability): verified; conclusion proved (paper), n = 1",
    "aside": "theorem-2 (positive-probability): inapplicable; conclusion proved (linear), n = 1",
    "aside-always": "theorem-2 (probability-1): inapplicable; conclusion proved (linear), n = 1",
    "both-terminal": "theorem-2 (positive-probability): inapplicable; conclusion proved (sharp), n = 1",
    "box": "theorem-2 (positive-probability): inapplicable; conclusion proved (linear), n = 2",
    "chance": "proposition-3 (positive-probability): inapplicable; conclusion proved (vacuous), n = 0",
    "corridor-3": "theorem-2 (positive-probability): verified; conclusion proved (paper), n = 3",
    "detour": "n: 2 x y",
    "firm": "hypothesis strict: holds",
    "half": "proposition-1 (positive-probability): refuted; conclusion fails (graph), n = 2",
    "half-off-always": "theorem-2 (probability-1): inapplicable; conclusion proved (sharp), n = 1",
    "half-off": "proposition-3 (positive-probability): inapplicable; conclusion proved (sharp), n = 1",
    "immediate": "hypothesis training-closed: holds",
    "lopsided": "theorem-2 (positive-probability): inapplicable; conclusion fails (orbit), n = 1",
    "negative": "proposition-3 (positive-probability): inapplicable; conclusion fails (swap), n = 1",
    "negative-always": "proposition-3 (probability-1): inapplicable; conclusion fails (swap), n = 1",
    "no-alternative": "theorem-1 (positive-probability): inapplicable; conclusion fails (orbit), n = 1",
    "overlap": "theorem-2 (positive-probability): inapplicable; conclusion proved (linear), n = 2",
    "positive": "hypothesis nonnegative: holds",
    "retry": "theorem-2 (probability-1): verified; conclusion proved (paper), n = 1",
    "ring": "n: 2 new m",
    "shutdown-first": "theorem-2 (positive-probability): refuted; conclusion fails (orbit), n = 1",
    "shutdown-last": "proposition-3 (probability-1): verified; conclusion proved (paper), n = 1",
    "shutdown-loops": "n°: 0",
    "stairs": "n°: 2 m x",
    "star-3": "theorem-2 (positive-probability): verified; conclusion proved (paper), n = 3",
    "ten": "proposition-2 (positive-probability): verified; conclusion proved (paper), n = 8",
    "training-leak": "theorem-2 (positive-probability): refuted; conclusion fails (orbit), n = 1",
    "training-leak-always": "theorem-2 (positive-probability): refuted; conclusion fails (orbit), n = 1",
    "training-leak-closed": "hypothesis training-closed: holds",
    "training-leak-on-training": "theorem-1 (positive-probability): verified; conclusion proved (paper), n = 1",
    "training-reached": "hypothesis ood: fails",
    "twice": "theorem-2 (positive-probability): inapplicable; conclusion proved (sharp), n = 2",
    "two-ties": "theorem-2 (probability-1): inapplicable; conclusion fails (orbit), n = 1",
    "two-ways": "axioms used: almost-sure fixpoint; series decide quotients; monotone visit counts; rule of signs;",
    "tie-aside": "n°: 3 s u1 x",
    "weak": "proposition-1 (positive-probability): verified; conclusion proved (paper), n = 1",
}
OPEN = {  # the same for what stays open
    "late": "theorem-2 under positive-probability is open",
    "half-always": "theorem-2 under probability-1 is open",
    "scattered": "theorem-1 under probability-1 is open",
}

for _status, _found in (("valid", HONEST), ("holey", OPEN)):
    for _base, _line in _found.items():
        attack(_status, CERTIFICATE, f"honest_{_base.replace('-', '_')}", _base, _line, "As it is.")(lambda c: None)


@attack("invalid", CERTIFICATE, "another_instance", "retry", "about another instance file", "The sha256 is another.")
def _(c: Certificate) -> None:
    c["instance"]["sha256"] = "0" * 64


@attack("invalid", CERTIFICATE, "digest_in_capitals", "retry", "about another instance file", "Compared as text.")
def _(c: Certificate) -> None:
    c["instance"]["sha256"] = c["instance"]["sha256"].upper()


@attack("invalid", CERTIFICATE, "another_name", "retry", "about another instance file", "The digest is right.")
def _(c: Certificate) -> None:
    c["instance"]["name"] = "retry-2"


@attack("holey", CERTIFICATE, "no_claims", "retry", "gamma*_x is not settled", "Nothing is claimed, nothing is proved.")
def _(c: Certificate) -> None:
    c["claims"] = []


@attack("malformed", CERTIFICATE, "format_1", "retry", "made by an older version", "It has to be made again.")
def _(c: Certificate) -> bytes:
    return json.dumps(c | {"format": "gammastar-certificate/1"}).encode()


@attack(
    "malformed", CERTIFICATE, "format_1_as_it_was", "retry", "made by an older version", "Format 1 had no question."
)
def _(c: Certificate) -> bytes:
    return json.dumps({"format": "gammastar-certificate/1", "instance": c["instance"], "claims": []}).encode()


@attack("malformed", CERTIFICATE, "another_format", "retry", "is not one of gammastar-certificate/2", "Of the future.")
def _(c: Certificate) -> None:
    c["format"] = "gammastar-certificate/3"


@attack("malformed", CERTIFICATE, "format_is_a_list", "retry", "is not one of gammastar-certificate/2", "No string.")
def _(c: Certificate) -> None:
    c["format"] = ["gammastar-certificate/2"]


@attack("malformed", CERTIFICATE, "unknown_key", "retry", "exactly the keys", "A key that FORMAT.md does not name.")
def _(c: Certificate) -> None:
    c["verdict"] = "verified"


@attack("malformed", CERTIFICATE, "missing_name", "retry", "exactly the keys", "The name of the instance is missing.")
def _(c: Certificate) -> None:
    del c["instance"]["name"]


@attack("malformed", CERTIFICATE, "missing_question", "retry", "exactly the keys", "What it was made for is not said.")
def _(c: Certificate) -> None:
    del c["question"]


@attack("malformed", CERTIFICATE, "unknown_claim", "retry", "is not one of closed-form", "A claim without a rule.")
def _(c: Certificate) -> None:
    c["claims"].insert(0, {"claim": "trust-me"})


@attack("malformed", CERTIFICATE, "claims_of_format_1", "retry", "is not one of closed-form", "Verdicts are derived.")
def _(c: Certificate) -> None:
    c["claims"].append({"claim": "theorem", "id": "theorem-2", "verdict": "verified"})


@attack(
    "malformed", CERTIFICATE, "claim_without_kind", "retry", "is not one of closed-form", "What it claims is not said."
)
def _(c: Certificate) -> None:
    del c["claims"][0]["claim"]


@attack("malformed", CERTIFICATE, "claim_is_a_string", "retry", "expected an object", "A claim is an object.")
def _(c: Certificate) -> None:
    c["claims"].insert(0, "threshold")


@attack("malformed", CERTIFICATE, "unknown_key_in_a_claim", "retry", "exactly the keys", "A claim with a key too many.")
def _(c: Certificate) -> None:
    c["claims"][0]["proved"] = True


@attack("malformed", CERTIFICATE, "claims_as_an_object", "retry", "expected a list", "Claims are a list.")
def _(c: Certificate) -> bytes:
    return json.dumps(c | {"claims": {"0": c["claims"][0]}}).encode()


@attack("valid", CERTIFICATE, "claims_in_another_order", "retry", "threshold: 2 proved", "None rests on another here.")
def _(c: Certificate) -> None:
    c["claims"].reverse()


@attack("valid", CERTIFICATE, "spread_over_lines", "retry", "orbit: 1 proved", "Blanks between values mean nothing.")
def _(c: Certificate) -> bytes:
    return json.dumps(c, indent=3).encode()


def _asked(status: str, name: str, base: str, made_for: object, gamma: str | None, expects: str, why: str) -> None:
    @attack(status, QUESTION, name, base, expects, why, gamma)
    def _(c: Certificate) -> None:
        c["question"]["gamma"] = made_for


_asked("holey", "made_for_another_gamma", "retry", "1/2", None, "made for gamma = 1/2", "Its claims still count.")
_asked("holey", "asked_at_another_gamma", "retry", "9/10", "1/2", "add --gamma 9/10", "The kernel was given --gamma.")
_asked("holey", "made_for_every_gamma", "retry", None, None, "leave out --gamma", "The question has a gamma.")
_asked("holey", "made_for_one_gamma", "always", "9/10", None, "add --gamma 9/10", "The question is about all of them.")
_asked("holey", "made_for_a_long_gamma", "retry", f"1/{'3' * 5000}", None, "for this question",
       "Longer than CPython writes at once.")  # fmt: skip
_asked("valid", "asked_at_its_gamma", "retry", "1/2", "1/2", "proposition-3 (probability-1): verified",
       "Thresholds are proved for every gamma.")  # fmt: skip
_asked(
    "valid", "at_the_threshold", "stairs", "1/2", "1/2", "n: 0", "gamma > gamma*_x is strict: at 1/2 x is not counted."
)
_asked("valid", "at_the_sharp_threshold", "stairs", "1/2", "1/2", "n°: 2 m x", "gamma >= gamma°_x holds at 1/2.")
_asked("valid", "above_an_irrational_threshold", "retry", "191/500", "191/500", "n: 1 x", "0.382 > (3 - sqrt 5)/2.")
_asked("valid", "where_some_are_counted", "corridor-3", "3/5", "3/5", "n: 2 r1 r2", "1/2 < 3/5 < (sqrt 5 - 1)/2.")
_asked("malformed", "gamma_zero", "retry", "0", None, "no gamma of (0, 1)", "gamma = 0 is no discount.")
_asked("malformed", "gamma_one", "retry", "1", None, "no gamma of (0, 1)", "gamma = 1 is no discount.")
_asked("malformed", "gamma_negative", "retry", "-1/2", None, "lies in [0, 1]", "gamma < 0 is no discount.")
_asked("malformed", "gamma_decimal", "retry", "0.9", None, "is not an integer", "Rationals have one spelling.")
_asked("malformed", "gamma_is_a_list", "retry", ["9/10"], None, "a list of 2 entries", "One gamma, or two ends.")
_asked("malformed", "ends_not_in_order", "retry", ["1", "9/10"], None, "in order", "An interval from 1 to 9/10.")
_asked("holey", "made_for_an_interval", "retry", ["9/10", "1"], None, "add --gamma 9/10:1",
       "Claims of families would have to follow: nothing is checked.")  # fmt: skip
_asked("holey", "made_for_a_long_interval", "retry", ["0", f"1/{'9' * 90_000}"], None, "add --gamma 0:1/999",
       "Python turns no such number into decimal digits.")  # fmt: skip


@attack("holey", QUESTION, "below_every_threshold", "retry", "theorem-2 under probability-1 is open",
        "N is empty and no x has gamma°_x below 1/4: nothing is proved, and the orbit is of another gamma.", "1/4")  # fmt: skip
def _(c: Certificate) -> None:
    c["question"]["gamma"] = "1/4"


@attack("holey", QUESTION, "unknown_to_the_thresholds_alone", "always", "theorem-2 under", "The same for every gamma.")
def _(c: Certificate) -> None:
    c["claims"] = c["claims"][1:]


def _spelled(name: str, number: str, expects: str, why: str) -> None:
    @attack("malformed", ENCODING, name, "retry", expects, why)
    def _(c: Certificate) -> None:
        claim(c, "threshold", kind="paper")["interval"][1] = number


_spelled("minus_zero", "-0", "is not an integer", "0 has one spelling.")
_spelled("over_one", "1/1", "not a rational in lowest terms", "An integer is written without a denominator.")
_spelled("not_in_lowest_terms", "2/4", "not a rational in lowest terms", "1/2 has one spelling.")
_spelled("negative_denominator", "1/-2", "not a rational in lowest terms", "The sign stands in front.")
_spelled("zero_denominator", "1/0", "not a rational in lowest terms", "There is no such number.")
_spelled("zero_over_something", "0/5", "not a rational in lowest terms", "0 has one spelling.")
_spelled("plus_sign", "+1", "is not an integer", "No plus sign.")
_spelled("leading_zero", "01", "is not an integer", "No leading zero.")
_spelled("minus_leading_zero", "-01", "is not an integer", "Nor after a sign.")
_spelled("only_a_sign", "-", "is not an integer", "No digit.")
_spelled("blank_in_front", " 1", "is not an integer", "No blanks.")
_spelled("blank_at_the_slash", "1/ 2", "is not an integer", "No blanks.")
_spelled("line_end", "1\n", "is not an integer", "No line ends.")
_spelled("decimal", "1.0", "is not an integer", "No decimals.")
_spelled("exponent", "1e0", "is not an integer", "No exponents.")
_spelled("underscore", "1_0", "is not an integer", "Python's int() reads 10.")
_spelled("fullwidth_digit", "\uff11", "is not an integer", "Python's int() reads 1.")
_spelled("empty_string", "", "is not an integer", "No number at all.")
_spelled("empty_denominator", "1/", "is not an integer", "No number at all.")
_spelled("two_slashes", "1/2/3", "is not an integer", "One denominator.")
_spelled("too_many_digits", "1" * 100_001, "is not an integer", "Numbers are bounded in length.")
_spelled("too_many_digits_with_the_sign", "-" + "1" * 100_000, "is not an integer", "The sign counts.")


def _written(name: str, old: bytes, new: bytes, expects: str, why: str) -> None:
    @attack("malformed", ENCODING, name, "retry", expects, why)
    def _(c: Certificate) -> bytes:
        data = encoded(c)
        if old not in data:
            raise ValueError(f"nothing to replace for {name}")
        return data.replace(old, new, 1)


SIZE = b'"size": "6"'
_written("json_integer", SIZE, b'"size": 6', "not written as a string", "No JSON number.")
_written("json_float", SIZE, b'"size": 6.0', "not written as a string", "No JSON number.")
_written("nan", SIZE, b'"size": NaN', "not written as a string", "Python's json reads it.")
_written("infinity", SIZE, b'"size": -Infinity', "not written as a string", "Python's json reads it.")
_written("huge_json_integer", SIZE, b'"size": ' + b"1" * 5000, "not written as a string", "Over 4,300 digits.")
_written("boolean_for_a_number", SIZE, b'"size": true', "expected a string", "In Python, True == 1.")
_written("null_for_a_number", SIZE, b'"size": null', "expected a string", "No number.")
_written("list_for_a_number", SIZE, b'"size": ["6"]', "expected a string", "No number.")
_written("repeated_key", SIZE, b'"size": "7", "size": "6"', "a key is repeated", "Which one counts?")
_written("repeated_key_escaped", SIZE, b'"size": "7", "si\\u007ae": "6"', "a key is repeated", "The same key.")
_written("repeated_state", b'"policy": {', b'"policy": {"x": "stay", ', "a key is repeated", "Which action counts?")
_written("trailing_comma", SIZE, b'"size": "6",,', "not JSON", "No trailing comma.")
_written("comment", b"{", b"/* honest */ {", "not JSON", "No comments.")
_written("byte_order_mark", b"{", b"\xef\xbb\xbf{", "not JSON", "No byte order mark.")
_written("latin_1", b'"name": "retry"', b'"name": "retr\xfd"', "not JSON", "Not UTF-8.")
_written("surrogates_in_utf_8", b'"name": "retry"', b'"name": "\xed\xa0\x80"', "not JSON", "Not UTF-8.")
_written("raw_line_end_in_a_string", b'"name": "retry"', b'"name": "retry\n"', "not JSON", "Escaped in JSON.")
_written("nul_byte", b"{", b"\0{", "not JSON", "Not JSON.")


def _replaced(name: str, data: bytes, expects: str, why: str) -> None:
    @attack("malformed", ENCODING, name, "retry", expects, why)
    def _(_: Certificate) -> bytes:
        return data


_replaced("empty_file", b"", "not JSON", "No document.")
_replaced("only_a_list", b"[]", "expected an object", "A document is an object.")
_replaced("only_a_string", b'"s VALID"', "expected an object", "A document is an object.")
_replaced("only_null", b"null", "expected an object", "A document is an object.")
_replaced("nested_10000_deep", b"[" * 10_000 + b"]" * 10_000, "not JSON", "Deeper than any reader's stack.")
_replaced("nested_objects", b'{"a":' * 10_000 + b"{}" + b"}" * 10_000, "not JSON", "Deeper than any reader's stack.")
_replaced("brackets_in_strings", json.dumps(["[" * 10_000]).encode(), "expected an object", "Strings do not nest.")


@attack("malformed", ENCODING, "two_documents", "retry", "not JSON", "Only the first one would count.")
def _(c: Certificate) -> bytes:
    return encoded(c) * 2


@attack("malformed", ENCODING, "cut_off", "retry", "not JSON", "The end is missing.")
def _(c: Certificate) -> bytes:
    return encoded(c)[:-5]


@attack("malformed", ENCODING, "utf_16", "retry", "not JSON", "Python's json would read it from bytes.")
def _(c: Certificate) -> bytes:
    return encoded(c).decode().encode("utf-16")
