"""Names of any kind as LaTeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proofs.report.latex.escape import escaped, name, slug

# What the output is made of: letters that stand for themselves, and commands that need no package.
TOKEN = re.compile(
    r"[A-Za-z0-9.:;()\[\]/*+=@ ]|[-,!?]\{\}|\\[{}$&#%_ ]"
    r"|\\(?:textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|allowbreak)\{\}"
    r"|\\(?:text(?:en|em)dash|textquote(?:dbl)?(?:left|right)|ss|o|O|ae|AE|oe|OE|l|L|i|S|P|pounds|copyright|ldots"
    r"|dag|ddag|aa|AA)\{\}"
    r"|\\symbol\{(?:34|39|96)\}|\\[`'^~=.\"urHvdcb]\{[A-Za-z]\}|\{\\tiny U\+[0-9A-F]{4,6}\}"
    r"|\\ensuremath\{(?:\\[A-Za-z]+|[_^]\{[0-9]\}|\^\{\\circ\}|\{\}'|-|\\mathrm\{[A-Za-z]\})\}"
)
NAMES = ["a_b", "100%", "θ", "γ°", "back\\slash", "{x}", "}", "$HOME", "#1", "&", "~^", 'say "x"', "it's", "`", "<<>>",
         "--", "?`!`", "two  words", "日本", "é", "e\u0301\u0323", "x" * 80, "Å", "\u0301", "\n", "\x00", "😀", "Σ",
         "Ο", "x₁²", "→", "%\\input{x}", "\\end{document}"]  # fmt: skip


def tokens(text: str) -> list[str]:
    """The pieces of escaped text; fails where something else is found."""
    found, position = [], 0
    while position < len(text):
        match = TOKEN.match(text, position)
        assert match is not None, text[position:]
        found.append(match[0])
        position = match.end()
    return found


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs")), max_size=40))
@example("\\{}$&#%_^~<>|\"'`-,!?")
def test_any_printable_name_is_made_of_known_tokens(text: str) -> None:
    """Nothing in the output is special by accident: every character belongs to a piece that LaTeX knows."""
    assert "  " not in "".join(tokens(escaped(text)))


@pytest.mark.parametrize("text", NAMES)
def test_nasty_names_are_made_of_known_tokens(text: str) -> None:
    """The same for the names that people and attackers choose."""
    tokens(escaped(text))
    assert name(text) == rf"\texttt{{{escaped(text)}}}"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16), st.data())
def test_different_names_stay_different(text: str, data: st.DataObject) -> None:
    """Two ASCII names never come out the same."""
    other = data.draw(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16))
    assert (escaped(text) == escaped(other)) == (text == other)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("r_1", r"r\_1"),
        ("γ", r"\ensuremath{\gamma}"),
        ("Ω", r"\ensuremath{\Omega}"),
        ("Α", r"\ensuremath{\mathrm{A}}"),
        ("é", r"\'{e}"),
        ("ü", r"\"{u}"),
        ("ß", r"\ss{}"),
        ("a b", "a b"),
        (" a  b ", r"\ a \ b\ "),
        ("日", r"{\tiny U+65E5}"),
    ],
)
def test_spelling(text: str, wanted: str) -> None:
    """Readable where LaTeX has the letter, the code point where it has not."""
    assert escaped(text) == wanted


def test_long_names_may_break() -> None:
    """A name of 80 letters can be broken."""
    assert escaped("x" * 80).count("allowbreak") >= 4


@pytest.mark.parametrize("text", ["a_b", "θ", "a b", "a,b", "", "}", "state-4", "%"])
def test_labels_are_plain(text: str) -> None:
    """What cannot stand in a label is replaced, and so is what could be taken for a replacement."""
    assert slug(text, "state-7") == "state-7"
    assert slug("corridor-3", "state-7") == "corridor-3"


def test_prose_breaks_between_words_only() -> None:
    """No word is broken in the middle, however long the text; accents do not end a word."""
    text = "three rooms in a row in each of which one can stay, größer als Übergrößenträger"
    assert escaped(text).count("allowbreak") == 1
