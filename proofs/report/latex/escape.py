"""Names as LaTeX that any pdflatex understands, with or without fontenc. The output is plain ASCII.

Accented letters become accents, Greek letters and a few signs become formulas, and what is left is shown by its code
point, so that no name is lost and none stops a compilation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

_MARKS = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\symbol{34}",
    "'": r"\symbol{39}",
    "`": r"\symbol{96}",
    " ": r"\ ",
    "-": "-{}",  # no ligatures
    ",": ",{}",
    "!": "!{}",
    "?": "?{}",
    **{mark: f"\\{mark}" for mark in "{}$&#%_"},
}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0331": "b",
}  # fmt: skip
_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "ı": "i",
            "§": "S", "¶": "P", "£": "pounds", "©": "copyright", "…": "ldots", "†": "dag", "‡": "ddag",
            "–": "textendash", "—": "textemdash", "“": "textquotedblleft", "”": "textquotedblright",
            "‘": "textquoteleft", "’": "textquoteright", "å": "aa", "Å": "AA"}  # fmt: skip
_COMMANDS = frozenset(rf"\{command}{{}}" for letter, command in _LETTERS.items() if letter.isalpha())
_ACCENTED = frozenset(f"{accent}{{" for accent in _ACCENTS.values())
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
    "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    "ε": "varepsilon", "ϵ": "epsilon", "φ": "varphi", "ϕ": "phi", "ϑ": "vartheta", "ϖ": "varpi", "ϱ": "varrho",
    "ς": "varsigma", "µ": "mu",
}  # fmt: skip
_LATIN_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧοϒ", "ABEZHIKMNOPTXoY", strict=True))
_SIGNS = {
    "°": r"^{\circ}", "′": r"{}'", "→": r"\rightarrow", "←": r"\leftarrow", "↑": r"\uparrow", "↓": r"\downarrow",
    "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "×": r"\times", "·": r"\cdot", "÷": r"\div", "±": r"\pm",
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "∞": r"\infty", "∈": r"\in", "−": "-", "¬": r"\neg",
    "∅": r"\emptyset", "∪": r"\cup", "∩": r"\cap", "∀": r"\forall", "∃": r"\exists", "√": r"\surd", "∂": r"\partial",
    **{digit: f"_{{{n}}}" for n, digit in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{digit: f"^{{{n}}}" for n, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}  # fmt: skip
_LONG = 8  # characters of a text that stays on one line; a longer one breaks after marks
_ENDLESS = 16  # letters in a row that are not broken; in a longer row one may break at every 8th


def escaped(text: str) -> str:
    """The text as LaTeX for text mode: ASCII, no unescaped special, balanced braces, no line break."""
    pieces = _spaced(list(_pieces(text)))
    if len(pieces) <= _LONG:
        return "".join(pieces)
    return "".join(_broken(list(run), letters) for letters, run in groupby(pieces, key=_is_letter))


def name(text: str) -> str:
    r"""The name of a state, an action or an instance: `\texttt{...}`, in text and (with amsmath) in formulas."""
    return rf"\texttt{{{escaped(text)}}}"


def slug(text: str, otherwise: str) -> str:
    """The name as a part of a label if it can be one, else what is given."""
    fit = text.isascii() and text.replace("-", "").isalnum() and not text.startswith(otherwise[:6])
    return text if fit else otherwise


def _spaced(pieces: list[str]) -> list[str]:
    """A single space inside stays one, which can also be stretched; others must not be swallowed."""
    made: list[str] = []
    for k, piece in enumerate(pieces):
        inside = 0 < k < len(pieces) - 1 and not made[-1].endswith(" ")
        made.append(" " if piece == _MARKS[" "] and inside else piece)
    return made


def _pieces(text: str) -> Iterator[str]:
    """One piece for each letter with its accents."""
    decomposed = unicodedata.normalize("NFD", text)
    position = 0
    while position < len(decomposed):
        base, end = decomposed[position], position + 1
        while end < len(decomposed) and unicodedata.combining(decomposed[end]):
            end += 1
        yield from _cluster(base, decomposed[position + 1 : end])
        position = end


def _cluster(base: str, accents: str) -> Iterator[str]:
    if len(accents) == 1 and accents in _ACCENTS and base.isascii() and base.isalpha():
        yield rf"\{_ACCENTS[accents]}{{{base}}}"
        return
    composed = unicodedata.normalize("NFC", base + accents)
    for mark in composed if composed in _LETTERS else base + accents:
        yield _mark(mark)


def _mark(mark: str) -> str:
    if mark in _MARKS:
        return _MARKS[mark]
    if mark.isascii() and mark.isprintable():
        return mark
    if mark in _LETTERS:
        return rf"\{_LETTERS[mark]}{{}}"
    formula = rf"\{_GREEK[mark]}" if mark in _GREEK else _SIGNS.get(mark)
    if mark in _LATIN_TWINS:
        formula = rf"\mathrm{{{_LATIN_TWINS[mark]}}}"
    return rf"{{\tiny U+{ord(mark):04X}}}" if formula is None else rf"\ensuremath{{{formula}}}"


def _is_letter(piece: str) -> bool:
    """Also a letter with its accent, and one that LaTeX has a command for."""
    return piece.isalnum() or piece in _COMMANDS or (piece[:1] == "\\" and piece[1:3] in _ACCENTED)


def _broken(run: list[str], letters: bool) -> str:
    """A row of letters, or of marks, with the places where a line may end. A space is one by itself."""
    if letters:
        step = _LONG if len(run) > _ENDLESS else len(run)
        return r"\allowbreak{}".join("".join(run[k : k + step]) for k in range(0, len(run), step))
    return "".join(piece if piece == " " else piece + r"\allowbreak{}" for piece in run)
