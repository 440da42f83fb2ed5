"""The command: its output, line by line, its exit codes, and what it does with names and files."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from proofs.kernel import __main__ as command
from proofs.kernel.__main__ import lines, main, run
from proofs.kernel.check import EXIT_CODES, Outcome, check
from proofs.kernel.limits import CERTIFICATE_BYTES
from tests.corpus.build import claim
from tests.corpus.cases import encoded, text
from tests.corpus.honest import honest
from tests.proofs.kernel.process import ROOT, SECONDS, ends, kernel

TEMPLATE = [
    r"(closed-form|threshold|no-threshold|orbit|swap-fails|member|universal|retargeting): [0-9]+ proved",
    r"hypothesis [a-z-]+: (holds|fails|open)",
    r"(n|n°): ([0-9]+( .+)?|open)",
    r"(proposition-[123]|theorem-[12]) \((positive-probability|probability-1)\): (verified|refuted|inapplicable|undecided); "
    r"conclusion (proved|fails|undecided) \([a-z]+\), n = [0-9]+",
    r"axioms used: .+",
    r"hole: .+",
    r"s (VALID|HOLEY)",
]


@pytest.mark.parametrize("base", ["retry", "half", "overlap", "scattered", "always", "negative"])
def test_lines(base: str) -> None:
    """In the order of FORMAT.md, each of its form."""
    found = list(lines(check(text(base), encoded(honest(base)))))
    order = [next(k for k, form in enumerate(TEMPLATE) if re.fullmatch(form, line)) for line in found]
    assert order == sorted(order)
    assert [order.count(k) for k in (1, 2, 3, 4, 6)] == [9, 2, 10, 1, 1]


def test_open_lines() -> None:
    """Without claims n is open."""
    found = list(lines(check(text("retry"), encoded(honest("retry") | {"claims": []}))))
    assert "n: open" in found
    assert "n°: open" in found
    assert "hypothesis gamma-star: open" in found


def test_a_refusal() -> None:
    """Its reason and the status alone."""
    assert list(lines(Outcome("INVALID", "because"))) == ["because", "s INVALID"]
    assert list(lines(Outcome("HOLEY", "", ["one", "two"]))) == ["hole: one", "hole: two", "s HOLEY"]


def files(folder: Path, base: str = "retry", certificate: bytes | None = None) -> list[str]:
    """The two files of a base."""
    paths = [folder / "i.toml", folder / "c.json"]
    paths[0].write_bytes(text(base))
    paths[1].write_bytes(encoded(honest(base)) if certificate is None else certificate)
    return [str(path) for path in paths]


@pytest.mark.parametrize("status", EXIT_CODES)
def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str], status: str) -> None:
    """One for each status; the `s` line is the last."""
    changes: dict[str, dict[str, object]] = {
        "VALID": {},
        "HOLEY": {"claims": []},
        "INVALID": {"instance": {"name": "retry", "sha256": ""}},
        "MALFORMED": {"claims": {}},
    }
    certificate = encoded(honest("retry") | changes[status]) if status != "MALFORMED" else b"{}"
    assert main(files(tmp_path, certificate=certificate)) == EXIT_CODES[status]
    assert capsys.readouterr().out.splitlines()[-1] == f"s {status}"


@pytest.mark.parametrize(
    "options", [["--gamma", "1"], ["--gamma", "x"], ["--gamma"], ["extra"], ["--beta", "1/2"], ["--gamma", "1/2", "x"]]
)
def test_usage(tmp_path: Path, options: list[str]) -> None:
    """Wrong arguments are one line and exit code 2."""
    outcome = run([*files(tmp_path), *options])
    assert outcome.status == "MALFORMED"
    assert "usage" in outcome.reason


def test_gamma(tmp_path: Path) -> None:
    """--gamma asks another question, in any spelling."""
    for spelled in ("9/10", "0.9", "9e-1"):
        assert run([*files(tmp_path), "--gamma", spelled]).status == "VALID"
    assert run([*files(tmp_path), "--gamma", "1/7"]).status == "HOLEY"
    assert run([]).status == run(files(tmp_path)[:1]).status == "MALFORMED"


@pytest.mark.parametrize("path", ["none", ".", "x\ns VALID"])
def test_missing_files(tmp_path: Path, path: str) -> None:
    """A file that cannot be read is one line."""
    outcome = run([str(tmp_path / path), files(tmp_path)[1]])
    assert outcome.status == "MALFORMED"
    assert len("\n".join(lines(outcome)).splitlines()) == 2


def test_only_as_much_is_read_as_shows_that_it_is_too_much(tmp_path: Path) -> None:
    """A file without an end."""
    assert run(["/dev/zero", files(tmp_path)[1]]).status == "MALFORMED"


@pytest.mark.parametrize("name", ["_read", "check_asked"])
def test_memory_may_run_out_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Of the files' bytes, or of the instance before its certificate: a hole, and no claim is false."""

    def lacking(*_: object) -> Outcome:
        raise MemoryError

    monkeypatch.setattr(command, name, lacking)
    assert list(lines(run(files(tmp_path)))) == ["hole: not enough memory", "s HOLEY"]


