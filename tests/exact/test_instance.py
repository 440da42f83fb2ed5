"""The instance reader: a valid file means what the contract says; a bad one gets one line with place and remedy."""

from __future__ import annotations

import gzip
import lzma
import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact import errors
from exact.errors import ExactError
from exact.instance import Goals, Question, inequality, parse_instance, read_instance
from exact.instance.write import write_instance
from exact.mdp import Mdp
from exact.rational import Exact
from proofs.kernel.errors import Malformed
from proofs.kernel.instance import Model

TINY = """format = 1
name = "tiny"
states = ["new", "r1", "term", "t0", "t1"]
training = ["t0", "t1"]

[shutdown]
state = "new"
action = "off"

[transitions.new]
off = { term = "1" }
go = { r1 = "1/2", new = "0.5" }
[transitions.r1]
stay = { r1 = 1 }
[transitions.t0]
right = { t1 = "1" }
left = { new = "1e0" }

[policy]
t0 = "right"

[goals]
reading = "return"
preference = "weak"
nonnegative = true
inequalities = ["r1 + 2*t0 <= 3"]

[decision]
ties = "uniform"

[question]
gamma = "9/10"
rewards = { term = "1000", r1 = "1" }
"""

# what in TINY is replaced, by what; the error; what the one line says: place, problem, remedy
INVALID = {
    "row does not sum to 1": (
        'r1 = "1/2"',
        'r1 = "1/3"',
        "NotStochastic",
        "transitions.new.go: the probabilities sum to 5/6; they must sum to 1",
    ),
    "row is empty": (
        '{ r1 = "1/2", new = "0.5" }',
        "{}",
        "NotStochastic",
        "transitions.new.go: the probabilities sum to 0; they must sum to 1",
    ),
    "negative probability hides in a sum of 1": (
        'r1 = "1/2", new = "0.5"',
        'r1 = "3/2", new = "-1/2"',
        "NotStochastic",
        "transitions.new.go.r1: probability 3/2; it must lie in [0, 1]",
    ),
    "row is a name": ('{ r1 = "1/2", new = "0.5" }', '"r1"', "BadInstance", "transitions.new.go: a table was expected"),
    "unknown successor": (
        'r1 = "1/2"',
        'rr1 = "1/2"',
        "UnknownState",
        'transitions.new.go: "rr1" is no state; did you mean "r1"?',
    ),
    "unknown state with transitions": (
        "[transitions.r1]",
        "[transitions.x]",
        "UnknownState",
        'transitions.x: "x" is no state; known: new, r1, term, t0, t1',
    ),
    "unknown shutdown state": (
        'state = "new"',
        'state = "nwe"',
        "UnknownState",
        'shutdown.state: "nwe" is no state; did you mean "new"?',
    ),
    "unknown shutdown action": (
        'action = "off"',
        'action = "of"',
        "UnknownAction",
        'shutdown.action: "of" is no action of new; did you mean "off"?',
    ),
    "unknown training state": ('["t0", "t1"]', '["t0", "t11"]', "UnknownState", 'training: "t11" is no state; did you'),
    "unknown trained action": (
        't0 = "right"',
        't0 = "rihgt"',
        "UnknownAction",
        'policy.t0: "rihgt" is no action of t0; did you mean "right"?',
    ),
    "unknown state with a policy": ('t0 = "right"', 't9 = "right"', "UnknownState", 'policy: "t9" is no state; known:'),
    "unknown rewarded state": (
        'term = "1000"',
        'trm = "1000"',
        "UnknownState",
        'question.rewards: "trm" is no state; did',
    ),
    "duplicated state": ('"t1"]\n', '"t1", "r1"]\n', "DuplicateState", 'states: state "r1" is listed twice; list each'),
    "duplicated training state": (
        '["t0", "t1"]',
        '["t0", "t0"]',
        "DuplicateState",
        'training: state "t0" is listed twice; list each state once',
    ),
    "no states": ('["new", "r1", "term", "t0", "t1"]', "[]", "BadInstance", "states: there is no state; list them"),
    "states are a word": ('["new", "r1", "term", "t0", "t1"]', '"new"', "BadInstance", "states: a list of strings was"),
    "state with no name": ('"r1", "term"', '" ", "term"', "BadInstance", "states: the name of a state is empty or not"),
    "state over two lines": (
        '"r1", "term"',
        '"r\\n1", "term"',
        "BadInstance",
        "states: the name of a state is empty or",
    ),
    "action over two lines": ("stay =", '"st\\nay" =', "BadInstance", "transitions.r1: the name of an action is empty"),
    "successor over two lines": (
        "r1 = 1 ",
        '"r\\n1" = 1 ',
        "UnknownState",
        r'transitions.r1.stay: "r\n1" is no state;',
    ),
    "endless name": ("r1 = 1 ", f"{'r' * 100_000} = 1 ", "UnknownState", 'transitions.r1.stay: "rrrrrr'),
    "probability is a float": (
        "r1 = 1 ",
        "r1 = 1.0 ",
        "NotExact",
        'transitions.r1.stay.r1: 1.0 is a float, which is not exact; write it as a string: "1.0"',
    ),
    "gamma is a float": (
        '"9/10"',
        "0.9",
        "NotExact",
        'question.gamma: 0.9 is a float, which is not exact; write it as a string: "0.9"',
    ),
    "reward is a float that would overflow": (
        '"1000"',
        "1e999999999",
        "NotExact",
        "question.rewards.term: 1e999999999 is a float, which is not exact; write",
    ),
    "nan": ('"9/10"', "nan", "NotExact", "question.gamma: nan is a float, which is not exact; write a finite number"),
    "inf": ('"1000"', "-inf", "NotExact", "question.rewards.term: -inf is a float, which is not exact; write a finite"),
    "nan in quotes": ('"9/10"', '"nan"', "NotExact", 'question.gamma: "nan" is not an exact number; write it like "3"'),
    "zero denominator": (
        '"1/2"',
        '"1/0"',
        "NotExact",
        'transitions.new.go.r1: "1/0" divides by zero; give a nonzero denominator',
    ),
    "exponent that fills the memory": (
        '"1000"',
        '"1e999999999"',
        "NotExact",
        'question.rewards.term: "1e999999999" has too large an exponent; at most',
    ),
    "integer of 5000 digits": (
        '"1000"',
        "1" * 5000,
        "NotExact",
        "an integer of over 4300 digits; numbers have at most",
    ),
    "integer of 4200 digits": (
        '"1000"',
        "1" * 4200,
        "NotExact",
        "question.rewards.term: an integer of that size; numb",
    ),
    "hexadecimal of 5000 digits": (
        '"1000"',
        f"0x{'f' * 5000}",
        "NotExact",
        "question.rewards.term: an integer of that",
    ),
    "string of 5000 digits": ('"1000"', f'"{"1" * 5000}"', "NotExact", "question.rewards.term: a number of 5000 char"),
    "date": (
        '"1000"',
        "1979-05-27",
        "NotExact",
        "question.rewards.term: a number was expected, not date; write an int",
    ),
    "probability is true": (
        "r1 = 1 ",
        "r1 = true ",
        "NotExact",
        'transitions.r1.stay.r1: true is no number; write "1"',
    ),
    "reward is false": ('"1000"', "false", "NotExact", "question.rewards.term: false is no number; write"),
    "rewards in a list": (
        '{ term = "1000", r1 = "1" }',
        "[1, 2]",
        "BadInstance",
        "question.rewards: a table was expected",
    ),
    "gamma 1": ('"9/10"', "1", "NotADiscount", "question.gamma: gamma = 1 is not a discount; it lies strictly between"),
    "gamma 0": ('"9/10"', '"0"', "NotADiscount", "question.gamma: gamma = 0 is not a discount; it lies strictly"),
    "gamma negative": ('"9/10"', '"-1/2"', "NotADiscount", "question.gamma: gamma = -1/2 is not a discount; it lies"),
    "unknown key at the top": ("name =", "nmae =", "BadInstance", 'unknown key "nmae"; did you mean "name"?'),
    "unknown key in goals": (
        "reading =",
        "raeding =",
        "BadInstance",
        'goals: unknown key "raeding"; did you mean "read',
    ),
    "unknown key in decision": (
        'ties = "',
        'tie = "',
        "BadInstance",
        'decision: unknown key "tie"; did you mean "ties"?',
    ),
    "unknown key in question": (
        "gamma =",
        "gama =",
        "BadInstance",
        'question: unknown key "gama"; did you mean "gamma"?',
    ),
    "permutations are a table": (
        "gamma =",
        "permutations = {}\ngamma =",
        "BadInstance",
        "question.permutations: a list of permutations was expected; write each as a list of cycles",
    ),
    "a permutation is a word": (
        "gamma =",
        'permutations = ["term"]\ngamma =',
        "BadInstance",
        "question.permutations: a list of permutations was expected",
    ),
    "a cycle of one state": (
        "gamma =",
        'permutations = [[["term", "r1"], ["t0"]]]\ngamma =',
        "BadInstance",
        "question.permutations[0]: a cycle is a list of at least two states",
    ),
    "a cycle is a word": (
        "gamma =",
        'permutations = [[], ["term"]]\ngamma =',
        "BadInstance",
        "question.permutations[1]: a cycle is a list of at least two states",
    ),
    "a number in a cycle": (
        "gamma =",
        'permutations = [[["term", 1]]]\ngamma =',
        "BadInstance",
        "question.permutations[0]: a cycle is a list of at least two states",
    ),
    "cycles that meet": (
        "gamma =",
        'permutations = [[["term", "r1"], ["r1", "t0"]]]\ngamma =',
        "BadInstance",
        "question.permutations[0]: the cycles are not disjoint; name each state once",
    ),
    "a cycle that meets itself": (
        "gamma =",
        'permutations = [[["term", "r1", "term"]]]\ngamma =',
        "BadInstance",
        "question.permutations[0]: the cycles are not disjoint; name each state once",
    ),
    "unknown state in a permutation": (
        "gamma =",
        'permutations = [[["term", "rr1"]]]\ngamma =',
        "UnknownState",
        'question.permutations[0]: "rr1" is no state; did you mean "r1"?',
    ),
    "unknown key in shutdown": ('"off"\n', '"off"\nstat = 1\n', "BadInstance", 'shutdown: unknown key "stat"; did you'),
    "unknown reading": (
        '"return"',
        '"returns"',
        "BadInstance",
        'goals.reading: "returns" is not known; one of return,',
    ),
    "unknown preference": (
        '"weak"',
        '"week"',
        "BadInstance",
        'goals.preference: "week" is not known; one of weak, str',
    ),
    "unknown ties": (
        '"uniform"',
        '"first"',
        "BadInstance",
        'decision.ties: "first" is not known; one of uniform, shut',
    ),
    "nonnegative is 1": ("= true", "= 1", "BadInstance", "goals.nonnegative: true or false was expected; write nonneg"),
    "name is a number": ('"tiny"', "7", "BadInstance", 'name: a string was expected; write name = "..."'),
    "format 2": ("format = 1", "format = 2", "BadInstance", "format: the format is not 1; write format = 1"),
    "format true": ("format = 1", "format = true", "BadInstance", "format: the format is not 1; write format = 1"),
    "format 1.0": ("format = 1", "format = 1.0", "BadInstance", "format: the format is not 1; write format = 1"),
    "no shutdown": (
        '[shutdown]\nstate = "new"\naction = "off"\n',
        "",
        "BadInstance",
        "shutdown: a table was expected;",
    ),
    "no shutdown action": (
        'action = "off"\n',
        "",
        "BadInstance",
        'shutdown.action: it is missing; write action = "..."',
    ),
    "shutdown with two successors": (
        '{ term = "1" }',
        '{ term = "1/2", r1 = "1/2" }',
        "NoShutdown",
        'shutdown.action: "off" of new does not lead to one other state; the shutdown action leads with probability 1',
    ),
    "shutdown to s_new itself": ('{ term = "1" }', '{ new = "1" }', "NoShutdown", 'shutdown.action: "off" of new does'),
    "missing policy": (
        't0 = "right"\n',
        "",
        "NotAPolicy",
        'policy.t0: the trained action is missing; add it: t0 = "..."',
    ),
    "policy outside training": (
        't0 = "right"',
        't0 = "right"\nr1 = "stay"',
        "NotAPolicy",
        "policy.r1: r1 is not in training; name the actions of training states only",
    ),
    "policy of a terminal state": (
        't0 = "right"',
        't0 = "right"\nt1 = "stay"',
        "UnknownAction",
        'policy.t1: "stay" is no action of t1; there are none',
    ),
    "parameters": (
        'name = "tiny"',
        'parameters = { p = "0 < p < 1" }',
        "BadInstance",
        "parameters: this is a family of instances",
    ),
    "no TOML": (
        'name = "tiny"',
        "name = ",
        "BadInstance",
        "not TOML: Invalid value (at line 2, column 8); see toml.io",
    ),
    "repeated key": (
        'name = "tiny"',
        'name = "tiny"\nname = "x"',
        "BadInstance",
        "not TOML: Cannot overwrite a value (at",
    ),
    "key over two lines": ('name = "tiny"', '"na\\nme" = "tiny"', "BadInstance", r'unknown key "na\nme"; '),
    "deep nesting": (
        '"tiny"',
        "[" * 100_000,
        "BadInstance",
        "tables or lists nested too deeply; instance files nest at",
    ),
    "endless dotted key": (
        "name =",
        f"{'a.' * 100_000}b =",
        "BadInstance",
        "a line with over 4000 dots; the keys of an instance",
    ),
    "endless header": (
        "[question]",
        f"[{'a.' * 100_000}b]",
        "BadInstance",
        "a line with over 4000 dots; the keys of",
    ),
    "long dotted keys": (
        "name =",
        f"{'a.' * 3_990}b = 1\n" * 40 + "name =",
        "BadInstance",
        "lines with too many dots; write long rows as tables",
    ),
    "keys below a long header": (
        "[question]",
        f"[{'a.' * 3_990}b]\n" + "a = 1\n" * 13_000,
        "BadInstance",
        "lines with too many dots; write long rows as tables",
    ),
}

