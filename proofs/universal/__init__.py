"""Claims about every theta of Theta, decided exactly, with the proofs of FORMAT.md's "Linear claims"."""
