"""Moved to proofs.claims.spelling; here only until its users have moved too."""

from proofs.claims.spelling import function_text, linear_text, polynomial_text

__all__ = ["function_text", "linear_text", "polynomial_text"]
