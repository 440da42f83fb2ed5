"""The sections of the LaTeX text, one file each: `lines(checked)` yields paragraphs, or nothing."""
