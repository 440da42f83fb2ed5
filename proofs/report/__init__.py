"""What `Checked` holds, for readers. Nothing is proved or decided here.

JSON: `document`, with `states` and `numbers`; `schemas/` has those of every command's --json. Terminal: `text`, with
`headline`, `tables`, `lines`, `opinions` and `terminal`. The reasons of both: `hypotheses`. Paper: `latex/` and
`figures/`, with `radicals`.
"""
