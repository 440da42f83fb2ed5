"""The kernel's reader accepts and refuses what exact.instance does, and understands the same by it."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.testing import strategies
from exact.errors import ExactError, NotExact
from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from proofs.kernel.decode import Malformed
from proofs.kernel.instance import Model
from tests.corpus import instances

EXAMPLES = sorted(path.stem for path in instances.EXAMPLES.glob("*.toml")) + sorted(instances.INLINE)
RETRY = instances.text("retry").decode()
HEAD = RETRY[: RETRY.index("[question]")]
PIECES = [
    "", "0", "1", "-1", "1/2", "2", '"', "'", "[", "]", "{", "}", "=", ",", ".", "\n", "#", " ", "x", "term", "new",
    "1e3", "1.5", "true", "inf", "nan", "1979-05-27", "0x1", "1_0", "\t", "\\", "é", "\u200b", "''", "go", "[goals]\n",
]  # fmt: skip


def check_same(model: Model, instance: Instance) -> None:
    """Every field means the same."""
    mdp, goals = instance.mdp, instance.goals
    names = mdp.states
    rows = {
        s: {a: {names[t]: p for t, p in row} for a, row in zip(mdp.actions[i], mdp.rows[i], strict=True)}
        for i, s in enumerate(names)
    }
    assert (tuple(model.states), model.rows) == (names, rows)
    assert [list(model.rows[s]) for s in names] == [list(actions) for actions in mdp.actions]
    assert model.s_new == names[instance.shutdown_state]
    assert model.off == mdp.actions[instance.shutdown_state][instance.shutdown_action]
    assert model.s_term == names[instance.s_term]
    assert set(model.training) == {names[s] for s in instance.training}
    assert model.trained == {names[s]: mdp.actions[s][a] for s, a in instance.trained.items()}
    assert (model.reading, model.strict, model.nonnegative) == (
        goals.reading,
        goals.preference == "strict",
        goals.nonnegative,
    )
    assert (model.ties, model.gamma, model.sha256) == (instance.ties, instance.question.gamma, instance.sha256)
    mine = {normal(*entry) for entry in model.inequalities}
    assert mine == {normal(i.coefficients, i.relation, i.bound) for i in goals.inequalities}


def normal(row: tuple[Fraction, ...], relation: str, bound: Fraction) -> tuple[object, ...]:
    """One spelling for each half-space; without coefficients only the truth of 0 (relation) bound counts."""
    lead = next((c for c in row if c), Fraction(0))
    if not lead:
        return {"<": bound > 0, "<=": bound >= 0, "=": bound == 0}[relation], relation
    unit = lead if relation == "=" else abs(lead)
    return tuple(c / unit for c in row), relation, bound / unit


def check_agreement(data: bytes) -> None:
    """Both read the same, or both refuse."""
    try:
        instance = parse_instance(data)
    except ExactError as error:
        with pytest.raises(Malformed):
            pytest.fail(f"the kernel reads what exact refuses: {error}\n{Model(data)}")
        return
    try:
        model = Model(data)
    except Malformed as error:
        pytest.fail(f"the kernel refuses what exact reads: {error}")
    check_same(model, instance)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name: str) -> None:
    """The examples mean the same to both."""
    check_agreement(instances.text(name))


@given(strategies.instances(shutdown_loops=True, alternatives=False, max_inequalities=3))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_generated(instance: Instance) -> None:
    """Generated instances, written and read: the same rows, roles, goals, inequalities and question."""
    try:
        data = write_instance(instance).encode()
    except NotExact:
        return
    check_agreement(data)


@pytest.mark.parametrize("name", EXAMPLES)
def test_mutated(name: str) -> None:
    """A few characters deleted, doubled, replaced or moved: both refuse, or both read the same."""
    text, choose = instances.text(name).decode(), random.Random(name)
    for _ in range(120):
        mutant = text
        for _ in range(choose.choice([1, 1, 1, 2, 3])):
            mutant = mutated(mutant, choose)
        check_agreement(mutant.encode())


def mutated(text: str, choose: random.Random) -> str:
    """One small change."""
    start = choose.randrange(len(text))
    end = min(len(text), start + choose.choice([0, 1, 1, 2, 5]))
    if choose.random() < 0.3:
        lines = text.split("\n")
        i, j = choose.randrange(len(lines)), choose.randrange(len(lines))
        lines[i] = choose.choice([lines[j], "", lines[i] + lines[j]])
        return "\n".join(lines)
    return text[:start] + choose.choice(PIECES) + text[end:]


FACTORS = [
    "1",
    "2",
    "0",
    "1/2",
    "0.5",
    ".5",
    "5.",
    "1e2",
    "1e-2",
    "2/0",
    "x",
    "new",
    "'x'",
    "'r-1'",
    "term",
    "y",
    "1e",
    "é",
]
TOKENS = [*FACTORS, "+", "-", "*", "<=", "<", ">=", ">", "=", "==", " ", "  ", "\t", "'", ",", "(", "!", "/", "\u00a0"]


@given(st.lists(st.sampled_from(TOKENS), max_size=9).map("".join))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_inequalities_of_any_tokens(text: str) -> None:
    """The two grammars of inequalities are one."""
    check_agreement(with_inequality(text))


@st.composite
def _sums(draw: st.DrawFn) -> str:
    terms = draw(
        st.lists(
            st.tuples(st.sampled_from("+-"), st.lists(st.sampled_from(FACTORS[:14]), min_size=1, max_size=3)),
            min_size=1,
            max_size=4,
        )
    )
    text = " ".join(f"{sign} {'*'.join(factors)}" for sign, factors in terms)
    return text.removeprefix("+ ") if draw(st.booleans()) else text


@given(_sums(), st.sampled_from(["<=", "<", ">=", ">", "=", "=="]), _sums())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_inequalities_of_sums(left: str, relation: str, right: str) -> None:
    """Products and sums with few errors: the same half-space."""
    check_agreement(with_inequality(f"{left} {relation} {right}"))


def with_inequality(text: str) -> bytes:
    """retry with one inequality, as a TOML literal that needs no escapes but these."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'{HEAD}[goals]\ninequalities = ["{escaped}"]\n'.encode()


