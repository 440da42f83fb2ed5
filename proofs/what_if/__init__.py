"""The theorem under every reading of what the paper leaves open, and under every relaxation of its hypotheses.

The kernel is not imported here: whoever asks hands over a `Judge`.
"""
