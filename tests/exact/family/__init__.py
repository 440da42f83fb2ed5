"""Families: their reader, closed forms and strips."""
