"""Layer paper: the sections of the LaTeX text, one file each: `lines(evidence)` yields paragraphs, or nothing."""
