"""Layer paper: a certificate as typed data, in words, as LaTeX, and against another one. Nothing is recomputed here."""
