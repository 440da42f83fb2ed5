"""The kernel's reader of families agrees with the reader of exact/, on what is refused too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exact.errors import ExactError
from exact.family import parse_family, reading
from exact.family.bernstein import evaluate
from proofs.kernel.errors import Malformed
from proofs.kernel.family import model
from proofs.kernel.family.boxes import at
from proofs.kernel.family.model import FamilyModel, asked, is_family
from proofs.kernel.instance import Model
from tests.exact.family.families import RETRY, random_family, retry


@pytest.mark.parametrize("seed", range(20))
def test_the_same_family(seed: int) -> None:
    """Names, box and probabilities; at a point the rows of the ordinary instance."""
    data = random_family(seed, parameters=2)
    family, found = parse_family(data), FamilyModel(data, (Fraction(1, 3), Fraction(3, 4)))
    assert (tuple(found.parameters), found.box) == (family.parameters, family.box)
    instance = family.at({"p": "1/3", "q": "3/4"})
    ordinary = Model(instance.source)
    point = (Fraction(2, 7), Fraction(1, 2))
    for s, actions in ordinary.rows.items():
        for a, step in actions.items():
            mine = found.rows[s][a]
            assert (mine.scale, mine.weights) == (step.scale, step.weights)
            row = family.rows[instance.mdp.state(s)][instance.mdp.action(instance.mdp.state(s), a)]
            assert {t: at(p, point) for t, p in mine.chances.items()} == {
                instance.mdp.states[t]: evaluate(p, point) for t, p in row
            }


@pytest.mark.parametrize(
    "data",
    [
        retry("p/2"),
        retry("p - 1/5", "6/5 - p"),
        retry(interval='["0", "1"]'),
        retry("(2*p - 1)^2", "1 - (2*p - 1)^2"),
        retry("(2*p^2 - 1)^2", "1 - (2*p^2 - 1)^2", '["1/2", "3/4"]'),
        retry("y", "1 - y"),
        retry(interval='["9/10", "1/10"]'),
        retry(interval='["1/2", "1/2"]'),
        retry(interval='["1/10"]'),
        retry(interval="[0.1, 0.9]"),
        RETRY.replace("p = [", "gamma = [").encode(),
        RETRY.replace("p = [", "g = [").encode(),
        RETRY.replace("p = [", '"a b" = [').encode(),
        RETRY.replace("p = [", "x" * 41 + " = [").encode(),
        RETRY.replace('p = ["1/10", "9/10"]', "").encode(),
        RETRY.replace('p = ["1/10", "9/10"]', "\n".join(f'{n} = ["1/10", "9/10"]' for n in "pqrs")).encode(),
        RETRY.replace('"p"', "0.5").encode(),
        RETRY.replace('"p"', "true").encode(),
        RETRY.replace("[parameters]", "[parameter]").encode(),
    ],
    ids=range(19),
)
def test_both_refuse(data: bytes) -> None:
    """Whatever is no family."""
    with pytest.raises(ExactError):
        parse_family(data)
    with pytest.raises(Malformed):
        FamilyModel(data)


def test_zeros_are_dropped() -> None:
    """What is identically 0 is no transition."""
    data = RETRY.replace('new = "1 - p" }', 'new = "1 - p", term = "p - p" }').encode()
    assert set(FamilyModel(data).rows["new"]["try"].weights) == {"x", "new"}
    assert len(parse_family(data).rows[0][1]) == 2


def test_reading_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A family that takes more steps than the bound is refused by both, before the work is done; they count alike."""
    near = "((p - 1/2)^2 + 1/100000)/1000"
    data = retry(near, f"1 - {near}")
    spent = FamilyModel(data).spent
    monkeypatch.setattr(model, "READING", spent)
    monkeypatch.setattr(reading, "MOST_READING", spent)
    assert parse_family(data).box == FamilyModel(data).box
    monkeypatch.setattr(model, "READING", spent - 1)
    monkeypatch.setattr(reading, "MOST_READING", spent - 1)
    with pytest.raises(ExactError, match="reading the probabilities takes more than"):
        parse_family(data)
    with pytest.raises(Malformed, match="reading the probabilities takes more than"):
        FamilyModel(data)


