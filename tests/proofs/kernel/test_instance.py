"""The kernel's reader accepts and refuses what exact.instance does, and understands the same by it."""

from __future__ import annotations

import random
from fractions import Fraction
from math import gcd

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.errors import ExactError, NotExact
from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from exact.testing import strategies
from proofs.kernel.errors import Malformed
from proofs.kernel.graph import Step
from proofs.kernel.instance import Model, question
from tests.corpus import cases
from tests.proofs.kernel.session import facts, model, source

FILES = {
    path.stem: path
    for folder in (cases.ROOT.parents[1] / "examples", cases.INSTANCES)
    for path in folder.glob("*.toml")
}
EXAMPLES = sorted(FILES)
RETRY = cases.text("retry").decode()
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
    chances = {s: {a: _chances(step) for a, step in actions.items()} for s, actions in model.rows.items()}
    assert (tuple(model.states), chances) == (names, rows)
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
    mine = {
        normal(tuple(dict(terms).get(s, Fraction(0)) for s in model.states), relation, bound)
        for terms, relation, bound in model.inequalities
    }
    assert mine == {normal(i.coefficients, i.relation, i.bound) for i in goals.inequalities}


def _chances(step: Step) -> dict[str, Fraction]:
    """The probabilities, from weights in lowest terms."""
    assert gcd(step.scale, *step.weights.values()) == 1
    assert all(weight > 0 for weight in step.weights.values())
    return {t: Fraction(weight, step.scale) for t, weight in step.weights.items()}


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
    check_agreement(FILES[name].read_bytes())


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
    text, choose = FILES[name].read_bytes().decode(), random.Random(name)
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


def dotted(lines: int) -> str:
    """31 lines of 4,000 full stops: 4,000 (124,000 + 10 lines) may be 500,000,000."""
    text = f"{RETRY}#{'.' * (-RETRY.count('.') % 10)}\n" + f"#{'.' * 4000}\n" * 31
    lines -= text.count(".") // 10 - 12_400
    return text + "\n" * (lines - 1 - text.count("\n"))


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
    "as many full stops as may be": dotted(100),
    "a line more": dotted(101),
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


STATES, MOVES = "new x term", "new go x=1/3 new=2/3\nx stay x=1"


@pytest.mark.parametrize(
    "line", ['name = "a\\u200bb"', "name = 5", "description = 5", "description = true", "state = []"]
)
def test_heads(line: str) -> None:
    """The name is plain text, the description text; no other key."""
    with pytest.raises(Malformed):
        Model(f"{line}\n".encode() + source(STATES, MOVES))
    assert Model(b'name = "a b"\ndescription = "c\\nd"\n' + source(STATES, MOVES)).name == "a b"


def test_roles() -> None:
    """Def. 7: A1, s_term, S_reach, and the MDP without a_sd."""
    found = model(STATES, MOVES)
    assert (found.s_new, found.off, found.s_term, set(found.others)) == ("new", "off", "term", {"go"})
    assert found.reached == {"new", "x", "term"}
    assert set(found.avoiding["new"]) == {"go"}
    assert found.avoiding["x"] == found.rows["x"]
    assert found.inside is found.rows
    assert found.gamma is None
    assert found.name == "unnamed"


def test_inside() -> None:
    """Under on-training: S_train with the actions that stay in it."""
    moves = "t stay t=1\nt go u=1/2 x=1/2\nu back t=1\nnew go x=1"
    goals = '[policy]\nt = "stay"\nu = "back"\n[goals]\nreading = "on-training"\n'
    found = model("t u new x term", moves, goals, "t u")
    assert {s: list(actions) for s, actions in found.inside.items()} == {"t": ["stay"], "u": ["back"]}