INEQUALITIES = {
    "r1": '"r1" has 0 relations; one of <=, <, >=, >, =; write it like',
    "r1 <= 2 <= 3": '"r1 <= 2 <= 3" has 2 relations; one of',
    "r1 => 3": '"r1 => 3" has 2 relations; one of',
    "r1 <=": 'one side is empty; write it like "r1 + 2*r2 <= 3"',
    "<= 3": "one side is empty; write it like",
    "2 r1 <= 3": 'a sign is missing before "r1"; write it like',
    "r1 * t0 <= 1": 'a sign is missing before "*"; write it like',
    "r9 <= 1": '"r9" is no state; known: new, r1, term, t0, t1',
    "terms <= 1": '"terms" is no state; did you mean "term"?',
    "r1*2 <= 1": 'a sign is missing before "*"; write it like',
    "--r1 <= 1": "the name of a state is missing; goals are linear",
    "2*3*r1 <= 1": "the name of a state is missing; goals are linear",
    "r1 + <= 3": "the name of a state is missing; goals are linear in theta; write it like",
    "r1 <= 3*": "the name of a state is missing; goals are linear",
    "* r1 <= 3": "the name of a state is missing; goals are linear",
    "r1 / 2 <= 3": '"/ 2 <= 3" cannot be read; write it like',
    "(r1) <= 3": '"(r1) <= 3" cannot be read; write it like',
    "'r1 <= 3": '"\'r1 <= 3" cannot be read; write it like',
    "r1 <= 1/0": '"1/0" divides by zero; give a nonzero denominator',
    "r1 <= 1e9999": '"1e9999" has too large an exponent; at most',
}