def _rewards(value: str) -> str:
    return f"{HEAD}[question]\nrewards = {{ x = {value} }}\n"


ODD = {
    "a hexadecimal integer of 5000 digits": _rewards("0x" + "f" * 5000),
    "a decimal integer of 1100 digits": _rewards("9" * 1100),
    "a decimal integer of 1250 digits": _rewards("9" * 1250),
    "a decimal integer of 5000 digits": _rewards("9" * 5000),
    "a string of 1001 digits": _rewards('"' + "9" * 1001 + '"'),
    "an exponent of five digits": _rewards('"1e00100"'),
    "an exponent of six digits": _rewards('"1e000100"'),
    "an exponent of 1001": _rewards('"1e1001"'),
    "a number in 1500 blanks": _rewards('"1' + " " * 1500 + '"'),
    "a number in blanks": _rewards('" 1 "'),
    "a number and a line end": _rewards('"1\\n"'),
    "a fullwidth digit": _rewards('"\uff11"'),
    "an Arabic digit over another": _rewards('"\u0661/\u0662"'),
    "a boolean": _rewards("true"),
    "a float": _rewards("1.0"),
    "a date": _rewards("1979-05-27"),
    "minus zero over one": _rewards('"-0/1"'),
    "a double sign": _rewards('"+-1"'),
    "over zero": _rewards('"1/00"'),
    "an empty table of an unknown state": RETRY + "\n[transitions.ghost]\n",
    "an unknown state in an array of tables": RETRY + "\n[[transitions.ghost]]\n",
    "a blank action": RETRY.replace("[question]", '[transitions.term]\n"" = { x = "1" }\n[question]'),
    "a blank state": RETRY.replace('"x"', '"x", " "'),
    "a line end in a state": RETRY.replace('"x"', '"x", "\\ns VALID"'),
    "a key of forty parts in a string": RETRY.replace('description = "', 'description = "' + "a." * 40),
    "a key of forty parts": "a." * 40 + "a = 1\n" + RETRY,
    "no states": "format = 1\nstates = []\n",
    "format true": RETRY.replace("format = 1", "format = true"),
    "format 1.0": RETRY.replace("format = 1", "format = 1.0"),
    "format as a string": RETRY.replace("format = 1", 'format = "1"'),
    "a byte order mark": "\ufeff" + RETRY,
    "carriage returns": RETRY.replace("\n", "\r\n"),
    "parameters": RETRY + '\n[parameters]\np = "0 < p < 1"\n',
    "gamma one": HEAD + '[question]\ngamma = "1"\n',
    "a state listed twice in training": RETRY.replace("training = []", 'training = ["x", "x"]'),
    "a trained action for a state outside training": RETRY + '\n[policy]\nx = "stay"\n',
    "a probability of zero for an unknown state": RETRY.replace('go = { x = "1/2"', 'go = { ghost = "0", x = "1/2"'),
    "a negative probability": RETRY.replace('x = "1/2"', 'x = "3/2", term = "-1"'),
    "an empty row": RETRY.replace("[question]", "[transitions.term]\nrest = {}\n[question]"),
    "a long relation": with_inequality("<" * 5000 + "'" * 4999).decode(),
    "an inequality of 10,001 characters": with_inequality("x <= 1" + " " * 9995).decode(),
    "an inequality of 10,000 characters": with_inequality("x <= 1" + " " * 9994).decode(),
}  # fmt: skip


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_files(text: str) -> None:
    """What only a stranger would write: both refuse, or both read the same."""
    check_agreement(text.encode())


def test_not_utf8() -> None:
    """Bytes that are no text are refused by both, and so are 4 MiB and one byte."""
    check_agreement(RETRY.encode("utf-16"))
    check_agreement(RETRY.encode() + b"\xff")
    check_agreement(RETRY.encode() + b" " * (4 << 20))
