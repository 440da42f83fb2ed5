"""Tables as LaTeX: a tabular if it fits a page (and a two-column paper), else a longtable."""

from __future__ import annotations

from collections.abc import Sequence

MOST_LINES = 14  # of a table that does not break over pages
STRETCH = r"\renewcommand{\arraystretch}{1.2}"
Column = tuple[str, str]  # heading, `l` or the share of the line's width such as `0.3`


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], height: int = 1) -> str:
    """height: lines of text in a usual row. Needs booktabs, array and longtable."""
    spec = "".join(_spec(width) for _, width in columns)
    heads = " & ".join(heading for heading, _ in columns) + r" \\"
    body = [" & ".join(row) + r" \\" for row in rows]
    if len(rows) * height <= MOST_LINES:
        inside = [rf"\begin{{tabular}}{{@{{}}{spec}@{{}}}}", r"\toprule", heads, r"\midrule", *body]
        opening = [r"\begin{center}\small" + STRETCH, *inside]
        return "\n".join([*opening, r"\bottomrule", r"\end{tabular}", r"\end{center}"])
    begin = rf"\begin{{longtable}}{{@{{}}{spec}@{{}}}}"
    opening = [r"{\small" + STRETCH, begin, r"\toprule", heads, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot"]
    return "\n".join([*opening, *body, r"\end{longtable}}"])


def _spec(width: str) -> str:
    return "l" if width == "l" else rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}"
