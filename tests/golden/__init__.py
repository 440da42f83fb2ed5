"""The JSON report of each example, as it was when somebody last looked at it. Without the solvers' answers, which
depend on the time that they had, and without the intervals that isolate irrational numbers, of which there are many."""
