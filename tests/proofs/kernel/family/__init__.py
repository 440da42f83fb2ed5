"""Families: the reader, boxes, strips and verdicts of the kernel."""
