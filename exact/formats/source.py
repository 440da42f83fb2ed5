"""SOURCE as the command takes it: `gymnasium:ID`, a DRN file, a PRISM or JANI file."""

from __future__ import annotations

from pathlib import Path

from exact.formats.drn_model import DEADLOCK, read_drn
from exact.formats.errors import NotAModel
from exact.formats.gymnasium_id import from_gymnasium, options, split
from exact.formats.imported import Imported
from exact.formats.storm import read_program

_GYMNASIUM = "gymnasium:"
_PROGRAMS = (".prism", ".nm", ".pm", ".jani")


def read_source(source: str, given: list[str], terminal: str | None = None) -> Imported:
    """Whatever the source is. given: further options of a Gymnasium id, `key=value`; terminal: a label of states that
    end episodes, for files. Raises an ExactError; OSError passes.
    """
    if source.startswith(_GYMNASIUM):
        if terminal is not None:
            raise NotAModel("Gymnasium has no labels", "leave --terminal out", "--terminal")
        identifier, asked = split(source.removeprefix(_GYMNASIUM))
        return from_gymnasium(identifier, **{**asked, **options(given)})
    if given:
        raise NotAModel("options are for gymnasium:ID", "leave --option out", "--option")
    path = Path(source)
    if path.suffix == ".drn":
        return read_drn(path, terminal or DEADLOCK)
    if path.suffix in _PROGRAMS:
        return read_program(path, terminal or DEADLOCK)
    kinds = f"gymnasium:ID, or a file that ends in .drn, {', '.join(_PROGRAMS)}"
    raise NotAModel(f'"{source}" is none of the sources', f"give {kinds}")
