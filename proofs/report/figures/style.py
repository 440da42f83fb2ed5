"""The look of all figures: Okabe and Ito's colours, dashes that tell lines apart in grey, column widths, small type.

The type is Computer Modern, LaTeX's own, names in its typewriter face as in the text. What it lacks DejaVu has.
"""

from __future__ import annotations

from typing import Any

BLACK, GREY, BLUE, VERMILION, ORANGE = "#000000", "#6e6e6e", "#0072B2", "#D55E00", "#E69F00"
GREEN, PURPLE, SKY = "#009E73", "#CC79A7", "#56B4E9"
COLOURS = (BLUE, VERMILION, GREEN, PURPLE, BLACK, SKY, ORANGE)
DASHES: tuple[tuple[int, tuple[float, ...]], ...] = (
    (0, ()),
    (0, (4, 1.4)),
    (0, (1, 1)),
    (0, (6, 1.2, 1, 1.2)),
    (0, (2, 1)),
)  # five, and seven colours: the first 35 lines differ in both together
WIDTHS = {1: 3.3, 2: 6.9}  # inches, for one and two columns
TYPE = 8  # points
SMALL = 7
ROMAN = ["cmr10", "DejaVu Serif"]
NAMES, OTHER_NAMES = "cmtt10", "DejaVu Sans Mono"  # the second has more alphabets

SETTINGS: dict[str, object] = {
    "font.family": ROMAN,
    "mathtext.fontset": "cm",
    "axes.formatter.use_mathtext": True,  # for the sake of minus signs
    "font.size": TYPE,
    "axes.labelsize": TYPE,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 1.2,
    "lines.dash_capstyle": "butt",
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.width": 0.6,
    "xtick.minor.width": 0.4,
    "xtick.minor.size": 1.6,
    "ytick.major.width": 0.6,
    "hatch.linewidth": 0.5,
    "pdf.fonttype": 42,  # TrueType: many publishers refuse Type 3
    "svg.fonttype": "path",  # the reader's fonts do not matter
    "svg.hashsalt": "gammastar",  # else the ids are random
    "path.simplify": False,
}


def line(number: int) -> dict[str, Any]:
    """Colour and dashes of the curve with this number."""
    return {"color": COLOURS[number % len(COLOURS)], "linestyle": DASHES[number % len(DASHES)]}
