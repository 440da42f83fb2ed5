"""PRISM programs and JANI models, built by stormpy (an optional package) in rationals and read as the DRN it writes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exact.errors import ExactError, NotAModel
from exact.formats.drn import parse
from exact.formats.explicit import DEADLOCK
from exact.formats.explicit_model import modelled
from exact.formats.imported import Imported, check_states
from exact.formats.optional import package
from exact.formats.packed import contents
from exact.linear.silence import silence


def read_program(path: Path, constants: Mapping[str, str] | None = None, terminal: str = DEADLOCK) -> Imported:
    """The model of a PRISM or JANI file. constants: values of those that it leaves open.

    Raises NotInstalled, and an ExactError whose place begins with the file's name; OSError passes.
    """
    path.open("rb").close()
    stormpy = package("stormpy", f"a {path.suffix} file")
    writer = package("stormpy.io", f"a {path.suffix} file")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.drn"
        try:
            with silence(1), silence(2):  # Storm prints what it also raises
                model = _built(stormpy, path, constants or {})
            check_states(model.nr_states)
            writer.export_to_drn(model, str(file))
            return modelled(parse(contents(file).decode()), path.stem, terminal)
        except ExactError as error:
            raise type(error)(error.problem, error.remedy, str(path)) from None
        except Exception as error:  # noqa: BLE001  # strangers' code; whatever it says is the reason
            said = " ".join(str(error).split()).rstrip(".") or type(error).__name__
            remedy = "give each constant a value: --option N=3" if "constant" in said else "see Storm's documentation"
            raise NotAModel(f"Storm cannot build it: {said}", remedy, str(path)) from None


def _built(stormpy: Any, path: Path, constants: Mapping[str, str]) -> Any:
    """The sparse model in rationals, with the names of its actions, its labels and its rewards."""
    if path.suffix == ".jani":
        program = stormpy.parse_jani_model(str(path))[0]
    else:
        program = stormpy.parse_prism_program(str(path))
    if constants:
        given = ",".join(f"{name}={value}" for name, value in constants.items())
        program = stormpy.instantiate_constants(program, given)[0]
    options = stormpy.BuilderOptions()
    options.set_build_choice_labels(True)
    options.set_build_all_labels()
    options.set_build_all_reward_models()
    return stormpy.build_model[stormpy.Rational](program, options=options)
