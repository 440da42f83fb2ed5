"""Sphinx reads the whole repository: pages link to the files that they speak of, as on a forge. Run: make docs."""

import os
import re
import sys
from pathlib import Path

from sphinx.application import Sphinx

import gammastar

sys.path.insert(0, str(Path(__file__).parent))
os.environ["COLUMNS"] = "80"  # of notebooks

project = "gammastar"
author = "The gammastar authors"
release = version = gammastar.__version__
root_doc = "docs/index"
include_patterns = [
    "docs/*.md",
    "examples/*.ipynb",
    "examples/property_test/README.md",
    "proofs/kernel/FORMAT.md",
    "proofs/report/glossary.md",
    "tests/corpus/README.md",
    "*.md",
]
exclude_patterns = ["README.md"]  # docs/index is the first page here

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "terminal"]
myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

default_role = "code"  # docstrings name things in single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_type_aliases = {name: name for name in ("Exact", "Given", "Proof", "Tell")}  # said on the page
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
add_module_names = False
nitpicky = True  # but for what has no page here: other packages, and what users need not know
nitpick_ignore_regex = [
    ("py:.*", r"(collections|concurrent|flint|fractions|hypothesis|os|pathlib|rich|matplotlib)\..*"),
    ("py:.*", r"(exact|proofs)\..*"),
    ("py:.*", "Asked|Exact|Expr|Figure|Given|GivenFamily|Json|Proof|Symbol|Tell|mpf"),
]

html_theme = "furo"
html_title = f"gammastar {release}"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_show_copyright = False
html_copy_source = False
templates_path = ["_templates"]
html_additional_pages = {"index": "redirect.html"}  # the first page is docs/index.html


def signature(app: Sphinx, what: str, name: str, value: object, options: object, said: str, back: str) -> object:
    """Users call functions, not constructors. Sphinx 9 writes an alias within a union by the name of its own class."""
    if what in ("class", "exception"):
        return said and ("", "")
    return tuple(text and re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", text) for text in (said, back))


def setup(app: Sphinx) -> None:
    """Sphinx's entry point."""
    app.connect("autodoc-process-signature", signature)
