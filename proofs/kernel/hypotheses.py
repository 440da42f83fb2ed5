"""What Theorem 2 states and what it leaves silent, each for the question: True, False, or None where it is open."""

from proofs.kernel.facts import PAPER, Facts

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable" in Def. 7 and Prop. 1
READINGS = (POSITIVE, SURE)


def hypotheses(facts: Facts, reach: str) -> dict[str, bool | None]:
    """Each by its name; `reach` says how S_reach is read, which matters to `ood`."""
    model, counted = facts.model, facts.counted(PAPER, facts.gamma)
    known = counted is not None
    swapped = {model.s_term, *(counted or [])}
    return {
        "shutdown-terminal": not model.rows[model.s_term],
        "alternatives": bool(model.others),
        "nonnegative": _of_theta(facts, "nonnegative", model.nonnegative),
        "ood": model.training.isdisjoint(_reached(facts, reach)),
        "gamma-star": bool(counted) if known else None,
        "goals-symmetric": all(map(facts.symmetric, counted or [])) if known else None,
        "training-closed": facts.coordinates.isdisjoint(swapped) if known else None,
        "almost-sure-reach": not lost(facts),
        "strict": _of_theta(facts, "strict", model.ties != "shutdown-first" or not model.others),
    }


def lost(facts: Facts) -> list[str]:
    """Reachable and recurrent, but not reached with probability 1: what Prop. 1 is false for, read as "at all"."""
    reached = [x for x in facts.candidates if x in facts.model.reached]
    return [x for x in reached if not facts.sure(x) and facts.recurrent(x)]


def _reached(facts: Facts, reach: str) -> frozenset[str]:
    if reach == POSITIVE:
        return facts.model.reached
    return frozenset([facts.model.s_term, *filter(facts.sure, facts.candidates)])


def _of_theta(facts: Facts, name: str, by_form: bool) -> bool | None:
    """It holds by the form of the instance or by a linear claim; it fails by a goal at a gamma that is asked about."""
    if by_form or facts.proved(name, {}):
        return True
    return False if any(of == name and facts.asked_at(at) for of, at in facts.broken) else None
