"""The bytes of an instance file -> its TOML document, and the numbers in it. Bad input raises one ExactError."""

from __future__ import annotations

import tomllib
from fractions import Fraction

from exact.errors import BadInstance, NotExact, TooLarge
from exact.instance.tables import Table
from exact.limits import ALL_DOTS, LARGEST_FILE, LONGEST_NUMBER, MOST_DOTS
from exact.rational import rational

_PACKED = (b"\x1f\x8b", b"\xfd7zXZ")  # gzip, xz: DRN and UMB files may be compressed
_OTHERS = ("@", "//", "{", "mdp", "dtmc", "ctmc", "const", "module")  # DRN, JSON (JANI), PRISM; TOML begins otherwise
_IMPORT = "bring other formats in by: gammastar import FILE -o OUT.toml"


def document(data: bytes) -> Table:
    """The TOML document of a file. Raises TooLarge, BadInstance, NotExact."""
    if len(data) > LARGEST_FILE:
        raise TooLarge(f"a file of over {LARGEST_FILE} bytes", "shorten its names and numbers, or leave comments out")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith(_PACKED) or data[257:262] == b"ustar":
            raise BadInstance("not TOML, but an archive", _IMPORT) from None
        raise BadInstance(f"byte {error.start} is not UTF-8 text", "save the file as UTF-8") from None
    if text.startswith("\ufeff"):
        raise BadInstance("the file begins with a byte order mark", "save it as UTF-8 without BOM")
    dots = [line.count(".") for line in text.split("\n")]
    if max(dots) > MOST_DOTS:
        raise BadInstance(f"a line with over {MOST_DOTS} dots", "the keys of an instance have at most 3 parts")
    if max(dots) * (sum(dots) + 10 * len(dots)) > ALL_DOTS:
        raise BadInstance("lines with too many dots", "write long rows as tables, [transitions.STATE.ACTION]")
    try:
        return tomllib.loads(text, parse_float=_Float)
    except tomllib.TOMLDecodeError as error:
        if '"gammastar-certificate' in text[:200]:
            raise BadInstance("a certificate, not an instance", "name the instance file first") from None
        if text.lstrip().startswith(_OTHERS):
            raise BadInstance("not TOML", _IMPORT) from None
        raise BadInstance(f"not TOML: {error}", "see toml.io for the syntax") from None
    except RecursionError:
        raise BadInstance("tables or lists nested too deeply", "instance files nest at most 4 deep") from None
    except ValueError:  # CPython's bound on the conversion of decimal digits
        raise NotExact("an integer of over 4300 digits", f"numbers have at most {LONGEST_NUMBER}") from None


class _Float:
    """What stands for a TOML float until its place is known: it keeps the spelling."""

    def __init__(self, text: str) -> None:
        self.text = text


def number(value: object, where: str) -> Fraction:
    """An exact number of the file. Raises NotExact, with the string to write instead of a float."""
    if isinstance(value, _Float):
        finite = value.text.lstrip("+-")[:1].isdigit()
        remedy = f'write it as a string: "{value.text[:40]}"' if finite else 'write a finite number such as "1/3"'
        raise NotExact(f"{value.text[:40]} is a float, which is not exact", remedy, where)
    return rational(value, where)
