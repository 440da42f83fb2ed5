"""Does somebody else's `exact` or `proofs` stand where ours are expected?

Our packages have common names. A folder `exact/` in the folder that Python or pytest starts in comes before ours, and
would be imported in its place.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("exact", "proofs")
_HOME = Path(__file__).resolve().parents[1]


class Shadowed(ImportError):
    """Another module of the same name hides one of our packages. The message is one line."""


def check() -> None:
    """Raises Shadowed if `exact` or `proofs` would not be those that were installed with this package."""
    for package in PACKAGES:
        place = _place(package)
        if place is not None and place.resolve().parent != _HOME:
            remedy = "rename it, or start from another folder"
            raise Shadowed(f"{place} hides gammastar's own package {package} (in {_HOME}); {remedy}")


def _place(package: str) -> Path | None:
    """The folder or file that an import of the package takes, or has taken; None if there is none."""
    loaded = sys.modules.get(package)
    spec = loaded.__spec__ if loaded is not None else find_spec(package)
    if spec is None:
        return None
    folders = list(spec.submodule_search_locations or ())
    return Path(folders[0]) if folders else None if spec.origin is None else Path(spec.origin)
