"""Timings, each run as a module; not part of the test run."""