def replaced(old: str, new: str) -> bytes:
    assert old in TINY
    return TINY.replace(old, new, 1).encode()


def refusal(data: bytes) -> errors.ExactError:
    """The error of a file that must be refused, which must be one line."""
    with pytest.raises(errors.ExactError) as caught:
        parse_instance(data)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 2100
    return caught.value


def test_a_valid_file_means_what_it_says() -> None:
    """Every key of the contract arrives, exactly."""
    instance = parse_instance(TINY.encode())
    transitions: dict[str, dict[str, dict[str, Exact]]] = {
        "new": {"off": {"term": 1}, "go": {"r1": "1/2", "new": "1/2"}},
        "r1": {"stay": {"r1": 1}},
        "t0": {"right": {"t1": 1}, "left": {"new": 1}},
    }
    assert instance.mdp == Mdp.from_dict(["new", "r1", "term", "t0", "t1"], transitions)
    assert (instance.shutdown_state, instance.shutdown_action, instance.s_term, instance.alternatives) == (
        0,
        0,
        2,
        (1,),
    )
    assert (instance.training, instance.trained) == (frozenset({3, 4}), {3: 0})
    limit = inequality("r1 + 2*t0 <= 3", instance.mdp, "")
    assert list(limit.coefficients) == [0, 1, 0, 2, 0]
    assert instance.goals == Goals("return", "weak", True, (limit,))
    assert instance.question == Question(Fraction(9, 10), tuple(map(Fraction, (0, 1, 1000, 0, 0))))
    assert (instance.name, instance.ties, len(instance.sha256)) == ("tiny", "uniform", 64)


