"""Every command's arguments and help, as typer reads them: one file a group, the work in the modules of `proofs.cli`.

What a command imports, it imports when it runs. A name that Python keeps for itself ends in "_" here.
"""

from __future__ import annotations

from collections.abc import Callable

from proofs.cli.declared import exchange, proving, questions, showing, starting

GROUPS: dict[str, tuple[Callable[..., None], ...]] = {
    "To begin": starting.COMMANDS,
    "What is proved": proving.COMMANDS,
    "Further questions": questions.COMMANDS,
    "To show": showing.COMMANDS,
    "In and out": exchange.COMMANDS,
}


def named() -> dict[str, Callable[..., None]]:
    """The commands by the words that call them."""
    return {command.__name__.rstrip("_"): command for group in GROUPS.values() for command in group}