class Narrow(io.StringIO):
    """A terminal that knows ASCII alone."""

    encoding = "ascii"


def test_what_a_terminal_cannot_show_is_spelled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """gamma° on an ASCII terminal."""
    out = Narrow()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(files(tmp_path)) == 0
    assert "n\\xb0: 1 x" in out.getvalue()
    out.getvalue().encode("ascii")


@pytest.mark.parametrize("base", ["retry", "half", "training-leak"])
def test_on_a_bare_python(tmp_path: Path, base: str) -> None:
    """VALID and exit code 0 without site packages."""
    assert ends(kernel(tmp_path, text(base), encoded(honest(base)))) == "VALID"


@pytest.mark.parametrize("name", ["\ns VALID\n", "\rs VALID\r", "\x1b[2K", "\ud800", "\x85s VALID", "\u2028s VALID"])
def test_strangers_add_no_line(tmp_path: Path, name: str) -> None:
    """A state's name in a claim is a stranger's text: it adds no line to the output and cannot break it."""
    import json

    certificate = honest("retry")
    claim(certificate, "threshold", kind="paper")["state"] = name
    found = kernel(tmp_path, text("retry"), json.dumps(certificate).encode())
    assert ends(found) == "MALFORMED"
    assert b"\x1b" not in found.stdout


def test_an_ascii_locale(tmp_path: Path) -> None:
    """The same in a process of its own."""
    command = [sys.executable, "-S", "-m", "proofs.kernel", *files(tmp_path)]
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    assert (
        ends(subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False, env=env)) == "VALID"
    )


def test_as_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """python -m proofs.kernel: the exit code is the status'."""
    import runpy

    monkeypatch.setattr(sys, "argv", ["kernel", *files(tmp_path)])
    with pytest.raises(SystemExit) as found:
        runpy.run_path(str(ROOT / "proofs" / "kernel" / "__main__.py"), run_name="__main__")
    assert found.value.code == 0
    assert capsys.readouterr().out.endswith("s VALID\n")


def test_a_stream_without_an_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """UTF-8 then."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(files(tmp_path)) == 0
    assert "n°: 1 x" in out.getvalue()


def test_files_of_the_greatest_size(tmp_path: Path) -> None:
    """64 MiB are read to their last byte; one more is too much."""
    data = encoded(honest("retry"))
    for more, status in ((0, "VALID"), (1, "MALFORMED")):
        paths = files(tmp_path, certificate=b" " * (CERTIFICATE_BYTES - len(data) + more) + data)
        assert run(paths).status == status
        paths = files(tmp_path, certificate=data + b" " * (CERTIFICATE_BYTES - len(data) + more))
        assert run(paths).status == status


@pytest.mark.parametrize(("redirection", "code"), [("> /dev/full", 74), (">&-", 141), ("| true", 141)])
def test_what_cannot_be_said_is_no_verdict(tmp_path: Path, redirection: str, code: int) -> None:
    """A full disk, closed output, a reader that has left: never the 1 of INVALID, and no traceback."""
    (tmp_path / "i.toml").write_bytes(text("retry"))
    (tmp_path / "c.json").write_bytes(encoded(honest("retry")))
    kernel = f"'{sys.executable}' -S -m proofs.kernel '{tmp_path}/i.toml' '{tmp_path}/c.json'"
    line = (
        f"{{ {kernel}; echo $? >&2; }} {redirection}"
        if redirection[0] == "|"
        else f"{kernel} {redirection}; echo $? >&2"
    )
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == f"{code}\n"


def test_an_interruption_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """130, as shells count it."""

    def interrupted(_: list[str]) -> None:
        raise KeyboardInterrupt

    kept = sys.stdout
    monkeypatch.setattr(command, "run", interrupted)
    try:
        assert command.main([]) == 130
    finally:
        sys.stdout = kept


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError, 141), (OSError, 74)])
def test_output_that_fails(monkeypatch: pytest.MonkeyPatch, error: type[OSError], code: int) -> None:
    """The same where writing itself raises."""

    class Broken(io.StringIO):
        """Takes nothing."""

        def write(self, _: str) -> int:
            raise error

    kept = sys.stdout
    try:
        sys.stdout = Broken()
        assert command.main([]) == code
    finally:
        sys.stdout = kept


def test_no_output_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed before it began."""
    monkeypatch.setattr(sys, "stdout", None)
    assert command.main([]) == 141