def test_optional_tables_have_defaults() -> None:
    """Without [policy], [goals], [decision], [question]: no training, theta >= 0, uniform ties, no question."""
    text = 'format = 1\nstates = ["new", "term"]\n[shutdown]\nstate = "new"\naction = "off"\n'
    instance = parse_instance((text + '[transitions.new]\noff = { term = "1" }\n[transitions.term]\n').encode())
    assert (instance.goals, instance.ties, instance.question) == (Goals(), "uniform", Question())
    assert (instance.training, instance.name) == (frozenset(), "unnamed")


def test_permutations_are_read_as_cycles() -> None:
    """The reward of each state moves to the next of its cycle; the order is kept; [] moves nothing."""
    text = 'permutations = [[["term", "r1", "new"], ["t0", "t1"]], [["new", "r1"]], []]\ngamma ='
    asked = parse_instance(replaced("gamma =", text)).question
    assert asked.permutations == ((2, 0, 1, 4, 3), (1, 0, 2, 3, 4), (0, 1, 2, 3, 4))
    assert asked.gamma == Fraction(9, 10)


def test_a_shutdown_state_that_loops_is_accepted() -> None:
    """`shutdown-terminal` is a hypothesis that is checked later, not a condition on files."""
    instance = parse_instance(replaced("[policy]", '[transitions.term]\nloop = { term = "1" }\n[policy]'))
    assert not instance.mdp.is_terminal(instance.s_term)


