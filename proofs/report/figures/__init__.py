"""Figures for print: steps, visit counts, values over gamma (matplotlib) and the MDP as a graph (Graphviz's dot).

Floats only place ink; what is drawn as a breakpoint or a decision was decided exactly.
"""
