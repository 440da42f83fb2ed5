"""Families from the command line and in the pipeline."""