@pytest.mark.parametrize("case", INVALID)
def test_invalid_files_get_one_line(case: str) -> None:
    """Place, problem and remedy in one line, with the error named after the mathematics."""
    old, new, error, line = INVALID[case]
    found = refusal(replaced(old, new))
    assert type(found).__name__ == error
    assert str(found).startswith(line)
    assert found.remedy


@pytest.mark.parametrize("text", INEQUALITIES)
def test_inequality_errors_get_one_line(text: str) -> None:
    """The place is the number of the inequality in the list."""
    found = refusal(replaced('"r1 + 2*t0 <= 3"', f'"new <= 1", "{text}"'))
    assert str(found).startswith(f"goals.inequalities[1]: {INEQUALITIES[text]}")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "format: the format is not 1; write format = 1"),
        (TINY.encode() + b"\xff", f"byte {len(TINY)} is not UTF-8 text; save the file as UTF-8"),
        (TINY.encode("utf-16"), "byte 0 is not UTF-8 text; save the file as UTF-8"),
        (TINY.encode() + b"\0", "not TOML: Invalid statement (at line"),
        (b"#" * (5 << 20), "a file of over 4194304 bytes; shorten its names and numbers, or leave comments out"),
    ],
    ids=["empty", "not UTF-8", "UTF-16", "NUL", "too large"],
)
def test_what_is_no_text_gets_one_line(data: bytes, line: str) -> None:
    """Bytes that hold no TOML."""
    assert str(refusal(data)).startswith(line)


