"""Tests of exact.linear."""
