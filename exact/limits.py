"""What the readers accept, in one table. Beyond a limit the input is refused in one line that names it.

The kernel has a table of its own (proofs/kernel/limits.py), and a test compares the two.
"""

from __future__ import annotations

from math import factorial

LARGEST_FILE = 4 << 20  # bytes of an instance file
MOST_DOTS = 4000  # in one line of it: tomllib keeps every prefix of a dotted key
ALL_DOTS = 500_000_000  # those of one line, times all of them and ten for each line: what tomllib may have to do
MOST_STATES = 2000
LONGEST_NUMBER = 1000  # characters of one number
LARGEST_EXPONENT = 1000  # of ten, in one number, so that "1e999999999" costs nothing
LONGEST_INEQUALITY = 10_000  # characters of one inequality over theta
MOST_INEQUALITIES = 4_000_000  # times states: each is a row over all of them
MOST_PARAMETERS = 3  # of a family
HIGHEST_DEGREE = 4  # of a probability, in each parameter
DEEPEST_EXPRESSION = 20  # parentheses in one another
MOST_HALVINGS = 20  # of a family's box, to see that a probability is positive
MOST_READING = 400_000_000  # steps that reading a family's probabilities takes (exact/family/reading.py)
MOST_DIGITS = 100_000  # of the instance (exact/instance/size.py), which bound the numbers that proofs about it state
MOST_VECTORS = factorial(10)  # of one orbit that is counted by enumeration
LONGEST_MESSAGE = 2000  # characters of one error
