"""What is proved of families, as objects that speak names, and the public function on where n is what."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from rich.console import Console

from exact.family import Family
from exact.family.curves import Curve
from exact.rational import Exact
from gammastar.asked import Tell, family_of, quiet
from gammastar.certificate import Certificate
from gammastar.notebook import Answer, as_kind
from gammastar.result import Judged
from proofs.families import document, text
from proofs.families import regions as strips
from proofs.families import returns as counted
from proofs.families.picture import plane
from proofs.families.session import CheckedFamily
from proofs.report.headline import verdict_text
from proofs.report.terminal import show_lines

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class FamilyResult(Judged, CheckedFamily):
    """What the kernel accepted of a family: it holds at every point of the box and every gamma that was asked about.

    `.counted["paper"]`: (the least n over both, the states that are counted everywhere); `.failing`: points at which
    the theorem fails; `.hypotheses`, `.holes`, `.status` and `.axioms` as of a Result.

    >>> import gammastar as gs
    >>> found = gs.verify(gs.read("examples/families/retry.toml"))
    >>> found.verdict, found.n, found.theorem("theorem-2").verdict, found.counted["paper"]
    ('verified', 1, 'verified', (1, ('x',)))
    >>> print(found.says.splitlines()[0])
    Theorem 2 holds for every p in [1/10, 9/10] and every gamma in [3/4, 1): n >= 1 (the paper's argument)
    """

    @property
    def says(self) -> str:
        """The answer in a sentence or two."""
        return "\n".join(text.headline(self))

    to_dict = document.document

    def show(self, console: Console) -> None:
        """As `gammastar verify` prints it."""
        show_lines(console, [*text.lines(self), f"kernel: s {self.status}"])

    def __repr__(self) -> str:
        said = verdict_text(self.main, self.asked[0])
        return f"<{type(self).__name__} {self.family.centre.name}: {said}, s {self.status}>"


class FamilyReturns(Answer, counted.FamilyReturns):
    """What one policy earns on a family: `.visits["x"]` is v_x, a function of gamma and the parameters, `.total` the
    return for the question's rewards. Computed, not certified. `.policy` is {state: action}.
    """

    to_dict = counted.document

    def show(self, console: Console) -> None:
        """As `gammastar returns` prints it."""
        show_lines(console, counted.lines(self))

    def __repr__(self) -> str:
        entries = [f"v_{x} = {form}" for x, form in self.visits.items()]
        return "\n".join([*entries, *([] if self.total is None else [f"return = {self.total}"])])


class FamilyRegions(Answer, strips.Regions):
    """Where in the box times (0, 1) how many states are counted: `.cells`, `.curves_of(x)`, `.undecided`, `.certified`.

    `.columns`: boxes of parameters, each with a strip around the threshold of every state.
    """

    to_dict = strips.document

    @property
    def certificate(self) -> Certificate:
        """Of the strips."""
        return Certificate(self.checked.certificate)

    def curves_of(self, state: str) -> list[Curve]:
        """gamma*_x over the box, piece by piece: `.polynomial`, which is 0 there, `.solved()` for gamma where that is
        short (sympy), `.boxes`. Computed, not certified: the strips are. Raises UnknownState.
        """
        number = self.family.centre.mdp.state(state)
        return [curve for curve in self.curves if curve.state == number]

    def plot(self, columns: int = 1) -> Figure:
        """The plane of the parameter and gamma. See gammastar.plot. Raises BadInstance for several parameters."""
        from gammastar.drawing import plot_plane

        return plot_plane(plane(self), columns)

    def show(self, console: Console) -> None:
        """As `gammastar regions` prints it."""
        show_lines(console, strips.lines(self))

    def __repr__(self) -> str:
        said = f"{len(self.columns)} columns, {strips.percent(self.undecided)} undecided"
        return f"<{type(self).__name__} of {self.family.centre.name}: {said}>"


def regions(
    given: Family | CheckedFamily | str | PathLike[str], undecided: Exact = "1/100", tell: Tell = quiet
) -> FamilyRegions:
    """Over a family's box and all gammas of (0, 1): how many states are counted where, and the thresholds as curves.

    The box is cut until the share of box times (0, 1) in which n is open is at most undecided. What is done when it is
    interrupted is kept. Raises BadInstance where there are no parameters, NotExact.

    >>> import gammastar as gs
    >>> found = gs.regions("examples/families/retry.toml", undecided="1/20")
    >>> found.certified, found.undecided <= 1
    (True, True)
    >>> found.curves_of("x")[0].solved()
    (p + sqrt(p*(4 - 3*p)) - 2)/(2*(p - 1))
    """
    share = strips.share_of(undecided, "undecided")
    return as_kind(FamilyRegions, strips.regions(family_of(given), share, tell))
