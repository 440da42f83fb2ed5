"""`Checked` as LaTeX: what the kernel accepted about one instance, with the proofs spelled out."""
