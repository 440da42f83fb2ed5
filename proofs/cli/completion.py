"""What a shell completes, beside commands, options and files."""

from __future__ import annotations

import typer


def terms(incomplete: str) -> list[str]:
    """Words that `explain` knows."""
    from proofs.report.glossary import entries

    return [name for entry in entries() for name in entry.names if name.startswith(incomplete)]


def choices(ctx: typer.Context, incomplete: str) -> list[str]:
    """`S=A` for each action of the instance that is named before."""
    return [word for word in _choices(ctx) if word.startswith(incomplete)]


def rewards(ctx: typer.Context, incomplete: str) -> list[str]:
    """`S=` for each of its states, after those that are there."""
    done, comma, last = incomplete.rpartition(",")
    states = dict.fromkeys(word.partition("=")[0] for word in _choices(ctx, all_states=True))
    return [f"{done}{comma}{state}=" for state in states if state.startswith(last)]


def conditions(ctx: typer.Context, incomplete: str) -> list[str]:
    """`reach=S` for each of its states."""
    states = dict.fromkeys(word.partition("=")[0] for word in _choices(ctx, all_states=True))
    return [word for state in states if (word := f"reach={state}").startswith(incomplete)]


def forms(incomplete: str) -> list[str]:
    """Of `goals --as`."""
    return [form for form in ("text", "json", "smt2", "latex") if form.startswith(incomplete)]


def _choices(ctx: typer.Context, all_states: bool = False) -> list[str]:
    """Nothing where there is no instance, or a broken one: a shell wants no messages."""
    from exact.errors import ExactError
    from exact.instance import read_instance

    try:
        mdp = read_instance(ctx.args[0]).mdp  # while it completes, typer leaves files where they are
    except (ExactError, OSError, IndexError):
        return []
    named = [f"{s}={a}" for s, actions in zip(mdp.states, mdp.actions, strict=True) for a in actions]
    return named + [f"{s}=" for s in mdp.states] if all_states else named
