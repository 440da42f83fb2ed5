"""G_T (Def. 6) as an object: Theta as named linear inequalities, membership with reasons, emptiness, printed forms."""