REFUSED = {
    "a training policy that leaves": (
        "t new x term",
        "t go x=1",
        '[policy]\nt = "go"\n[goals]\nreading = "on-training"\n',
        "t",
    ),
    "a training state without an action": ("t new term", "t go new=1", "", "t"),
    "an action for a state that is not in training": ("t new term", "t go new=1", '[policy]\nt = "go"\n', ""),
    "an unknown action of training": ("t new term", "t go new=1", '[policy]\nt = "stay"\n', "t"),
    "a policy of no state": ("new term", "", '[policy]\nx = "go"\n', ""),
    "an unknown reading": ("new term", "", '[goals]\nreading = "aloud"\n', ""),
    "an unknown preference": ("new term", "", '[goals]\npreference = "none"\n', ""),
    "a sign that is no boolean": ("new term", "", '[goals]\nnonnegative = "true"\n', ""),
    "inequalities as a string": ("new term", "", '[goals]\ninequalities = "term <= 1"\n', ""),
    "an inequality that is a number": ("new term", "", "[goals]\ninequalities = [1]\n", ""),
    "an inequality over no state": ("new term", "", '[goals]\ninequalities = ["x <= 1"]\n', ""),
    "unknown ties": ("new term", "", '[decision]\nties = "random"\n', ""),
    "an unknown key of a table": ("new term", "", '[decision]\ntie = "uniform"\n', ""),
    "gamma zero": ("new term", "", '[question]\ngamma = "0"\n', ""),
    "gamma one": ("new term", "", "[question]\ngamma = 1\n", ""),
    "gamma as a float": ("new term", "", "[question]\ngamma = 0.5\n", ""),
    "rewards of no state": ("new term", "", '[question]\nrewards = { x = "1" }\n', ""),
    "a reward that is no number": ("new term", "", '[question]\nrewards = { term = "one" }\n', ""),
    "permutations that meet": ("new x term", "", '[question]\npermutations = [[["x", "term"], ["x", "new"]]]\n', ""),
    "a cycle of one": ("new x term", "", '[question]\npermutations = [[["x"]]]\n', ""),
    "a row above 1": ("new x term", "new go x=2/3 new=2/3", "", ""),
    "a row below 1": ("new x term", "new go x=1/3 new=1/3", "", ""),
    "an empty row": ("new x term", "new go", "", ""),
    "a negative chance": ("new x term", "new go x=2 new=-1", "", ""),
    "a row to no state": ("new x term", "new go y=1", "", ""),
    "training twice": ("t new term", "", "", "t t"),
    "a state twice": ("new new term", "", "", ""),
}


@pytest.mark.parametrize("parts", REFUSED.values(), ids=REFUSED.keys())
def test_refused(parts: tuple[str, str, str, str]) -> None:
    """One thing wrong."""
    with pytest.raises(Malformed):
        model(*parts)


SHUTDOWN = 'format = 1\nstates = ["new", "term", "x"]\n[transitions.new]\noff = {{ {} }}\n[shutdown]\nstate = "{}"\naction = "{}"\n'


def test_shutdown() -> None:
    """a_sd leads to one other state, with certainty."""
    assert Model(SHUTDOWN.format("term = 1", "new", "off").encode()).s_term == "term"
    assert Model(SHUTDOWN.format("x = 0, term = 1", "new", "off").encode()).s_term == "term"
    for parts in (('term = "1/2", x = "1/2"', "new", "off"), ("new = 1", "new", "off"), ("term = 1", "x", "off"),
                  ("term = 1", "new", "go"), ("term = 1", "y", "off")):  # fmt: skip
        with pytest.raises(Malformed):
            Model(SHUTDOWN.format(*parts).encode())
    with pytest.raises(Malformed):
        Model(b'format = 1\nstates = ["new", "term"]\n')