ELSEWHERE = {
    "DRN": b"@type: MDP\n@model\n",
    "exported DRN": b"// Exported by storm\n@type: MDP\n",
    "JSON": b'\n{"a": 1}',
    "JANI": b'{"jani-version": 1}',
    "PRISM": b"mdp\nmodule m\n",
    "PRISM, constants first": b"const int N = 3;\n",
    "gzip": gzip.compress(b"a"),
    "xz": lzma.compress(b"a"),
    "tar": bytes([200] * 257) + b"ustar\0",
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_other_formats_get_the_importer_named(what: str) -> None:
    """Not a lesson in TOML."""
    line = str(refusal(ELSEWHERE[what]))
    assert line.startswith("not TOML")
    assert line.endswith("; bring other formats in by: gammastar import FILE -o OUT.toml")


def test_a_certificate_is_no_instance() -> None:
    """The two files of `check`, the wrong way round."""
    found = refusal(b'{"format": "gammastar-certificate/2"}')
    assert str(found) == "a certificate, not an instance; name the instance file first"


def test_many_states_are_refused_and_many_names_are_quick() -> None:
    """3000 states are too many; a hundred thousand training names are refused at the first unknown one."""
    names = ", ".join(f'"q{i}"' for i in range(3000))
    assert str(refusal(replaced('["new", "r1", "term", "t0", "t1"]', f"[{names}]"))).startswith("states: 3000 states;")
    names = ", ".join(f'"q{i}"' for i in range(100_000))
    assert str(refusal(replaced('["t0", "t1"]', f"[{names}]"))).startswith('training: "q0" is no state;')


def test_on_training_keeps_the_trained_action_inside() -> None:
    """Under `on-training` a trained action that can leave S_train is refused; under `return` it is not."""
    leaving = replaced('t0 = "right"', 't0 = "left"')
    assert parse_instance(leaving).trained == {3: 1}
    found = refusal(leaving.replace(b'"return"', b'"on-training"'))
    assert str(found).startswith('policy.t0: "left" can leave training (to new); under on-training')


def test_read_instance_names_the_file(tmp_path: Path) -> None:
    """The line begins with the file; a missing file is an OSError for the caller."""
    path = tmp_path / "bad.toml"
    path.write_bytes(replaced('r1 = "1/2"', 'r1 = "1/3"'))
    with pytest.raises(errors.NotStochastic) as caught:
        read_instance(path)
    assert str(caught.value).startswith(f"{path}: transitions.new.go: the probabilities sum to 5/6")
    with pytest.raises(FileNotFoundError):
        read_instance(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "coefficients", "relation", "bound"),
    [
        ("r1 >= 2", (0, -1), "<=", -2),
        ("2*r1 + 1 < 1/2*new - r1", ("-1/2", 3), "<", -1),
        ("-r1 == 0.5", (0, -1), "=", "1/2"),
        ("6*r1 = 2*'new'", (-2, 6), "=", 0),
        ("0 > 1e-1", (0, 0), "<", "-1/10"),
        ("'r1'<=.5", (0, 1), "<=", "1/2"),
    ],
)
def test_inequalities_are_read_exactly(
    text: str, coefficients: tuple[int | str, ...], relation: str, bound: int | str
) -> None:
    """All on one side as coefficients (relation) bound, turned to <= and <."""
    found = inequality(text, Mdp.from_dict(["new", "r1"], {}), "")
    expected = tuple(map(Fraction, coefficients)), relation, Fraction(bound)
    assert (found.coefficients, found.relation, found.bound) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(TINY)),
    st.integers(0, 60),
    st.text(st.sampled_from("\"'[]{}=.,\n 019eE/-+#\\ux\u2028é"), max_size=6),
)
def test_damaged_files_get_one_line_or_mean_something(start: int, length: int, text: str) -> None:
    """Whatever stands in the file, the reader returns an instance or raises one ExactError of one line."""
    damaged = TINY[:start] + text + TINY[start + length :]
    try:
        line = parse_instance(damaged.encode()).mdp.states[0]
    except errors.ExactError as error:
        line = str(error)
    assert len(line.splitlines()) == 1


PLACED = '\n[positions]\nterm = [0, "-1/2"]\nnew = [1, 0]\n'


def test_positions_are_read_and_written() -> None:
    """Of any states, as exact numbers; both readers take the same file, and a copy says them too."""
    base = parse_instance(TINY.encode())
    found = parse_instance((TINY + PLACED).encode())
    names = {found.mdp.states[s]: place for s, place in found.positions.items()}
    assert names == {"term": (Fraction(0), Fraction(-1, 2)), "new": (Fraction(1), Fraction(0))}
    assert (base.positions, found.mdp) == ({}, base.mdp)
    again = parse_instance(write_instance(found).encode())
    assert again.positions == found.positions
    Model((TINY + PLACED).encode())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nowhere = [0, 0]", '"nowhere" is no state'),
        ("new = [0]", "positions.new: a position is a list of two numbers; write [0, 1]"),
        ("new = 0", "positions.new: a position is a list of two numbers"),
        ("new = [0.5, 0]", 'positions.new: 0.5 is a float, which is not exact; write it as a string: "0.5"'),
    ],
)
def test_positions_that_are_none(line: str, says: str) -> None:
    """One line; the kernel refuses them too."""
    data = f"{TINY}\n[positions]\n{line}\n".encode()
    with pytest.raises(ExactError, match=re.escape(says)):
        parse_instance(data)
    with pytest.raises(Malformed):
        Model(data)
