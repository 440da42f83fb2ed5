"""Theorem 2 for a family: for every point of its box and every gamma of a question, proved to the kernel.

`session` the kernel in session about a family; `search` what is offered to it; `regions` where n is what; `opinions`
other engines, asked the same, by `scripts`; `text` and `document` for people and as JSON.
"""
