"""The directive `terminal`: shell commands, run while the page is built, shown with what they print.

Each line of the content is a command; all of a page share one new folder. `:files:` names files that are put there
first. `:exit:` is the exit code that the last command must have; the others must have 0. A page whose commands do
something else is not built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

_SECONDS = 300
_LOUD = ("FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE")  # what would put colours into a pipe
_folders: dict[str, tempfile.TemporaryDirectory[str]] = {}


class Terminal(SphinxDirective):
    """See above."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"files": directives.unchanged, "exit": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        """The commands and their output as one block."""
        folder = Path(_folders.setdefault(self.env.docname, tempfile.TemporaryDirectory()).name)
        for name in self.options.get("files", "").split():
            _, path = self.env.relfn2path(name)
            self.env.note_dependency(path)
            shutil.copy(path, folder)
        shown = []
        for number, command in enumerate(self.content, 1):
            done = _shell(command, folder)
            wanted = self.options.get("exit", 0) if number == len(self.content) else 0
            if done.returncode != wanted:
                raise self.error(f"`{command}` ends with {done.returncode}, not {wanted}: {done.stdout}")
            shown.append(f"$ {command}\n{done.stdout}".rstrip())
        text = "\n".join(shown)
        return [nodes.literal_block(text, text, language="console")]


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """80 columns, no colours, this environment's programs, and nothing of the folder's own path."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {key: value for key, value in os.environ.items() if key not in _LOUD}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment | {"PATH": programs, "COLUMNS": "80"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=_SECONDS, check=False,
    )  # fmt: skip


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's entry point."""
    app.add_directive("terminal", Terminal)
    return {"parallel_read_safe": False}
