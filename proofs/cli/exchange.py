"""Other people's MDPs in, ours out, and what was done to them: `gammastar import` and `export`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from exact.errors import NotAModel
from proofs.cli.command import at_a_point, command
from proofs.cli.exits import VERIFIED
from proofs.cli.options import InstancePath, Json, argument, option
from proofs.cli.target import check_target, print_json, save

WIDTH = 79


@command
def import_(
    source: Annotated[str, argument("SOURCE", "gymnasium:ID?option=value, or a .drn, .umb, .prism or .jani file.")],
    output: Annotated[Path, option("OUT.toml", "The instance file.", "-o", "--output")],
    options: Annotated[
        list[str] | None, option("K=V", "An option of the environment, a constant of the program.", "--option")
    ] = None,
    names: Annotated[Path | None, option("FILE", "TOML: names of states and actions.")] = None,
    shutdown: Annotated[
        str | None, option("STATE", "Add the action off there, to a new state term; or STATE:ACTION.")
    ] = None,
    terminal: Annotated[
        str | None, option("LABEL", "States so labelled that only loop end the episode; else deadlock.")
    ] = None,
    json: Json = False,
) -> int:
    """Other people's MDPs as an instance file: exact, or the loss is said line by line."""
    from exact.formats import lines, read_source, with_shutdown
    from exact.formats.shutdown import renamed
    from exact.instance import parse_instance
    from exact.instance.write import write_instance
    from proofs.report.document import about

    check_target(output, Path(source), names)
    found = read_source(source, options or [], terminal)
    if names is not None:
        found = renamed(found, names)
    text = write_instance(with_shutdown(found, shutdown)).encode()
    instance = parse_instance(text)  # what is written can be read
    save(output, text)
    notes, mdp = list(lines(found)), instance.mdp
    if json:
        document = {"format": "gammastar-import/1", "source": source, "output": str(output)}
        print_json({**document, "instance": about(instance), "notes": notes})
    else:
        _print(notes)
        new, end = mdp.states[instance.shutdown_state], mdp.states[instance.s_term]
        off = mdp.actions[instance.shutdown_state][instance.shutdown_action]
        print(f"{output}: {len(mdp)} states; shutdown: {off} in {new}, to {end}")
    return VERIFIED


@at_a_point
def export(
    path: InstancePath,
    output: Annotated[Path, option("OUT.drn", "The file for Storm.", "-o", "--output")],
    json: Json = False,
) -> int:
    """An instance as DRN, Storm's explicit format, with exact values."""
    from exact.formats import write_drn
    from proofs.cli.source import read
    from proofs.report.document import about

    check_target(output, path)
    if output.suffix != ".drn":
        raise NotAModel("an export to that format", "name a file that ends in .drn", str(output))
    instance = read(path)
    text, lost = write_drn(instance)
    save(output, text.encode())
    if json:
        document = {"format": "gammastar-export/1", "output": str(output)}
        print_json({**document, "instance": about(instance), "notes": lost})
    else:
        _print(lost)
        print(f"{output}: {len(instance.mdp)} states, exact")
    return VERIFIED


def _print(notes: Iterable[str]) -> None:
    """Each in paragraphs of whole words."""
    for line in notes:
        print(textwrap.fill(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False))
