"""Attacks on the kernel found by a fresh reader, each in a file of its name."""
