"""Attacks on the document as a whole, and on how numbers are written."""

from __future__ import annotations

import json

from tests.corpus.build import Certificate, attack, claim, encoded

CERTIFICATE, ENCODING = "certificate", "encoding"


@attack("valid", CERTIFICATE, "honest", "retry", "theorem theorem-2 probability-1: proved", "As the tool writes it.")
def _(c: Certificate) -> None:
    pass


@attack(
    "invalid", CERTIFICATE, "another_instance", "retry", "about another instance file", "The sha256 is another one."
)
def _(c: Certificate) -> None:
    c["instance"]["sha256"] = "0" * 64


@attack("invalid", CERTIFICATE, "digest_in_capitals", "retry", "about another instance file", "Compared as text.")
def _(c: Certificate) -> None:
    c["instance"]["sha256"] = c["instance"]["sha256"].upper()


@attack("holey", CERTIFICATE, "no_claims", "retry", "no reach claim for x", "Nothing is claimed, nothing is proved.")
def _(c: Certificate) -> None:
    c["claims"] = []


@attack(
    "malformed", CERTIFICATE, "another_format", "retry", "is not one of gammastar-certificate/1", "Of another version."
)
def _(c: Certificate) -> None:
    c["format"] = "gammastar-certificate/2"


@attack("malformed", CERTIFICATE, "unknown_key", "retry", "exactly the keys", "A key that FORMAT.md does not name.")
def _(c: Certificate) -> None:
    c["verdict"] = "verified"


@attack("malformed", CERTIFICATE, "missing_key", "retry", "exactly the keys", "The name of the instance is missing.")
def _(c: Certificate) -> None:
    del c["instance"]["name"]


@attack("malformed", CERTIFICATE, "unknown_claim", "retry", "is not one of reach", "A claim kind without a rule.")
def _(c: Certificate) -> None:
    c["claims"].insert(0, {"claim": "trust-me"})


@attack("malformed", CERTIFICATE, "claim_without_kind", "retry", "is not one of reach", "What it claims is not said.")
def _(c: Certificate) -> None:
    del c["claims"][0]["claim"]


@attack("malformed", CERTIFICATE, "unknown_key_in_a_claim", "retry", "exactly the keys", "A claim with a key too many.")
def _(c: Certificate) -> None:
    c["claims"][0]["proved"] = True


@attack("malformed", CERTIFICATE, "claims_as_an_object", "retry", "expected a list", "Claims are a list.")
def _(c: Certificate) -> bytes:
    return json.dumps(c | {"claims": {"0": c["claims"][0]}}).encode()


def _spelled(name: str, text: str, expects: str, why: str) -> None:
    @attack("malformed", ENCODING, name, "retry", expects, why)
    def _(c: Certificate) -> None:
        claim(c, "threshold", kind="paper")["frequency"] = text


_spelled("minus_zero", "-0", "is not an integer", "0 has one spelling.")
_spelled("over_one", "1/1", "not a rational in lowest terms", "An integer is written without a denominator.")
_spelled("not_in_lowest_terms", "2/4", "not a rational in lowest terms", "1/2 has one spelling.")
_spelled("negative_denominator", "1/-2", "not a rational in lowest terms", "The sign stands in front.")
_spelled("zero_denominator", "1/0", "not a rational in lowest terms", "There is no such number.")
_spelled("zero_over_something", "0/5", "not a rational in lowest terms", "0 has one spelling.")
_spelled("plus_sign", "+1", "is not an integer", "No plus sign.")
_spelled("leading_zero", "01", "is not an integer", "No leading zero.")
_spelled("blank_in_front", " 1", "is not an integer", "No blanks.")
_spelled("line_end", "1\n", "is not an integer", "No line ends.")
_spelled("decimal", "1.0", "is not an integer", "No decimals.")
_spelled("exponent", "1e0", "is not an integer", "No exponents.")
_spelled("underscore", "1_0", "is not an integer", "Python's int() reads 10.")
_spelled("fullwidth_digit", "\uff11", "is not an integer", "Python's int() reads 1.")
_spelled("empty_string", "", "is not an integer", "No number at all.")
_spelled("two_slashes", "1/2/3", "is not an integer", "One denominator.")
_spelled("too_many_digits", "1" * 20_001, "is not an integer", "Numbers are bounded in length.")


def _written(name: str, old: bytes, new: bytes, expects: str, why: str) -> None:
    @attack("malformed", ENCODING, name, "retry", expects, why)
    def _(c: Certificate) -> bytes:
        data = encoded(c)
        if old not in data:
            raise ValueError(f"nothing to replace for {name}")
        return data.replace(old, new, 1)


_written("json_integer", b'"frequency": "1"', b'"frequency": 1', "not written as a string", "No JSON number.")
_written("json_float", b'"frequency": "1"', b'"frequency": 1.0', "not written as a string", "No JSON number.")
_written("nan", b'"frequency": "1"', b'"frequency": NaN', "not written as a string", "Python's json reads it.")
_written(
    "infinity", b'"frequency": "1"', b'"frequency": -Infinity', "not written as a string", "Python's json reads it."
)
_written(
    "huge_json_integer",
    b'"frequency": "1"',
    b'"frequency": ' + b"1" * 5000,
    "not written as a string",
    "Over 4,300 digits.",
)
_written(
    "boolean_for_a_number", b'"frequency": "1"', b'"frequency": true', "expected a string", "In Python, True == 1."
)
_written("null_for_a_number", b'"frequency": "1"', b'"frequency": null', "expected a string", "No number.")
_written("number_for_a_boolean", b'"holds": true', b'"holds": 1', "not written as a string", "In Python, 1 == True.")
_written(
    "repeated_key", b'"frequency": "1"', b'"frequency": "2", "frequency": "1"', "a key is repeated", "Which one counts?"
)
_written("repeated_state", b'"policy": {', b'"policy": {"x": "stay", ', "a key is repeated", "Which action counts?")
_written("trailing_comma", b'"frequency": "1"', b'"frequency": "1",', "not JSON", "No trailing comma.")
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