def test_sizes() -> None:
    """2,000 states and so many inequalities; 4 MiB; 4,000 full stops in a line."""

    def text(count: int, more: str = "") -> bytes:
        names = ", ".join(f'"s{k}"' for k in range(count - 2))
        head = f'format = 1\n{more}states = ["new", "term", {names}]\n[transitions.new]\noff = {{ term = 1 }}\n'
        return f'{head}[shutdown]\nstate = "new"\naction = "off"\n'.encode()

    assert len(Model(text(2000)).states) == 2000
    dots = f'description = "{"." * 4000}"\n'
    assert len(Model(text(3, dots)).states) == 3
    goals = [f"[goals]\ninequalities = {['s1 < 1'] * count}\n" for count in (2000, 2001)]
    unequal = [text(2000) + rest.encode() for rest in goals]
    assert len(Model(unequal[0]).inequalities) == 2000
    check_agreement(unequal[1])
    for wrong in (unequal[1], text(2001), text(3, dots.replace('"\n', '."\n')), text(3) + b" " * (4 << 20)):
        with pytest.raises(Malformed):
            Model(wrong)
    assert Model(text(3) + b" " * ((4 << 20) - len(text(3))))


def test_size() -> None:
    """Three states, four transitions, two inequalities of two terms and of none."""
    rows = '[goals]\ninequalities = ["x + 2*term <= 3", "x <= x"]\n'
    assert model("new x term", "new go x=1/2 new=1/2\nx stay x=1", rows).size == 3 + 4 + (2 + 1) + (0 + 1)


def test_names() -> None:
    """Neither blank nor with control marks."""
    for name in ("", " ", "\t", "a\u00adb", "a\u200b", "\ufeff", "a\x7f", "\u2028", "\x85"):
        with pytest.raises(Malformed):
            model(
                f"new term {name}x".replace(f"{name}x", name) if not name.strip() else "new term",
                "",
                f"[transitions.term]\n{_quoted(name)} = {{ term = 1 }}\n",
            )
    assert (
        "\u00e9 \U0001f600"
        in model(
            "new term", "", f"[transitions.term]\n{_quoted(chr(233) + ' ' + chr(0x1F600))} = {{ term = 1 }}\n"
        ).rows["term"]
    )


def _quoted(name: str) -> str:
    return '"' + "".join(f"\\U{ord(c):08x}" for c in name) + '"'


def test_numbers_of_a_certificate() -> None:
    """Rewards that are not named are 0; permutations move along their cycles; policies name actions of their states."""
    found = facts("corridor-3").model
    assert found.rewards({"r1": "-1/2"}) == {"new": 0, "r1": Fraction(-1, 2), "r2": 0, "r3": 0, "term": 0}
    assert found.moves([["r1", "r2", "r3"], ["new", "term"]]) == {
        "r1": "r2",
        "r2": "r3",
        "r3": "r1",
        "new": "term",
        "term": "new",
    }
    assert found.moves([]) == {}
    wrong: list[object] = [
        [["r1"]],
        [[]],
        [["r1", "r1"]],
        [["r1", "r2"], ["r2", "r3"]],
        [["r1", "y"]],
        "r1",
        [["r1", 1]],
    ]
    for cycles in wrong:
        with pytest.raises(Malformed):
            found.moves(cycles)
    with pytest.raises(Malformed):
        found.rewards({"y": "1"})


def test_questions() -> None:
    """Strictly between 0 and 1, in the instance's spelling."""
    assert question("0.5") == question("1/2") == Fraction(1, 2)
    for text in ("0", "1", "-1/2", "1.5", "x", "", None):
        with pytest.raises(Malformed):
            question(text)


def test_positions() -> None:
    """Two numbers for a state, without meaning."""
    data = source(STATES, MOVES)
    assert Model(data + b'[positions]\nx = [0, "1/2"]\n').rows == Model(data).rows
    for wrong in ("x = [0]", "y = [0, 0]", "x = [0.5, 0]", "x = 0", "x = [0, 0, 0]", "x = [true, 0]"):
        with pytest.raises(Malformed):
            Model(data + f"[positions]\n{wrong}\n".encode())
