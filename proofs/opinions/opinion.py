"""Layer smt, top: z3's second opinion on a claim, its counterexample re-checked, and the comparison with ours.

Every claim is asked for a counterexample: "unsat" says that it holds, "sat" that it fails. Neither is a proof here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from exact import evaluate, goals
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.errors import EnginesDisagree
from proofs.smt.discount import Discount, contains, describe
from proofs.smt.questions import (
    RETARGETS,
    STAYS,
    Ask,
    Permutation,
    Query,
    accepts_script,
    member_script,
    permutation_script,
    permuted,
)
from proofs.smt.solve import SAT, UNKNOWN, UNSAT, Answer, solve, spelled
from proofs.swaps import swap

Engine = Callable[[Query, float, int], Answer]  # script, seconds, step limit (0: none) -> what a solver said


@dataclass(frozen=True)
class Opinion:
    """question: the claim, in words; answer: unsat (it holds), sat (it fails) or unknown (no answer in time).

    model: {"rewards": {state: exact}, "gamma": exact}; checked: it was re-checked in Fractions (rational models only).
    """

    question: str
    answer: str
    model: Mapping[str, object] | None
    seconds: float
    smt2: str
    checked: bool = False


def swap_opinion(
    instance: Instance, x: int, gamma: Discount, seconds: float, ask: Ask = RETARGETS, rlimit: int = 0
) -> Opinion:
    """Prop. 3 for x, over all theta of Theta: see permutation_opinion. gamma: a Fraction, or (low, high) (open)."""
    return permutation_opinion(instance, swap(instance, x), gamma, seconds, ask, rlimit)


def permutation_opinion(
    instance: Instance,
    permutation: Permutation,
    gamma: Discount,
    seconds: float,
    ask: Ask = RETARGETS,
    rlimit: int = 0,
    engine: Engine | None = None,
) -> Opinion:
    """ "retargets": where shutdown is strictly optimal for theta of Theta, it is not optimal for phi theta;
    "stays": there, phi theta is in Theta.

    Where G_T makes "retargets" too hard for half the time, the other half goes to all theta outside G_T too: "unsat"
    there is "unsat" here, and `smt2` says so. engine: z3 unless given, such as `proofs.smt.cvc5_solver.solve_cvc5`.
    Raises NotADiscount, NotAGoalSet (no permutation), and EnginesDisagree if the solver's rational model is none.
    """
    twice = ask == RETARGETS and bool(instance.trained)
    query = permutation_script(instance, permutation, gamma, ask)
    asked = engine or solve
    answer = asked(query, seconds / 2 if twice else seconds, rlimit)
    if twice and answer.answer == UNKNOWN:
        wider = permutation_script(_without_training(instance), permutation, gamma, ask)
        second = asked(wider, seconds / 2, rlimit)
        if second.answer == UNSAT:
            query, answer = wider, replace(second, seconds=answer.seconds + second.seconds)
    point = _rational(answer, gamma)
    if point is not None:
        _check_accepts(instance, *point)
        _check_failure(instance, permutation, *point, ask)
    claim = "shutdown is not optimal for phi theta" if ask != STAYS else "phi theta is in Theta"
    question = f"{describe(gamma)}, theta in Theta, shutdown strictly optimal: is it so that {claim}?"
    return _opinion(instance, question, query, answer, point is not None)


def acceptance_opinion(instance: Instance, gamma: Discount, seconds: float) -> Opinion:
    """The claim "shutdown is strictly optimal for no theta of Theta"; where it holds, every swap claim is empty."""
    query = accepts_script(instance, gamma)
    answer = solve(query, seconds)
    point = _rational(answer, gamma)
    if point is not None:
        _check_accepts(instance, *point)
    question = f"{describe(gamma)}: is shutdown strictly optimal for no theta of Theta?"
    return _opinion(instance, question, query, answer, point is not None)


def exclusion_opinion(instance: Instance, theta: Rewards, gamma: Discount, seconds: float) -> Opinion:
    """The claim "theta is not in Theta", by the named inequalities of Def. 6."""
    goals.check_length(instance.mdp, theta)
    query = member_script(instance, theta, gamma)
    answer = solve(query, seconds)
    point = _rational(answer, gamma)
    if point is not None:
        _confirm(goals.violation(instance, *point) is None, "theta is not in Theta")
    question = f"{describe(gamma)}: is theta outside Theta?"
    return _opinion(instance, question, query, answer, point is not None)


def compare(opinion: Opinion, exact: bool | None) -> None:
    """exact: does the claim hold, by our own engines; None: undecided. Raises EnginesDisagree on a contradiction."""
    if exact is None or opinion.answer not in (SAT, UNSAT) or exact == (opinion.answer == UNSAT):
        return
    ours = "holds" if exact else "fails"
    shown = f" with {dict(opinion.model)}" if opinion.model else ""
    raise EnginesDisagree(
        f"{opinion.question} By the exact engines the claim {ours}, but z3 says {opinion.answer}{shown}",
        "keep the SMT-LIB text and report both",
    )


def _without_training(instance: Instance) -> Instance:
    """The same with every theta in G_T: a larger Theta."""
    name = f"{instance.name}, without G_T (so for more goals)"
    return replace(instance, training=frozenset(), trained={}, name=name)


def _opinion(instance: Instance, question: str, query: Query, answer: Answer, checked: bool) -> Opinion:
    model: dict[str, object] | None = None
    if answer.rewards is not None and answer.gamma is not None:
        named = zip(instance.mdp.states, answer.rewards, strict=True)
        model = {"rewards": {name: spelled(value) for name, value in named}, "gamma": spelled(answer.gamma)}
    return Opinion(question, answer.answer, model, answer.seconds, query.smt2, checked)


def _rational(answer: Answer, gamma: Discount) -> tuple[Rewards, Fraction] | None:
    """(theta, gamma) of a model that is all rational. Raises EnginesDisagree if that gamma was not asked about."""
    if answer.rewards is None or not isinstance(answer.gamma, Fraction):
        return None
    _confirm(contains(gamma, answer.gamma), "gamma is not one of those asked about")
    rewards = tuple(value for value in answer.rewards if isinstance(value, Fraction))
    return (rewards, answer.gamma) if len(rewards) == len(answer.rewards) else None


def _check_accepts(instance: Instance, theta: Rewards, gamma: Fraction) -> None:
    _confirm(goals.violation(instance, theta, gamma) is None, "theta is not in Theta")
    shutdown, others = _worth(instance, theta, gamma)
    _confirm(all(shutdown > other for other in others), "shutdown is not strictly optimal for theta")


def _check_failure(instance: Instance, permutation: Permutation, theta: Rewards, gamma: Fraction, ask: Ask) -> None:
    image = permuted(theta, permutation)
    if ask == STAYS:
        _confirm(goals.violation(instance, image, gamma) is not None, "phi theta is in Theta")
        return
    shutdown, others = _worth(instance, image, gamma)
    _confirm(all(shutdown >= other for other in others), "shutdown is not optimal for phi theta")


def _worth(instance: Instance, theta: Rewards, gamma: Fraction) -> tuple[Fraction, list[Fraction]]:
    """Q*(s_new, a_sd), and Q*(s_new, a) for the alternatives."""
    best, _ = evaluate.optimal(instance.mdp, theta, gamma)
    worth = evaluate.action_values(instance.mdp, best, theta, gamma, instance.shutdown_state)
    return worth[instance.shutdown_action], [worth[action] for action in instance.alternatives]


def _confirm(holds: bool, problem: str) -> None:
    if not holds:
        raise EnginesDisagree(f"z3's model is none: in Fractions, {problem}", "keep the SMT-LIB text and report it")
