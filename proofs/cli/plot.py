"""`gammastar plot`."""

from __future__ import annotations

from pathlib import Path

from exact.errors import BadInstance
from exact.limits import LARGEST_FILE
from proofs.cli import given
from proofs.cli.exits import VERIFIED, progress
from proofs.cli.source import print_json, print_written, read
from proofs.cli.target import check_target, save
from proofs.report.figures.canvas import FORMATS, drawing, file_bytes, need_matplotlib
from proofs.report.figures.draw import PLOTS, plot, suffix
from proofs.report.figures.errors import NotAFigure
from proofs.verify import to_draw


def run(path: Path, output: Path, what: str, columns: int, gamma: str | None = None, as_json: bool = False) -> int:
    """Draw one figure over gamma into a file."""
    if what not in PLOTS:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(PLOTS)}", "--what")
    kind = suffix(output, FORMATS)
    check_target(output, path)
    need_matplotlib()
    _, instance = read(path, gamma)
    save(output, plot(to_draw(instance, what, progress), what, kind, columns))
    if as_json:
        print_written("plot", instance, output, figure=what)
    return VERIFIED


def suits(regions: bool, share: bool, phases: bool, what: str | None, over: str | None, undecided: str | None) -> None:
    """Raises NotAFigure where an option is for another figure."""
    figures = {"--regions": regions, "--share": share, "--phases": phases, "--what": what}
    asked = [option for option, given in figures.items() if given]
    if len(asked) > 1:
        raise NotAFigure(f"{asked[0]} is a figure of its own", "leave one of the two out", asked[1])
    for option, value in (("--over", over), ("--undecided", undecided)):
        if not regions and value is not None:
            raise NotAFigure("this is for --regions", "add --regions, or leave it out", option)


def run_share(path: Path, output: Path, columns: int, gamma: str | None = None, as_json: bool = False) -> int:
    """Draw the share of goals that shuts down over gamma, under the bound. Raises NothingToDraw, NotAGoalSet."""
    from proofs.report.figures.shares import SHARE, shares, shares_figure, shares_json

    kind = suffix(output, FORMATS)
    check_target(output, path)
    need_matplotlib()
    _, instance = read(path, gamma)
    checked = to_draw(instance, SHARE, progress)
    found = shares(checked, progress)
    with drawing():
        save(output, file_bytes(shares_figure(checked, found, columns), kind))
    if as_json:
        print_written("plot", instance, output, figure=SHARE, shares=shares_json(found), certified=False)
    return VERIFIED


def run_regions(
    path: Path, output: Path, columns: int, undecided: str, over: str | None, gamma: str | None, as_json: bool
) -> int:
    """Draw where in the plane of a parameter and gamma how many states are counted. Raises BadInstance, NotExact."""
    from exact.family import Family
    from exact.family.read import either_in
    from proofs.families.document import about
    from proofs.families.picture import REGIONS, pictured, plane_of
    from proofs.families.regions import share_of
    from proofs.report.figures.regions import regions_figure

    kind = suffix(output, FORMATS)
    check_target(output, path)
    need_matplotlib()
    share, gammas = share_of(undecided, "--undecided"), plane_of(gamma, "--gamma")
    name = given.place(path)
    family = either_in(given.file_bytes(path, LARGEST_FILE), name)
    if not isinstance(family, Family):
        problem, remedy = "there are no parameters", "--regions draws a family: declare [parameters] p = [...]"
        raise BadInstance(problem, remedy, f"{name}: parameters")
    plane = pictured(family, share, over, dict(given.point), gammas, progress)
    with drawing():
        save(output, file_bytes(regions_figure(plane, columns), kind))
    if as_json:
        head = {"format": "gammastar-plot/1", "instance": about(family), "output": str(output), "figure": REGIONS}
        print_json({**head, "undecided": str(plane.undecided), "certified": plane.certified})
    return VERIFIED
