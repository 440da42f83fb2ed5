"""One rule for each kind of claim: it takes the facts and the claim, and adds what is proved, or raises."""
