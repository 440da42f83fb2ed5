"""Orbits past enumeration: counted by branch and bound (docs/theory.md, section 8)."""
