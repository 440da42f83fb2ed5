"""PRISM programs and JANI models, built by stormpy (an optional package) in rationals and read as the DRN it writes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from exact.formats.drn_model import DEADLOCK, read_drn
from exact.formats.errors import NotAModel
from exact.formats.imported import Imported
from exact.formats.optional import package


def read_program(path: Path, terminal: str = DEADLOCK) -> Imported:
    """The model of a PRISM or JANI file without open constants. Raises NotInstalled, NotAModel; OSError passes."""
    path.open("rb").close()
    stormpy = package("stormpy", f"a {path.suffix} file")
    writer = package("stormpy.io", f"a {path.suffix} file")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{path.stem}.drn"
        try:
            writer.export_to_drn(_built(stormpy, path), str(file))
        except Exception as error:  # noqa: BLE001  # strangers' code; whatever it says is the reason
            said = " ".join(str(error).split()).rstrip(".") or type(error).__name__
            raise NotAModel(f"Storm cannot build it: {said}", "give every constant a value in it", str(path)) from None
        return read_drn(file, terminal)


def _built(stormpy: Any, path: Path) -> Any:
    """The sparse model in rationals, with the names of its actions, its labels and its rewards."""
    if path.suffix == ".jani":
        program = stormpy.parse_jani_model(str(path))[0]
    else:
        program = stormpy.parse_prism_program(str(path))
    options = stormpy.BuilderOptions()
    options.set_build_choice_labels(True)
    options.set_build_all_labels()
    options.set_build_all_reward_models()
    return stormpy.build_model[stormpy.Rational](program, options=options)
