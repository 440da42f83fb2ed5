"""What an import did, line by line, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from exact.digits import shown
from exact.formats.imported import Imported
from exact.mdp import Rewards

_LISTED = 8  # rewards; more are counted


def lines(found: Imported) -> Iterator[str]:
    """The rows that were changed, those changed alike together; what was lost; the rewards."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for repair in found.repairs:
        place = f"{found.mdp.states[repair.state]}.{found.mdp.actions[repair.state][repair.action]}"
        alike.setdefault((repair.before, tuple(map(shown, repair.after))), []).append(place)
    if alike:
        rows, bits = sum(map(len, found.mdp.rows)), min(repair.bits for repair in found.repairs)
        yield f"{len(found.repairs)} of {rows} rows were changed to fractions within 2^-{bits} that sum to 1:"
    for (before, after), places in alike.items():
        yield f"{' '.join(before)} -> {' '.join(after)}, {_rows(len(places))}: {' '.join(places)}"
    yield from found.notes
    if found.rewards is not None:
        yield from _rewards(found.rewards, found.mdp.states)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _rewards(rewards: Rewards, names: tuple[str, ...]) -> Iterator[str]:
    paid = [f"{name} = {shown(reward)}" for name, reward in zip(names, rewards, strict=True) if reward]
    if len(paid) > _LISTED:
        paid = [
            f"{shown(reward)} in {count} states" for reward, count in Counter(rewards).most_common(_LISTED) if reward
        ]
    yield f"rewards per visit: {', '.join(paid) or 'none'}{', else 0' if 0 in rewards else ''}"
    if any(reward < 0 for reward in rewards):
        yield "negative rewards lie outside Theta while goals are nonnegative"
