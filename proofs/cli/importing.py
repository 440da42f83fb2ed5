"""`gammastar import` and `gammastar export`: other people's MDPs in, ours out, and what was done to them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

from exact.errors import NotAModel
from exact.formats import lines, read_source, with_shutdown, write_drn
from exact.formats.shutdown import renamed
from exact.instance import parse_instance
from exact.instance.write import write_instance
from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json, read
from proofs.cli.target import check_target, save
from proofs.report.document import about

WIDTH = 79


def run(
    source: str,
    output: Path,
    options: list[str],
    names: Path | None,
    shutdown: str | None,
    terminal: str | None,
    as_json: bool,
) -> int:
    """Write the instance file; print what was changed or lost, line by line."""
    check_target(output, Path(source), names)
    found = read_source(source, options, terminal)
    if names is not None:
        found = renamed(found, names)
    text = write_instance(with_shutdown(found, shutdown)).encode()
    instance = parse_instance(text)  # what is written can be read
    save(output, text)
    said, new = list(lines(found)), instance.mdp.states[instance.shutdown_state]
    if as_json:
        document = {"format": "gammastar-import/1", "source": source, "output": str(output)}
        print_json({**document, "instance": about(instance), "notes": said})
        return VERIFIED
    print_lines(said)
    off = instance.mdp.actions[instance.shutdown_state][instance.shutdown_action]
    end = instance.mdp.states[instance.s_term]
    print(f"{output}: {len(instance.mdp)} states; shutdown: {off} in {new}, to {end}")
    return VERIFIED


def export(path: Path, output: Path, as_json: bool) -> int:
    """Write the DRN file; print what it does not say."""
    check_target(output, path)
    if output.suffix != ".drn":
        raise NotAModel("an export to that format", "name a file that ends in .drn", str(output))
    _, instance = read(path)
    text, lost = write_drn(instance)
    save(output, text.encode())
    if as_json:
        document = {"format": "gammastar-export/1", "output": str(output)}
        print_json({**document, "instance": about(instance), "notes": lost})
        return VERIFIED
    print_lines(lost)
    print(f"{output}: {len(instance.mdp)} states, exact")
    return VERIFIED


def print_lines(said: Iterable[str]) -> None:
    """Each in paragraphs of whole words."""
    for line in said:
        print(textwrap.fill(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False))