@pytest.mark.parametrize(
    "data",
    [
        retry("1/2 + p/9^999 - p/9^999", "1/2"),
        retry(interval='["1e-400", "9/10"]'),
        retry("p/9^99", '1/2 - p/9^99", term = "1/2'),
        *(random_family(seed, parameters=2) for seed in range(5)),
    ],
    ids=range(8),
)
def test_both_readers_count_alike(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """With long numbers too."""
    counts: list[int] = []
    spend = reading.Reading.spend

    def counted(self: reading.Reading, times: int, *lengths: int) -> None:
        spend(self, times, *lengths)
        counts.append(self.spent)

    monkeypatch.setattr(reading.Reading, "spend", counted)
    parse_family(data)
    assert FamilyModel(data).spent == counts[-1]


@pytest.mark.parametrize("row", [('"1/2"', 1, 'x = "1 - p", new = "p"'), (1, 2, "")], ids=["towers", "denominators"])
def test_rows_do_not_run_away(row: tuple[object, int, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Towers of powers, and many long denominators whose common one is longer than memory."""
    monkeypatch.setattr(model, "READING", 40_000_000)
    monkeypatch.setattr(reading, "MOST_READING", 40_000_000)
    primes = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
    if row[2]:
        data = retry("(((9^999)^999)^999)*p", "1 - p")
    else:
        names = [f"s{k}" for k in range(600)]
        sums = [f"1/{primes[k % 14]}^{900 - k // 14}" for k in range(600)]
        entries = ", ".join(f'{s} = "{p}"' for s, p in zip(names, sums, strict=True))
        rest = "1" + "".join(f" - {p}" for p in sums[:40])
        data = (
            'format = 1\nstates = ["new", "term", ' + ", ".join(f'"{s}"' for s in names) + "]\n"
            '[parameters]\np = ["1/10", "9/10"]\n[shutdown]\nstate = "new"\naction = "off"\n'
            f'[transitions.new]\noff = {{ term = 1 }}\ngo = {{ {entries}, new = "{rest}" }}\n'
        ).encode()
    with pytest.raises(ExactError, match="reading the probabilities takes more than"):
        parse_family(data)
    with pytest.raises(Malformed, match="reading the probabilities takes more than"):
        FamilyModel(data)


def test_without_parameters_a_chance_is_a_number_as_in_any_instance() -> None:
    """In all its spellings: a polynomial could not begin with a point or a sign."""
    plain = RETRY.replace('[parameters]\np = ["1/10", "9/10"]\n', '[question]\ngamma = ["1/4", "1/2"]\n')
    found = FamilyModel(plain.replace('"p"', '" +.5 "').replace('"1 - p"', '"5e-1"').encode())
    assert found.rows["new"]["try"].weights == {"x": 1, "new": 1}


def test_the_coefficients_that_claims_pay_for() -> None:
    """Those of each row's polynomials times an affine value: 3 of p and of 1 - p, 2 of each 1."""
    assert FamilyModel(RETRY.encode()).coefficients == 3 + 3 + 2 + 2


def test_what_is_a_family() -> None:
    """Parameters, or a question about more gammas than one, in the file or asked in its place."""
    plain = RETRY.replace('p = ["1/10", "9/10"]', "").replace('"p"', '"1/2"').replace('"1 - p"', '"1/2"')
    ranged = plain.replace("[parameters]", '[question]\ngamma = ["1/4", "1/2"]')
    assert is_family(RETRY.encode())
    assert is_family(ranged.encode())
    assert not is_family(plain.encode())
    assert not is_family(ranged.encode(), "1/3")
    assert not is_family(plain.encode(), ["1/2", "0.5"])
    assert is_family(plain.encode(), ["1/2", "3/4"])


def test_what_a_command_line_asks() -> None:
    """One gamma, or two ends."""
    assert (asked("9/10"), asked("1/2:1")) == ("9/10", ["1/2", "1"])


@pytest.mark.parametrize("name", ["gamma", "g", '"a b"', '"1p"', "p" * 41, '"p-q"'])
def test_names_of_parameters(name: str) -> None:
    """Refused by their names alone, though no chance uses them."""
    with pytest.raises(Malformed, match="a parameter's name is not of letters, digits and _, or is gamma or g"):
        FamilyModel(RETRY.replace("[shutdown]", f'{name} = ["1/4", "1/2"]\n[shutdown]').encode())


def test_three_parameters_and_no_more() -> None:
    """Their box, and its centre, where the weights are those of an instance."""
    more = [f'{name} = ["0", "{side}"]\n' for name, side in zip(["_q", "R2", "s"], ["1/2", "2", "1"], strict=True)]
    found = FamilyModel(RETRY.replace("[shutdown]", "".join(more[:2]) + "[shutdown]").encode())
    assert found.parameters == ["p", "_q", "R2"]
    assert found.point == (Fraction(1, 2), Fraction(1, 4), Fraction(1))
    with pytest.raises(Malformed, match="a family has at most 3 parameters"):
        FamilyModel(RETRY.replace("[shutdown]", "".join(more) + "[shutdown]").encode())
