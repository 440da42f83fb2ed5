"""The trusted kernel: checks certificates with the standard library alone. FORMAT.md is its specification."""
