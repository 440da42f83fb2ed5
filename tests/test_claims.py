"""The map from the README's claims to commands, which the artifact runs: complete, and about what exists."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

import pytest

from proofs.cli.app import app
from tests.examples import ROOT


def _load() -> ModuleType:
    """artifact/claims.py, which is no package: it must run alone."""
    spec = importlib.util.spec_from_file_location("claims", ROOT / "artifact" / "claims.py")
    if spec is None or spec.loader is None:
        raise ImportError("artifact/claims.py")
    module = sys.modules["claims"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


claims = _load()
MAP = claims.claims()
BLOCKS = list(claims.blocks((ROOT / "README.md").read_text("utf-8")))


@pytest.mark.parametrize("block", BLOCKS)
def test_every_claim_has_its_command(block: str) -> None:
    """Each paragraph, item, row and fenced block of the README is quoted by an entry of artifact/claims.toml."""
    assert [claim.run for claim in MAP if claims.squeezed(claim.readme) in block]


@pytest.mark.parametrize("claim", MAP, ids=lambda claim: claim.readme[:40])
def test_every_quote_is_in_the_readme(claim: claims.Claim) -> None:  # type: ignore[name-defined]
    """Word by word."""
    assert [block for block in BLOCKS if claims.squeezed(claim.readme) in block]


@pytest.mark.parametrize("claim", MAP, ids=lambda claim: claim.readme[:40])
def test_every_command_exists(claim: claims.Claim) -> None:  # type: ignore[name-defined]
    """Subcommands, modules, targets and files; and there is something to see."""
    known = {str(command.name or getattr(command.callback, "__name__", "")) for command in app.registered_commands}
    assert set(re.findall(r"\bgammastar ([a-z]+)", claim.run)) <= known
    for path in re.findall(r"(?<![\w/$])((?:examples|tests|proofs|docs)/[\w./-]+)", claim.run):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"-m (tests[\w.]+)", claim.run):
        assert importlib.util.find_spec(module), module
    for target in re.findall(r"\bmake (\w+)", claim.run):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), target
    assert claim.shows or claim.slow


def test_what_runs_is_judged() -> None:
    """A wrong exit code and a missing text are problems; the right ones are none."""
    assert claims.problem(claims.Claim("", "echo one two; exit 3", ("one  two",), 3)) == ""
    assert "exit code 3, not 0" in claims.problem(claims.Claim("", "exit 3"))
    assert claims.problem(claims.Claim("", "echo one", ("two",))) == 'does not print "two"'
