"""The artifact: instance, certificate, kernel, LaTeX and figures in one folder, reproducible to the byte."""
