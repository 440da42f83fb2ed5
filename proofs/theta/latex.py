"""Theta: Theta as LaTeX, one amsmath `align*` for each polyhedron."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exact.digits import exact_text
from proofs.theta.model import GoalSet, Piece, Statement
from proofs.theta.phrases import others, sides, signs
from proofs.theta.spelling import Spelling

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{mark: f"\\{mark}" for mark in "{}$&#%_"},
}
_TERMS = 4  # of a sum, on one line


def escaped(name: str) -> str:
    """A name as text inside a formula."""
    return r"\text{" + "".join(_ESCAPES.get(mark, mark) for mark in name) + "}"


FORMULA = Spelling(
    name=escaped,
    reward=r"r({state})",
    value=r"W({state})",
    action_value=r"{symbol}({state}, {action})",
    action_value_then=r"Q({state}, {action};\ {then})",
    decided=r"{state} \mapsto {action}",
    product=r"{factor}\,{symbol}",
    relations={">=": r"\ge", ">": ">", "=": "="},
    symbols={"return": "Q^*", "on-training": "Q^*", "immediate": "R"},
)


def latex(goals: GoalSet) -> str:
    """The description, for a document that uses amsmath."""
    return "\n".join(_lines(goals))


def _lines(goals: GoalSet) -> Iterator[str]:
    gamma = "" if goals.gamma is None else rf" at $\gamma = {exact_text(goals.gamma)}$"
    asked = goals.instance.goals
    yield f"% {goals.instance.name}: reading {asked.reading}, {asked.preference} preference; needs amsmath"
    if goals.is_empty:
        yield rf"$\Theta = \emptyset${gamma}."
        return
    several = len(goals.pieces) > 1
    union = r" \cup ".join(f"P_{{{number}}}" for number in range(1, len(goals.pieces) + 1))
    yield rf"$\Theta = {union}${gamma}, where" if several else rf"$\theta \in \Theta${gamma} iff"
    for number, piece in enumerate(goals.pieces, start=1):
        if several or piece.choices:
            yield rf"% polyhedron {number}"
        if several:
            yield rf"$\theta \in P_{{{number}}}$ iff"
        if piece.choices:
            yield rf"${FORMULA.actions(goals, piece.choices)}$ is optimal, that is,"
        yield from _piece(goals, piece)


def _piece(goals: GoalSet, piece: Piece) -> Iterator[str]:
    if piece.auxiliary:
        yield f"for some ${', '.join(FORMULA.action(goals, state, None) for state in piece.auxiliary)}$"
    rows = [_row(goals, piece, statement) for statement in others(piece)]
    if signs(piece):
        rows.append(_signs(goals, piece))
    yield r"\begin{align*}"
    yield " \\\\\n".join(rows or [r"  0 &\ge 0"])
    yield r"\end{align*}"


def _signs(goals: GoalSet, piece: Piece) -> str:
    """`r(s) >= 0` for all states, or for those where it does not follow from the rest."""
    named = signs(piece)
    rest = [name for name in goals.instance.mdp.states if name not in named]
    if 2 * len(named) <= goals.dimension:
        where = rf"s \in \{{{', '.join(map(escaped, named))}\}}"
    else:
        where = r"s \in S" + (rf" \setminus \{{{', '.join(map(escaped, rest))}\}}" if rest else "")
    return rf"  r(s) &\ge 0 && ({where})"


def _row(goals: GoalSet, piece: Piece, statement: Statement) -> str:
    left, relation, right = FORMULA.inequality(goals, piece, sides(statement.constraint))
    meaning = FORMULA.meaning(goals, piece, statement)
    comment = "" if meaning is None else f" && {meaning}"
    return f"  {_wrapped(left)} &{relation} {_wrapped(right)}{comment}"


def _wrapped(terms: Sequence[str]) -> str:
    """A long sum on several lines, in an `aligned` of its own."""
    if len(terms) <= _TERMS:
        return " ".join(terms)
    lines = [" ".join(terms[start : start + _TERMS]) for start in range(0, len(terms), _TERMS)]
    body = r" \\ ".join(f"&{line}" for line in lines)
    return rf"\begin{{aligned}}[t] {body} \end{{aligned}}"
