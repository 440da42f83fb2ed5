"""`gammastar import` and `export`: what is said, what is written, what is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exact.instance import read_instance
from tests.exact.formats.test_drn import SMALL
from tests.examples import ROOT
from tests.proofs.command import gammastar, one_line

CORRIDOR = ROOT / "examples" / "corridor-3.toml"


def test_there_and_back(tmp_path: Path) -> None:
    """The same MDP, shutdown and rewards; what DRN cannot say is said."""
    drn, toml = tmp_path / "c.drn", tmp_path / "c.toml"
    ran = gammastar("export", CORRIDOR, "-o", drn)
    assert ran.code == 0
    assert ran.out.startswith("the question's gamma and permutations are dropped")
    ran = gammastar("import", drn, "-o", toml)
    assert ran.out.endswith(f"{toml}: 5 states; shutdown: off in new, to term\n")
    first, second = read_instance(CORRIDOR), read_instance(toml)
    assert (first.mdp, first.shutdown_state, first.question.rewards) == (
        second.mdp, second.shutdown_state, second.question.rewards,
    )  # fmt: skip
    assert gammastar("verify", toml, "--gamma", "9/10", "--seconds", "0").code == 0


def test_names_and_a_new_shutdown(tmp_path: Path) -> None:
    """From a TOML file: a list by number, a table by the old name."""
    drn, toml, names = tmp_path / "s.drn", tmp_path / "s.toml", tmp_path / "names.toml"
    drn.write_text(SMALL)
    names.write_text('states = ["start", "hot"]\n[actions]\ngo = "walk"\noff = "halt"\n')
    ran = gammastar("import", drn, "-o", toml, "--names", names, "--shutdown", "hot", "--json")
    document = json.loads(ran.out)
    assert document["format"] == "gammastar-import/1"
    assert document["notes"][1].endswith("-> 1/3 2/3, 1 row: start.walk")
    instance = read_instance(toml)
    assert instance.mdp.states == ("start", "hot", "2", "3", "term")
    assert instance.mdp.actions[:2] == (("walk", "halt"), ("0", "off"))
    assert instance.shutdown_state == 1
    assert gammastar("import", drn, "-o", toml, "--shutdown", "0:off", "--terminal", "warm").code == 0
    names.write_text('states = ["a", "a"]')
    assert 'state "a" is listed twice' in one_line(gammastar("import", drn, "-o", toml, "--names", names))
    names.write_text('rooms = ["a"]')
    assert 'unknown key "rooms"' in one_line(gammastar("import", drn, "-o", toml, "--names", names))
    names.write_text("states = 3")
    assert "names were expected" in one_line(gammastar("import", drn, "-o", toml, "--names", names))


REFUSED = {
    ("import", "m.toml"): '"m.toml" is none of the sources; give gymnasium:ID, or a file',
    ("import", "none.drn"): "none.drn: No such file or directory; check the path and its permissions",
    ("import", "none.drn", "--option", "a=1"): "--option: options are for gymnasium:ID and PRISM; leave --option out",
    ("import", "gymnasium:X-v0", "--option", "a"): '--option: "a" is no option; write key=value',
    ("import", "gymnasium:X-v0", "--terminal", "a"): "--terminal: Gymnasium has no labels; leave --terminal out",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_is_refused_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """And nothing is written."""
    output = tmp_path / "o.toml"
    assert one_line(gammastar(*arguments, "-o", output)).startswith(REFUSED[arguments])
    assert not output.exists()
    assert "name a file that ends in .drn" in one_line(gammastar("export", CORRIDOR, "-o", tmp_path / "o.nm"))
