"""Long searches for flaws, run by hand: each bounded in count and time."""
