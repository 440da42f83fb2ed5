"""What `Checked` holds, for readers. Nothing is proved or decided here.

JSON: `document`, with `states`, `numbers` and report.schema.json. Terminal: `text`, with `headline`, `tables`, `lines`,
`opinions` and `table`. The reasons of both: `hypotheses`. Paper: `latex/` and `figures/`, with `radicals`.
"""
