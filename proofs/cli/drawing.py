"""Figures in files: `gammastar plot` and `graph`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from exact.errors import BadInstance
from proofs.cli import given
from proofs.cli.command import at_a_point
from proofs.cli.exits import VERIFIED, announce, progress
from proofs.cli.options import Columns, Figure, Gamma, InstancePath, Json, flag, option
from proofs.cli.target import check_target, print_written, save

if TYPE_CHECKING:
    from exact.family import Family
    from exact.instance import Instance
    from exact.instance.shown import Chances
    from proofs.claims.checked import Checked
    from proofs.report.figures.part import Part


@at_a_point
def plot(
    path: InstancePath,
    output: Figure,
    what: Annotated[str | None, option("FIGURE", "steps (the default), visits, values or phases.")] = None,
    columns: Columns = 1,
    gamma: Gamma = None,
    share: Annotated[bool, flag("--share", "The share of goals that shuts down, and its bound.")] = False,
    phases: Annotated[bool, flag("--phases", "V* against shutdown's value, and where a best policy ends.")] = False,
    regions: Annotated[bool, flag("--regions", "A family: n in the plane of a parameter and gamma.")] = False,
    over: Annotated[
        str | None,
        option("NAME", "--regions: over this parameter, the others held by --at or in the middle."),
    ] = None,
    undecided: Annotated[
        str | None, option("SHARE", "--regions: the share that may stay undecided, else 1/100.")
    ] = None,
    json: Json = False,
) -> int:
    """A figure over gamma: steps of n and n°, visit counts, shutdown's value, phases of the best policy, or the share
    of goals that shuts down; or a family's regions, in the plane of one parameter and gamma (PDF, SVG or PNG).
    """
    from proofs.report.figures.canvas import FORMATS, need_matplotlib
    from proofs.report.figures.draw import PLOTS, suffix
    from proofs.report.figures.errors import NotAFigure

    _suits({"--regions": regions, "--share": share, "--phases": phases, "--what": what}, over, undecided)
    figure = "phases" if phases else what or "steps"
    if figure not in PLOTS:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(PLOTS)}", "--what")
    kind = suffix(output, FORMATS)
    check_target(output, path)
    need_matplotlib()
    if regions:
        drawn = _regions(path, kind, columns, undecided or "1/100", over, gamma)
    else:
        drawn = _over_gamma(path, kind, columns, "share" if share else figure, gamma)
    save(output, drawn.file)
    if json:
        print_written("plot", drawn.given, output, **drawn.told)
    return VERIFIED


class _Drawn(NamedTuple):
    """told: what the JSON document says of it."""

    file: bytes
    given: Instance | Family
    told: dict[str, object]


def _suits(figures: dict[str, object], over: str | None, undecided: str | None) -> None:
    """Raises NotAFigure where two figures are asked for, or an option is for another one."""
    from proofs.report.figures.errors import NotAFigure

    asked = [name for name, chosen in figures.items() if chosen]
    if len(asked) > 1:
        raise NotAFigure(f"{asked[0]} is a figure of its own", "leave one of the two out", asked[1])
    for name, value in (("--over", over), ("--undecided", undecided)):
        if not figures["--regions"] and value is not None:
            raise NotAFigure("this is for --regions", "add --regions, or leave it out", name)


def _over_gamma(path: Path, kind: str, columns: int, figure: str, gamma: str | None) -> _Drawn:
    """Raises NothingToDraw; NotAGoalSet where the share of goals is asked for."""
    from proofs.cli.source import read
    from proofs.report.figures import draw
    from proofs.report.figures.canvas import drawing, file_bytes
    from proofs.verify import to_draw

    instance = read(path, gamma)
    checked = to_draw(instance, figure, progress)
    if figure != "share":
        return _Drawn(draw.plot(checked, figure, kind, columns), instance, {"figure": figure})
    from proofs.report.figures.shares import shares, shares_figure, shares_json

    found = shares(checked, progress)
    with drawing():
        file = file_bytes(shares_figure(checked, found, columns), kind)
    return _Drawn(file, instance, {"figure": figure, "shares": shares_json(found), "certified": False})


def _regions(path: Path, kind: str, columns: int, undecided: str, over: str | None, gamma: str | None) -> _Drawn:
    """Where in the plane of a parameter and gamma how many states are counted. Raises BadInstance, NotExact."""
    from exact.family import Family
    from exact.family.read import either_in
    from exact.limits import LARGEST_FILE
    from proofs.families.picture import REGIONS, pictured, plane_of
    from proofs.families.regions import share_of
    from proofs.report.figures.canvas import drawing, file_bytes
    from proofs.report.figures.regions import regions_figure

    share, gammas = share_of(undecided, "--undecided"), plane_of(gamma, "--gamma")
    name = given.place(path)
    family = either_in(given.file_bytes(path, LARGEST_FILE), name)
    if not isinstance(family, Family):
        remedy = "--regions draws a family: declare [parameters] p = [...]"
        raise BadInstance("there are no parameters", remedy, f"{name}: parameters")
    plane = pictured(family, share, over, dict(given.point), gammas, progress)
    with drawing():
        file = file_bytes(regions_figure(plane, columns), kind)
    told = {"figure": REGIONS, "undecided": str(plane.undecided), "certified": plane.certified}
    return _Drawn(file, family, told)


@at_a_point
def graph(
    path: InstancePath,
    output: Figure,
    columns: Columns = 2,
    leave_out: Annotated[list[str] | None, option("WHAT", "actions, or states that are unreached; repeatable.")] = None,
    within: Annotated[int | None, option("N", "Only the states that s_new reaches in N moves.", min=1)] = None,
    json: Json = False,
) -> int:
    """The MDP with its roles (PDF, SVG, PNG, or DOT as text); a grid where actions are called up, left, ..."""
    from exact.family.shown import chances as family_chances
    from exact.instance import Instance
    from proofs.cli.source import either
    from proofs.report.figures.draw import suffix
    from proofs.report.figures.errors import NothingToDraw
    from proofs.report.figures.graph import FORMATS, graph
    from proofs.report.figures.part import part_of
    from proofs.verify import proved

    kind, part = suffix(output, FORMATS), part_of(leave_out or (), within)
    check_target(output, path)
    instance = either(path)
    if isinstance(instance, Instance):
        checked, chances = proved(instance, ()), None
    else:  # the same at every point, with polynomials on its arrows
        checked, chances = proved(instance.centre, ()), partial(family_chances, instance)
    try:
        data, flaw = graph(checked, kind, columns, part, chances)
    except NothingToDraw as error:
        raise NothingToDraw(error.problem, _advice(checked, columns, part, chances), str(output)) from None
    save(output, data)
    if flaw:
        announce(f"{output}: {flaw}; {_advice(checked, columns, part, chances)}")
    if json:
        print_written("graph", instance, output)
    return VERIFIED


def _advice(checked: Checked, columns: int, part: Part, chances: Chances | None) -> str:
    """What can be read."""
    from proofs.report.figures.graph import remedies

    progress("looking for a part that can be read")
    whole = len(checked.instance.mdp)
    found = [
        f"{options} ({f'{states} of' if states < whole else 'all'} {whole} states)"
        for options, states in remedies(checked, columns, part, chances)
    ]
    if found:
        return f"it reads with {', or with '.join(found)}"
    return "no part of it reads better; the text of FILE.dot can be laid out by other means"
