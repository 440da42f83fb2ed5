"""Help pages: the field's words, whole, at 80 columns; the shells that completion exists for."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.cli.app import COMMANDS
from tests.proofs.command import gammastar, one_line


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_no_types_of_python(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`INSTANCE...`, not `<list[Path]>` or `{INSTANCE}...`; nothing is cut."""
    monkeypatch.setenv("COLUMNS", "80")
    ran = gammastar(*command.split(), "-h")
    assert (ran.code, ran.err) == (0, "")
    assert not {*"<{}…"} & {*ran.out.replace("1<=x<=", "")}
    assert max(map(len, ran.out.splitlines())) == 80
    if command == "verify":
        assert " Usage: gammastar verify [OPTIONS] INSTANCE... " in ran.out


def test_the_shell_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown one is refused, and nothing is installed; a known one is taken, whatever the current one is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "")
    said = one_line(gammastar("--install-completion", "nosh"))
    assert said.startswith("Invalid value for '--install-completion': 'nosh' is not one of 'bash', 'zsh', 'fish',")
    assert list(tmp_path.iterdir()) == []
    for shell, sign in (("zsh", "#compdef gammastar"), ("fish", "complete --command gammastar")):
        assert sign in gammastar("--show-completion", shell).out
