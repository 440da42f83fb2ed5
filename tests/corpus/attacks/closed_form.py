"""Attacks on `closed-form`, which no honest certificate needs. The honest one is of retry: x under go and stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.build import attack, first
from tests.corpus.cases import Certificate
from tests.corpus.honest import rewards
from tests.reference import polynomials

KIND = "closed-form"
Form = dict[str, Any]


def times(p: list[str], q: list[int]) -> list[str]:
    """The product of two polynomials."""
    return [str(c) for c in polynomials.times([int(c) for c in p], q)]


def multiplied(given: Form, factor: list[int]) -> None:
    """N and D times a common factor: the same rational functions."""
    given["denominator"] = times(given["denominator"], factor)
    given["values"] = {s: times(p, factor) for s, p in given["values"].items()}


def form(policy: str, theta: str, denominator: str, **values: str) -> Form:
    """A closed form from short spellings: `new=go x=stay`, `x=1`, `1 -1`."""
    return {
        "claim": KIND,
        "policy": rewards(policy),
        "rewards": rewards(theta),
        "denominator": denominator.split(),
        "values": {state: poly.split() for state, poly in values.items()},
    }


def retry() -> Form:
    """(I - gamma P) M = 1[x]: M_x = 1/(1-g), M_new = g/((1-g)(2-g))."""
    return form("new=go x=stay", "x=1", "2 -3 1", new="0 1", x="2 -1")


def _form(status: str, name: str, expects: str, why: str, change: Callable[[Form], object]) -> None:
    @attack(status, KIND, name, "retry", expects, why)
    def _(c: Certificate) -> None:
        given = retry()
        change(given)
        first(c, given)


def _valid(name: str, why: str, change: Callable[[Form], object]) -> None:
    _form("valid", name, "closed-form: 1 proved", why, change)


def _invalid(name: str, expects: str, why: str, change: Callable[[Form], object]) -> None:
    _form("invalid", name, expects, why, change)


def _malformed(name: str, expects: str, why: str, change: Callable[[Form], object]) -> None:
    _form("malformed", name, expects, why, change)


_valid("honest", "As it is.", lambda f: None)
_valid("negative_denominator", "D and every N change sign: the same quotients.", lambda f: multiplied(f, [-1]))
_valid("only_one_value", "The others need not be named.", lambda f: f["values"].pop("x"))
_valid("no_value", "It says nothing, truly.", lambda f: f.update(values={}, denominator=["7"]))
_valid("zero_rewards", "M = 0.", lambda f: f.update(rewards={}, values={"new": [], "x": []}))
_valid("terminal_value", "M of a terminal state is its reward.",
       lambda f: f.update(rewards={"term": "2/3"}, denominator=["3"], values={"term": ["2"]}))  # fmt: skip
_valid("value_without_a_policy", "s_term needs no action.",
       lambda f: f.update(policy={}, denominator=["1"], values={"term": []}))  # fmt: skip
_valid("rewards_with_denominators", "theta = 1[x]/6.",
       lambda f: f.update(rewards={"x": "1/6"}, denominator=["12", "-18", "6"]))  # fmt: skip
_invalid("zero_denominator", "0 at gamma = 0", "With D = 0 and N = 0 every identity holds.",
         lambda f: f.update(denominator=[], values={"new": [], "x": []}))  # fmt: skip
_invalid("denominator_0_at_0", "0 at gamma = 0", "D = g and N = g M: no series.",
         lambda f: f.update(rewards={}, denominator=["0", "1"], values={"x": []}))  # fmt: skip
_invalid("wrong_numerator", "the value at new is another", "One coefficient is changed.",
         lambda f: f["values"].update(new=["0", "2"]))  # fmt: skip
_invalid("wrong_last_coefficient", "the value at x is another", "Only the last coefficient is changed.",
         lambda f: f["values"].update(x=["2", "-2"]))  # fmt: skip
_invalid("further_coefficient", "the value at x is another", "N has a coefficient more.",
         lambda f: f["values"].update(x=["2", "-1", "1"]))  # fmt: skip
_invalid("further_coefficient_of_zero", "the value at term is another", "M = 0, but N = g^2.",
         lambda f: f["values"].update(term=["0", "0", "1"]))  # fmt: skip
_invalid("missing_coefficient", "the value at x is another", "N stops too early.",
         lambda f: f["values"].update(x=["2"]))  # fmt: skip
_invalid("too_few_terms_agree", "not the denominator", "N / D agrees with M in 4 terms, one fewer than decide.",
         lambda f: f.update(denominator=["2", "-1", "-2"], values={"new": ["0", "1", "1"]}))  # fmt: skip
_invalid("wrong_rewards", "the value at", "The rewards are twice those of the values.",
         lambda f: f.update(rewards={"x": "2"}))  # fmt: skip
_invalid(
    "rewards_elsewhere", "the value at", "The rewards are of another state.", lambda f: f.update(rewards={"new": "1"})
)
_invalid("another_action", "the value at new is another", "The values are of another policy.",
         lambda f: f["policy"].update(new="off"))  # fmt: skip
_invalid("policy_ends", "no action in x, where it can get", "The policy goes to x, which it omits.",
         lambda f: (f["policy"].pop("x"), f["values"].pop("x")))  # fmt: skip
_malformed("unknown_action", "is not one of stay", "The policy names no action of the state.",
           lambda f: f["policy"].update(x="leap"))  # fmt: skip
_malformed("action_of_another_state", "is not one of stay", "go is an action of new only.",
           lambda f: f["policy"].update(x="go"))  # fmt: skip
_malformed("unknown_action_where_it_cannot_get", "is not one of", "No action has this name; nothing asks for it.",
           lambda f: f.update(policy={"new": "leap", "x": "stay"}, denominator=["1", "-1"], values={"x": ["1"]}))  # fmt: skip
_malformed("action_of_a_terminal_state", "is not one of", "s_term has no action; nothing asks for it.",
           lambda f: f["policy"].update(term="leap"))  # fmt: skip
_malformed("action_is_a_list", "", "An action is a string.", lambda f: f["policy"].update(x=["stay"]))
_malformed("unknown_state", "is not one of new, x, term", "The rewards name no state.",
           lambda f: f.update(rewards={"X": "1"}))  # fmt: skip
_malformed("policy_of_no_state", "is not one of new, x, term", "The policy names no state.",
           lambda f: f["policy"].update(y="go"))  # fmt: skip
_malformed("value_of_no_state", "is not one of new, x, term", "The values name no state.",
           lambda f: f["values"].update(y=[]))  # fmt: skip
_malformed("trailing_zero", "trailing zero", "A polynomial ends in the coefficient 0.",
           lambda f: f["denominator"].append("0"))  # fmt: skip
_invalid("degree_too_high", "too high a degree", "D has a higher degree than there are states.",
         lambda f: multiplied(f, [1, 0, 1]))  # fmt: skip
_malformed("missing_key", "exactly the keys", "No rewards.", lambda f: f.pop("rewards"))
_malformed("a_name", "exactly the keys", "Format 1 named its closed forms.", lambda f: f.update(name="paper x"))
