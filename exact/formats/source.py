"""SOURCE as the command takes it: `gymnasium:ID`, a DRN or UMB file, a PRISM or JANI file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exact.errors import NotAModel, within
from exact.formats import drn, umb
from exact.formats.explicit import DEADLOCK, Document
from exact.formats.explicit_model import modelled
from exact.formats.gymnasium_id import from_gymnasium, options, split
from exact.formats.imported import Imported
from exact.formats.packed import archived, contents
from exact.formats.storm import read_program

_GYMNASIUM = "gymnasium:"
_DRN, _UMB = (".drn", ".drn.gz", ".drn.xz"), (".umb",)
_PROGRAMS = (".prism", ".nm", ".pm", ".jani")


def read_source(source: str, given: list[str], terminal: str | None = None) -> Imported:
    """Whatever the source is. given: options of a Gymnasium id, open constants of a PRISM program, `key=value`;
    terminal: a label of states that end episodes, for files. Raises an ExactError; OSError passes.
    """
    if source.startswith(_GYMNASIUM):
        if terminal is not None:
            raise NotAModel("Gymnasium has no labels", "leave --terminal out", "--terminal")
        identifier, asked = split(source.removeprefix(_GYMNASIUM))
        return from_gymnasium(identifier, **{**asked, **options(given)})
    if source.endswith(_PROGRAMS):
        constants = {name: str(value).lower() for name, value in options(given).items()}
        return read_program(Path(source), constants, terminal or DEADLOCK)
    if given:
        raise NotAModel("options are for gymnasium:ID and PRISM", "leave --option out", "--option")
    if source.endswith(_DRN):
        return read_drn(source, terminal or DEADLOCK)
    if source.endswith(_UMB):
        return read_umb(source, terminal or DEADLOCK)
    kinds = f"gymnasium:ID, or a file that ends in {', '.join((*_DRN, *_UMB, *_PROGRAMS))}"
    raise NotAModel(f'"{source}" is none of the sources', f"give {kinds}")


def read_drn(path: Path | str, terminal: str = DEADLOCK) -> Imported:
    """The model of a DRN file. Raises an ExactError whose place begins with the file's name; OSError passes."""
    return _read(Path(path), terminal, lambda data: drn.parse(_text(data)), "DRN")


def read_umb(path: Path | str, terminal: str = DEADLOCK) -> Imported:
    """The model of a UMB file. Raises an ExactError whose place begins with the file's name; OSError passes."""
    return _read(Path(path), terminal, umb.parse, "UMB")


def parse_drn(text: str, name: str = "drn", terminal: str = DEADLOCK) -> Imported:
    """The model of a DRN text. Raises what exact.formats.explicit_model.modelled does, and NotExact."""
    return _model(drn.parse(text), name, terminal, "DRN")


def _read(path: Path, terminal: str, parse: Callable[[bytes], Document], kind: str) -> Imported:
    with within(str(path)):
        return _model(parse(contents(path)), path.name.partition(".")[0], terminal, kind)


def _model(document: Document, name: str, terminal: str, kind: str) -> Imported:
    return replace(modelled(document, name, terminal), description=f"from {kind}, {document.kind}")


def _text(data: bytes) -> str:
    """Storm's compressed files are archives of one file."""
    files = archived(data)
    if len(files) > 1:
        raise NotAModel(f"an archive of {len(files)} files", "one DRN file was expected")
    data = next(iter(files.values()), data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAModel(f"byte {error.start} is not UTF-8 text", "save the file as UTF-8") from None
