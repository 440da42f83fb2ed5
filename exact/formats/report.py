"""What an import did, line by line, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exact.digits import shown
from exact.formats.imported import Imported, ranges
from exact.formats.repair import Repair
from exact.mdp import Mdp, Rewards

_LISTED = 8  # rewards; more are counted


def lines(found: Imported) -> Iterator[str]:
    """The rows that were changed, those changed alike together; what was lost; the rewards."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Repair]] = {}
    for repair in found.repairs:
        alike.setdefault((repair.before, tuple(map(shown, repair.after))), []).append(repair)
    if alike:
        yield _changed(found)
    for (before, after), repairs in alike.items():
        many = "1 row" if len(repairs) == 1 else f"{len(repairs)} rows"
        yield f"{' '.join(before)} -> {' '.join(after)}, {many}: {_places(found.mdp, repairs)}"
    yield from found.notes
    if found.rewards is not None:
        yield from _rewards(found.rewards, found.mdp.states)


def _changed(found: Imported) -> str:
    """How many, and how many had to be."""
    rows = sum(map(len, found.mdp.rows)) if found.rows is None else found.rows
    bits = min(repair.bits for repair in found.repairs)
    off, count = sum(sum(repair.given) != 1 for repair in found.repairs), len(found.repairs)
    if off == count:
        return f"{off} of {rows} rows do not sum to 1 exactly; changed to fractions within 2^-{bits} that do:"
    others = f"{off} of which do not sum to 1 exactly" if off else "all of which sum to 1 exactly"
    return f"{count} of {rows} rows were changed to fractions within 2^-{bits}, {others}:"


def _places(mdp: Mdp, repairs: list[Repair]) -> str:
    """STATE.ACTION of each; states of which every action is among them together."""
    actions: dict[int, list[int]] = {}
    for repair in repairs:
        actions.setdefault(repair.state, []).append(repair.action)
    whole = [s for s, found in actions.items() if 1 < len(found) == len(mdp.actions[s])]
    numbered = all(mdp.states[s] == str(s) for s in whole)
    together = ranges(whole) if numbered else " ".join(mdp.states[s] for s in whole)
    single = (f"{mdp.states[s]}.{mdp.actions[s][a]}" for s, found in actions.items() if s not in whole for a in found)
    return " ".join((*([f"all actions of {together}"] if whole else []), *single))


def _rewards(rewards: Rewards, names: tuple[str, ...]) -> Iterator[str]:
    paid = [f"{name} = {shown(reward)}" for name, reward in zip(names, rewards, strict=True) if reward]
    if len(paid) > _LISTED:
        often = Counter(rewards).most_common(_LISTED)
        paid = [f"{shown(reward)} in {count} states" for reward, count in often if reward]
    yield f"rewards per visit: {', '.join(paid) or 'none'}{', else 0' if 0 in rewards else ''}"
    if any(reward < 0 for reward in rewards):
        yield "negative rewards lie outside Theta while goals are nonnegative"
