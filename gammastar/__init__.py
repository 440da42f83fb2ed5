"""gammastar's public names under one name, and the command and the pytest plugin: a thin layer over exact and proofs.

Names are imported when they are first used. Raises gammastar.shadow.Shadowed, in one line, where a folder of the user's
hides the packages that they live in.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exact.instance import Instance, parse_instance, read_instance
    from exact.instance.write import write_instance
    from exact.mdp import Mdp
    from exact.testing.plugin import for_all_instances
    from exact.testing.strategies import instances

__version__ = "0.1.0"
__all__ = [
    "Instance", "Mdp", "check", "for_all_instances", "instances", "parse_instance", "read_instance", "verify",
    "write_instance",
]  # fmt: skip

_HOMES = {
    "Instance": "exact.instance",
    "Mdp": "exact.mdp",
    "check": "proofs.verify",
    "for_all_instances": "exact.testing.plugin",
    "instances": "exact.testing.strategies",
    "parse_instance": "exact.instance",
    "read_instance": "exact.instance",
    "verify": "proofs.verify",
    "write_instance": "exact.instance.write",
}


def __getattr__(name: str) -> Any:
    from gammastar.shadow import check as check_shadow

    if name not in _HOMES:
        raise AttributeError(f"module 'gammastar' has no attribute '{name}'")
    check_shadow()
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
