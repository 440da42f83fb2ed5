"""What a shell completes, beside commands, options and files."""

from __future__ import annotations

import typer


def terms(incomplete: str) -> list[str]:
    """Words that `explain` knows."""
    from proofs.report.glossary import entries

    return [name for entry in entries() for name in entry.names if name.startswith(incomplete)]


def choices(ctx: typer.Context, incomplete: str) -> list[str]:
    """`S=A` for each action of the instance that is named before."""
    words = [f"{state}={action}" for state, actions in _actions(ctx).items() for action in actions]
    return [word for word in words if word.startswith(incomplete)]


def rewards(ctx: typer.Context, incomplete: str) -> list[str]:
    """`S=` for each of its states, after those that are there."""
    done, comma, last = incomplete.rpartition(",")
    return [f"{done}{comma}{state}=" for state in _actions(ctx) if state.startswith(last)]


def conditions(ctx: typer.Context, incomplete: str) -> list[str]:
    """`reach=S` for each of its states."""
    return [word for state in _actions(ctx) if (word := f"reach={state}").startswith(incomplete)]


def forms(incomplete: str) -> list[str]:
    """Of `goals --as`."""
    return [form for form in ("text", "json", "smt2", "latex") if form.startswith(incomplete)]


def _actions(ctx: typer.Context) -> dict[str, tuple[str, ...]]:
    """By state. Nothing where there is no instance, or a broken one: a shell wants no messages."""
    from exact.errors import ExactError
    from exact.instance import read_instance

    try:
        mdp = read_instance(ctx.args[0]).mdp  # while it completes, typer leaves files where they are
    except (ExactError, OSError, IndexError):
        return {}
    return dict(zip(mdp.states, mdp.actions, strict=True))
