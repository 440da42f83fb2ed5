"""The statements that a reader has to believe."""

from __future__ import annotations

from pathlib import Path

from proofs.kernel import check
from proofs.kernel.axioms import AXIOMS, axioms

FORMAT = Path(check.__file__).with_name("FORMAT.md").read_text("utf-8")
ALWAYS = axioms([])


def test_each_is_named_once() -> None:
    """In the order of first use; who uses none adds none."""
    assert axioms(["sharp", "none", "orbit", "sharp"]) == axioms(["sharp", "orbit"])
    named = axioms(["threshold", "universal", "paper"])
    assert len(named) == len(set(named))
    assert set(named) == {name for user in ("threshold", "universal", "paper") for name in AXIOMS[user]} | set(ALWAYS)


def test_every_rule_rests_on_something_that_the_format_names() -> None:
    """Each kind of claim is in the table, and FORMAT.md lists each statement."""
    assert check.RULES.keys() <= AXIOMS.keys()
    listed = FORMAT[FORMAT.index("## Axioms") :].lower()
    for name in {name for names in AXIOMS.values() for name in names}:
        assert name.lower() in listed, name


def test_what_the_graph_decides_rests_on_the_fixpoint() -> None:
    """Reachability with probability 1 is decided for every instance."""
    assert "almost-sure fixpoint" in ALWAYS
