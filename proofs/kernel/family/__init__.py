"""Families: probabilities that are polynomials in parameters, and what is proved on boxes of them (FORMAT.md)."""
