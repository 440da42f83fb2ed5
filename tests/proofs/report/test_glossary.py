"""The glossary: each word that a report uses has an entry, and a word that has none gets a hint."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from exact.instance.model import PREFERENCES, READINGS, TIES
from proofs.claims.checked import STATED
from proofs.claims.words import HOW, OF_THETA, PROPERTIES
from proofs.cli.app import COMMANDS
from proofs.kernel.axioms import AXIOMS
from proofs.kernel.check import EXIT_CODES, RULES
from proofs.report.document import THEOREMS
from proofs.report.glossary import UnknownTerm, entries, explained
from proofs.report.headline import BY
from proofs.report.hypotheses import REASONS
from proofs.what_if.cells import DIMENSIONS
from proofs.what_if.cells_text import LETTERS
from proofs.what_if.minimal_text import MEANING
from tests.examples import instance_path
from tests.proofs.command import gammastar

VERDICTS = ("verified", "refuted", "inapplicable", "undecided", "proved", "fails")
MEANS = (*BY, "pays", "orbit", "swap", "graph", "vacuous", "none")
OWN = (*STATED, *REASONS, *THEOREMS, *VERDICTS, *MEANS, *EXIT_CODES, *RULES, *HOW, *PROPERTIES, *OF_THETA)
READ = (*READINGS, *PREFERENCES, *TIES, *DIMENSIONS, *DIMENSIONS["terminal"], *DIMENSIONS["reach"], *LETTERS.values())
AXIOMS_USED = {name for given in AXIOMS.values() for name in given}
SYMBOL = re.compile(
    r"gamma[*°]|\bn°|\bv_\w+|\bs_\w+|\bS_\w+|\bG_T\b|\bA[01]\b|\bQ\*|\bDef\. \d+|\bProp\. \d|\bTheorem \d"
)


@pytest.mark.parametrize("word", sorted({*OWN, *READ, *LETTERS.values(), *MEANING, *AXIOMS_USED} - {""}))
def test_every_word_of_a_fixed_list_has_an_entry(word: str) -> None:
    """Hypotheses, theorems, verdicts, means, kinds of claims, axioms, readings: as the code lists them."""
    assert explained(word).text


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What every report prints of three examples that end differently."""
    proof = tmp_path_factory.mktemp("proof") / "c.json"
    said = list[str]()
    for name in ("corridor-3", "half", "training-leak"):
        path = instance_path(name)
        said.append(gammastar("verify", path, "--certificate", proof).out)
        for command in ("thresholds", "orbit", "returns", "goals", "retarget", "minimal"):
            said.append(gammastar(command, path).out)
        said += [gammastar("check", path, proof, "--verbose").out, gammastar("show", proof, path).out]
        said += [gammastar("diff", proof, proof, path).out]
    said.append(gammastar("matrix", instance_path("half")).out)
    return "\n".join(said)


def test_every_symbol_that_is_printed_has_an_entry(printed: str) -> None:
    """gamma*_x, n°, v_x, s_new, Def. 4 and their like, whatever the state."""
    found = {f"{symbol}_x" if symbol.startswith("gamma") else symbol for symbol in SYMBOL.findall(printed)}
    assert {"gamma*_x", "gamma°_x", "n°", "s_new", "Def. 9", "Theorem 2"} <= found
    for symbol in found:
        assert explained(symbol).text


def test_every_heading_of_a_table_has_an_entry(printed: str) -> None:
    """A heading is the line above a rule; its columns stand two blanks apart."""
    lines = printed.splitlines()
    above = [line for line, rule in pairwise(lines) if rule.strip() and set(rule.strip()) == {"─"}]
    headings = {word for line in above for word in re.split(r"\s{2,}", line.strip()) if word}
    assert {"hypothesis", "recurrent", "verdict", "1 retargets", "role"} <= headings
    plain = {
        "theorem",
        "says",
        "about",
        "no.",
        "x",
        "count",
        "from",
        "new states",
        "for example",
        "in n or means",
    }
    cells = {value for values in DIMENSIONS.values() for value in values} | {"r >= 0", "any r"}
    for heading in headings - plain - cells:
        for part in re.split(r" = |^\d ", heading):
            assert not part or explained(re.sub(r" \(\w+\)$", "", part)).text, heading


def test_terms_are_named_once() -> None:
    """No two entries have the same name; each is in a group and ends in a full stop."""
    names = [name for entry in entries() for name in entry.names]
    assert sorted(names) == sorted(set(names))
    assert all(entry.group and entry.text.endswith(".") for entry in entries())


@pytest.mark.parametrize(
    ("term", "entry"),
    [
        ("gamma*_r3", "gamma*"), ("v_r3", "visit count"), ("Recurrent", "recurrent"), ("theta", "theta"), ("N°", "n°"),
        ("Theta", "Theta"), ("proved (paper)", "paper"), ("swaps", "swap"), ("verdicts", "verdict"), ("n°", "n°"),
        ("not certified", "certified"), ("holey", "HOLEY"), ("Theorem 2", "theorem-2"),
        ("reach and revisit", "reach-and-revisit"),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(term: str, entry: str) -> None:
    """Cases, plurals, a state's own symbol."""
    assert explained(term).names[0] == entry


def test_a_misspelt_word_gets_a_hint() -> None:
    """Near ones; where there is none, where to look."""
    with pytest.raises(UnknownTerm, match=r'"recurent" has no entry; did you mean recurrent'):
        explained("recurent")
    with pytest.raises(UnknownTerm, match="gammastar explain lists the words"):
        explained("qqqq")


def test_the_command() -> None:
    """One entry, all of them, as text and as data; exit code 2 for none."""
    assert gammastar("explain", "recurrent").out.startswith("recurrent (also: revisiting policy, Def. 8)\n\nA state is")
    listed = gammastar("explain").out
    assert all(entry.names[0] in " ".join(listed.split()) for entry in entries())
    document = json.loads(gammastar("explain", "--json").out)
    assert document["format"] == "gammastar-explain/1"
    assert [entry["term"] for entry in document["entries"]] == [entry.names[0] for entry in entries()]
    (one,) = json.loads(gammastar("explain", "n°", "--json").out)["entries"]
    assert (one["term"], one["also"]) == ("n°", ["n_sharp"])
    assert gammastar("explain", "qqqq").code == 2


def test_commands_are_no_words_of_the_glossary_that_do_not_exist() -> None:
    """What the glossary says of a command is about one that there is."""
    said = {word for entry in entries() for word in re.findall(r"gammastar (\w+)", entry.text)}
    assert said <= set(COMMANDS)
