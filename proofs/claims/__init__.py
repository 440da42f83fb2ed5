"""The one language of the project: what a certificate can say, as data.

`types` the claims of kernel/FORMAT.md; `write` and `read` their JSON; `words` each in a sentence; `roots` thresholds as
numbers; `difference` what two certificates state differently; `checked` what the kernel accepted, which every report
is written from. Nothing is proved here.
"""
